import { addEvent, startAction } from './actions';
import { NovaAnswer, type ComputeApi, type NovaRequest } from './api';
import { badRequest, conflict } from './errors';
import type { Nova } from './nova';
import { createImage } from './schemas/servers';
import { actedOn, checkState } from './server-actions';
import { checkMetadata } from './server-create';
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
      if (server.image_ref === '')
        throw conflict('Images of servers that are booted from volumes are not modelled in this cloud');
      const id = await newImage(nova, request, server, given);
      startAction(nova, server, request.context, 'createImage');
      server.task_state = 'image_snapshot';
      server.updated_at = nova.now();
      plan(nova, server, 'upload-image', SECOND, request.context.token, { image: id });
      return request.supports(45)
        ? { image_id: id }
        : new NovaAnswer(null, { headers: { Location: `${nova.baseUrl}/image/images/${id}` } });
    },
  });
}

/** The record of the image, still without its data. */
async function newImage(
  nova: Nova,
  request: NovaRequest,
  server: ServerRecord,
  given: Record<string, unknown>,
): Promise<string> {
  const { context } = request;
  const inherited = Object.entries(server.image_properties).filter(
    ([name]) => !NOT_INHERITED.includes(name) && !name.startsWith('os_glance'),
  );
  const shared = context.projectId !== server.project_id;
  const record = {
    ...Object.fromEntries(inherited),
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
  const response = await nova.ask(context.token, 'POST', '/image/v2/images', record);
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

defineStep('upload-image', async (nova, server, { token, data }) => {
  server.task_state = 'image_uploading';
  const path = `/image/v2/images/${String(data['image'])}`;
  const formats = { disk_format: 'raw', container_format: 'bare' };
  const changes = Object.entries(formats).map(([name, value]) => ({ op: 'add', path: `/${name}`, value }));
  const type = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
  await nova.ask(token, 'PATCH', path, changes, type);
  await nova.fetch(
    new Request(`${nova.baseUrl}${path}/file`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(SNAPSHOT_SIZE),
    }),
  );
  server.task_state = null;
  server.updated_at = nova.now();
  addEvent(nova, server, 'compute_snapshot_instance', { host: server.host });
});
