import type { Disk } from '../../disk-image/block/disk';
import { openDisk, type OpenOptions } from '../../disk-image/block/open';
import { DiskError } from '../../disk-image/block/source';
import type { ProgramContext } from '../program';
import { UsageError, type OptionSpec, type ParsedOption } from '../getopt';

export const MANUAL = 'https://www.qemu.org/docs/master/tools/qemu-img.html';

/** A command of `qemu-img`. */
export interface Command {
  name: string;
  /** What it does, in a line. */
  summary: string;
  /** The usage lines after `qemu-img NAME `, as the real program has them. */
  usage: string;
  operands: readonly { name: string; help: string }[];
  /** Whether the last word is never an option: a size may begin with a minus sign. */
  lastIsOperand?: true;
  options: readonly OptionSpec[];
  /** Returns the exit code. */
  run(context: CommandContext, options: Options, operands: readonly string[]): Promise<number>;
}

/** The options of a command line, in their order. */
export class Options {
  constructor(private readonly parsed: readonly ParsedOption[]) {}

  has(name: string): boolean {
    return this.parsed.some((option) => option.name === name);
  }

  /** The value that counts: the last one given. */
  last(name: string): string | undefined {
    return this.all(name).at(-1);
  }

  all(name: string): string[] {
    return this.parsed.filter((option) => option.name === name).map(({ value }) => value);
  }
}

/** The command cannot go on: what it says after `qemu-img: `, and how it ends. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** What a command needs beside its options: the sandbox's files, and where its output goes. */
export class CommandContext {
  stdout = '';
  stderr = '';

  constructor(
    readonly program: ProgramContext,
    readonly command: string,
  ) {}

  print(text: string): void {
    this.stdout += text;
  }

  /** Models `error_report`. */
  report(message: string): void {
    this.stderr += `qemu-img: ${message}\n`;
  }

  failure(message: string, exitCode = 1): Failure {
    return new Failure(message, exitCode);
  }

  /** Throws where Ctrl-C was typed. */
  checkSignal(): void {
    this.program.signal?.throwIfAborted();
  }

  /** Opens a disk, or fails in the words of `img_open`. */
  async open(
    filename: string,
    options: Omit<OpenOptions, 'openFile' | 'report'> = {},
    exitCode = 1,
  ): Promise<Disk> {
    try {
      return await openDisk(filename, {
        ...options,
        openFile: (path) => this.program.files.open(path),
        report: (message) => this.report(message),
      });
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      throw new Failure(`Could not open '${filename}': ${error.message}`, exitCode);
    }
  }

  /** Whether `--output` says `json`. */
  outputFormat(options: Options): boolean {
    const wrong = options.all('output').find((value) => value !== 'json' && value !== 'human');
    if (wrong !== undefined) throw new UsageError(`--output expects 'human' or 'json' not '${wrong}'`);
    return options.last('output') === 'json';
  }

  /** Ends where an option was given that the real program has and this one lacks. */
  refuseAbsent(options: Options, specs: readonly OptionSpec[]): void {
    const found = specs.find(({ long, absent }) => absent && options.has(long));
    if (found !== undefined)
      throw new Failure(`--${found.long}: not in this sandbox. Read about it at ${MANUAL}`);
  }
}

/** Options that most commands have. */
export const HELP_OPTION: OptionSpec = { long: 'help', short: 'h', help: 'prints this help' };
export const QUIET: OptionSpec = { long: 'quiet', short: 'q', help: 'prints only errors' };
export const IMAGE_OPTS: OptionSpec = {
  long: 'image-opts',
  help: 'FILENAME is a list of options of the block layer',
  absent: true,
};
export const OBJECT: OptionSpec = {
  long: 'object',
  value: 'OBJDEF',
  help: 'makes an object of QEMU, such as the secret of an encrypted image',
  absent: true,
};
