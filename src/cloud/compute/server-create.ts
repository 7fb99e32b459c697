import { startAction } from './actions';
import { linksOf, NovaAnswer, type ComputeApi, type NovaRequest } from './api';
import { isAvailableZone } from './availability-zones';
import { blockDevices, type BlockDevices } from './block-devices';
import { boolFromString } from './bool';
import { badRequest, forbidden } from './errors';
import { withImageMapping } from './image-mapping';
import { checkFlavorImage, getImage, imageDict, type Image } from './images';
import { newServer, password, reservationId } from './new-server';
import { requestedNetworks, validateNetworks, validateSecurityGroups } from './networks';
import { ImageMeta } from './objects/image-meta';
import { PythonError, type Value } from './python/values';
import { checkServersQuota, limitOf } from './quota';
import { traitRequest } from './scheduler/resource-request';
import { RequestSpec } from './scheduler/request-spec';
import { Scheduling, type SchedulingRequest } from './scheduling';
import type { FlavorRecord, ServerGroupRecord, ServerRecord } from './state';
import { plan, SECOND } from './tasks';

/** New servers: `create` of nova/api/openstack/compute/servers.py and `API.create` of nova/compute/api.py. */
export async function createServers(api: ComputeApi, request: NovaRequest): Promise<NovaAnswer> {
  const { context } = request;
  const given = await withImageMapping(api, request, request.member('server'));
  const minCount = Number(given['min_count'] ?? 1);
  const maxCount = Number(given['max_count'] ?? minCount);
  if (minCount > maxCount) throw badRequest('min_count must be <= max_count');
  request.enforce('member', 'servers:create');
  if (Array.isArray(given['trusted_image_certificates']))
    request.enforce('member', 'servers:create:trusted_certs');

  const placed = placementOf(api, request, given);
  const devices = await blockDevices(api, request, given);
  const imageRef = typeof given['imageRef'] === 'string' ? given['imageRef'] : '';
  if (imageRef === '' && !devices.given) throw badRequest('Missing imageRef attribute');
  const networks = requestedNetworks(given['networks']);

  const flavorId = String(given['flavorRef']).split('?')[0]?.split('/').at(-1) ?? '';
  const flavor = api.nova.flavor(context, flavorId);
  if (flavor === undefined) throw badRequest(`Flavor ${flavorId} could not be found.`);
  if (given['hostname'] !== undefined && maxCount > 1)
    throw badRequest('Unable to allocate a single hostname to multiple instances');
  if (placed.zone !== null && placed.forced === undefined && !isAvailableZone(api, placed.zone))
    throw badRequest('The requested availability zone is not available');

  const image = imageRef === '' ? devices.image : await getImage(api.nova, context.token, imageRef);
  const meta = imageMeta(image);
  const groups = given['security_groups'] as { name: string }[] | undefined; // the schema has said so
  const groupNames = [...new Set((groups ?? []).map(({ name }) => name))];
  await validateSecurityGroups(api.nova, context.token, groupNames);
  const most = await validateNetworks(api.nova, context, networks, maxCount);
  const keyName = keyOf(api, request, given['key_name']);
  checkConstraints(meta, flavor);
  checkMetadata(api, request, given['metadata']);
  checkBootable(image, imageRef);
  if (image !== undefined)
    checkFlavorImage(image, flavor, {
      ...(devices.rootVolumeGb === undefined ? {} : { volumeGb: devices.rootVolumeGb }),
      mayZeroDisk: request.allows('admin'),
    });
  devices.checkLocal(flavor);
  const hints =
    (request.body as Record<string, Value>)['os:scheduler_hints'] ??
    (request.body as Record<string, Value>)['OS-SCH-HNT:scheduler_hints'] ??
    {}; // JSON, as the schema has said
  const group = serverGroupOf(api, request, hints as Record<string, Value>); // the schema has said so
  placed.checkDestination();
  const projectId = context.projectId ?? '';
  const count = checkServersQuota(api.nova.state, projectId, flavor, minCount, Math.max(minCount, most));
  if (
    group !== undefined &&
    group.members.length + count > limitOf(api.nova.state, projectId, 'server_group_members')
  )
    throw forbidden('Quota exceeded, too many servers in group');

  const scheduling: SchedulingRequest = {
    image: meta,
    flavor,
    hints: hints as Record<string, Value>,
    projectId,
    availabilityZone: placed.zone,
    isBfv: devices.rootVolumeGb !== undefined,
    ...(placed.forced === undefined ? {} : { forced: placed.forced }),
    ...(placed.destination === undefined ? {} : { destination: placed.destination }),
  };
  const reservation = reservationId(api);
  const servers = Array.from({ length: count }, (_, index) =>
    newServer(api, request, given, {
      index,
      count,
      flavor,
      image,
      imageRef: devices.rootVolumeGb === undefined ? imageRef : '',
      keyName,
      hints: hints as Record<string, Value>,
      zone: placed.zone,
      reservation,
    }),
  );
  for (const server of servers) {
    server.security_groups = groupNames;
    if (networks !== undefined) server.requested_networks = networks;
  }
  await devices.reserve(servers);
  schedule(api, request, servers, scheduling, group, devices);

  if (boolFromString(given['return_reservation_id'] ?? false))
    return new NovaAnswer({ reservation_id: reservation });
  const [server] = servers;
  if (server === undefined) throw badRequest('min_count must be <= max_count');
  const adminPass = typeof given['adminPass'] === 'string' ? given['adminPass'] : password(api);
  const body = {
    server: {
      id: server.id,
      links: linksOf(api, 'servers', server.id),
      'OS-DCF:diskConfig': server.auto_disk_config ? 'AUTO' : 'MANUAL',
      security_groups: [...new Set((groups ?? [{ name: 'default' }]).map(({ name }) => name))].map(
        (name) => ({ name }),
      ),
      adminPass,
    },
  };
  return new NovaAnswer(body, { headers: { Location: `${api.url}/v2.1/servers/${server.id}` } });
}

