/** The options of file 5.46. Those that need its data base of magic, or other programs, are not in this sandbox. */
import type { OptionSpec } from '../getopt';

export const MANUAL = 'https://man7.org/linux/man-pages/man1/file.1.html';

export const OPTIONS: readonly OptionSpec[] = [
  { long: 'help', help: 'prints this help' },
  { long: 'version', short: 'v', help: 'prints the version' },
  { long: 'brief', short: 'b', help: 'leaves the names of the files out' },
  { long: 'mime', short: 'i', help: 'prints MIME type and encoding' },
  { long: 'mime-type', help: 'prints the MIME type' },
  { long: 'mime-encoding', help: 'prints the encoding' },
  {
    long: 'separator',
    short: 'F',
    value: 'STRING',
    help: 'what stands between name and answer, instead of a colon',
  },
  { long: 'no-pad', short: 'N', help: 'does not align the answers' },
  { long: 'dereference', short: 'L', help: 'follows symbolic links; this sandbox always does' },
  { long: 'no-dereference', short: 'h', help: 'does not follow symbolic links', absent: true },
  { long: 'special-files', short: 's', help: 'reads devices as files' },
  { long: 'no-buffer', short: 'n', help: 'prints at once' },
  { long: 'raw', short: 'r', help: 'prints bytes as they are' },
  { long: 'preserve-date', short: 'p', help: 'leaves the time of access' },
  { long: 'keep-going', short: 'k', help: 'prints everything that fits', absent: true },
  { long: 'uncompress', short: 'z', help: 'looks into compressed files', absent: true },
  { long: 'uncompress-noreport', short: 'Z', help: 'the same without the compression', absent: true },
  { long: 'apple', help: 'prints creator and type', absent: true },
  { long: 'checking-printout', short: 'c', help: 'prints how it reads its magic', absent: true },
  { long: 'compile', short: 'C', help: 'compiles magic', absent: true },
  { long: 'debug', short: 'd', help: 'prints what it does', absent: true },
  { long: 'exclude', short: 'e', value: 'TEST', help: 'leaves a test out', absent: true },
  { long: 'exclude-quiet', value: 'TEST', help: 'the same, for tests of later releases', absent: true },
  { long: 'extension', help: 'prints usual endings of names', absent: true },
  { long: 'files-from', short: 'f', value: 'FILE', help: 'reads names of files', absent: true },
  { long: 'list', short: 'l', help: 'lists its magic', absent: true },
  { long: 'magic-file', short: 'm', value: 'LIST', help: 'takes other magic', absent: true },
  { long: 'no-sandbox', short: 'S', help: 'runs without seccomp', absent: true },
  { long: 'parameter', short: 'P', value: 'NAME=VALUE', help: 'sets a limit', absent: true },
  { long: 'print0', short: '0', help: 'ends names with a NUL', absent: true },
  { long: 'exit-on-error', short: 'E', help: 'ends at the first file that cannot be read' },
];

export const VERSION = 'file-5.46\nmagic file from /etc/magic:/usr/share/misc/magic\n';

export const USAGE = `Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]
            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]
            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]
            <file> ...
       file -C [-m <magicfiles>]
       file [--help]
`;

/** What `file --help` prints. */
export function help(): string {
  const rows = OPTIONS.map(({ long, short, value, help: text, absent }) => {
    const name = `${short === undefined ? '    ' : `-${short}, `}--${long}${value === undefined ? '' : ` ${value}`}`;
    return `  ${name.padEnd(28)} ${text}${absent ? ' (not in this sandbox)' : ''}\n`;
  });
  return `Usage: file [OPTION...] [FILE...]\nSays what a file is, by what stands in it.\n\n${rows.join('')}`;
}
