import { addEvent, startAction } from './actions';
import type { ComputeApi, NovaRequest } from './api';
import { boolFromString } from './bool';
import { badRequest, conflict, notFound } from './errors';
import { createAttachment, updateAttachment } from './schemas/actions';
import { checkState } from './server-actions';
import { attachReserved, detach, deviceLike, freeDevice, getVolume, reserveVolume } from './server-volumes';
import { checkUnlocked, getServer } from './servers';
import type { AttachmentRecord, ServerRecord } from './state';

const ATTACHABLE = ['active', 'paused', 'stopped', 'resized', 'soft-delete', 'shelved', 'shelved_offloaded'];

/** Volumes of a server: nova/api/openstack/compute/volumes.py `VolumeAttachmentController`. */
export function mountVolumeAttachments(api: ComputeApi): void {
  const { nova } = api;
  const find = (request: NovaRequest, rule: 'reader' | 'member', action: string): ServerRecord => {
    const server = getServer(api, request, request.param('server_id'));
    request.enforce(rule, `os-volumes-attachments:${action}`, { projectId: server.project_id });
    return server;
  };
  const path = '/servers/{server_id}/os-volume_attachments';

  api.route(path, {
    GET: {
      handle(request) {
        const server = find(request, 'reader', 'index');
        // the database has them in the order of its index
        const volumes = [...server.volumes].sort((a, b) => (a.device < b.device ? -1 : 1));
        return { volumeAttachments: volumes.map((volume) => view(request, server, volume)) };
      },
    },
    POST: {
      body: createAttachment,
      async handle(request) {
        const server = find(request, 'member', 'create');
        const given = request.member('volumeAttachment');
        const volumeId = String(given['volumeId']);
        checkUnlocked(request, server);
        checkState(server, 'attach_volume', ATTACHABLE);
        const { token } = request.context;
        const { attachments = [] } = await getVolume(nova, token, volumeId);
        const holders = attachments.map(({ server_id }) => server_id);
        if (holders.length > 0)
          throw badRequest(
            `Invalid volume: volume ${volumeId} is already attached to instances: ${holders.join(', ')}`,
          );
        const device =
          typeof given['device'] === 'string' ? deviceLike(server, given['device']) : freeDevice(server);
        if (server.volumes.some((volume) => volume.device === device))
          throw conflict(`The supplied device path (${device}) is in use.`);
        const attachmentId = await reserveVolume(nova, token, server.id, volumeId);
        startAction(nova, server, request.context, 'attach_volume');
        const volume: AttachmentRecord = {
          attachment_id: attachmentId,
          bdm_uuid: api.ids.uuid('block-device'),
          volume_id: volumeId,
          device,
          delete_on_termination: boolFromString(given['delete_on_termination'] ?? false),
          tag: typeof given['tag'] === 'string' ? given['tag'] : null,
          boot_index: null,
        };
        server.volumes.push(volume);
        await attachReserved(nova, token, server, volume);
        addEvent(nova, server, 'compute_attach_volume', { host: server.host });
        return { volumeAttachment: createdView(request, server, volume) };
      },
    },
  });

  const attached = (request: NovaRequest, server: ServerRecord): AttachmentRecord => {
    const id = request.param('id');
    const volume = server.volumes.find(({ volume_id }) => volume_id === id);
    if (volume === undefined) throw notFound(`Instance ${server.id} is not attached to volume ${id}`);
    return volume;
  };
  api.route(`${path}/{id}`, {
    GET: {
      handle(request) {
        const server = find(request, 'reader', 'show');
        return { volumeAttachment: view(request, server, attached(request, server)) };
      },
    },
    PUT: {
      status: 202,
      body: updateAttachment,
      handle(request) {
        const given = request.member('volumeAttachment');
        const server = getServer(api, request, request.param('server_id'));
        const swap = !request.supports(85) || given['volumeId'] !== request.param('id');
        request.enforce(swap ? 'admin' : 'member', `os-volumes-attachments:${swap ? 'swap' : 'update'}`, {
          projectId: server.project_id,
        });
        const volume = attached(request, server);
        if (swap)
          throw conflict(
            `volume ${volume.volume_id} is not migrating this api should only be called by Cinder`,
          );
        if (given['delete_on_termination'] !== undefined)
          volume.delete_on_termination = boolFromString(given['delete_on_termination']);
      },
    },
    DELETE: {
      status: 202,
      async handle(request) {
        const server = find(request, 'member', 'delete');
        const { token } = request.context;
        await getVolume(nova, token, request.param('id'));
        const volume = attached(request, server);
        if (volume.boot_index === 0) throw badRequest('Cannot detach a root device volume');
        checkUnlocked(request, server);
        checkState(server, 'detach_volume', ATTACHABLE);
        startAction(nova, server, request.context, 'detach_volume');
        await detach(nova, token, volume);
        server.volumes = server.volumes.filter((other) => other !== volume);
        addEvent(nova, server, 'compute_detach_volume', { host: server.host });
      },
    },
  });
}

/** nova/api/openstack/compute/volumes.py `_translate_attachment_detail_view`. */
function view(request: NovaRequest, server: ServerRecord, volume: AttachmentRecord): object {
  return {
    ...(request.supports(89) ? {} : { id: volume.volume_id }),
    serverId: server.id,
    volumeId: volume.volume_id,
    device: volume.device,
    ...(request.supports(70) ? { tag: volume.tag } : {}),
    ...(request.supports(79) ? { delete_on_termination: volume.delete_on_termination } : {}),
    ...(request.supports(89) ? { attachment_id: volume.attachment_id, bdm_uuid: volume.bdm_uuid } : {}),
  };
}

function createdView(request: NovaRequest, server: ServerRecord, volume: AttachmentRecord): object {
  return {
    id: volume.volume_id,
    serverId: server.id,
    volumeId: volume.volume_id,
    device: volume.device,
    ...(request.supports(70) ? { tag: volume.tag } : {}),
    ...(request.supports(79) ? { delete_on_termination: volume.delete_on_termination } : {}),
  };
}
