import { addEvent } from './actions';
import type { ComputeApi, NovaRequest } from './api';
import { boolFromString } from './bool';
import { badRequest, NovaError } from './errors';
import { getImage, readImage, type Image } from './images';
import type { Nova } from './nova';
import { isDict, isList, type Dict, type Value } from './python/values';
import {
  attachReserved,
  createVolume,
  deviceLike,
  freeDevice,
  getVolume,
  reserveVolume,
} from './server-volumes';
import type { FlavorRecord, ServerRecord } from './state';
import { defineStep, fail, plan, SECOND } from './tasks';

/** What a new server has for disks, besides those of its flavor. */
export interface BlockDevices {
  /** Whether the request says anything about disks. */
  given: boolean;
  /** What the volume that it boots from was made of. */
  image: Image | undefined;
  /** The size of the volume that it boots from, in GiB; undefined for the disk of its flavor. */
  rootVolumeGb: number | null | undefined;
  /** @throws {@link NovaError} 400 for more local disk than the flavor has. */
  checkLocal(flavor: FlavorRecord): void;
  /** The first step of the build, and what it needs. */
  firstStep: string;
  stepData: Record<string, Value>;
  /** Reserves volumes that are there already. */
  reserve(servers: readonly ServerRecord[]): Promise<void>;
}

/** One disk: nova/objects/block_device.py. */
interface Device {
  source: string;
  destination: string;
  uuid: string | null;
  size: number | null;
  boot_index: number | null;
  delete_on_termination: boolean;
  tag: string | null;
  volume_type: string | null;
  device: string | null;
  guest_format: string | null;
}

/** How often the build looks if its volumes are there: `block_device_allocate_retries`. */
const TRIES = 60;

/**
 * Reads `block_device_mapping_v2`: nova/block_device.py and `_validate_bdm` of nova/compute/api.py.
 *
 * @throws {@link NovaError} 400.
 */
export async function blockDevices(
  api: ComputeApi,
  request: NovaRequest,
  given: Record<string, unknown>,
): Promise<BlockDevices> {
  const { nova } = api;
  const { token } = request.context;
  const legacy = mappings(given['block_device_mapping']).map(legacyDevice);
  const modern = mappings(given['block_device_mapping_v2']).map(device);
  if (legacy.length > 0 && modern.length > 0)
    throw badRequest('Using different block_device_mapping syntaxes is not allowed in the same request.');
  const devices = [...legacy, ...modern];
  if (devices.length > 0) request.enforce('member', 'servers:create:attach_volume');
  if (devices.length > 0)
    checkBootOrder(devices, typeof given['imageRef'] === 'string' && given['imageRef'] !== '');
  for (const each of devices) await checkDevice(nova, token, each);
  const volumes = devices.filter(({ destination }) => destination === 'volume');
  const root = volumes.find(({ boot_index }) => boot_index === 0);
  const isNew = ({ source }: Device) => source !== 'volume';
  return {
    given: devices.length > 0,
    image: root === undefined ? undefined : await imageOf(nova, token, root),
    rootVolumeGb: root === undefined ? undefined : root.size,
    checkLocal: (flavor) => checkLocal(devices, flavor),
    firstStep: volumes.length > 0 ? 'map-volumes' : 'spawning',
    stepData: { devices: volumes.filter(isNew).map((each) => ({ ...each })), tries: TRIES },
    async reserve(servers) {
      for (const each of volumes.filter((one) => !isNew(one)))
        for (const server of servers) await reserve(nova, token, server, each, each.uuid ?? '');
    },
  };
}

function mappings(given: unknown): Dict[] {
  // the schema has said that it is a list of dicts
  return Array.isArray(given) ? (given as Value[]).filter(isDict) : [];
}

