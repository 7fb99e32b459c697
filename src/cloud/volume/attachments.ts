/**
 * `/attachments`: cinder/api/v3/attachments.py. This is how the Compute service uses volumes, all of it with the
 * user's own token and `OpenStack-API-Version: volume 3.44`:
 *
 * 1. `POST /attachments {"attachment": {"volume_uuid", "instance_uuid"}}` reserves the volume (`reserved`);
 * 2. `PUT /attachments/{id} {"attachment": {"connector": {"host", "mountpoint": "/dev/vdb", "mode": "rw", …}}}` names
 *    the host and the device (`attaching`) and gives the `connection_info`;
 * 3. `POST /attachments/{id}/action {"os-complete": …}` ends it: the volume is `in-use` (204);
 * 4. to detach: `POST /volumes/{id}/action {"os-begin_detaching": null}`, then `DELETE /attachments/{id}` with the
 *    header `X-Service-Token` (here any token will do, the user's own as well): a user alone must not pull a volume from
 *    under a server, and gets a 409.
 *
 * To boot from a volume, the volume is made first by `POST /volumes` with `imageRef` or `snapshot_id`, and waited for.
 */
import { json, empty, param, type Call, type VolumeApi } from './call';
import { runAction } from './actions';
import { CinderError, invalidVolume, notFound, volumeNotFound } from './errors';
import { inScope, listPage } from './list';
import { owns } from './policy';
import type { VolumeRepository } from './repository';
import { createAttachment, updateAttachment } from './schemas';
import type { AttachmentRecord, VolumeRecord } from './state';
import { textOrNull, validate } from './validation';

/** Where attachments begin, and where they can be completed. */
const NEW_ATTACH = 27;
const NEW_ATTACH_COMPLETION = 44;

export function mountAttachments(api: VolumeApi): void {
  const { repository } = api;

  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    const page = listPage<AttachmentRecord>(query, {
      items: repository.state.attachments.filter(({ project_id }) => inScope(context, query, project_id)),
      sortable: {
        id: ({ id }) => id,
        created_at: ({ created_at }) => created_at,
        attach_status: ({ attach_status }) => attach_status,
        volume_id: ({ volume_id }) => volume_id,
        instance_uuid: ({ instance_uuid }) => instance_uuid,
      },
      filters: {
        volume_id: ({ volume_id }, wanted) => volume_id === wanted,
        status: ({ attach_status }, wanted) => attach_status === wanted,
        attach_status: ({ attach_status }, wanted) => attach_status === wanted,
        instance_id: ({ instance_uuid }, wanted) => instance_uuid === wanted,
      },
      marker: (id) => repository.attachment(context, id),
      url: '',
    });
    const view = (attachment: AttachmentRecord) =>
      detail ? detailOf(repository, attachment) : summaryOf(attachment);
    return json({ attachments: page.items.map(view) });
  };

  api.route(
    '/attachments',
    { GET: (call) => list(call, false), POST: (call) => create(api, call) },
    NEW_ATTACH,
  );
  api.route('/attachments/detail', { GET: (call) => list(call, true) }, NEW_ATTACH);
  api.route(
    '/attachments/:id',
    {
      GET: (call) => {
        const attachment = repository.attachment(call.context, param(call, 'id'));
        return json({ attachment: detailOf(repository, attachment) });
      },
      PUT: (call) => connect(api, call),
      DELETE: (call) => {
        const attachment = repository.attachment(call.context, param(call, 'id'));
        if (attachment.connector !== null && attachment.instance_uuid !== null && !call.context.fromService) {
          throw new CinderError(
            409,
            `ConflictNovaUsingAttachment: Detach volume from instance ${attachment.instance_uuid} using the Compute API`,
          );
        }
        releaseVolume(repository, attachment);
        return json({ attachments: repository.attachmentsOf(attachment.volume_id).map(summaryOf) });
      },
    },
    NEW_ATTACH,
  );
  const complete = (call: Call): Response => {
    if (call.context.version < NEW_ATTACH_COMPLETION) throw notFound();
    const attachment = repository.attachment(call.context, param(call, 'id'));
    attachment.attach_status = 'attached';
    Object.assign(volumeOf(repository, attachment), { status: 'in-use', attach_status: 'attached' });
    return empty(204);
  };
  api.route('/attachments/:id/action', { POST: (call) => runAction({ 'os-complete': complete }, call) });
}

