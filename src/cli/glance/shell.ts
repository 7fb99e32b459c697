/** `glance`: glanceclient/shell.py. */
import { Parser } from '../argparse';
import type { ArgumentSpec } from '../arguments';
import { CommandError, NotInSandbox, ProgramExit } from '../errors';
import { HttpLog } from '../http-log';
import { SIGINT_EXIT, interruptible } from '../interrupt';
import { message } from '../messages';
import { Output } from '../output';
import { cachedParser } from '../parser-cache';
import type { Program, ProgramContext } from '../program';
import { repr } from '../python';
import { helpColumns } from '../terminal';
import type { Subcommand } from './command';
import { subcommands } from './commands';
import namesOf480 from './commands-of-4.8.0.json';
import { login } from './login';
import { authOptions, authTypeOption, baseOptions, connectionOptions } from './options';

const MANUAL = 'https://docs.openstack.org/python-glanceclient/2025.1/cli/details.html';

/** Subcommands that Image v1 had as well: their help says so. */
const V1 = [
  'bash-completion',
  'bash_completion',
  'help',
  'image-create',
  'image-delete',
  'image-download',
  'image-list',
  'image-show',
  'image-update',
  'member-create',
  'member-delete',
  'member-list',
];

/** The `glance` command. */
export const glance: Program = async (context) => {
  const output = new Output();
  return output.result(await run(interruptible(context), output));
};

async function run(context: ProgramContext, output: Output): Promise<number> {
  try {
    await main(context, output);
    return 0;
  } catch (error) {
    if (error instanceof ProgramExit) {
      output.write(error.stdout);
      output.error(error.stderr);
      return error.status;
    }
    if (context.signal?.aborted) {
      output.error('... terminating glance client\n');
      return SIGINT_EXIT;
    }
    const text = message(error);
    if (text !== '') output.error(`${text}\n`);
    return 1;
  }
}

async function main(context: ProgramContext, output: Output): Promise<void> {
  peekParser(context).parseKnown(context.args);
  const [options, rest] = parsersOf(context).parser.parseKnown(context.args);
  checkVersion(options.string('os_image_api_version') ?? '');
  if (options.flag('help') || context.args.length === 0) {
    const { parser } = parsersOf(context, commandTable);
    output.write(parser.format_help() + (options.flag('help') ? '' : hint(undefined)));
    return;
  }
  const [word = '', topic] = rest.filter((one) => !one.startsWith('-'));
  const command = commandTable.find(({ name }) => name === word);
  if (command === undefined && isName(word)) throw new NotInSandbox('glance', repr(word), MANUAL);

  const { parser, parsers } = parsersOf(
    context,
    command === help && topic === undefined
      ? commandTable
      : commandTable.filter((one) => one === command || one.name === topic),
  );
  const args = parser.parse(context.args, command?.arguments);
  const absent = args.absent();
  if (absent !== undefined) throw new NotInSandbox('glance', repr(absent.names[0]), MANUAL);
  if (command === undefined || command === help) {
    output.write(helpText(args.string('command'), parser, parsers));
    return;
  }
  if (isCompletion(command)) {
    output.write(`${completionWords()}\n`);
    return;
  }
  const http = new HttpLog(false);
  const debug = (logger: string, text: string): void => {
    if (args.flag('debug')) output.error(`DEBUG:${logger}:${text}\n`);
  };
  const client = await login(
    context,
    args,
    (event) => {
      for (const { logger, text } of http.lines(event)) debug(logger, text);
    },
    (status) => {
      const text = `Request returned failure status ${status}.`;
      if (args.flag('debug')) output.error(`${text}\n`); // its own handler, then the root's
      debug('glanceclient.common.http', text);
    },
  );
  await command.run({ context, output, client }, args);
}

function isName(word: string): boolean {
  const names: readonly string[] = namesOf480;
  return names.includes(word);
}

function checkVersion(version: string): void {
  if (version === '' || version === '2') return;
  if (version === '1')
    throw new NotInSandbox(
      'glance',
      'version 1 of the Image API',
      'https://docs.openstack.org/glance/2025.1/',
    );
  throw new CommandError('Invalid API version parameter. Supported values are [1, 2]');
}

/** The client peeks at this option first, which makes some abbreviations ambiguous. */
function peekParser(context: ProgramContext): Parser {
  const columns = helpColumns(context);
  return cachedParser(['glance auth type', columns], context.env, () => {
    const parser = new Parser({ prog: 'glance', columns });
    parser.add(authTypeOption(context.env));
    return parser;
  });
}