function device(given: Dict): Device {
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  const source = text('source_type') ?? '';
  const uuid = text('uuid') ?? text('volume_id') ?? text('snapshot_id') ?? text('image_id');
  if (source === '') throw badRequest('Block Device Mapping is Invalid: Invalid source_type field.');
  if (uuid === null && source !== 'blank')
    throw badRequest('Block Device Mapping is Invalid: Missing device UUID.');
  const index = given['boot_index'];
  const destination =
    text('destination_type') ?? (source === 'image' || source === 'blank' ? 'local' : 'volume');
  if (source === 'image' && destination === 'volume' && given['boot_index'] === undefined)
    return { ...common(given), source, destination, uuid, boot_index: null };
  if (source === 'volume' && destination === 'local')
    throw badRequest('Block Device Mapping is Invalid: Mapping volume to local is not supported.');
  return {
    ...common(given),
    source,
    destination,
    uuid,
    boot_index: index === undefined || index === null ? null : Number(index),
  };
}

function legacyDevice(given: Dict): Device {
  const volume = given['volume_id'];
  const snapshot = given['snapshot_id'];
  const uuid = typeof volume === 'string' ? volume : typeof snapshot === 'string' ? snapshot : null;
  const isRoot = String(given['device_name'] ?? '').endsWith('vda');
  return {
    ...common(given),
    source: typeof volume === 'string' ? 'volume' : typeof snapshot === 'string' ? 'snapshot' : 'blank',
    destination: 'volume',
    uuid,
    boot_index: isRoot ? 0 : null,
  };
}

function common(
  given: Dict,
): Pick<Device, 'size' | 'delete_on_termination' | 'tag' | 'volume_type' | 'device' | 'guest_format'> {
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  const size = given['volume_size'];
  return {
    size: size === undefined || size === null ? null : Number(size),
    delete_on_termination: boolFromString(given['delete_on_termination'] ?? false),
    tag: text('tag'),
    volume_type: text('volume_type'),
    device: text('device_name'),
    guest_format: text('guest_format'),
  };
}

function checkBootOrder(devices: readonly Device[], hasImage: boolean): void {
  const order = devices.flatMap(({ boot_index }) =>
    boot_index === null || boot_index < 0 ? [] : boot_index,
  );
  if (hasImage && !order.includes(0)) order.push(0);
  order.sort((a, b) => a - b);
  if (order.length === 0 || order.some((index, i) => index !== i))
    throw badRequest(
      'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination ' +
        'is not valid.',
    );
}

/** Whether what a disk is made of is there; fills in the size of a volume. */
async function checkDevice(nova: Nova, token: string, each: Device): Promise<void> {
  const wrong = (kind: string) =>
    badRequest(`Block Device Mapping is Invalid: failed to get ${kind} ${each.uuid}.`);
  if (each.source === 'volume') {
    const volume = await getVolume(nova, token, each.uuid ?? '').catch((error: unknown) =>
      Promise.reject(error instanceof NovaError ? badRequest(error.message) : error),
    );
    if (volume.status !== 'available')
      throw badRequest(
        `Invalid input received: Invalid volume: Volume ${volume.id} status must be available or downloading to ` +
          `reserve, but the current status is ${volume.status}. (HTTP 400)`,
      );
    if (each.boot_index === 0 && volume.bootable !== 'true')
      throw badRequest(`Block Device ${each.uuid} is not bootable.`);
    each.size = volume.size;
  }
  if (each.source === 'image' && each.destination === 'volume') {
    await getImage(nova, token, each.uuid ?? '').catch(() => Promise.reject(wrong('image')));
    if (each.size === null)
      throw badRequest("Images with destination_type 'volume' need to have a non-zero size specified");
  }
  if (each.source === 'blank' && each.destination === 'volume' && each.size === null)
    throw badRequest("Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size");
}

/** Ephemeral disks and swap: the end of `_validate_bdm`. */
function checkLocal(devices: readonly Device[], flavor: FlavorRecord): void {
  const blank = devices.filter(({ source, destination }) => source === 'blank' && destination === 'local');
  const swaps = blank.filter(({ guest_format }) => guest_format === 'swap');
  const ephemeral = blank.filter((each) => !swaps.includes(each));
  const size = ephemeral.reduce((sum, each) => sum + (each.size ?? flavor.ephemeral_gb), 0);
  if (size > flavor.ephemeral_gb)
    throw badRequest(
      'Ephemeral disks requested are larger than the instance type allows. If no size is given in one block device ' +
        'mapping, flavor ephemeral size will be used.',
    );
  if (swaps.length > 1)
    throw badRequest('Block Device Mapping is Invalid: More than one swap drive requested.');
  if ((swaps[0]?.size ?? 0) > flavor.swap)
    throw badRequest('Swap drive requested is larger than instance type allows.');
}

