import { dumps } from '../http/python-json';
import { addEvent, startAction } from './actions';
import { NovaAnswer, type ComputeApi, type NovaRequest } from './api';
import { badRequest } from './errors';
import type { Nova } from './nova';
import { createImage } from './schemas/servers';
import { actedOn, checkState } from './server-actions';
import { checkMetadata } from './server-create';
import { createSnapshotForce, getVolume } from './server-volumes';
import { checkUnlocked } from './servers';
import type { ServerRecord } from './state';
import { defineStep, plan, SECOND } from './tasks';

/** What a snapshot does not inherit: nova/compute/utils.py. */
const NOT_INHERITED = [
  'cinder_encryption_key_id',
  'cinder_encryption_key_deletion_policy',
  'img_signature',
  'img_signature_hash_method',
  'img_signature_key_type',
  'img_signature_certificate_uuid',
  'cache_in_nova',
  'bittorrent',
  'disk_format',
  'container_format',
  'min_ram',
  'min_disk',
];

/** What the fake driver uploads: nothing that anybody wrote. */
const SNAPSHOT_SIZE = 1024 ** 2;

const FORMATS = { disk_format: 'raw', container_format: 'bare' };

/** An image of a server: `snapshot` of nova/compute/api.py. */
export function mountServerSnapshot(api: ComputeApi): void {
  const { nova } = api;
  api.action('/servers/{id}/action', 'createImage', {
    status: 202,
    body: createImage,
    async handle(request) {
      const given = request.member('createImage');
      checkMetadata(api, request, given['metadata']);
      const server = actedOn(api, request, 'servers:create_image');
      checkUnlocked(request, server);
      checkState(server, 'createImage', ['active', 'stopped', 'paused', 'suspended']);
      if (server.image_ref === '') {
        const id = await snapshotVolumeBacked(nova, request, server, given);
        return answer(nova, request, id);
      }
      const id = await newImage(nova, request, server, given);
      startAction(nova, server, request.context, 'createImage');
      server.task_state = 'image_snapshot';
      server.updated_at = nova.now();
      plan(nova, server, 'upload-image', SECOND, request.context.token, { image: id });
      return answer(nova, request, id);
    },
  });
}

function answer(nova: Nova, request: NovaRequest, id: string): object {
  return request.supports(45)
    ? { image_id: id }
    : new NovaAnswer(null, { headers: { Location: `${nova.baseUrl}/image/images/${id}` } });
}

/**
 * The image of a server that boots from a volume has no data: it says which snapshots of volumes a new server starts from.
 * `snapshot_volume_backed` of nova/compute/api.py.
 */
async function snapshotVolumeBacked(
  nova: Nova,
  request: NovaRequest,
  server: ServerRecord,
  given: Record<string, unknown>,
): Promise<string> {
  const { token } = request.context;
  startAction(nova, server, request.context, 'createImage');
  const mapping: object[] = [];
  for (const volume of server.volumes) {
    const origin = await getVolume(nova, token, volume.volume_id);
    const snapshot_id = await createSnapshotForce(
      nova,
      token,
      origin,
      `snapshot for ${String(given['name'])}`,
    );
    mapping.push({
      boot_index: volume.boot_index,
      delete_on_termination: volume.delete_on_termination,
      destination_type: 'volume',
      device_name: volume.device,
      device_type: null,
      disk_bus: null,
      encrypted: null,
      encryption_format: null,
      encryption_options: null,
      encryption_secret_uuid: null,
      guest_format: null,
      image_id: null,
      no_device: null,
      snapshot_id,
      source_type: 'snapshot',
      tag: volume.tag,
      volume_id: null,
      volume_size: origin.size,
      volume_type: null,
    });
  }
  addEvent(nova, server, 'api_snapshot_instance', { host: 'cloud' });
  const root = server.root_device_name;
  const id = await createRecord(nova, token, {
    ...inherited(server),
    ...server.system_metadata,
    ...(given['metadata'] as Record<string, string> | undefined), // the schema has said so
    ...(root === null ? {} : { root_device_name: root }),
    block_device_mapping: dumps(mapping),
    bdm_v2: 'True',
    ...FORMATS,
    name: String(given['name']),
    min_ram: Number(server.image_properties['min_ram'] ?? 0),
    min_disk: Number(server.image_properties['min_disk'] ?? 0),
    visibility: 'private',
  });
  await uploadData(nova, token, id, new Uint8Array(0));
  return id;
}

function inherited(server: ServerRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(server.image_properties).filter(
      ([name]) => !NOT_INHERITED.includes(name) && !name.startsWith('os_glance'),
    ),
  );
}

/** The record of the image, still without its data. */
async function newImage(
  nova: Nova,
  request: NovaRequest,
  server: ServerRecord,
  given: Record<string, unknown>,
): Promise<string> {
  const { context } = request;
  const shared = context.projectId !== server.project_id;
  const record = {
    ...inherited(server),
    ...server.system_metadata,
    instance_uuid: server.id,
    user_id: context.userId,
    image_type: 'snapshot',
    ...(shared ? { instance_owner: server.project_id } : {}),
    ...(given['metadata'] as Record<string, string> | undefined), // the schema has said so
    name: String(given['name']),
    min_ram: Number(server.image_properties['min_ram'] ?? 0),
    min_disk: Number(server.image_properties['min_disk'] ?? 0),
    visibility: shared ? 'shared' : 'private',
  };
  return createRecord(nova, context.token, record);
}

/** @throws {@link NovaError} 400 in the Image service's words. */
async function createRecord(nova: Nova, token: string, record: object): Promise<string> {
  const response = await nova.ask(token, 'POST', '/image/v2/images', record);
  if (!response.ok)
    throw badRequest(
      (await response.text())
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  const { id } = (await response.json()) as { id: string }; // an image of the Image API
  return id;
}

async function uploadData(
  nova: Nova,
  token: string,
  id: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await nova.fetch(
    new Request(`${nova.baseUrl}/image/v2/images/${id}/file`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream' },
      body,
    }),
  );
}

defineStep('upload-image', async (nova, server, { token, data }) => {
  server.task_state = 'image_uploading';
  const path = `/image/v2/images/${String(data['image'])}`;
  const changes = Object.entries(FORMATS).map(([name, value]) => ({ op: 'add', path: `/${name}`, value }));
  const type = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
  await nova.ask(token, 'PATCH', path, changes, type);
  await uploadData(nova, token, String(data['image']), new Uint8Array(SNAPSHOT_SIZE));
  server.task_state = null;
  server.updated_at = nova.now();
  addEvent(nova, server, 'compute_snapshot_instance', { host: server.host });
});
