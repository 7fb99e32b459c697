import { sha224 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { addressesOf } from './addresses';
import { bookmark, linksOf, type ComputeApi, type NovaRequest } from './api';
import { computeService } from './hosts';
import { statusOf } from './status';
import type { AttachmentRecord, ServerRecord } from './state';

/** How a server looks to who asks: nova/api/openstack/compute/views/servers.py. */

const WITH_FAULT = ['ERROR', 'DELETED'];
const WITH_PROGRESS = ['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING'];

/** A host as a project may know it, without its name: nova/utils.py `generate_hostid`. */
export function hostId(host: string | null, projectId: string): string {
  return host === null ? '' : bytesToHex(sha224(utf8ToBytes(projectId + host)));
}

/** `2026-11-22T09:00:00Z` for the database's form of it. */
export function isotime(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

/** The short form, of lists. */
export function basicView(api: ComputeApi, server: ServerRecord): object {
  return { id: server.id, name: server.name, links: linksOf(api, 'servers', server.id) };
}

/**
 * The whole server.
 *
 * @param options.listed leaves out faults that lists do not have.
 * @param options.brief leaves out what an update or rebuild answered before microversion 2.75.
 */
export function serverView(
  api: ComputeApi,
  request: NovaRequest,
  server: ServerRecord,
  options: { brief?: boolean; groups?: boolean; listed?: boolean } = {},
): Record<string, unknown> {
  const status = statusOf(server);
  const brief = options.brief === true;
  const extended = !brief && request.allows('admin');
  return {
    id: server.id,
    name: server.name,
    status,
    tenant_id: server.project_id,
    user_id: server.user_id,
    metadata: server.metadata,
    hostId: hostId(server.host, server.project_id),
    image: imageView(api, request, server),
    flavor: flavorView(api, request, server),
    created: isotime(server.created_at),
    updated: isotime(server.updated_at),
    addresses: addressesOf(server, true),
    accessIPv4: server.access_ip_v4 ?? '',
    accessIPv6: server.access_ip_v6 ?? '',
    links: linksOf(api, 'servers', server.id),
    'OS-DCF:diskConfig': server.auto_disk_config ? 'AUTO' : 'MANUAL',
    ...(WITH_FAULT.includes(status) && server.fault !== null && !(options.listed === true && isBuried(server))
      ? { fault: faultView(request, server) }
      : {}),
    ...(WITH_PROGRESS.includes(status) ? { progress: server.progress } : {}),
    ...(brief ? {} : zoneView(api, request, server)),
    ...(request.supports(100) ? { scheduler_hints: server.scheduler_hints } : {}),
    ...(brief ? {} : lifeView(server)),
    ...(brief ? {} : groupsView(server)),
    ...(extended ? extendedView(request, server) : {}),
    ...(brief ? {} : stateView(request, server)),
    ...(request.supports(16) && extended ? { host_status: hostStatus(api, server) } : {}),
    ...(request.supports(9) ? { locked: server.locked_by !== null } : {}),
    ...(request.supports(73) ? { locked_reason: server.locked_reason } : {}),
    ...(request.supports(19) ? { description: server.description } : {}),
    ...(request.supports(26) ? { tags: server.tags } : {}),
    ...(request.supports(63) ? { trusted_image_certificates: null } : {}),
    ...(request.supports(90) && !extended ? { 'OS-EXT-SRV-ATTR:hostname': server.hostname } : {}),
    ...(options.groups === true && request.supports(71) ? { server_groups: groupsOf(api, server) } : {}),
  };
}

function zoneView(api: ComputeApi, request: NovaRequest, server: ServerRecord): object {
  const zone = server.host === null ? server.pinned_availability_zone : api.nova.zoneOf(server.host);
  return {
    'OS-EXT-AZ:availability_zone': zone ?? '',
    ...(request.supports(96) ? { pinned_availability_zone: server.pinned_availability_zone } : {}),
  };
}

function lifeView(server: ServerRecord): object {
  return {
    config_drive: server.config_drive,
    key_name: server.key_name,
    'OS-SRV-USG:launched_at': server.launched_at,
    'OS-SRV-USG:terminated_at': server.terminated_at,
  };
}

/** The groups of its ports, each once; a server without ports shows none. */
function groupsView(server: ServerRecord): object {
  const names = new Set((server.network_info ?? []).flatMap(({ security_groups }) => security_groups));
  return names.size === 0 ? {} : { security_groups: [...names].map((name) => ({ name })) };
}

function extendedView(request: NovaRequest, server: ServerRecord): object {
  return {
    'OS-EXT-SRV-ATTR:host': server.host,
    // a server that nobody has scheduled yet has no number
    'OS-EXT-SRV-ATTR:instance_name': isRequest(server) ? null : instanceName(server),
    'OS-EXT-SRV-ATTR:hypervisor_hostname': server.node,
    ...(request.supports(3)
      ? {
          'OS-EXT-SRV-ATTR:reservation_id': server.reservation_id,
          'OS-EXT-SRV-ATTR:launch_index': server.launch_index,
          'OS-EXT-SRV-ATTR:hostname': server.hostname,
          'OS-EXT-SRV-ATTR:kernel_id': server.kernel_id,
          'OS-EXT-SRV-ATTR:ramdisk_id': server.ramdisk_id,
          'OS-EXT-SRV-ATTR:root_device_name': server.root_device_name,
          'OS-EXT-SRV-ATTR:user_data': server.user_data,
        }
      : {}),
  };
}

/** The hypervisor's name for a server. */
export function instanceName(server: ServerRecord): string {
  return `instance-${server.number.toString(16).padStart(8, '0')}`;
}

function stateView(request: NovaRequest, server: ServerRecord): object {
  return {
    'OS-EXT-STS:task_state': server.task_state,
    'OS-EXT-STS:vm_state': server.vm_state,
    'OS-EXT-STS:power_state': server.power_state,
    'os-extended-volumes:volumes_attached': volumesOf(server).map((volume) => volumeView(request, volume)),
  };
}

/** Before it is scheduled, a server is a request to build one, which shows no volumes. */
function isRequest({ vm_state, task_state }: ServerRecord): boolean {
  return vm_state === 'building' && task_state === 'scheduling';
}

function volumesOf(server: ServerRecord): AttachmentRecord[] {
  if (isRequest(server)) return [];
  return [...server.volumes].sort((a, b) => (a.device < b.device ? -1 : 1));
}

function volumeView(request: NovaRequest, volume: AttachmentRecord): object {
  const { volume_id: id, delete_on_termination } = volume;
  return request.supports(3) ? { id, delete_on_termination } : { id };
}

function imageView(api: ComputeApi, request: NovaRequest, server: ServerRecord): object | string {
  const id = server.image_ref;
  if (id === '') return '';
  return {
    id,
    links: [{ rel: 'bookmark', href: bookmark(api, 'images', id) }],
    ...(request.supports(98) ? { properties: server.image_properties } : {}),
  };
}

function flavorView(api: ComputeApi, request: NovaRequest, server: ServerRecord): object {
  const { id, name, vcpus, memory_mb, root_gb, ephemeral_gb, swap, extra_specs } = server.flavor;
  if (!request.supports(47)) return { id, links: [{ rel: 'bookmark', href: bookmark(api, 'flavors', id) }] };
  const showsSpecs = request.allows('reader', { projectId: server.project_id });
  return {
    vcpus,
    ram: memory_mb,
    disk: root_gb,
    ephemeral: ephemeral_gb,
    swap,
    original_name: name,
    ...(showsSpecs ? { extra_specs } : {}),
  };
}

function faultView(request: NovaRequest, server: ServerRecord): object | undefined {
  if (server.fault === null) return undefined;
  const { code, created, message, details } = server.fault;
  const shown = details !== '' && (request.context.isAdmin || code !== 500);
  return { code, created: isotime(created), message, ...(shown ? { details } : {}) };
}

/**
 * A server for which there was no host lies in cell0, and lists look for faults in the database of the other cell only:
 * `fill_faults` of nova/objects/instance.py asks without a cell.
 */
function isBuried(server: ServerRecord): boolean {
  const scheduled = server.actions.some(({ events }) =>
    events.some(({ event }) => event === 'compute__do_build_and_run_instance'),
  );
  return server.host === null && server.launched_at === null && !scheduled;
}

function hostStatus(api: ComputeApi, server: ServerRecord): string {
  if (server.host === null) return '';
  const service = computeService(api.nova.state, server.host);
  if (service === undefined) return 'UNKNOWN';
  if (service.forced_down) return 'DOWN';
  return service.disabled ? 'MAINTENANCE' : 'UP';
}

function groupsOf(api: ComputeApi, server: ServerRecord): string[] {
  return api.nova.state.server_groups
    .filter(({ members }) => members.includes(server.id))
    .map(({ uuid }) => uuid);
}
