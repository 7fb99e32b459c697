/** CreateVolume, DeleteVolume, ListVolume and ShowVolume of openstackclient/volume/v3/volume.py. */
import type { Volume, VolumeAttachedTo } from '../../../client';
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { DictColumn, FormattableColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import type { App } from '../app';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { findProject, findUserIn } from '../identity/common';
import { keystone } from '../identity/keystone';
import { askedMinor, cinder, findResource, managers, type CinderClient } from './cinder';
import { attempts, flags, paging, projectDomain, properties } from './options';

/** `openstack volume create` */
export const createVolume: ShowOneCommand = {
  name: 'volume create',
  upstream: 'openstackclient.volume.v3.volume.CreateVolume',
  kind: 'show',
  description: 'Make a volume: empty, or from an image, a snapshot or another volume',
  arguments: [
    { names: ['name'], metavar: '<name>', nargs: '?', help: 'Name of the new volume' },
    { names: ['--size'], metavar: '<size>', type: int, help: 'Size in GB; only with --snapshot or --source it can be left out' },
    { names: ['--type'], metavar: '<volume-type>', help: 'Type of the volume' },
    { names: ['--image'], metavar: '<image>', exclusive: 'source', help: 'Image to fill it with (name or ID)' },
    { names: ['--snapshot'], metavar: '<snapshot>', exclusive: 'source', help: 'Snapshot to fill it with (name or ID)' },
    { names: ['--source'], metavar: '<volume>', exclusive: 'source', help: 'Volume to copy (name or ID)' },
    { names: ['--source-replicated'], metavar: '<replicated-volume>', exclusive: 'source', hidden: true },
    { names: ['--description'], metavar: '<description>', help: 'What the volume is for' },
    { names: ['--availability-zone'], metavar: '<availability-zone>', help: 'Zone to make it in' },
    { names: ['--consistency-group'], metavar: 'consistency-group>', help: 'Consistency group it belongs to', absent: true },
    properties('Property to set on the volume; repeat it for several'),
    { names: ['--hint'], metavar: '<key=value>', action: 'key_value', help: 'Hint for the scheduler; repeat it for several' },
    ...flags,
    { names: ['--backup'], metavar: '<backup>', exclusive: 'source', help: 'Backup to fill it with (name or ID)', absent: true },
    { ...properties('What the existing volume is known by; repeat it for several', '--remote-source'), exclusive: 'source', absent: true },
    { names: ['--host'], metavar: '<host>', help: 'With --remote-source: host of the existing volume' },
    { names: ['--cluster'], metavar: '<cluster>', help: 'With --remote-source: cluster of the existing volume' },
  ], // prettier-ignore
  async run(app, args) {
    const given = (name: string): boolean => args.string(name) !== undefined;
    let size = args.number('size');
    if (!given('snapshot') && !given('source') && size === undefined) {
      throw new CommandError(
        '--size is a required option if none of --snapshot, --backup, --source, or --remote-source are provided.',
      );
    }
    if (args.string('host') || args.string('cluster')) {
      throw new CommandError(
        'The --host and --cluster options are only supported with --remote-source parameter.',
      );
    }
    const client = cinder(app);
    const { volumes, snapshots } = managers(client);
    const sourceName = args.string('source');
    const source = sourceName ? await findResource(volumes, sourceName) : undefined;
    if (source !== undefined) size = Math.max(size ?? 0, source.size);
    const imageName = args.string('image');
    const image = imageName
      ? await app.connection.image.findImage(imageName, { ignoreMissing: false })
      : undefined;
    const snapshotName = args.string('snapshot');
    const snapshot = snapshotName ? await findResource(snapshots, snapshotName) : undefined;
    if (snapshot !== undefined) size = Math.max(size ?? 0, snapshot.size);
    const hints = Object.fromEntries(args.pairs('hint'));
    const body = {
      volume: {
        size: size ?? null,
        consistencygroup_id: null,
        snapshot_id: snapshot?.id ?? null,
        name: args.string('name') ?? null,
        description: args.string('description') ?? null,
        volume_type: args.string('type') ?? null,
        availability_zone: args.string('availability_zone') ?? null,
        metadata: Object.fromEntries(args.pairs('property')),
        imageRef: image?.id ?? null,
        source_volid: source?.id ?? null,
        backup_id: null,
      },
      ...(Object.keys(hints).length > 0 && { 'OS-SCH-HNT:scheduler_hints': hints }),
    };
    const response = await client.request('/volumes', { method: 'POST', json: body });
    const { volume } = (await response.json()) as { volume: Volume }; // the API's contract
    await setFlags(app, args, client, volume.id);
    return shown(volume);
  },
};

/** What can only be said of a volume that is there waits until it is; what goes wrong does not undo the rest. */
async function setFlags(app: App, args: ParsedArgs, client: CinderClient, id: string): Promise<void> {
  const { attempt } = attempts(app);
  if (args.flag('bootable') || args.flag('non_bootable')) {
    await attempt(
      (why) => `Failed to set volume bootable property: ${why}`,
      async () => {
        if (!(await becomesAvailable(app, client, id)))
          throw new CommandError('Volume status is not available for setting boot state');
        await client.setVolumeBootable(id, args.flag('bootable'));
      },
    );
  }
  if (args.flag('read_only') || args.flag('read_write')) {
    await attempt(
      (why) => `Failed to set volume read-only access mode flag: ${why}`,
      async () => {
        if (!(await becomesAvailable(app, client, id)))
          throw new CommandError('Volume status is not available for setting itread only.');
        await client.setVolumeReadonly(id, args.flag('read_only'));
      },
    );
  }
}

/** `wait_for_status` of osc_lib/utils. */
async function becomesAvailable(app: App, client: CinderClient, id: string): Promise<boolean> {
  for (;;) {
    const { status } = await client.getVolume(id);
    if (status.toLowerCase() === 'available') return true;
    if (status.toLowerCase() === 'error') return false;
    await app.context.sleep(1000);
  }
}

/** `openstack volume delete` */
export const deleteVolume: PlainCommand = {
  name: 'volume delete',
  upstream: 'openstackclient.volume.v3.volume.DeleteVolume',
  kind: 'command',
  description: 'Delete volumes, for good',
  arguments: [
    { names: ['volumes'], metavar: '<volume>', nargs: '+', help: 'Volumes to delete (name or ID)' },
    { names: ['--force'], action: 'store_true', exclusive: 'how', help: 'Whatever its state (administrators only)' },
    { names: ['--purge'], action: 'store_true', exclusive: 'how', help: 'With all its snapshots' },
    { names: ['--remote'], action: 'store_true', help: 'Forget the volume and leave it where it is' },
  ], // prettier-ignore
  async run(app, args) {
    if (args.flag('remote') && (args.flag('force') || args.flag('purge'))) {
      throw new CommandError(
        'The --force and --purge options are not supported with the --remote parameter.',
      );
    }
    const client = cinder(app);
    const tries = attempts(app);
    const names = args.list('volumes');
    for (const name of names) {
      await tries.attempt(
        (why) => `Failed to delete volume with name or ID '${name}': ${why}`,
        async () => {
          const { id } = await findResource(managers(client).volumes, name);
          if (args.flag('remote')) await client.volumeAction(id, 'os-unmanage', null);
          else if (args.flag('force')) await client.volumeAction(id, 'os-force_delete', null);
          else await client.deleteVolume(id, { cascade: args.flag('purge') });
        },
      );
    }
    if (tries.failed > 0)
      throw new CommandError(`${tries.failed} of ${names.length} volumes failed to delete.`);
  },
};

/** `openstack volume list` */
export const listVolume: ListerCommand = {
  name: 'volume list',
  upstream: 'openstackclient.volume.v3.volume.ListVolume',
  kind: 'lister',
  description: 'List volumes',
  arguments: [
    { names: ['--project'], metavar: '<project>', help: 'Volumes of this project only (name or ID; administrators only)' },
    projectDomain,
    { names: ['--user'], metavar: '<user>', help: 'Volumes of this user only (name or ID; administrators only)' },
    { names: ['--user-domain'], metavar: '<user-domain>', help: 'Domain of the user (name or ID), where several users have the same name' },
    { names: ['--name'], metavar: '<name>', help: 'Volumes of this name only' },
    { names: ['--status'], metavar: '<status>', help: 'Volumes of this status only' },
    { names: ['--all-projects'], action: 'store_true', default: false, help: 'Volumes of all projects (administrators only)' },
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    ...paging,
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const project = args.string('project');
    const project_id = project ? await findProject(app, project, args.string('project_domain')) : undefined;
    const user = args.string('user');
    const user_id = user
      ? (await findUserIn(keystone(app), user, args.string('user_domain') || undefined)).id
      : undefined;
    const limit = args.number('limit') || undefined;
    // in the order in which cinderclient sorts them
    const query = {
      ...((project || args.flag('all_projects')) && { all_tenants: true }),
      ...(limit && { limit }),
      ...(args.string('marker') && { marker: args.string('marker') }),
      ...(args.string('name') && { name: args.string('name') }),
      ...(project_id && { project_id }),
      ...(args.string('status') && { status: args.string('status') }),
      ...(user_id && { user_id }),
    };
    const volumes = await client.list<Volume>('/volumes/detail', 'volumes', query, limit);
    const names = volumes.some(({ status }) => status === 'in-use')
      ? await serverNames(app)
      : new Map<string, string>();
    const row = (volume: Volume): Cell[] => {
      const attached = new AttachmentsColumn(volume.attachments, names);
      const { id, name, status, size, volume_type, bootable, metadata } = volume;
      return args.flag('long')
        ? [id, name, status, size, volume_type, bootable, attached, new DictColumn(metadata)]
        : [id, name, status, size, attached];
    };
    const long = ['ID', 'Name', 'Status', 'Size', 'Type', 'Bootable', 'Attached to', 'Properties'];
    const columns = args.flag('long') ? long : ['ID', 'Name', 'Status', 'Size', 'Attached to'];
    return { columns: withOldNames(columns, args, app), rows: volumes.map(row), inList: true };
  },
};

/** `backward_compat_col_lister` of osc_lib/utils: `Display Name` was the name of `Name`. */
function withOldNames(columns: readonly string[], args: ParsedArgs, app: App): string[] {
  if (!args.list('columns').includes('Display Name')) return [...columns];
  app.log('warning', 'The column "Display Name" was deprecated, please use "Name" replace.');
  return columns.map((name) => (name === 'Name' ? 'Display Name' : name));
}

/** Names of servers by id; none when Compute cannot be asked. */
async function serverNames(app: App): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  try {
    for await (const { id, name } of app.connection.compute.servers()) names.set(id, name);
  } catch {
    // then the ids are shown
  }
  return names;
}

