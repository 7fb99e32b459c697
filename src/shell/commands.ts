import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { defineCommand } from 'just-bash';
import type { Command, IFileSystem, ResolvedCommandContext } from 'just-bash';
import type { Program, ProgramContext } from '../cli/program';
import { latin1, latin1FromBytes } from './bytes';
import { dateCommand } from './date';
import { filesFor } from './files';
import type { BlobSource } from './files';
import { opensslCommand } from './openssl';
import { tarCommand } from './tar';
import { zcatCommand } from './zcat';
import { STDIN_IS_NO_TERMINAL, STDOUT_IS_NO_TERMINAL } from './terminal-routes';

/** What the sandbox gives to a program beside what the shell does. */
export interface ProgramHost {
  /** The file system itself: the one of a command's context copies every buffer. */
  fs: IFileSystem;
  blobOf?: BlobSource;
  fetch(request: Request): Promise<Response>;
  now(): Date;
  sleep(ms: number): Promise<void>;
  random?: ((size: number) => Uint8Array<ArrayBuffer>) | undefined;
  columns(): number;
}

/** Makes a program a command of the shell. */
export function programCommand(name: string, program: Program, host: ProgramHost): Command {
  return defineCommand(name, async (args, context) => {
    const programContext: ProgramContext = {
      args,
      env: { ...context.exportedEnv },
      files: filesFor(host.fs, context.cwd, host.blobOf),
      stdin: standardInput(context),
      stdoutIsTerminal: !context.fileDescriptors?.has(STDOUT_IS_NO_TERMINAL),
      columns: host.columns(),
      fetch: (request) => host.fetch(request),
      now: () => host.now(),
      sleep: (ms) => host.sleep(ms),
      random: host.random,
      ...(context.signal && { signal: context.signal }),
    };
    const { stdout, stderr, exitCode } = await program(programContext);
    if (typeof stdout === 'string') return { stdout, stdoutKind: 'text', stderr, exitCode };
    return { stdout: latin1(stdout), stdoutKind: 'bytes', stderr, exitCode };
  });
}

/** Undefined when it is the terminal: only the shell's syntax tree knows `< /dev/null` from nothing at all. */
function standardInput(context: ResolvedCommandContext): Blob | undefined {
  const bytes = latin1FromBytes(context.stdin);
  if (bytes === '' && !context.fileDescriptors?.has(STDIN_IS_NO_TERMINAL)) return undefined;
  return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))]);
}

const NOT_HERE: Readonly<Record<string, string>> = {
  'https://docs.openstack.org/python-openstackclient/latest/cli/':
    'nova neutron cinder keystone heat barbican ironic magnum designate trove',
  'https://docs.openstack.org/image-guide/':
    'virt-install virsh guestfish virt-customize virt-sysprep disk-image-create',
  'https://docs.openstack.org/devstack/latest/':
    'sudo su apt apt-get dnf yum pip pip3 python python3 systemctl docker podman git stack.sh',
  'https://docs.openstack.org/nova/latest/user/': 'ssh scp sftp ping mount',
  'https://docs.openstack.org/api-ref/': 'wget',
  'https://www.gnu.org/software/bash/manual/': 'man info vi vim nano emacs top ps kill tmux screen',
};

const MANILA_IS_GONE =
  'manila: gone from python-manilaclient since release 6.0.0. Its commands are openstack share … now.\n';

/** Programs that people type on such a machine and that this one lacks: not wrong, only not here. */
function commandsNotHere(): Command[] {
  return Object.entries(NOT_HERE).flatMap(([url, names]) =>
    names.split(' ').map((name) =>
      defineCommand(name, async () => ({
        stdout: '',
        stderr: `${name}: not in this sandbox. Read about it at ${url}\n`,
        exitCode: 127,
      })),
    ),
  );
}

/** `env` and `printenv` show what programs get, not every variable of the shell, as just-bash's do. */
function environmentCommand(name: 'env' | 'printenv'): Command {
  return defineCommand(name, async (args, context) => {
    const env = context.exportedEnv ?? {};
    if (args.length > 0) {
      if (name === 'env')
        return (await context.origCommand?.(args)) ?? { stdout: '', stderr: '', exitCode: 1 };
      const values = args.map((each) => env[each]);
      const stdout = values.map((value) => (value === undefined ? '' : `${value}\n`)).join('');
      return { stdout, stderr: '', exitCode: values.includes(undefined) ? 1 : 0 };
    }
    const stdout = Object.entries(env)
      .map(([key, value]) => `${key}=${value}\n`)
      .join('');
    return { stdout, stderr: '', exitCode: 0 };
  });
}

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `sleep` moves the sandbox's clock on instead of waiting; just-bash's own ends after an hour. */
function sleepCommand(sleep: (ms: number) => Promise<void>): Command {
  return defineCommand('sleep', async (args) => {
    let seconds = 0;
    for (const arg of args) {
      const match = /^(\d*\.?\d+|\d+\.)([smhd]?)$/.exec(arg);
      if (!match) return { stdout: '', stderr: `sleep: invalid time interval ‘${arg}’\n`, exitCode: 1 };
      seconds += Number(match[1]) * (SECONDS[match[2] ?? ''] ?? 1);
    }
    if (args.length === 0) return { stdout: '', stderr: 'sleep: missing operand\n', exitCode: 1 };
    await sleep(seconds * 1000);
    return { stdout: '', stderr: '', exitCode: 0 };
  });
}

