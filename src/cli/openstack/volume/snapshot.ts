/** The snapshot commands: openstackclient/volume/v2/volume_snapshot.py and v3/volume_snapshot.py. */
import type { VolumeSnapshot } from '../../../client';
import { CommandError } from '../../errors';
import { DictColumn, FormattableColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { cinder, findResource, managers, type CinderClient } from './cinder';
import { attempts, paging, projectDomain, properties } from './options';

const STATES = ['available', 'error', 'creating', 'deleting', 'error_deleting'];

/** `openstack volume snapshot create` */
export const createSnapshot: ShowOneCommand = {
  name: 'volume snapshot create',
  upstream: 'openstackclient.volume.v2.volume_snapshot.CreateVolumeSnapshot',
  kind: 'show',
  description: 'Make a snapshot of a volume',
  arguments: [
    { names: ['snapshot_name'], metavar: '<snapshot-name>', help: 'Name of the new snapshot' },
    { names: ['--volume'], metavar: '<volume>', help: 'Volume to keep (name or ID); the one that is called like the snapshot unless given' },
    { names: ['--description'], metavar: '<description>', help: 'What the snapshot is for' },
    { names: ['--force'], action: 'store_true', default: false, help: 'Even while a server uses the volume' },
    properties('Property to set on the snapshot; repeat it for several'),
    { ...properties('What the existing snapshot is known by; repeat it for several', '--remote-source'), absent: true },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const name = args.string('snapshot_name') ?? '';
    const { id } = await findResource(managers(client).volumes, args.string('volume') || name);
    const snapshot = {
      volume_id: id,
      force: args.flag('force'),
      name,
      description: args.string('description') ?? null,
      metadata: Object.fromEntries(args.pairs('property')),
    };
    const response = await client.request('/snapshots', { method: 'POST', json: { snapshot } });
    return shown(((await response.json()) as { snapshot: VolumeSnapshot }).snapshot); // the API's contract
  },
};

/** `openstack volume snapshot delete` */
export const deleteSnapshot: PlainCommand = {
  name: 'volume snapshot delete',
  upstream: 'openstackclient.volume.v3.volume_snapshot.DeleteVolumeSnapshot',
  kind: 'command',
  description: 'Delete snapshots of volumes',
  arguments: [
    { names: ['snapshots'], metavar: '<snapshot>', nargs: '+', help: 'Snapshots to delete (name or ID)' },
    { names: ['--force'], action: 'store_true', help: 'Whatever their state (administrators only)' },
    { names: ['--remote'], action: 'store_true', help: 'Forget the snapshot and leave it where it is' },
  ],
  async run(app, args) {
    if (args.flag('remote') && args.flag('force'))
      throw new CommandError('The --force option is not supported with the --remote parameter.');
    const client = cinder(app);
    const tries = attempts(app);
    const names = args.list('snapshots');
    for (const name of names) {
      await tries.attempt(
        (why) => `Failed to delete snapshot with name or ID '${name}': ${why}`,
        async () => {
          const { id } = await findResource(managers(client).snapshots, name);
          if (args.flag('remote')) await client.snapshotAction(id, 'os-unmanage', null);
          else if (args.flag('force')) await client.snapshotAction(id, 'os-force_delete', null);
          else await client.deleteSnapshot(id);
        },
      );
    }
    if (tries.failed > 0)
      throw new CommandError(`${tries.failed} of ${names.length} snapshots failed to delete.`);
  },
};

/** `openstack volume snapshot list` */
export const listSnapshot: ListerCommand = {
  name: 'volume snapshot list',
  upstream: 'openstackclient.volume.v2.volume_snapshot.ListVolumeSnapshot',
  kind: 'lister',
  description: 'List snapshots of volumes',
  arguments: [
    { names: ['--all-projects'], action: 'store_true', default: false, help: 'Snapshots of all projects (administrators only)' },
    { names: ['--project'], metavar: '<project>', help: 'Snapshots of this project only (name or ID; administrators only)' },
    projectDomain,
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    { names: ['--name'], metavar: '<name>', default: null, help: 'Snapshots of this name only' },
    { names: ['--status'], metavar: '<status>', choices: STATES, help: `Snapshots of this status only: ${STATES.join(', ')}` },
    { names: ['--volume'], metavar: '<volume>', default: null, help: 'Snapshots of this volume only (name or ID)' },
    ...paging,
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const names = await volumeNames(client);
    const volume = args.string('volume');
    const volume_id = volume ? (await findResource(managers(client).volumes, volume)).id : undefined;
    const project = args.string('project');
    const project_id = project ? await findProject(app, project, args.string('project_domain')) : undefined;
    const limit = args.number('limit') || undefined;
    const query = {
      ...((project || args.flag('all_projects')) && { all_tenants: true }),
      ...(limit && { limit }),
      ...(args.string('marker') && { marker: args.string('marker') }),
      ...(args.string('name') && { name: args.string('name') }),
      ...(project_id && { project_id }),
      ...(args.string('status') && { status: args.string('status') }),
      ...(volume_id && { volume_id }),
    };
    const snapshots = await client.list<VolumeSnapshot>('/snapshots/detail', 'snapshots', query, limit);
    const long = ['ID', 'Name', 'Description', 'Status', 'Size', 'Created At', 'Volume', 'Properties'];
    const row = (one: VolumeSnapshot): Cell[] => {
      const cells: Cell[] = [one.id, one.name, one.description, one.status, one.size];
      if (!args.flag('long')) return cells;
      const name = new VolumeIdColumn(one.volume_id, names.get(one.volume_id));
      return [...cells, one.created_at, name, new DictColumn(one.metadata)];
    };
    return {
      columns: args.flag('long') ? long : long.slice(0, 5),
      rows: snapshots.map(row),
      inList: true,
    };
  },
};

/** Names of volumes by id; none when they cannot be listed. */
async function volumeNames(client: CinderClient): Promise<Map<string, string | null>> {
  try {
    const volumes = await client.volumes();
    return new Map(volumes.map(({ id, name }) => [id, name]));
  } catch {
    return new Map();
  }
}

/** A volume: people see its name. */
class VolumeIdColumn extends FormattableColumn {
  readonly #name: string | null | undefined;

  constructor(id: string, name: string | null | undefined) {
    super(id);
    this.#name = name;
  }

  override humanReadable(): Value {
    return this.#name === undefined ? this.value : this.#name;
  }
}

/** `openstack volume snapshot set` */
export const setSnapshot: PlainCommand = {
  name: 'volume snapshot set',
  upstream: 'openstackclient.volume.v2.volume_snapshot.SetVolumeSnapshot',
  kind: 'command',
  description: 'Change a snapshot of a volume',
  arguments: [
    { names: ['snapshot'], metavar: '<snapshot>', help: 'Snapshot to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    { names: ['--no-property'], dest: 'no_property', action: 'store_true', help: 'Remove all properties, before --property sets new ones' },
    properties('Property to set on the snapshot; repeat it for several'),
    { names: ['--state'], metavar: '<state>', choices: STATES, help: `State to write into the database, whatever the truth is (administrators only): ${STATES.join(', ')}` },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const snapshot = await findResource(managers(client).snapshots, args.string('snapshot') ?? '');
    const { id } = snapshot;
    const tries = attempts(app);
    if (args.flag('no_property')) {
      await tries.attempt(
        (why) => `Failed to clean snapshot properties: ${why}`,
        async () => {
          for (const key of Object.keys(snapshot.metadata)) await client.deleteSnapshotMetadata(id, key);
        },
      );
    }
    const metadata = Object.fromEntries(args.pairs('property'));
    if (Object.keys(metadata).length > 0) {
      await tries.attempt(
        (why) => `Failed to set snapshot property: ${why}`,
        () => client.setSnapshotMetadata(id, metadata),
      );
    }
    const status = args.string('state');
    if (status) {
      await tries.attempt(
        (why) => `Failed to set snapshot state: ${why}`,
        () => client.snapshotAction(id, 'os-reset_status', { status }),
      );
    }
    const [name, description] = [args.string('name'), args.string('description')];
    if (name || description) {
      await tries.attempt(
        (why) => `Failed to update snapshot name or description: ${why}`,
        () => client.updateSnapshot(id, { ...(name && { name }), ...(description && { description }) }),
      );
    }
    if (tries.failed > 0) throw new CommandError('One or more of the set operations failed');
  },
};

/** `openstack volume snapshot show` */
export const showSnapshot: ShowOneCommand = {
  name: 'volume snapshot show',
  upstream: 'openstackclient.volume.v2.volume_snapshot.ShowVolumeSnapshot',
  kind: 'show',
  description: 'Show everything about a snapshot of a volume',
  arguments: [{ names: ['snapshot'], metavar: '<snapshot>', help: 'Snapshot to show (name or ID)' }],
  async run(app, args) {
    return shown(await findResource(managers(cinder(app)).snapshots, args.string('snapshot') ?? ''));
  },
};

/** `openstack volume snapshot unset` */
export const unsetSnapshot: PlainCommand = {
  name: 'volume snapshot unset',
  upstream: 'openstackclient.volume.v2.volume_snapshot.UnsetVolumeSnapshot',
  kind: 'command',
  description: 'Remove properties of a snapshot of a volume',
  arguments: [
    { names: ['snapshot'], metavar: '<snapshot>', help: 'Snapshot to change (name or ID)' },
    { names: ['--property'], metavar: '<key>', action: 'append', default: [], help: 'Property to remove; repeat it for several' },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const { id } = await findResource(managers(client).snapshots, args.string('snapshot') ?? '');
    for (const key of args.list('property')) await client.deleteSnapshotMetadata(id, key);
  },
};

function shown(snapshot: VolumeSnapshot): { columns: string[]; values: Cell[] } {
  const { metadata, ...rest } = snapshot;
  const fields = rest as unknown as Record<string, Value>; // JSON of the API
  return sortedFields({ ...fields, properties: new DictColumn(metadata) });
}
