/** The volume type commands: openstackclient/volume/v3/volume_type.py. */
import type { VolumeType } from '../../../client';
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { DictColumn, ListColumn, type Cell } from '../../formatters/columns';
import { repr } from '../../python';
import type { App } from '../app';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { atLeast, cinder, findResource, managers, type CinderClient } from './cinder';
import { attempts, projectDomain, properties } from './options';

const publicity = (yes: string, no: string): readonly ArgumentSpec[] => [
  { names: ['--public'], action: 'store_true', dest: 'is_public', default: null, exclusive: 'public', help: yes },
  { names: ['--private'], action: 'store_false', dest: 'is_public', default: null, exclusive: 'public', help: no },
]; // prettier-ignore

const aliases: readonly ArgumentSpec[] = [
  { names: ['--multiattach'], action: 'store_true', default: false, help: "The same as --property 'multiattach=<is> True'" },
  { names: ['--cacheable'], action: 'store_true', default: false, help: "The same as --property 'cacheable=<is> True'" },
  { names: ['--replicated'], action: 'store_true', default: false, help: "The same as --property 'replication_enabled=<is> True'" },
  { names: ['--availability-zone'], action: 'append', dest: 'availability_zones', help: 'The same as --property RESKEY:availability_zones=ZONE; repeat it for several' },
]; // prettier-ignore

const encryption: readonly ArgumentSpec[] = [
  { names: ['--encryption-provider'], metavar: '<provider>', help: 'How its volumes are encrypted, such as luks (administrators only)', absent: true },
  { names: ['--encryption-cipher'], metavar: '<cipher>', help: 'Cipher, such as aes-xts-plain64 (administrators only)', absent: true },
  { names: ['--encryption-key-size'], metavar: '<key-size>', type: int, help: 'Bits of the key, such as 256 (administrators only)', absent: true },
  { names: ['--encryption-control-location'], metavar: '<control-location>', choices: ['front-end', 'back-end'], help: 'Where it is encrypted: front-end (default) or back-end (administrators only)', absent: true },
]; // prettier-ignore

/** What `--property` and its aliases ask for. */
function specsOf(args: ParsedArgs): Record<string, string> {
  const zones = args.list('availability_zones');
  return {
    ...Object.fromEntries(args.pairs('properties')),
    ...(args.flag('multiattach') && { multiattach: '<is> True' }),
    ...(args.flag('cacheable') && { cacheable: '<is> True' }),
    ...(args.flag('replicated') && { replication_enabled: '<is> True' }),
    ...(zones.length > 0 && { 'RESKEY:availability_zones': zones.join(',') }),
  };
}

/** `openstack volume type create` */
export const createType: ShowOneCommand = {
  name: 'volume type create',
  upstream: 'openstackclient.volume.v3.volume_type.CreateVolumeType',
  kind: 'show',
  description: 'Make a volume type',
  arguments: [
    { names: ['name'], metavar: '<name>', help: 'Name of the new type' },
    { names: ['--description'], metavar: '<description>', help: 'What the type is for' },
    ...publicity('For all projects', 'For chosen projects only'),
    properties('Property to set on the type; repeat it for several', '--property', 'properties'),
    ...aliases,
    { names: ['--project'], metavar: '<project>', help: 'With --private: project that may use it (name or ID)' },
    projectDomain,
    ...encryption,
  ], // prettier-ignore
  async run(app, args) {
    const isPublic = args.choice('is_public');
    const project = args.string('project');
    if (project && isPublic !== false) throw new CommandError('--project is only allowed with --private');
    const client = cinder(app);
    const type = await client.createType({
      name: args.string('name') ?? '',
      description: args.string('description') ?? null,
      'os-volume-type-access:is_public': isPublic ?? true,
    });
    if (project) {
      const { attempt } = attempts(app);
      await attempt(
        (why) => `Failed to add project ${project} access to type: ${why}`,
        () => allow(app, args, client, type.id, project),
      );
    }
    const specs = specsOf(args);
    const set = Object.keys(specs).length > 0 ? await client.setTypeExtraSpecs(type.id, specs) : undefined;
    return shown(type, set && { properties: new DictColumn(set) });
  },
};