/** Who uses a volume, in words for people. */
class AttachmentsColumn extends FormattableColumn {
  readonly #attachments: readonly VolumeAttachedTo[];
  readonly #names: ReadonlyMap<string, string>;

  constructor(attachments: readonly VolumeAttachedTo[], names: ReadonlyMap<string, string>) {
    super(attachments as unknown as Value); // JSON of the API
    this.#attachments = attachments;
    this.#names = names;
  }

  override humanReadable(): Value {
    return this.#attachments
      .map(({ server_id, device }) => `Attached to ${this.#names.get(server_id) ?? server_id} on ${device} `)
      .join('');
  }
}

/** `openstack volume show` */
export const showVolume: ShowOneCommand = {
  name: 'volume show',
  upstream: 'openstackclient.volume.v3.volume.ShowVolume',
  kind: 'show',
  description: 'Show everything about a volume',
  arguments: [{ names: ['volume'], metavar: '<volume>', help: 'Volume to show (name or ID)' }],
  async run(app, args) {
    return shown(await findResource(managers(cinder(app)).volumes, args.string('volume') ?? ''));
  },
};

function shown(volume: Volume): { columns: string[]; values: Cell[] } {
  const { metadata, volume_type, links: _links, ...rest } = volume as Volume & { links?: unknown };
  const fields = rest as unknown as Record<string, Value>; // JSON of the API
  return sortedFields({ ...fields, properties: new DictColumn(metadata), type: volume_type });
}

