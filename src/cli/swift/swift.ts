/** `swift`: `main` of swiftclient/shell.py. Reads no clouds.yaml. */
import { Parser } from '../argparse';
import type { ParsedArgs } from '../arguments';
import { ProgramExit } from '../errors';
import { interruptible } from '../interrupt';
import { Output } from '../output';
import { cachedParser } from '../parser-cache';
import type { Program, ProgramContext } from '../program';
import { helpColumns } from '../terminal';
import { Run, type SwiftCommand } from './command';
import { COMMANDS } from './command-table';
import { ClientException, Exit, parseHeaderString, SwiftError, words } from './exceptions';
import { programUsage, VERSION } from './help';
import { Log } from './log';
import { defaultOptions, openstackOptions, processOptions, requireLogin } from './options';
import { OutputManager } from './output';

/** The `swift` command. */
export const swift: Program = async (context) => {
  const output = new Output();
  return output.result(await run(interruptible(context), output));
};

async function run(context: ProgramContext, output: Output): Promise<number> {
  try {
    return await main(context, output);
  } catch (error) {
    if (error instanceof ProgramExit) {
      output.write(error.stdout);
      output.error(error.stderr);
      return error.status;
    }
    if (context.signal?.aborted) {
      output.error(' Aborted\n');
      return 2;
    }
    if (!(error instanceof Exit)) throw error;
    output.error(`${error.message}\n`);
    return 1;
  }
}

async function main(context: ProgramContext, output: Output): Promise<number> {
  const [options, left] = mainParser(context, true).parseKnown(
    context.args.length === 0 ? ['-h'] : context.args,
  );
  const [name] = left;
  if (name !== undefined && options.flag('help')) throw new ProgramExit(0, commandHelp(name));
  if (options.flag('help') || options.flag('os_help'))
    throw new ProgramExit(0, mainParser(context, !options.flag('help')).format_help());
  const command = COMMANDS.find((one) => one.name === name);
  if (name === 'bash_completion') throw new ProgramExit(0, completion(context, left[1]));
  if (command === undefined)
    throw new ProgramExit(
      name === undefined ? 0 : 1,
      mainParser(context, true).format_usage(),
      name === undefined ? '' : `no such command: ${name}\n`,
    );
  const out = new OutputManager(output);
  const [args, [, ...rest]] = commandParser(context, command).parseKnown(context.args);
  await runCommand(command, args, rest, context, output, out);
  return out.errorCount > 0 ? 1 : 0;
}

async function runCommand(
  command: SwiftCommand,
  args: ParsedArgs,
  rest: readonly string[],
  context: ProgramContext,
  output: Output,
  out: OutputManager,
): Promise<void> {
  const offline = command.name === 'tempurl';
  if (args.flag('prompt') && !offline) throw new Exit('Input stream incompatible with --prompt option');
  const login = processOptions(args);
  if (!offline && !(command.name === 'capabilities' && rest.length > 0)) requireLogin(login);
  const level = args.flag('debug') ? 'debug' : args.flag('info') ? 'info' : 'none';
  try {
    await command.run(new Run(context, out, new Log(output, level), login), args, rest);
  } catch (error) {
    if (context.signal?.aborted || error instanceof Exit) throw error;
    if (error instanceof SwiftError) return out.errorWithTransaction(error);
    if (!(error instanceof ClientException)) return out.error(words(error));
    const { transactionId } = error;
    error.transactionId = undefined; // on a line of its own
    out.error(words(error));
    if (transactionId) out.error(`Failed Transaction ID: ${parseHeaderString(transactionId)}`);
  }
}

function commandHelp(name: string): string {
  const command = COMMANDS.find((one) => one.name === name);
  if (command !== undefined) return `Usage: swift ${name} ${command.usage}\n${command.help}\n`;
  if (name !== 'bash_completion') return `no such command: ${name}\n`;
  return `Usage: swift bash_completion [command]

Prints all options, for completion.

Optional positional arguments:
  <command>           Only those of this command.
`;
}

const HELP_COLUMNS_MAX = 1000;

/** The parser of what stands before the command, and of everything that the command does not say. */
function mainParser(context: ProgramContext, withOpenstack: boolean): Parser {
  return cachedParser(['swift', withOpenstack, ...parserKey(context)], context.env, () => {
    const parser = new Parser({
      prog: 'swift',
      usage: programUsage(),
      equalsSigns: true,
      columns: Math.min(helpColumns(context), HELP_COLUMNS_MAX),
    });
    parser.add({ names: ['--version'], action: 'version', version: `python-swiftclient ${VERSION}`, help: "show program's version number and exit" });
    addDefaults(parser, context, withOpenstack);
    return parser;
  }); // prettier-ignore
}

function commandParser(context: ProgramContext, command: SwiftCommand): Parser {
  return cachedParser(['swift', command.name, ...parserKey(context)], context.env, () => {
    const parser = new Parser({ prog: 'swift', usage: command.help, columns: 80 });
    parser.add({ names: ['--version'], action: 'version', version: `python-swiftclient ${VERSION}` });
    addDefaults(parser, context, true);
    parser.addAll(command.arguments);
    return parser;
  });
}

function addDefaults(parser: Parser, { env }: ProgramContext, withOpenstack: boolean): void {
  parser.add({ names: ['-h', '--help'], action: 'store_true' });
  parser.addAll(defaultOptions(env));
  if (!withOpenstack) return;
  parser.addAll(openstackOptions(env), parser.add_argument_group('OpenStack authentication options'));
}

function parserKey(context: ProgramContext): unknown[] {
  const own = Object.entries(context.env).filter(([name]) => /^(ST_|SWIFTCLIENT_)/.test(name));
  return [helpColumns(context), own];
}

/** `swift bash_completion`: the real one prints a set, in no order. */
function completion(context: ProgramContext, name: string | undefined): string {
  const command = COMMANDS.find((one) => one.name === name);
  if (name !== undefined && command === undefined && name !== 'bash_completion') return '\n';
  const specs = [
    ...defaultOptions(context.env),
    ...openstackOptions(context.env),
    ...(command?.arguments ?? []),
  ];
  const words = [...specs.flatMap(({ names }) => names), '-h', '--help'];
  if (name === undefined) words.push(...COMMANDS.map((one) => one.name), '--version');
  return `${[...new Set(words)].sort().join(' ')}\n`;
}
