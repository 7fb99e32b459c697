/** Help texts: the usage lines are those of the real program, what they explain is said in our own words. */
import { FORMATS_OF_QEMU } from '../../disk-image/block/open';
import type { Command } from './command';
import { COMMANDS, NOT_HERE } from './commands';
import type { OptionSpec } from '../getopt';

export const VERSION = `qemu-img version 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)
Copyright (c) 2003-2025 Fabrice Bellard and the QEMU Project developers
`;

export const STANDARD_OPTIONS: readonly OptionSpec[] = [
  { long: 'help', short: 'h', help: 'prints this help' },
  { long: 'version', short: 'V', help: 'prints the version' },
  { long: 'trace', short: 'T', value: 'TRACE', help: 'says what is to be traced', absent: true },
];

/** What `qemu-img --help` prints. */
export function help(): string {
  const rows = [...COMMANDS.map(({ name, summary }) => [name, summary] as const), ...Object.entries(NOT_HERE)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, summary]) => `  ${name} - ${summary}${name in NOT_HERE ? ' (not in this sandbox)' : ''}\n`);
  return `${VERSION}QEMU disk image utility.  Usage:

  qemu-img [standard options] COMMAND [--help | command options]

Standard options:
${STANDARD_OPTIONS.map(optionLines).join('')}
Recognized commands (run qemu-img COMMAND --help for command-specific help):

${rows.join('')}
Supported image formats:

${columns(FORMATS_OF_QEMU)}
`;
}

/** What `qemu-img COMMAND --help` prints. */
export function commandHelp({ name, summary, usage, options, operands }: Command): string {
  return `Usage:
${summary}.  Usage:

  qemu-img ${name} ${usage}

Arguments:
${options.map(optionLines).join('')}${operands.map((operand) => `  ${operand.name}\n     ${operand.help}\n`).join('')}
`;
}

function optionLines({ long, short, value, help: text, absent }: OptionSpec): string {
  const names = short === undefined ? `--${long}` : `-${short}, --${long}`;
  return `  ${names}${value === undefined ? '' : ` ${value}`}\n     ${text}${absent ? ' (not in this sandbox)' : ''}\n`;
}

/** Words in lines of at most 75 characters, two spaces in. */
function columns(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 75) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}
