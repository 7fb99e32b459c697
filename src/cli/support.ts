/** What the sandbox supports, command by command, as the reference page shows it. Nothing here is typed by hand. */
import { loadCommandTable, type CommandEntry, type ProgramName } from '.';
import { Parser } from './argparse';
import type { ArgumentSpec } from './arguments';
import glanceNames from './glance/commands-of-4.8.0.json';
import { names as openstackNames } from './openstack/shell';
import { COMMANDS, NOT_HERE } from './qemu-img/commands';
import { COMMANDS as SWIFT_COMMANDS } from './swift/command-table';
import { VERSION as SWIFT } from './swift/help';
import { optionsInHelp } from './swift/help-options';

export interface SupportedCommand {
  name: string;
  description: string;
  /** Without the options that choose the form of the output, which all commands share. */
  usage: string;
  options: readonly SupportedOption[];
  /** What `-f` takes; none for a command that prints no table. */
  formats: readonly string[];
}

export interface SupportedOption {
  /** Such as `--disk-format <disk-format>`. */
  name: string;
  help: string;
  /** Whether it works here. */
  here: boolean;
}

export interface ProgramSupport {
  program: ProgramName;
  release: string;
  here: readonly SupportedCommand[];
  /** Names of the commands that the real client has and the sandbox has not. */
  missing: readonly string[];
}

/** The programs with subcommands. */
export async function loadSupportTable(): Promise<ProgramSupport[]> {
  const commandTable = await loadCommandTable();
  return [
    programSupport(commandTable, 'openstack', '7.4.0', openstackNames),
    programSupport(commandTable, 'glance', '4.8.0', glanceNames),
    swiftSupport(),
    qemuImgSupport(),
  ];
}

function programSupport(
  commandTable: readonly CommandEntry[],
  program: ProgramName,
  release: string,
  names: readonly string[],
): ProgramSupport {
  const here = commandTable
    .filter((command) => command.program === program)
    .map(({ name, description, arguments: specs, formats }) => ({
      name,
      description,
      usage: usageOf(`${program} ${name}`, specs),
      options: specs.filter(({ hidden }) => hidden !== true).map(optionOf),
      formats,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const known = new Set(here.map(({ name }) => name));
  return { program, release, here, missing: names.filter((name) => !known.has(name)).sort() };
}

function usageOf(prog: string, specs: readonly ArgumentSpec[]): string {
  const parser = new Parser({ prog, columns: 80 });
  parser.addAll(specs);
  return parser
    .format_usage()
    .replace(/^usage: /, '')
    .trimEnd();
}

function optionOf({ names, metavar, choices, action, help = '', absent }: ArgumentSpec): SupportedOption {
  const takesValue =
    action === undefined || ['store', 'append', 'key_value', 'non_negative'].includes(action);
  const isOption = names[0].startsWith('-');
  const value = metavar ?? (choices ? `{${choices.join(',')}}` : '');
  const name = isOption
    ? [names.join(', '), takesValue ? value : ''].join(' ').trim()
    : (metavar ?? names[0]);
  return { name, help, here: absent !== true };
}

function swiftSupport(): ProgramSupport {
  return {
    program: 'swift',
    release: SWIFT,
    here: SWIFT_COMMANDS.map(({ name, summary, usage, help }) => ({
      name,
      description: summary,
      usage: `swift ${name} ${usage.trim()}`.trim(),
      options: optionsInHelp(help).map((option) => ({ ...option, here: true })),
      formats: [],
    })),
    missing: [],
  };
}

function qemuImgSupport(): ProgramSupport {
  return {
    program: 'qemu-img',
    release: '10.0',
    here: COMMANDS.map(({ name, summary, usage, options }) => ({
      name,
      description: summary,
      usage: `qemu-img ${name} ${usage}`,
      options: options.map(({ long, short, value, help, absent }) => ({
        name: `${short === undefined ? '' : `-${short}, `}--${long}${value === undefined ? '' : ` ${value}`}`,
        help,
        here: absent !== true,
      })),
      formats: [],
    })),
    missing: Object.keys(NOT_HERE),
  };
}