/** The scheduler decides at once; it shows a second later. All servers of a request go somewhere, or none does. */
function schedule(
  api: ComputeApi,
  request: NovaRequest,
  servers: readonly ServerRecord[],
  asked: SchedulingRequest,
  group: ServerGroupRecord | undefined,
  devices: BlockDevices,
): void {
  const { nova } = api;
  const { token } = request.context;
  const scheduling = new Scheduling(nova);
  let message: string | null = null;
  for (const server of servers) {
    nova.state.servers.push(server);
    group?.members.push(server.id);
  }
  for (const server of servers) {
    const selection = scheduling.select(asked, server.id);
    server.claimed = selection.host;
    message = selection.message;
    if (message !== null) break;
  }
  for (const server of servers) {
    startAction(nova, server, request.context, 'create');
    if (message !== null) server.claimed = null;
    if (message === null) plan(nova, server, devices.firstStep, SECOND, token, devices.stepData);
    else plan(nova, server, 'no-valid-host', SECOND, token, { message });
  }
}

interface Placed {
  zone: string | null;
  forced: { host: string | null; node: string | null } | undefined;
  destination: { host: string | null; node: string | null } | undefined;
  /** @throws {@link NovaError} 400 if the host that was asked for is not there. */
  checkDestination(): void;
}

