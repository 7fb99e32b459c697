/** The programs that a lesson types, beside those of the shell. */
import type { ArgumentSpec } from './arguments';
import { makeCompleter } from './completion';
import { curl } from './curl/curl';
import { completeCurl } from './curl/completion';
import { listFormatters, showFormatters } from './formatters';
import { authOptions, baseOptions, connectionOptions } from './glance/options';
import { commandTable as glanceCommands, glance } from './glance/shell';
import { globalOptions } from './openstack/global-options';
import { loadCommandTable as loadOpenstackCommands, openstack } from './openstack/shell';
import { commandParser, type Command } from './openstack/command';
import type { Program, ProgramCompleter, ProgramContext } from './program';

export type ProgramName = 'openstack' | 'glance' | 'swift' | 'curl' | 'qemu-img' | 'file';

/** Comes when it is first called: it is large, and most pages do without. */
const qemuImg: Program = async (context) => (await import('./qemu-img/qemu-img')).qemuImg(context);

const swift: Program = async (context) => (await import('./swift/swift')).swift(context);

const file: Program = async (context) => (await import('./file/file')).file(context);

/** By the name they are called with. */
export const programs: Record<ProgramName, Program> = {
  openstack,
  glance,
  swift,
  curl,
  'qemu-img': qemuImg,
  file,
};

/** Arguments of commands about images that name one. */
const IMAGE_ARGUMENTS = new Set(['image', 'images', 'id', 'image_id', 'marker']);

/** Arguments of `openstack` by what they name, where the argument is not the name of that. */
const NAMED: Readonly<Record<string, string>> = {
  images: 'image', networks: 'network', external_gateway: 'network', external_gateways: 'network',
  security_group: 'security group', security_groups: 'security group', remote_group: 'security group',
  subnet_pool: 'subnet pool', address_group: 'address group', remote_address_group: 'address group',
  address_scope: 'address scope', floating_ip: 'floating ip', servers: 'server', volumes: 'volume',
}; // prettier-ignore
const THINGS = new Set([...Object.values(NAMED), 'network', 'subnet', 'port', 'router', 'flavor']);

/** What there is that an argument of a command can name. */
function thingOf(argument: string, command: string): string | undefined {
  if (command.startsWith('image ') && IMAGE_ARGUMENTS.has(argument)) return 'image';
  if (argument === 'group') return command.startsWith('security group ') ? 'security group' : undefined;
  if (argument === 'ip_address' && / floating ip$/.test(command)) return 'floating ip';
  const thing = NAMED[argument] ?? argument;
  return THINGS.has(thing) ? thing : undefined;
}

/** What Tab offers after each program's name. */
export const completers: Record<ProgramName, ProgramCompleter> = {
  openstack: makeCompleter(
    globalOptions,
    loadOpenstackCommands,
    openstackOptions,
    (argument, command, context) => {
      const thing = thingOf(argument, command);
      if (thing === undefined) return undefined;
      const column = thing === 'floating ip' ? 'Floating IP Address' : 'Name';
      return lines(openstack, [...thing.split(' '), 'list', '-f', 'value', '-c', column], context);
    },
  ),
  glance: makeCompleter(
    (env) => [...baseOptions(env), ...connectionOptions(env), ...authOptions(env)],
    () => glanceCommands,
    (command) => command.arguments,
    (argument, _command, context) =>
      IMAGE_ARGUMENTS.has(argument)
        ? lines(glance, ['image-list'], context).then((found) =>
            found.flatMap((line) => /^\| ([0-9a-f-]{36}) /.exec(line)?.[1] ?? []),
          )
        : undefined,
  ),
  swift: async (...given) => (await import('./swift/completion')).completeSwift(...given),
  curl: completeCurl,
  'qemu-img': async (...given) => (await import('./qemu-img/completion')).completeQemuImg(...given),
  file: async (words) => {
    const last = words.at(-1) ?? '';
    if (!last.startsWith('--')) return [];
    const { OPTIONS } = await import('./file/options');
    return OPTIONS.map(({ long }) => `--${long}`).filter((word) => word.startsWith(last));
  },
};

/** One command of this sandbox, for the page that lists what there is. */
export interface CommandEntry {
  program: ProgramName;
  /** The words that call it, such as `image create`. */
  name: string;
  description: string;
  /** The class or function it models. */
  upstream: string;
  arguments: readonly ArgumentSpec[];
  /** What `-f` takes. */
  formats: readonly string[];
}

/** Every command of every program. Options with `absent` are those the sandbox has not. */
export async function loadCommandTable(): Promise<readonly CommandEntry[]> {
  const openstackCommands = await loadOpenstackCommands();
  return [
    ...openstackCommands.map((command) => entry('openstack', command, formatsOf(command))),
    ...glanceCommands.map((command) => entry('glance', command, [])),
  ];
}

function entry(
  program: ProgramName,
  command: Pick<CommandEntry, 'name' | 'description' | 'upstream' | 'arguments'>,
  formats: readonly string[],
): CommandEntry {
  const { name, description, upstream, arguments: specs } = command;
  return { program, name, description, upstream, arguments: specs, formats };
}

function formatsOf({ kind }: Command): string[] {
  const formatters = kind === 'lister' ? listFormatters : kind === 'show' ? showFormatters : [];
  return formatters.map(({ name }) => name);
}

function openstackOptions(command: Command, env: Readonly<Record<string, string>>): readonly ArgumentSpec[] {
  return commandParser(command, '', 80, env).specs;
}

/** The lines that a command prints, for completion: nothing typed, nobody watching. */
async function lines(
  program: Program,
  args: readonly string[],
  context: Pick<ProgramContext, 'env' | 'files' | 'fetch' | 'now'>,
): Promise<string[]> {
  const { stdout } = await program({
    ...context,
    args,
    stdin: undefined,
    stdoutIsTerminal: false,
    columns: 80,
    sleep: () => Promise.resolve(),
  });
  return typeof stdout === 'string' ? stdout.split('\n').filter((line) => line !== '') : [];
}

export type { ArgumentSpec } from './arguments';
