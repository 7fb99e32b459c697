/** Volumes of servers: openstackclient/compute/v2/server_volume.py, and two commands of server.py. */
import type { VolumeAttachment } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { compute, findVolume, need, needFor } from './client';
import { arg, flag, opt, pair, server } from './options';
import { VOLUME_ATTACHMENT, row } from './sdk';

/** `openstack server add volume` */
export const addServerVolume: ShowOneCommand = {
  name: 'server add volume',
  upstream: 'openstackclient.compute.v2.server.AddServerVolume',
  kind: 'show',
  description: 'Give a volume to a server',
  arguments: [
    server(),
    arg('volume', 'Volume to give it (name or ID)'),
    opt('device', 'Name of the disk in the server, which most drivers ignore'),
    opt('tag', 'Tag of the disk, as the metadata service tells it'),
    flag('enable-delete-on-termination', 'Delete the volume with the server', { exclusive: 'delete' }),
    flag('disable-delete-on-termination', 'Keep it when the server is deleted', { exclusive: 'delete' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const volumeId = await findVolume(app, args.string('volume') ?? '');
    const tag = args.string('tag');
    const greater = (version: string, option: string, end: string) =>
      need(
        app,
        version,
        `--os-compute-api-version ${version} or greater is required to support the ${option} option${end}`,
      );
    if (tag) await greater('2.49', '--tag', '');
    for (const word of ['enable', 'disable'])
      if (args.flag(`${word}_delete_on_termination`))
        await greater('2.79', `--${word}-delete-on-termination`, '.');
    const remove = args.flag('disable_delete_on_termination')
      ? { delete_on_termination: false }
      : args.flag('enable_delete_on_termination')
        ? { delete_on_termination: true }
        : {};
    const attachment = await client.createVolumeAttachment(id, {
      volumeId,
      ...({ device: args.string('device') ?? null } as { device: string }), // the SDK sends null for none
      ...(tag && { tag }),
      ...remove,
    });
    const [tags, flags] = [await client.supports('2.49'), await client.supports('2.79')];
    return {
      columns: [
        'ID',
        'Server ID',
        'Volume ID',
        'Device',
        ...(tags ? ['Tag'] : []),
        ...(flags ? ['Delete On Termination'] : []),
      ],
      values: row({ ...fields(attachment), server_id: id }, [
        'id',
        'server_id',
        'volume_id',
        'device',
        ...(tags ? ['tag'] : []),
        ...(flags ? ['delete_on_termination'] : []),
      ]),
    };
  },
};

/** The SDK takes the volume's id where the API has no other. */
function fields(attachment: VolumeAttachment) {
  const all = VOLUME_ATTACHMENT(attachment);
  return { ...all, id: all.id ?? all.volume_id ?? null };
}

/** `openstack server remove volume` */
export const removeServerVolume: PlainCommand = {
  name: 'server remove volume',
  upstream: 'openstackclient.compute.v2.server.RemoveServerVolume',
  kind: 'command',
  description: 'Take a volume from a server',
  arguments: [server(), arg('volume', 'Volume to take from it (name or ID)')],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    await client.deleteVolumeAttachment(id, await findVolume(app, args.string('volume') ?? ''));
  },
};

/** `openstack server volume list` */
export const listServerVolume: ListerCommand = {
  name: 'server volume list',
  upstream: 'openstackclient.compute.v2.server_volume.ListServerVolume',
  kind: 'lister',
  description: 'List the volumes of a server',
  arguments: [{ names: ['server'], help: 'Server whose volumes to list (name or ID)' }],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const attachments = await client.volumeAttachments(id);
    const [ids, tags, flags] = [
      !(await client.supports('2.89')),
      await client.supports('2.70'),
      await client.supports('2.79'),
    ];
    const columns: (readonly [string, string])[] = [
      ...(ids ? [['ID', 'id'] as const] : []),
      ['Device', 'device'],
      ['Server ID', 'server_id'],
      ['Volume ID', 'volume_id'],
      ...(tags ? [['Tag', 'tag'] as const] : []),
      ...(flags ? [['Delete On Termination?', 'delete_on_termination'] as const] : []),
      ...(ids
        ? []
        : [['Attachment ID', 'attachment_id'] as const, ['BlockDeviceMapping UUID', 'bdm_id'] as const]),
    ];
    return {
      columns: columns.map(([header]) => header),
      rows: attachments.map((one) =>
        row(
          { ...fields(one), server_id: id },
          columns.map(([, name]) => name),
        ),
      ),
    };
  },
};

const change: readonly ArgumentSpec[] = [
  { names: ['server'], help: 'Server of the volume (name or ID)' },
  { names: ['volume'], help: 'Volume (name or ID)' },
  ...pair(
    'delete_on_termination',
    ['delete-on-termination', 'Delete the volume with the server'],
    ['preserve-on-termination', 'Keep it when the server is deleted'],
    { exclusive: 'delete' },
  ),
];

async function setVolume(app: App, args: Parameters<PlainCommand['run']>[1]): Promise<void> {
  const remove = args.choice('delete_on_termination');
  if (remove === undefined) return;
  await needFor(app, '2.85', '-delete-on-termination or --preserve-on-termination');
  const client = compute(app);
  const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
  const volume = await findVolume(app, args.string('volume') ?? '');
  await client.updateVolumeAttachment(id, volume, { delete_on_termination: remove });
}

/** `openstack server volume set` */
export const setServerVolume: PlainCommand = {
  name: 'server volume set',
  upstream: 'openstackclient.compute.v2.server_volume.SetServerVolume',
  kind: 'command',
  description: 'Say what becomes of a volume when its server is deleted',
  arguments: change,
  run: setVolume,
};

/** `openstack server volume update` */
export const updateServerVolume: PlainCommand = {
  name: 'server volume update',
  upstream: 'openstackclient.compute.v2.server_volume.UpdateServerVolume',
  kind: 'command',
  description: 'DEPRECATED: Use server volume set',
  arguments: change,
  run: setVolume,
};
