/** The commands that call an API, in the groups of the real client's entry points. A group comes when it is first used. */
import type { Command } from './command';
import namesOf740 from './commands-of-7.4.0.json';
import { identityCommands } from './identity/commands';
import { imageCommands } from './image/commands';

/** A group of entry points, such as `openstack.compute.v2`. */
export type CommandGroup = keyof typeof namesOf740;

/** The groups of which the sandbox has commands. Those that most pages use come with the client itself. */
const groups: Partial<Record<CommandGroup, () => Promise<readonly Command[]> | readonly Command[]>> = {
  'openstack.identity.v3': () => identityCommands,
  'openstack.image.v2': () => imageCommands,
  'openstack.common': async () => (await import('./common/commands')).commonCommands,
  'openstack.compute.v2': async () => (await import('./compute/commands')).computeCommands,
  'openstack.container_infra.v1': async () =>
    (await import('./container-infra/commands')).containerInfraCommands,
  'openstack.network.v2': async () => (await import('./network/commands')).networkCommands,
  'openstack.key_manager.v1': async () => (await import('./key-manager/commands')).keyManagerCommands,
  'openstack.share.v2': async () => (await import('./share/commands')).shareCommands,
  'openstack.volume.v3': async () => (await import('./volume/commands')).volumeCommands,
  'openstack.object_store.v1': async () => (await import('./object-store/commands')).objectStoreCommands,
};

const groupOfName = new Map(
  entriesOf(namesOf740).flatMap(([group, names]) => names.map((name) => [name, group] as const)),
);

/** All commands of the real client that come from a group, in the sandbox or not. */
export const names: readonly string[] = [...groupOfName.keys()].sort();

/** The group of a command of the real client. */
export function groupOf(name: string): CommandGroup | undefined {
  return groupOfName.get(name);
}

/** A command, fetched with its group; nothing if the sandbox has not got it. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  const group = groupOf(name);
  const commands = group && (await groups[group]?.());
  return commands?.find((command) => command.name === name);
}

/** All of them: for help and completion, which need every one. */
export async function loadCommands(): Promise<readonly Command[]> {
  return (await Promise.all(Object.values(groups).map((load) => load()))).flat();
}

/** Object.entries with the type of the keys, which are all known here. */
function entriesOf(record: Readonly<Record<CommandGroup, string[]>>): [CommandGroup, string[]][] {
  return Object.entries(record) as [CommandGroup, string[]][];
}