/** Where the server has to go: `zone`, `zone:host`, `zone:host:node`, `zone::node`, `host`, `hypervisor_hostname`. */
function placementOf(api: ComputeApi, request: NovaRequest, given: Record<string, unknown>): Placed {
  const text = typeof given['availability_zone'] === 'string' ? given['availability_zone'] : '';
  const parts = text.split(':');
  if (parts.length > 3) throw badRequest('Invalid input received: Unable to parse availability_zone');
  const [name = '', hostPart = '', nodePart = ''] = parts;
  let zone: string | null = name === '' ? null : name;
  let forced: Placed['forced'];
  if (hostPart !== '' || nodePart !== '') {
    forced = { host: hostPart === '' ? null : hostPart, node: nodePart === '' ? null : nodePart };
    request.enforce('admin', 'servers:create:forced_host');
    // a zone that is not the host's is ignored
    if (zone !== null && forced.host !== null && api.nova.zoneOf(forced.host) !== zone) zone = null;
  }
  const host = typeof given['host'] === 'string' ? given['host'] : null;
  const node = typeof given['hypervisor_hostname'] === 'string' ? given['hypervisor_hostname'] : null;
  const destination = host === null && node === null ? undefined : { host, node };
  if (destination !== undefined) {
    request.enforce('admin', 'compute:servers:create:requested_destination');
    if (forced !== undefined)
      throw badRequest(
        'One mechanism with host and/or hypervisor_hostname and another mechanism with zone:host:node are mutually exclusive.',
      );
  }
  return {
    zone,
    forced,
    destination,
    checkDestination() {
      const { nodes } = api.nova.state;
      if (destination === undefined) return;
      const found = nodes.some(
        (each) =>
          (host === null || each.host === host) && (node === null || each.hypervisor_hostname === node),
      );
      if (!found) throw badRequest(`Compute host ${host ?? node} could not be found.`);
    },
  };
}

/** @throws {@link NovaError} 400 for properties that nova does not take. */
export function imageMeta(image: Image | undefined): ImageMeta | null {
  if (image === undefined) return ImageMeta.fromDict({});
  try {
    return ImageMeta.fromDict(imageDict(image));
  } catch (error) {
    if (error instanceof PythonError) throw badRequest(`Invalid image metadata. Error: ${error.message}`);
    throw error;
  }
}

/** @throws {@link NovaError} 400 where flavor and image contradict each other. */
export function checkConstraints(image: ImageMeta | null, flavor: FlavorRecord): void {
  try {
    traitRequest(new RequestSpec({ image, flavor }));
  } catch (error) {
    if (error instanceof PythonError) throw badRequest(error.message);
    throw error;
  }
}

/** @throws {@link NovaError} 400 for an image that was made of an encrypted volume. */
export function checkBootable(image: Image | undefined, imageRef: string): void {
  if (imageRef !== '' && image?.properties['cinder_encryption_key_id'] !== undefined)
    throw badRequest(
      `Image ${imageRef} is unacceptable: Direct booting of an image uploaded from an encrypted volume is unsupported.`,
    );
}

/** @throws {@link NovaError} 403 for more than the quota has. */
export function checkMetadata(api: ComputeApi, request: NovaRequest, metadata: unknown): void {
  const limit = limitOf(api.nova.state, request.context.projectId ?? '', 'metadata_items');
  const count = metadata === undefined ? 0 : Object.keys(metadata as object).length; // the schema has said so
  if (limit >= 0 && count > limit) throw forbidden(`Maximum number of metadata items exceeds ${limit}`);
}

/** @throws {@link NovaError} 400 for a key pair that the user does not have. */
export function keyOf(api: ComputeApi, request: NovaRequest, name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const { userId } = request.context;
  const key = api.nova.state.keypairs.find((pair) => pair.user_id === userId && pair.name === name);
  if (key === undefined) throw badRequest('Invalid key_name provided.');
  return name;
}

function serverGroupOf(
  api: ComputeApi,
  request: NovaRequest,
  hints: Record<string, Value>,
): ServerGroupRecord | undefined {
  const id = Object.hasOwn(hints, 'group') ? hints['group'] : undefined;
  if (typeof id !== 'string') return undefined;
  const { isAdmin, projectId } = request.context;
  const group = api.nova.state.server_groups.find(
    ({ uuid, project_id }) => uuid === id && (isAdmin || project_id === projectId),
  );
  if (group === undefined) throw badRequest(`Instance group ${id} could not be found.`);
  return group;
}