async function allow(
  app: App,
  args: ParsedArgs,
  client: CinderClient,
  id: string,
  project: string,
): Promise<void> {
  await client.addTypeAccess(id, await findProject(app, project, args.string('project_domain')));
}

/** `openstack volume type delete` */
export const deleteType: PlainCommand = {
  name: 'volume type delete',
  upstream: 'openstackclient.volume.v3.volume_type.DeleteVolumeType',
  kind: 'command',
  description: 'Delete volume types',
  arguments: [
    { names: ['volume_types'], metavar: '<volume-type>', nargs: '+', help: 'Types to delete (name or ID)' },
  ],
  async run(app, args) {
    const client = cinder(app);
    const tries = attempts(app);
    const names = args.list('volume_types');
    for (const name of names) {
      await tries.attempt(
        (why) => `Failed to delete volume type with name or ID '${name}': ${why}`,
        async () => client.deleteType((await findResource(managers(client).types, name)).id),
      );
    }
    if (tries.failed > 0)
      throw new CommandError(`${tries.failed} of ${names.length} volume types failed to delete.`);
  },
};

/** `openstack volume type list` */
export const listType: ListerCommand = {
  name: 'volume type list',
  upstream: 'openstackclient.volume.v3.volume_type.ListVolumeType',
  kind: 'lister',
  description: 'List volume types',
  arguments: [
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    { names: ['--default'], action: 'store_true', default: false, exclusive: 'public', help: 'Only the type of volumes whose maker names none' },
    ...publicity('Only types for all projects', 'Only types for chosen projects (administrators only)'),
    { names: ['--encryption-type'], action: 'store_true', help: 'With the encryption of each (administrators only)', absent: true },
    properties('Types with this property only; repeat it for several', '--property', 'properties'),
    ...aliases,
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const types = args.flag('default') ? [await client.getType('default')] : await listed(app, args, client);
    const row = (type: VolumeType): Cell[] => {
      const cells: Cell[] = [type.id, type.name, type.is_public];
      return args.flag('long') ? [...cells, type.description, new DictColumn(type.extra_specs)] : cells;
    };
    const columns = ['ID', 'Name', 'Is Public', ...(args.flag('long') ? ['Description', 'Properties'] : [])];
    return { columns, rows: types.map(row), inList: true };
  },
};

function listed(app: App, args: ParsedArgs, client: CinderClient): Promise<VolumeType[]> {
  const specs = specsOf(args);
  const given = Object.keys(specs).length > 0;
  if (given && !atLeast(app, 52)) {
    throw new CommandError(
      "--os-volume-api-version 3.52 or greater is required to use the '--property' option or any of the alias options",
    );
  }
  const isPublic = args.choice('is_public');
  // Python's None, written out
  const is_public = isPublic === undefined ? 'None' : isPublic;
  return client.types({ ...(given && { extra_specs: repr(specs) }), is_public });
}

