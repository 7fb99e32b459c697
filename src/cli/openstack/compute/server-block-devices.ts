/** The disks of a new server: the middle of CreateServer in openstackclient/compute/v2/server.py. */
import type { Image } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import { findResource } from './cinder';
import { need } from './client';

/** One entry of `block_device_mapping_v2`. */
export type BlockDevice = Record<string, string | number | boolean>;

interface Source {
  image: Image | undefined;
  volume: string | undefined;
  snapshot: string | undefined;
}

/** All disks that the options ask for. @throws {@link CommandError} when there is none to boot. */
export async function blockDevices(app: App, args: ParsedArgs, source: Source): Promise<BlockDevice[]> {
  const devices: BlockDevice[] = [...rootDevice(args, source)];
  const swap = args.number('swap');
  const blank = { boot_index: -1, source_type: 'blank', destination_type: 'local' };
  if (swap) devices.push({ ...blank, guest_format: 'swap', volume_size: swap, delete_on_termination: true });
  for (const { size = '', format } of pairsOf(args, 'ephemerals'))
    devices.push({
      ...blank,
      delete_on_termination: true,
      volume_size: size,
      ...(format !== undefined && { guest_format: format }),
    });
  for (const mapping of pairsOf(args, 'block_device_mapping'))
    devices.push({ ...mapping, uuid: await idOf(app, mapping) });
  for (const mapping of pairsOf(args, 'block_devices')) devices.push(await blockDevice(app, mapping));
  if (!devices.some(({ boot_index }) => boot_index === 0))
    throw new CommandError(
      'An image (--image, --image-property) or bootable volume (--volume, --snapshot, --block-device) is required',
    );
  return devices;
}

/** What an option of key-value pairs has gathered. */
function pairsOf(args: ParsedArgs, dest: string): Record<string, string>[] {
  return (args.get(dest) ?? []) as Record<string, string>[]; // filled by server-nics.ts only
}

function rootDevice(args: ParsedArgs, { image, volume, snapshot }: Source): BlockDevice[] {
  const size = args.number('boot_from_volume');
  if (size) {
    if (image === undefined)
      throw new CommandError(
        'An image (--image or --image-property) is required to support --boot-from-volume option',
      );
    return [
      { uuid: image.id, boot_index: 0, source_type: 'image', destination_type: 'volume', volume_size: size },
    ];
  }
  if (image !== undefined)
    return [
      {
        uuid: image.id,
        boot_index: 0,
        source_type: 'image',
        destination_type: 'local',
        delete_on_termination: true,
      },
    ];
  if (volume !== undefined)
    return [{ uuid: volume, boot_index: 0, source_type: 'volume', destination_type: 'volume' }];
  if (snapshot === undefined) return [];
  return [
    {
      uuid: snapshot,
      boot_index: 0,
      source_type: 'snapshot',
      destination_type: 'volume',
      delete_on_termination: false,
    },
  ];
}

async function idOf(app: App, { uuid = '', source_type }: Record<string, string>): Promise<string> {
  if (source_type === 'volume' || source_type === 'snapshot') return findResource(app, source_type, uuid);
  return (await app.connection.image.findImage(uuid, { ignoreMissing: false })).id;
}

/** One `--block-device`, checked and completed. */
async function blockDevice(app: App, mapping: Record<string, string>): Promise<BlockDevice> {
  const device: BlockDevice = { ...mapping };
  const wrong = (key: string, what: string) =>
    new CommandError(`The ${key} key of --block-device should be ${what}`);
  const required = (version: string, key: string) =>
    need(
      app,
      version,
      `--os-compute-api-version ${version} or greater is required to support the ${key} key of --block-device`,
    );
  const { boot_index, source_type = 'blank', destination_type, delete_on_termination } = mapping;
  if (boot_index !== undefined) {
    if (!/^\s*[+-]?\d+\s*$/.test(boot_index)) throw wrong('boot_index', 'an integer');
    device.boot_index = Number(boot_index);
  }
  if ('tag' in mapping) await required('2.42', 'tag');
  if ('volume_type' in mapping) await required('2.67', 'volume_type');
  if (!['volume', 'image', 'snapshot', 'blank'].includes(source_type))
    throw wrong('source_type', 'one of: volume, image, snapshot, blank');
  device.source_type = source_type;
  if (destination_type !== undefined && !['local', 'volume'].includes(destination_type))
    throw wrong('destination_type', 'one of: local, volume');
  device.destination_type = destination_type ?? (source_type === 'blank' ? 'local' : 'volume');
  if (delete_on_termination !== undefined) {
    const word = delete_on_termination.trim().toLowerCase();
    const yes = ['1', 't', 'true', 'on', 'y', 'yes'].includes(word);
    if (!yes && !['0', 'f', 'false', 'off', 'n', 'no'].includes(word))
      throw wrong('delete_on_termination', 'a boolean-like value');
    device.delete_on_termination = yes;
  } else if (device.destination_type === 'local') device.delete_on_termination = true;
  return device;
}