/** `attachment_create` of cinder/volume/api.py. */
function create(api: VolumeApi, call: Call): Response {
  const { repository, ids } = api;
  const { context } = call;
  const wanted = validate(call.body, createAttachment(context.version), 'attachment');
  const id = String(wanted.volume_uuid);
  const volume = repository.state.volumes.find((one) => one.id === id);
  if (volume === undefined || !owns(context, volume.project_id)) throw volumeNotFound(id);
  refuseInError(volume, 'created');
  const server = textOrNull(wanted.instance_uuid);
  const expected = volume.multiattach ? ['available', 'in-use', 'downloading'] : ['available', 'downloading'];
  const same = repository.attachmentsOf(id).some(({ instance_uuid }) => instance_uuid === server);
  const again = server !== null && ['in-use', 'reserved'].includes(volume.status) && same;
  if (!expected.includes(volume.status) && !again) {
    const statuses = [expected.slice(0, -1).join(', '), expected.at(-1)].join(' or ');
    throw invalidVolume(
      `Volume ${id} status must be ${statuses} to reserve, but the current status is ${volume.status}.`,
    );
  }
  if (expected.includes(volume.status)) volume.status = 'reserved';
  volume.updated_at = repository.now();
  const attachment: AttachmentRecord = {
    id: ids.uuid('attachment'),
    volume_id: id,
    project_id: volume.project_id,
    instance_uuid: server,
    attach_status: 'reserved',
    attach_mode: volume.admin_metadata['readonly'] === undefined ? (textOrNull(wanted.mode) ?? 'null') : 'ro',
    attached_host: null,
    mountpoint: null,
    attach_time: null,
    created_at: repository.now(),
    connector: null,
  };
  repository.state.attachments.push(attachment);
  const shown = { ...summaryOf(attachment), ...timesOf(attachment), connection_info: {} };
  if (wanted.connector === null || wanted.connector === undefined) return json({ attachment: shown });
  setConnector(repository, attachment, volume, wanted.connector as Record<string, unknown>); // the schema asks for an object
  return json({ attachment: { ...shown, connection_info: connectionInfo(volume, attachment) } });
}

/** `attachment_update` of cinder/volume/api.py. The answer still says what was before. */
function connect({ repository }: VolumeApi, call: Call): Response {
  const wanted = validate(call.body, updateAttachment, 'attachment');
  const attachment = repository.attachment(call.context, param(call, 'id'));
  const volume = volumeOf(repository, attachment);
  refuseInError(volume, 'updated');
  const before = { ...summaryOf(attachment), ...timesOf(attachment) };
  setConnector(repository, attachment, volume, wanted.connector as Record<string, unknown>); // the schema asks for an object
  return json({ attachment: { ...before, connection_info: connectionInfo(volume, attachment) } });
}

function setConnector(
  repository: VolumeRepository,
  attachment: AttachmentRecord,
  volume: VolumeRecord,
  connector: Record<string, unknown>,
): void {
  Object.assign(attachment, {
    connector,
    attach_status: attachment.attach_status === 'attached' ? 'attached' : 'attaching',
    attach_mode: textOrNull(connector['mode']) ?? 'rw',
    attached_host: textOrNull(connector['host']),
    mountpoint: textOrNull(connector['mountpoint']) ?? 'na',
    attach_time: repository.now(),
  });
  Object.assign(volume, {
    status: volume.status === 'in-use' ? 'in-use' : 'attaching',
    updated_at: repository.now(),
  });
}

function refuseInError(volume: VolumeRecord, verb: 'created' | 'updated'): void {
  if (!volume.status.includes('error')) return;
  throw invalidVolume(
    `Volume attachments can not be ${verb} if the volume is in an error state. The Volume ${volume.id} currently has a status of: ${volume.status} `,
  );
}

function volumeOf(repository: VolumeRepository, { volume_id }: AttachmentRecord): VolumeRecord {
  const volume = repository.state.volumes.find(({ id }) => id === volume_id);
  if (volume === undefined) throw volumeNotFound(volume_id);
  return volume;
}

/** `finish_detach` of cinder/objects/volume.py: the volume is free once its last attachment is gone. */
export function releaseVolume(repository: VolumeRepository, attachment: AttachmentRecord): void {
  const { state } = repository;
  state.attachments = state.attachments.filter((one) => one !== attachment);
  const volume = state.volumes.find(({ id }) => id === attachment.volume_id);
  if (volume === undefined) return;
  const rest = repository.attachmentsOf(volume.id);
  const attached = rest.some(({ attach_status }) => attach_status === 'attached');
  volume.attach_status = attached ? 'attached' : 'detached';
  if (volume.status !== 'uploading')
    volume.status = attached ? 'in-use' : rest.length > 0 ? 'reserved' : 'available';
  volume.updated_at = repository.now();
  if (attached) return;
  const { attached_mode: _mode, ...others } = volume.admin_metadata;
  volume.admin_metadata = others;
}

function summaryOf(attachment: AttachmentRecord): object {
  return {
    id: attachment.id,
    status: attachment.attach_status,
    instance: attachment.instance_uuid,
    volume_id: attachment.volume_id,
  };
}

function timesOf({ attach_time, attach_mode }: AttachmentRecord): object {
  return { attached_at: attach_time ?? '', detached_at: '', attach_mode };
}

function detailOf(repository: VolumeRepository, attachment: AttachmentRecord): object {
  const connection_info =
    attachment.connector === null
      ? { format: 'raw' }
      : connectionInfo(volumeOf(repository, attachment), attachment);
  return { ...summaryOf(attachment), ...timesOf(attachment), connection_info };
}

/** How a host reaches a volume of the NFS driver. */
export function connectionInfo(volume: VolumeRecord, attachment: AttachmentRecord | null): object {
  return {
    export: '127.0.0.1:/volumes',
    name: `volume-${volume.id}`,
    options: null,
    format: 'raw',
    qos_specs: null,
    access_mode: attachment?.attach_mode === 'ro' ? 'ro' : 'rw',
    encrypted: false,
    cacheable: false,
    driver_volume_type: 'nfs',
    mount_point_base: '/var/lib/cinder/mnt',
    ...(attachment !== null && { attachment_id: attachment.id }),
    enforce_multipath: false,
  };
}