/** What nova reads of the image that a volume was made of: `get_bdm_image_metadata`. */
async function imageOf(nova: Nova, token: string, root: Device): Promise<Image | undefined> {
  if (root.source === 'image') {
    const image = await getImage(nova, token, root.uuid ?? '');
    return image;
  }
  if (root.source !== 'volume') return undefined;
  const { volume_image_metadata: metadata = {} } = await getVolume(nova, token, root.uuid ?? '');
  const { image_id: _id, image_name: _name, checksum: _sum, size: _size, ...properties } = metadata;
  return readImage({ ...properties, id: '', status: 'active', size: 0 });
}

async function reserve(
  nova: Nova,
  token: string,
  server: ServerRecord,
  each: Device,
  id: string,
): Promise<void> {
  const attachment_id = await reserveVolume(nova, token, server.id, id);
  server.volumes.push({
    attachment_id,
    bdm_uuid: nova.ids.uuid('block-device'),
    volume_id: id,
    device: each.device === null ? freeDevice(server) : deviceLike(server, each.device),
    delete_on_termination: each.delete_on_termination,
    tag: each.tag,
    boot_index: each.boot_index,
  });
}

/** The build begins with its volumes: nova/virt/block_device.py. */
defineStep('map-volumes', async (nova, server, { token, data }) => {
  const node = nova.state.nodes.find(({ host }) => host === server.claimed);
  server.host = node?.host ?? server.claimed;
  server.node = node?.hypervisor_hostname ?? server.claimed;
  server.task_state = 'block_device_mapping';
  server.updated_at = nova.now();
  try {
    const made: Value[] = [];
    for (const each of devicesOf(data['devices'])) {
      const source =
        each.source === 'image'
          ? { imageRef: each.uuid }
          : each.source === 'snapshot'
            ? { snapshot_id: each.uuid }
            : {};
      const type = each.volume_type === null ? {} : { volume_type: each.volume_type };
      const id = await createVolume(nova, token, {
        size: each.size,
        name: '',
        description: '',
        ...source,
        ...type,
      });
      made.push({ ...each, uuid: id });
    }
    plan(nova, server, 'await-volumes', SECOND, token, { devices: made, tries: TRIES, start: nova.now() });
  } catch (error) {
    abort(nova, server, error);
  }
});

defineStep('await-volumes', async (nova, server, { token, data }) => {
  const devices = devicesOf(data['devices']);
  try {
    for (const { uuid } of devices) {
      const { status } = await getVolume(nova, token, uuid ?? '');
      if (status === 'available') continue;
      if (status.startsWith('error') || Number(data['tries']) <= 0)
        throw badRequest(
          `Volume ${uuid} did not finish being created even after we waited ${TRIES - Number(data['tries'])} seconds ` +
            `or ${TRIES - Number(data['tries']) + 1} attempts. And its status is ${status}.`,
        );
      plan(nova, server, 'await-volumes', SECOND, token, { ...data, tries: Number(data['tries']) - 1 });
      return;
    }
    for (const each of devices) await reserve(nova, token, server, each, each.uuid ?? '');
    server.volumes.sort((a, b) => (a.boot_index ?? Infinity) - (b.boot_index ?? Infinity));
    for (const volume of server.volumes) await attachReserved(nova, token, server, volume);
    plan(nova, server, 'built', SECOND, token, { start: data['start'] ?? nova.now() });
  } catch (error) {
    abort(nova, server, error);
  }
});

function devicesOf(given: Value | undefined): Device[] {
  // our own records, from the state
  return isList(given) ? given.filter(isDict).map((each) => each as unknown as Device) : [];
}

function abort(nova: Nova, server: ServerRecord, error: unknown): void {
  if (!(error instanceof NovaError)) throw error;
  const message = `Build of instance ${server.id} aborted: ${error.message}`;
  fail(nova, server, 'BuildAbortException', message);
  server.host = null;
  server.node = null;
  server.claimed = null;
  addEvent(nova, server, 'compute__do_build_and_run_instance', { host: null, error: message });
}
