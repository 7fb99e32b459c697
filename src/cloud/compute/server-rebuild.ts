import { addEvent, startAction } from './actions';
import { NovaAnswer, type ComputeApi, type NovaRequest } from './api';
import { badRequest } from './errors';
import { checkFlavorImage, getImage, imageProperties } from './images';
import { password } from './new-server';
import { rebuildServer } from './schemas/servers';
import { Scheduling } from './scheduling';
import { actedOn, checkState } from './server-actions';
import { checkBootable, checkMetadata, imageMeta, keyOf } from './server-create';
import { serverView } from './server-view';
import { checkUnlocked } from './servers';
import type { ServerRecord } from './state';
import { defineStep, fail, plan, SECOND } from './tasks';

/** The same server from an image, the same one or another: `rebuild` of nova/compute/api.py. */
export function mountServerRebuild(api: ComputeApi): void {
  const { nova } = api;
  api.action('/servers/{id}/action', 'rebuild', {
    status: 202,
    body: rebuildServer,
    async handle(request) {
      const given = request.member('rebuild');
      const server = actedOn(api, request, 'servers:rebuild');
      checkUnlocked(request, server);
      checkState(server, 'rebuild', ['active', 'stopped', 'error']);
      const imageRef = String(given['imageRef']);
      const keyName =
        given['key_name'] === undefined ? server.key_name : keyOf(api, request, given['key_name']);
      const image = await getImage(nova, request.context.token, imageRef).catch(rebuildWords);
      const meta = imageMeta(image);
      checkMetadata(api, request, given['metadata']);
      checkBootable(image, imageRef);
      checkFlavorImage(image, server.flavor, { mayZeroDisk: true });
      const isOther = server.image_ref !== imageRef;
      applyChanges(request, server, given);
      server.key_name = keyName;
      startAction(nova, server, request.context, 'rebuild');
      const wasStopped = server.vm_state === 'stopped';
      const { message } =
        isOther || server.host === null
          ? new Scheduling(nova).select(
              {
                image: meta,
                flavor: server.flavor,
                hints: server.scheduler_hints ?? {},
                projectId: server.project_id,
                availabilityZone: server.pinned_availability_zone,
                isBfv: server.image_ref === '',
                destination: { host: server.host, node: server.node },
                isRebuild: true,
              },
              server.id,
            )
          : { message: null };
      server.image_ref = imageRef;
      server.image_properties = imageProperties(image, server.flavor.root_gb, imageRef);
      server.task_state = 'rebuilding';
      server.progress = 0;
      server.updated_at = nova.now();
      plan(nova, server, message === null ? 'rebuilt' : 'not-rebuilt', 2 * SECOND, request.context.token, {
        wasStopped,
        message,
      });
      return new NovaAnswer(
        { server: rebuildView(api, request, server, given) },
        { headers: { Location: `${api.url}/v2.1/servers/${server.id}` } },
      );
    },
  });
}

function rebuildWords(error: unknown): never {
  if (error instanceof Error && error.message === 'Can not find requested image')
    throw badRequest('Cannot find image for rebuild');
  throw error;
}

function applyChanges(request: NovaRequest, server: ServerRecord, given: Record<string, unknown>): void {
  const { name, description, metadata, hostname, user_data, accessIPv4, accessIPv6 } = given;
  if (typeof name === 'string') server.name = name.trim();
  if (description !== undefined) server.description = typeof description === 'string' ? description : null;
  if (metadata !== undefined) server.metadata = { ...(metadata as Record<string, string>) }; // the schema has said so
  if (typeof hostname === 'string') server.hostname = hostname;
  if (user_data !== undefined && request.supports(57))
    server.user_data = typeof user_data === 'string' ? user_data : null;
  if (typeof accessIPv4 === 'string') server.access_ip_v4 = accessIPv4;
  if (typeof accessIPv6 === 'string') server.access_ip_v6 = accessIPv6;
  if (given['OS-DCF:diskConfig'] !== undefined)
    server.auto_disk_config = given['OS-DCF:diskConfig'] === 'AUTO';
}

function rebuildView(
  api: ComputeApi,
  request: NovaRequest,
  server: ServerRecord,
  given: Record<string, unknown>,
): object {
  return {
    ...serverView(api, request, server, { brief: !request.supports(75), groups: true }),
    adminPass: typeof given['adminPass'] === 'string' ? given['adminPass'] : password(api),
    ...(request.supports(54) && !request.supports(75) ? { key_name: server.key_name } : {}),
    ...(request.supports(57) ? { user_data: server.user_data } : {}),
  };
}

defineStep('rebuilt', (nova, server, { data }) => {
  server.vm_state = data['wasStopped'] === true ? 'stopped' : 'active';
  server.power_state = data['wasStopped'] === true ? 4 : 1;
  server.task_state = null;
  server.fault = null;
  server.launched_at = nova.now();
  server.updated_at = nova.now();
  addEvent(nova, server, 'rebuild_server', { host: 'cloud' });
  addEvent(nova, server, 'compute_rebuild_instance', { host: server.host });
});

defineStep('not-rebuilt', (nova, server, { data }) => {
  const message = String(data['message']);
  fail(nova, server, 'NoValidHost', message);
  addEvent(nova, server, 'rebuild_server', { host: 'cloud', error: message });
});
