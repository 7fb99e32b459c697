import { addEvent, makeFault, startAction } from './actions';
import type { ComputeApi } from './api';
import { badRequest } from './errors';
import { checkServersQuota } from './quota';
import { anything } from './schemas/actions';
import { resizeServer } from './schemas/servers';
import { Scheduling } from './scheduling';
import { actedOn, checkState } from './server-actions';
import { imageMeta } from './server-create';
import { checkUnlocked } from './servers';
import { defineStep, plan, SECOND } from './tasks';
import type { Value } from './python/values';

/** Another flavor, somewhere else: `resize` of nova/compute/api.py. */
export function mountServerResize(api: ComputeApi): void {
  const { nova } = api;
  const path = '/servers/{id}/action';

  api.action(path, 'resize', {
    status: 202,
    body: resizeServer,
    handle(request) {
      const server = actedOn(api, request, 'servers:resize');
      checkUnlocked(request, server);
      checkState(server, 'resize', ['active', 'stopped']);
      const id = String(request.member('resize')['flavorRef']);
      const flavor = nova.flavor(request.context, id);
      if (flavor === undefined || flavor.disabled) throw badRequest(`Flavor ${id} could not be found.`);
      if (flavor.root_gb === 0 && server.flavor.root_gb !== 0 && server.image_ref !== '')
        throw badRequest('Resize to zero disk flavor is not allowed.');
      if (flavor.id === server.flavor.id) throw badRequest('When resizing, instances must change flavor!');
      const more = {
        vcpus: Math.max(0, flavor.vcpus - server.flavor.vcpus),
        memory_mb: Math.max(0, flavor.memory_mb - server.flavor.memory_mb),
      };
      checkServersQuota(nova.state, server.project_id, more, 0, 0);
      startAction(nova, server, request.context, 'resize');
      const properties = server.image_properties as Record<string, Value>; // texts
      const { host, message } = new Scheduling(nova).select(
        {
          image:
            server.image_ref === '' ? imageMeta(undefined) : imageMeta(imageOf(server.image_ref, properties)),
          flavor,
          hints: server.scheduler_hints ?? {},
          projectId: server.project_id,
          availabilityZone: server.pinned_availability_zone,
          isBfv: server.image_ref === '',
          // `allow_resize_to_same_host` is off
          except: server.host,
        },
        server.id,
      );
      server.task_state = 'resize_prep';
      server.updated_at = nova.now();
      const data = {
        host,
        message,
        flavor: structuredClone(flavor) as unknown as Value,
        wasStopped: server.vm_state === 'stopped',
      }; // a record is JSON
      plan(nova, server, host === null ? 'not-resized' : 'resized', 2 * SECOND, request.context.token, data);
    },
  });
  api.action(path, 'confirmResize', {
    status: 204,
    body: anything('confirmResize'),
    handle(request) {
      const server = actedOn(api, request, 'servers:confirm_resize');
      checkUnlocked(request, server);
      checkState(server, 'confirmResize', ['resized']);
      startAction(nova, server, request.context, 'confirmResize');
      plan(nova, server, 'resize-confirmed', SECOND, request.context.token);
    },
  });
  api.action(path, 'revertResize', {
    status: 202,
    body: anything('revertResize'),
    handle(request) {
      const server = actedOn(api, request, 'servers:revert_resize');
      checkUnlocked(request, server);
      checkState(server, 'revertResize', ['resized']);
      startAction(nova, server, request.context, 'revertResize');
      server.task_state = 'resize_reverting';
      plan(nova, server, 'resize-reverted', SECOND, request.context.token);
    },
  });
}

function imageOf(id: string, properties: Record<string, Value>) {
  const { min_ram: _ram, min_disk: _disk, disk_format, container_format, ...others } = properties;
  const given = { id, disk_format: disk_format ?? null, container_format: container_format ?? null };
  return {
    id,
    name: null,
    status: 'active',
    owner: null,
    size: 0,
    min_ram: 0,
    min_disk: 0,
    disk_format: null,
    container_format: null,
    properties: others,
    given,
  };
}

defineStep('resized', (nova, server, { data }) => {
  const node = nova.state.nodes.find(({ host }) => host === data['host']);
  server.old_flavor = server.flavor;
  server.old_host = server.host;
  server.flavor = data['flavor'] as unknown as typeof server.flavor; // put there by `resize`
  server.host = node?.host ?? null;
  server.node = node?.hypervisor_hostname ?? null;
  server.claimed = server.host;
  server.vm_state = 'resized';
  server.task_state = null;
  server.power_state = data['wasStopped'] === true ? 4 : 1;
  server.launched_at = nova.now();
  server.updated_at = nova.now();
  addEvent(nova, server, 'compute_finish_resize', { host: server.host });
});

defineStep('not-resized', (nova, server, { data }) => {
  const message = String(data['message']);
  server.task_state = null;
  server.fault = makeFault(nova, 'NoValidHost', message);
  server.updated_at = nova.now();
  addEvent(nova, server, 'cold_migrate', { host: 'cloud', error: message });
});

defineStep('resize-confirmed', (nova, server) => {
  server.old_flavor = null;
  server.old_host = null;
  server.vm_state = server.power_state === 4 ? 'stopped' : 'active';
  server.task_state = null;
  server.updated_at = nova.now();
  addEvent(nova, server, 'compute_confirm_resize', { host: server.host });
});

defineStep('resize-reverted', (nova, server) => {
  const node = nova.state.nodes.find(({ host }) => host === server.old_host);
  server.flavor = server.old_flavor ?? server.flavor;
  server.host = node?.host ?? null;
  server.node = node?.hypervisor_hostname ?? null;
  server.claimed = server.host;
  server.old_flavor = null;
  server.old_host = null;
  server.vm_state = server.power_state === 4 ? 'stopped' : 'active';
  server.task_state = null;
  server.updated_at = nova.now();
  addEvent(nova, server, 'compute_finish_revert_resize', { host: server.host });
});