/** `openstack volume summary` */
export const volumeSummary: ShowOneCommand = {
  name: 'volume summary',
  upstream: 'openstackclient.volume.v3.volume.VolumeSummary',
  kind: 'show',
  description: 'Count volumes and their gigabytes',
  arguments: [
    { names: ['--all-projects'], action: 'store_true', default: false, help: 'Volumes of all projects (administrators only)' },
  ], // prettier-ignore
  async run(app, args) {
    // a command of the SDK, which takes the newest version that there is unless one is asked for
    const minor = askedMinor(app);
    if (minor !== undefined && minor < 12) {
      throw new CommandError(
        "--os-volume-api-version 3.12 or greater is required to support the 'volume summary' command",
      );
    }
    const all = args.flag('all_projects');
    const version = `volume 3.${Math.min(minor ?? 36, 36)}`;
    const response = await cinder(app).request('/volumes/summary', {
      query: { all_tenants: all },
      headers: { 'OpenStack-API-Version': version },
    });
    const body = (await response.json()) as { 'volume-summary': Record<string, Value> }; // the API's contract
    const summary = body['volume-summary'];
    const metadata = (summary.metadata ?? null) as Record<string, Value> | null; // the API's contract
    const withMetadata = (minor ?? 36) >= 36;
    return {
      columns: ['Total Count', 'Total Size', ...(withMetadata ? ['Metadata'] : [])],
      values: [
        summary.total_count ?? null,
        summary.total_size ?? null,
        ...(withMetadata ? [new DictColumn(metadata)] : []),
      ],
    };
  },
};