/** The parser of a line, and those of the subcommands that it may name; without them, of the global options alone. */
function parsersOf(
  context: ProgramContext,
  wanted?: readonly Subcommand[],
): { parser: Parser; parsers: ReadonlyMap<string, Parser> } {
  const key = ['glance', helpColumns(context), wanted?.map(({ name }) => name)];
  return cachedParser(key, context.env, () => {
    const parser = baseParser(context);
    const parsers = wanted === undefined ? new Map() : addSubcommands(parser, wanted, context.env);
    return { parser, parsers };
  });
}

/** Only the global options; leaves the rest of the line alone. */
function baseParser(context: ProgramContext): Parser {
  const { env } = context;
  const parser = new Parser({
    prog: 'glance',
    description: 'Command-line client of the OpenStack Images API.',
    epilog: 'See "glance help COMMAND" for help on a specific command.',
    columns: helpColumns(context),
    capitalHeadings: true,
  });
  parser.addAll(baseOptions(env));
  parser.addAll(
    connectionOptions(env),
    parser.add_argument_group('API Connection Options', 'Options of the connection to the API'),
  );
  parser.add(authTypeOption(env));
  parser.addAll(
    authOptions(env),
    parser.add_argument_group('Authentication Options', 'Options for logging in with a password.'),
  );
  return parser;
}

function addSubcommands(
  parser: Parser,
  wanted: readonly Subcommand[],
  env: ProgramContext['env'],
): ReadonlyMap<string, Parser> {
  const helpOption: ArgumentSpec = { names: ['-h', '--help'], action: 'help', hidden: true };
  const entries = wanted.map(
    ({ name, description, arguments: specs }) =>
      [
        name,
        { help: description, arguments: [helpOption, ...specs.map((spec) => withDefault(spec, env))] },
      ] as const,
  );
  return parser.addSubcommands('<subcommand>', namesOf480, new Map(entries));
}

/** The environment's value, if there is one, as the option's default. */
function withDefault(spec: ArgumentSpec, env: ProgramContext['env']): ArgumentSpec {
  const value = spec.env === undefined ? '' : (env[spec.env] ?? '');
  return value === '' ? spec : { ...spec, default: value };
}

function helpText(name: string | undefined, parser: Parser, parsers: ReadonlyMap<string, Parser>): string {
  if (name === undefined || name === '') return parser.format_help() + hint(undefined);
  if (!isName(name)) throw new CommandError(`'${name}' is not a valid subcommand`);
  const own = parsers.get(name);
  if (own === undefined) throw new NotInSandbox('glance', repr(name), MANUAL);
  return own.format_help() + hint(name);
}

/** The line about version 1 that ends most help texts. */
function hint(name: string | undefined): string {
  if (name !== undefined && !V1.includes(name)) return '';
  return `\nRun \`glance --os-image-api-version 1 help${name === undefined ? '' : ` ${name}`}\` for v1 help\n`;
}

/** `glance help` */
const help: Subcommand = {
  name: 'help',
  upstream: 'glanceclient.shell.OpenStackImagesShell.do_help',
  description: 'Explain this program or one of its subcommands.',
  arguments: [{ names: ['command'], metavar: '<subcommand>', nargs: '?', help: 'Subcommand to explain' }],
  run: () => Promise.resolve(),
};

/** `glance bash-completion`, by both its names: all subcommands, and the options of those that are here. */
const completion: readonly Subcommand[] = [
  {
    name: 'bash-completion',
    upstream: 'glanceclient.shell.OpenStackImagesShell.do_bash_completion',
    description: 'Print the words that a bash can complete.',
    arguments: [],
    run: () => Promise.resolve(),
  },
  {
    name: 'bash_completion',
    upstream: 'glanceclient.shell.OpenStackImagesShell.do_bash_completion',
    description: '',
    arguments: [],
    run: () => Promise.resolve(),
  },
];

function isCompletion(command: Subcommand): boolean {
  return completion.includes(command);
}

/** The real client prints them in no order. */
function completionWords(): string {
  const options = commandTable.flatMap((command) => command.arguments.flatMap((spec) => spec.names));
  const words = [...namesOf480, '-h', '--help', ...options.filter((name) => name.startsWith('-'))];
  return [...new Set(words)]
    .filter((word) => !/^bash[-_]completion$/.test(word))
    .sort()
    .join(' ');
}

/** Every subcommand of `glance` in this sandbox. */
export const commandTable: readonly Subcommand[] = [...subcommands, ...completion, help];
