/** `qemu-img` of QEMU 10, as far as images for OpenStack need it. Models `qemu-img.c`. */
import { SIGINT_EXIT } from '../interrupt';
import type { Program, ProgramContext, ProgramResult } from '../program';
import { CommandContext, Failure, MANUAL, Options } from './command';
import { COMMANDS, NOT_HERE } from './commands';
import { getopt, UsageError, type ParsedOption } from '../getopt';
import { commandHelp, help, STANDARD_OPTIONS, VERSION } from './help';

/** Runs `qemu-img`. */
export const qemuImg: Program = async (program) => {
  const [first, ...rest] = program.args;
  if (first === undefined) return usage('qemu-img: Not enough arguments', 'qemu-img');
  if (first.startsWith('-')) return standardOption(program);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    if (!Object.hasOwn(NOT_HERE, first)) return usage(`qemu-img: Command not found: ${first}`, 'qemu-img');
    return failed(`qemu-img: ${first}: not in this sandbox. Read about it at ${MANUAL}\n`);
  }
  return run(command, rest, program);
};

async function run(
  command: (typeof COMMANDS)[number],
  args: readonly string[],
  program: ProgramContext,
): Promise<ProgramResult> {
  const context = new CommandContext(program, command.name);
  const result = (exitCode: number) => ({ stdout: context.stdout, stderr: context.stderr, exitCode });
  try {
    const operands: string[] = [];
    const parsed: ParsedOption[] = [];
    const last = command.lastIsOperand && args.length > 1 ? args.slice(-1) : [];
    for (const option of getopt(args.slice(0, args.length - last.length), command.options, operands)) {
      if (option.name === 'help') return { stdout: commandHelp(command), stderr: '', exitCode: 0 };
      parsed.push(option);
    }
    operands.push(...last);
    return result(await command.run(context, new Options(parsed), operands));
  } catch (error) {
    if (program.signal?.aborted) return result(SIGINT_EXIT);
    if (error instanceof UsageError) {
      const prefix = error.fromGetopt ? `qemu-img ${command.name}` : 'qemu-img';
      context.stderr += `${prefix}: ${error.message}\n${error.hint ? hint(`qemu-img ${command.name}`) : ''}`;
      return result(1);
    }
    if (!(error instanceof Failure)) throw error;
    if (error.message !== '') context.report(error.message);
    return result(error.exitCode);
  }
}

function standardOption({ args }: ProgramContext): ProgramResult {
  try {
    for (const { name } of getopt(args, STANDARD_OPTIONS, [])) {
      if (name === 'help') return { stdout: help(), stderr: '', exitCode: 0 };
      if (name === 'version') return { stdout: VERSION, stderr: '', exitCode: 0 };
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return usage(`qemu-img: ${error.message}`, 'qemu-img');
  }
  return usage('qemu-img: Not enough arguments', 'qemu-img');
}

function hint(program: string): string {
  return `Try '${program} --help' for more info\n`;
}

function usage(message: string, program: string): ProgramResult {
  return failed(`${message}\n${hint(program)}`);
}

function failed(stderr: string): ProgramResult {
  return { stdout: '', stderr, exitCode: 1 };
}
