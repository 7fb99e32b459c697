/** What a command of `swift` is, and what it has at hand. */
import type { ArgumentSpec, ParsedArgs } from '../arguments';
import type { ProgramContext } from '../program';
import { Connection } from './connection';
import type { Log } from './log';
import type { Login } from './options';
import type { OutputManager } from './output';
import { Transport } from './transport';

export interface SwiftCommand {
  name: string;
  /** What it does, in a line. */
  summary: string;
  /** The words after its name in its usage, as the real program has them. */
  usage: string;
  /** What `--help` prints below the usage. */
  help: string;
  arguments: readonly ArgumentSpec[];
  /** @param words the words that are no options, without the command's name. */
  run(run: Run, args: ParsedArgs, words: readonly string[]): Promise<void>;
}

/**
 * One command that runs. The real program does several things at a time; this one does them one after the other, with
 * one connection where that has a pool of them. Each connection logs in for itself.
 */
export class Run {
  readonly transport: Transport;
  readonly containers: Connection;
  readonly objects: Connection;
  readonly segments: Connection;

  constructor(
    readonly program: ProgramContext,
    readonly out: OutputManager,
    readonly log: Log,
    readonly login: Login,
  ) {
    this.transport = new Transport(program, log);
    this.containers = new Connection(this.transport, login);
    this.objects = new Connection(this.transport, login);
    this.segments = new Connection(this.transport, login);
  }
}

/** What goes wrong with the words, as commands say it: their usage, on standard error. */
export function usageError({ out }: Run, command: SwiftCommand, before = ''): void {
  out.error(`${before}Usage: swift ${command.name} ${command.usage}\n${command.help}`);
}

/** Whether a number of threads is one. */
export function checkThreads(run: Run, command: SwiftCommand, args: ParsedArgs, name: string): boolean {
  if ((args.number(`${name}_threads`) ?? 10) > 0) return true;
  const words = `ERROR: option --${name}-threads should be a positive integer.\n\n`;
  usageError(run, command, words);
  return false;
}

/** Says so if a container's name has a slash in it, which it cannot have. */
export function hasSlash({ out }: Run, container: string): boolean {
  if (!container.includes('/')) return false;
  out.error(
    `WARNING: / in container name; you might have meant '${container.replace('/', ' ')}' instead of '${container}'.`,
  );
  return true;
}

/** The header option of most commands. */
export const header = (help: string): ArgumentSpec => ({
  names: ['-H', '--header'],
  action: 'append',
  dest: 'header',
  default: [],
  help,
});