/** `history` with bash's numbering. */
function historyCommand(history: () => readonly string[]): Command {
  return defineCommand('history', async (args) => {
    const all = history();
    const count = args[0] === undefined ? all.length : Number(args[0]);
    if (!Number.isInteger(count) || count < 0) {
      return { stdout: '', stderr: `bash: history: ${args[0]}: numeric argument required\n`, exitCode: 1 };
    }
    const lines = all.map((line, i) => `${String(i + 1).padStart(5)}  ${line}\n`);
    return {
      stdout: lines.slice(all.length - Math.min(count, all.length)).join(''),
      stderr: '',
      exitCode: 0,
    };
  });
}

/** coreutils' `sha512sum FILE…`, which just-bash lacks: Glance's `os_hash_value` is a SHA-512. */
const sha512sumCommand: Command = defineCommand('sha512sum', async (args, context) => {
  const files = args.filter((arg) => !arg.startsWith('-') || arg === '-');
  let stdout = '';
  let stderr = '';
  for (const file of files.length > 0 ? files : ['-']) {
    try {
      const bytes =
        file === '-'
          ? Uint8Array.from(latin1FromBytes(context.stdin), (character) => character.charCodeAt(0))
          : await context.fs.readFileBuffer(context.fs.resolvePath(context.cwd, file));
      stdout += `${bytesToHex(sha512(bytes))}  ${file}\n`;
    } catch (error) {
      const folder = error instanceof Error && error.message.startsWith('EISDIR');
      stderr += `sha512sum: ${file}: ${folder ? 'Is a directory' : 'No such file or directory'}\n`;
    }
  }
  return { stdout, stderr, exitCode: stderr === '' ? 0 : 1 };
});

/** `less` and `more` have no screen to page on: they print. */
function pagerCommand(name: string): Command {
  return defineCommand(name, async (args, context) => {
    const words = ['cat', ...args.filter((arg) => !arg.startsWith('-'))];
    const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    if (!context.execWithInheritedStdin)
      return { stdout: '', stderr: `${name}: not available\n`, exitCode: 1 };
    return context.execWithInheritedStdin(line, { cwd: context.cwd });
  });
}

/** `xargs` takes `-I{}` and `-n1` in one word too, and `-I` a line and not a word, as just-bash's does not. */
const xargsCommand: Command = defineCommand('xargs', async (args, context) => {
  const words = [...args];
  const options: string[] = [];
  for (let word = words[0]; word?.startsWith('-'); word = words[0]) {
    words.shift();
    const [, letter, value = ''] = /^-([IndP])(.*)$/s.exec(word) ?? [];
    if (letter === undefined) options.push(word);
    else options.push(`-${letter}`, ...(value === '' ? words.splice(0, 1) : [value]));
  }
  if (options.includes('-I') && !options.some((option) => ['-d', '-0', '--null'].includes(option)))
    options.push('-d', '\\n');
  const run = context.origCommand;
  return run ? run([...options, ...words]) : { stdout: '', stderr: 'xargs: not available\n', exitCode: 1 };
});

/** Everything that the sandbox adds to bash's own commands, or corrects in just-bash's. */
export function sandboxCommands(
  host: Pick<ProgramHost, 'now' | 'sleep'>,
  history: () => readonly string[],
  user: string,
): Command[] {
  return [
    ...commandsNotHere(),
    defineCommand('manila', async () => ({ stdout: '', stderr: MANILA_IS_GONE, exitCode: 127 })),
    dateCommand(() => host.now()),
    sleepCommand((ms) => host.sleep(ms)),
    historyCommand(history),
    environmentCommand('env'),
    environmentCommand('printenv'),
    defineCommand('whoami', async () => ({ stdout: `${user}\n`, stderr: '', exitCode: 0 })),
    sha512sumCommand,
    opensslCommand,
    xargsCommand,
    tarCommand,
    zcatCommand,
    pagerCommand('less'),
    pagerCommand('more'),
  ];
}