/** `openstack volume type set` */
export const setType: PlainCommand = {
  name: 'volume type set',
  upstream: 'openstackclient.volume.v3.volume_type.SetVolumeType',
  kind: 'command',
  description: 'Change a volume type',
  arguments: [
    { names: ['volume_type'], metavar: '<volume-type>', help: 'Type to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    properties('Property to set on the type; repeat it for several', '--property', 'properties'),
    ...aliases,
    { names: ['--project'], metavar: '<project>', help: 'Project that may use it (name or ID; administrators only)' },
    ...publicity('For all projects', 'For chosen projects only'),
    projectDomain,
    ...encryption,
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const { id } = await findResource(managers(client).types, args.string('volume_type') ?? '');
    const tries = attempts(app);
    const [name, description, isPublic] = [
      args.string('name'),
      args.string('description'),
      args.choice('is_public'),
    ];
    if (name || description || isPublic !== undefined) {
      const changes = {
        name: name || null,
        description: description || null,
        ...(isPublic !== undefined && { is_public: isPublic }),
      };
      await tries.attempt(
        (why) => `Failed to update volume type name or description: ${why}`,
        () => client.updateType(id, changes),
      );
    }
    const specs = specsOf(args);
    if (Object.keys(specs).length > 0) {
      await tries.attempt(
        (why) => `Failed to set volume type properties: ${why}`,
        () => client.setTypeExtraSpecs(id, specs),
      );
    }
    const project = args.string('project');
    if (project) {
      await tries.attempt(
        (why) => `Failed to set volume type access to project: ${why}`,
        () => allow(app, args, client, id, project),
      );
    }
    if (tries.failed > 0) throw new CommandError('Command Failed: One or more of the operations failed');
  },
};

/** `openstack volume type show` */
export const showType: ShowOneCommand = {
  name: 'volume type show',
  upstream: 'openstackclient.volume.v3.volume_type.ShowVolumeType',
  kind: 'show',
  description: 'Show everything about a volume type',
  arguments: [
    { names: ['volume_type'], metavar: '<volume-type>', help: 'Type to show (name or ID)' },
    { names: ['--encryption-type'], action: 'store_true', help: 'With its encryption (administrators only)', absent: true },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const type = await findResource(managers(client).types, args.string('volume_type') ?? '');
    let access: ListColumn | null = null;
    if (!type.is_public) {
      await attempts(app).attempt(
        (why) => `Failed to get access project list for volume type ${type.id}: ${why}`,
        async () => {
          access = new ListColumn(await client.typeAccess(type.id));
        },
      );
    }
    return shown(type, { access_project_ids: access, properties: new DictColumn(type.extra_specs) });
  },
};

/** `openstack volume type unset` */
export const unsetType: PlainCommand = {
  name: 'volume type unset',
  upstream: 'openstackclient.volume.v3.volume_type.UnsetVolumeType',
  kind: 'command',
  description: 'Remove properties of a volume type',
  arguments: [
    { names: ['volume_type'], metavar: '<volume-type>', help: 'Type to change (name or ID)' },
    { names: ['--property'], metavar: '<key>', action: 'append', dest: 'properties', help: 'Property to remove; repeat it for several' },
    { names: ['--project'], metavar: '<project>', help: 'Project that may no longer use it (name or ID; administrators only)' },
    projectDomain,
    { names: ['--encryption-type'], action: 'store_true', help: 'Remove its encryption (administrators only)', absent: true },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const { id } = await findResource(managers(client).types, args.string('volume_type') ?? '');
    const tries = attempts(app);
    const keys = args.list('properties');
    if (keys.length > 0) {
      await tries.attempt(
        (why) => `Failed to unset volume type properties: ${why}`,
        async () => {
          for (const key of keys) await client.deleteTypeExtraSpec(id, key);
        },
      );
    }
    const project = args.string('project');
    if (project) {
      await tries.attempt(
        (why) => `Failed to remove volume type access from project: ${why}`,
        async () =>
          client.removeTypeAccess(id, await findProject(app, project, args.string('project_domain'))),
      );
    }
    if (tries.failed > 0) throw new CommandError('Command Failed: One or more of the operations failed');
  },
};

function shown(
  type: VolumeType,
  more: Record<string, Cell> | undefined,
): { columns: string[]; values: Cell[] } {
  const { extra_specs: _specs, ...rest } = type;
  const fields: Record<string, Cell> = { ...(rest as Record<string, Cell>), ...more }; // JSON of the API
  delete fields['os-volume-type-access:is_public'];
  return sortedFields(fields);
}
