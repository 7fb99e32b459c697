/** `openstack`: osc_lib/shell.py and openstackclient/shell.py on cliff/app.py. */
import { Parser } from '../argparse';
import type { ParsedArgs } from '../arguments';
import { cachedParser } from '../parser-cache';
import { CommandError, NotInSandbox, ProgramExit } from '../errors';
import { SIGINT_EXIT, interruptible } from '../interrupt';
import type { Program } from '../program';
import { repr } from '../python';
import {
  checkClients,
  checkIdentity,
  checkVolumeVersion,
  namesWithVersions,
  versionWarnings,
} from './api-versions';
import { App } from './app';
import { commandParser, type Command } from './command';
import { completeCommand } from './complete';
import { findCommand, fuzzyMatches } from './command-manager';
import { loadCommand, loadCommands, names as commandNames } from './commands';
import { printList, printOne } from './display';
import { globalOptions } from './global-options';
import { message } from '../messages';

export const VERSION = '7.4.0';
const MANUAL = 'https://docs.openstack.org/python-openstackclient/2025.1/cli/';

/** All commands of the real client, in the sandbox or not. */
export const names: readonly string[] = [...commandNames, 'complete', 'help'];

/** The `openstack` command. */
export const openstack: Program = async (context) => {
  const app = new App(interruptible(context));
  return app.output.result(await run(app));
};

async function run(app: App): Promise<number> {
  const { args, signal } = app.context;
  let code = 1;
  try {
    const [options, rest] = globalParser(app).parseKnown(args);
    app.configureLogging(options);
    code = await start(app, options, rest);
  } catch (error) {
    if (error instanceof ProgramExit) {
      app.output.write(error.stdout);
      app.output.error(error.stderr);
      return error.status;
    }
    if (signal?.aborted) return SIGINT_EXIT;
    app.log('error', message(error));
  }
  app.log('debug', `END return value: ${code}`);
  return code;
}

async function start(app: App, options: ParsedArgs, rest: string[]): Promise<number> {
  const help = options.flag('deferred_help');
  app.log('info', `START with options: ${app.context.args.join(' ')}`);
  rejectAbsent('openstack', options);
  await app.configure(options);
  for (const warning of versionWarnings(app.region)) app.log('warning', warning);
  checkVolumeVersion(app.region, (warning) => app.log('warning', warning));
  if (help && rest.length === 0) throw new ProgramExit(0, await globalHelp(app));
  if (rest.length === 0) throw new NotInSandbox('openstack', 'the interactive mode', MANUAL);
  return runSubcommand(app, help ? ['help', ...rest] : rest);
}

async function runSubcommand(app: App, argv: string[]): Promise<number> {
  const known = namesWithVersions(names, app.region);
  const found = findCommand(argv, known);
  if (found === undefined) {
    app.output.write(unknownCommand(argv, known));
    return 2;
  }
  const command = await commandNamed(found.name);
  if (command === undefined)
    throw new NotInSandbox('openstack', repr(found.name), `${MANUAL}command-list.html`);
  app.log(
    'debug',
    `command: ${found.typed} -> ${command.upstream} (auth=${command.authRequired === false ? 'False' : 'True'})`,
  );
  let failure = '';
  try {
    if (command.authRequired !== false) {
      checkIdentity(app.region, MANUAL);
      await app.authenticate();
      checkClients(app.region, command);
    }
    const args = commandParser(command, `openstack ${found.typed}`, app.helpColumns, app.context.env).parse(
      found.rest,
    );
    rejectAbsent(`openstack ${found.typed}`, args);
    await take(app, command, args);
    return 0;
  } catch (error) {
    if (error instanceof ProgramExit || app.context.signal?.aborted) throw error;
    failure = message(error);
    app.log('error', failure);
    return 1;
  } finally {
    app.log('debug', `clean_up ${command.upstream.split('.').at(-1) ?? ''}: ${failure}`);
  }
}

async function take(app: App, command: Command, args: ParsedArgs): Promise<void> {
  switch (command.kind) {
    case 'command':
      return command.run(app, args);
    case 'lister':
      return app.output.write(
        printList(command, await command.run(app, args), args, app.terminal, (text) =>
          app.log('warning', text),
        ),
      );
    case 'show':
      return app.output.write(printOne(command, await command.run(app, args), args, app.terminal));
  }
}

function globalParser(app: App): Parser {
  return cachedParser(['openstack', app.helpColumns], app.context.env, () => makeGlobalParser(app));
}

function makeGlobalParser(app: App): Parser {
  const parser = new Parser({
    prog: 'openstack',
    description: 'Command-line client of the OpenStack APIs',
    columns: app.helpColumns,
  });
  parser.add({
    names: ['--version'],
    action: 'version',
    version: `openstack ${VERSION}`,
    help: 'Show the version and exit.',
  });
  parser.addAll(globalOptions(app.context.env));
  return parser;
}

function rejectAbsent(prog: string, args: ParsedArgs): void {
  const spec = args.absent();
  if (spec !== undefined) throw new NotInSandbox(prog, repr(spec.names.at(-1)), MANUAL);
}

function unknownCommand(argv: readonly string[], known: readonly string[]): string {
  const lines = [
    `openstack: '${argv.join(' ')}' is not an openstack command. See 'openstack --help'.`,
    'Did you mean one of these?',
  ];
  return [...lines, ...fuzzyMatches(argv[0] ?? '', known).map((name) => `  ${name}`), ''].join('\n');
}

async function globalHelp(app: App): Promise<string> {
  const commandTable = await loadCommandTable();
  const here = commandTable.map(({ name, description }) => `  ${name.padEnd(13)}  ${description}`).sort();
  const others = names.length - commandTable.length;
  return `${globalParser(app).format_help()}\nCommands:\n${here.join('\n')}\n\n${others} more commands of ${VERSION} are not in this sandbox. Read about them at ${MANUAL}command-list.html\n`;
}

/** `openstack help`: cliff/help.py. */
const help: Command = {
  name: 'help',
  upstream: 'cliff.help.HelpCommand',
  kind: 'command',
  authRequired: false,
  description: 'explain another command',
  arguments: [{ names: ['cmd'], nargs: '*', help: 'words of the command' }],
  async run(app, args) {
    const words = args.list('cmd');
    app.output.write(await (words.length === 0 ? globalHelp(app) : helpOf(app, words)));
  },
};

async function helpOf(app: App, words: readonly string[]): Promise<string> {
  const known = namesWithVersions(names, app.region);
  const found = findCommand(words, known);
  if (found === undefined) {
    const first = words[0] ?? '';
    const matches = known.filter((name) => name.startsWith(first)).sort();
    if (matches.length === 0) throw new CommandError(`Unknown command ${repr(words)}`);
    return `Command "${first}" matches:\n${matches.map((name) => `  ${name}\n`).join('')}`;
  }
  const command = await commandNamed(found.name);
  if (command === undefined)
    throw new NotInSandbox('openstack', repr(found.name), `${MANUAL}command-list.html`);
  return commandParser(command, `openstack ${found.typed}`, app.helpColumns, app.context.env).format_help();
}

/** What needs no API. */
const ownCommands: readonly Command[] = [completeCommand(names, loadCommandTable), help];

async function commandNamed(name: string): Promise<Command | undefined> {
  return ownCommands.find((command) => command.name === name) ?? (await loadCommand(name));
}

/** Every command of `openstack` in this sandbox. */
export async function loadCommandTable(): Promise<readonly Command[]> {
  return [...(await loadCommands()), ...ownCommands];
}
