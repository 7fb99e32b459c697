/** CreateServer of openstackclient/compute/v2/server.py. */
import type { Image, SchedulerHints, ServerCreate } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { message } from '../../messages';
import { osError } from '../../os-error';
import type { App } from '../app';
import type { ShowOneCommand } from '../command';
import { otherProperties } from '../image/sdk-image';
import { findId } from '../network/sdk';
import { compute, hasEndpoint, image, need, needFor } from './client';
import { findResource } from './cinder';
import { arg, flag, many, num, opt, property, wait } from './options';
import { SERVER, type Fields } from './sdk';
import { blockDevices, type BlockDevice } from './server-block-devices';
import { refreshed, serverDetail } from './server-detail';
import { keyLists, keyValues, legacyMapping, nicOptions, type Nic } from './server-nics';
import { waitForStatus } from './wait';

const boot = { exclusive: 'boot' };
const DEVICE_KEYS = [
  'uuid', 'source_type', 'destination_type', 'disk_bus', 'device_type', 'device_name', 'volume_size', 'guest_format',
  'boot_index', 'delete_on_termination', 'tag', 'volume_type',
]; // prettier-ignore

const options: readonly ArgumentSpec[] = [
  arg('server_name', 'Name of the new server'),
  opt('flavor', 'How big it is to be (name or ID)', 'flavor', { required: true }),
  opt('image', 'Image to boot (name or ID)', 'image', boot),
  opt('image-property', 'Boot an image with this property, whichever it is; repeat it for several', 'key=value', {
    action: 'key_value',
    dest: 'image_properties',
    ...boot,
  }),
  opt('volume', 'Volume to boot (name or ID)', 'volume', boot),
  opt('snapshot', 'Snapshot of a volume to boot (name or ID)', 'snapshot', boot),
  num('boot-from-volume', 'Make a volume of this size in GiB from the image, and boot that', 'volume-size'),
  opt('block-device-mapping', 'Older way to say --block-device: dev-name=id:type:size:delete', 'dev-name=mapping', {
    action: 'fold',
    fold: legacyMapping,
    default: [],
  }),
  opt('block-device', `Disk to have, as key=value pairs with commas between: ${DEVICE_KEYS.join(', ')}; repeat it for several`, 'block-device', {
    action: 'fold',
    fold: keyValues([], DEVICE_KEYS),
    dest: 'block_devices',
    default: [],
  }),
  num('swap', 'Swap space in MiB'),
  opt('ephemeral', 'Another empty disk, in GiB; repeat it for several', 'size=size[,format=format]', {
    action: 'fold',
    fold: keyValues(['size'], ['format']),
    dest: 'ephemerals',
    default: [],
  }),
  ...nicOptions,
  opt('password', 'Password of its administrator'),
  { names: ['--no-security-group'], action: 'store_const', const: [], dest: 'security_groups', exclusive: 'groups', help: 'Be in no security group' },
  { ...many('security-group', 'Security group to be in (name or ID)'), dest: 'security_groups', default: undefined, exclusive: 'groups' },
  opt('key-name', 'Key pair whose public key it gets'),
  property('Property to set'),
  many('file', 'File to put into the image, before 2.57', 'dest-filename=source-filename'),
  opt('user-data', 'File for cloud-init'),
  opt('description', 'What it is for'),
  opt('availability-zone', 'Zone to be in', 'zone-name'),
  opt('host', 'Host to be on; administrators may ask for this'),
  opt('hypervisor-hostname', 'Hypervisor to be on; administrators may ask for this'),
  opt('server-group', 'Server group to be in (name or ID)'),
  opt('hint', 'Wish to the scheduler; repeat it for several', 'key=value', {
    action: 'fold',
    fold: keyLists,
    dest: 'hints',
    default: undefined,
  }),
  flag('use-config-drive', 'Have its metadata on a drive', { dest: 'config_drive', exclusive: 'drive' }),
  flag('no-config-drive', 'Have no such drive (default)', { dest: 'config_drive', action: 'store_false', exclusive: 'drive' }),
  { names: ['--config-drive'], metavar: '<config-drive-volume>|True', default: false, exclusive: 'drive', help: 'Older way to say --use-config-drive: True' },
  num('min', 'So many servers at least (default: 1)', 'count', { default: 1 }),
  num('max', 'So many servers at most (default: 1)', 'count', { default: 1 }),
  many('tag', 'Tag to set', 'tag', { dest: 'tags' }),
  opt('hostname', 'Host name, as the metadata service tells it'),
  wait,
  opt('trusted-image-cert', 'Certificate that may have signed the image; repeat it for several', 'trusted-cert-id', {
    action: 'append',
    dest: 'trusted_image_certs',
  }),
]; // prettier-ignore

/** `openstack server create` */
export const createServer: ShowOneCommand = {
  name: 'server create',
  upstream: 'openstackclient.compute.v2.server.CreateServer',
  kind: 'show',
  description: 'Make a server',
  arguments: options,
  async run(app, args) {
    const client = compute(app);
    await image(app);
    const from = await bootImage(app, args);
    const source = {
      image: from,
      volume: await bootVolume(app, args, 'volume'),
      snapshot: await bootVolume(app, args, 'snapshot'),
    };
    const flavor = await client.findFlavor(args.string('flavor') ?? '', { ignoreMissing: false });
    await checkFiles(app, args);
    checkCounts(args);
    const user_data = await userData(app, args.string('user_data'));
    if (args.string('description')) await needFor(app, '2.19', '--description');
    const devices = await blockDevices(app, args, source);
    const record = await serverRecord(app, args, {
      name: args.string('server_name') ?? '',
      imageId: args.number('boot_from_volume') ? '' : (from?.id ?? ''),
      flavorId: flavor.id,
      user_data,
      devices,
      booted: from !== undefined && !args.number('boot_from_volume'),
    });
    const made = await client.createServer(record.server, record.hints);
    if (args.flag('wait')) {
      if (!(await waitForStatus(app, () => client.getServer(made.id))))
        throw new CommandError(`Error creating server: ${args.string('server_name') ?? ''}`);
      app.output.write('\n');
    }
    // what was sent stays known to the SDK beside what came back
    const before = SERVER({ ...record.server, ...made });
    return serverDetail(app, refreshed(before, await client.getServer(made.id)));
  },
};

async function bootImage(app: App, args: ParsedArgs): Promise<Image | undefined> {
  const name = args.string('image');
  const client = app.connection.image;
  if (name) return client.findImage(name, { ignoreMissing: false });
  const wanted = args.pairs('image_properties');
  if (wanted.length === 0) return undefined;
  const found: Image[] = [];
  for await (const one of client.images()) {
    const fields: Record<string, unknown> = { ...one, ...one.properties, ...otherProperties(one) };
    if (wanted.every(([key, value]) => fields[key] === value)) found.push(one);
  }
  const [first] = found;
  if (first === undefined)
    throw new CommandError('No images match the property expected by --image-property');
  if (found.length > 1) {
    const ids = found.map(({ id }) => `'${id}'`).join(', ');
    app.log('warning', `Multiple matching images: [${ids}]\nUsing image: ${first.id}`);
  }
  return first;
}

async function bootVolume(
  app: App,
  args: ParsedArgs,
  kind: 'volume' | 'snapshot',
): Promise<string | undefined> {
  const name = args.string(kind);
  if (!name) return undefined;
  if (args.number('boot_from_volume'))
    throw new CommandError(`--${kind} is not allowed with --boot-from-volume`);
  return findResource(app, kind, name);
}

async function checkFiles(app: App, args: ParsedArgs): Promise<void> {
  const files = args.list('file');
  if (files.length === 0) return;
  if (await compute(app).supports('2.57'))
    throw new CommandError(
      'Personality files are deprecated and are not supported for --os-compute-api-version greater than 2.56; use user data instead',
    );
  // the real client sends what Python makes of an open file, which is no JSON
  throw new CommandError('Object of type BufferedReader is not JSON serializable');
}

function checkCounts(args: ParsedArgs): void {
  const [min = 1, max = 1] = [args.number('min'), args.number('max')];
  if (min > max) throw new CommandError('min instances should be <= max instances');
  if (min < 1) throw new CommandError('min instances should be > 0');
}

/** The file in base64. @throws {@link CommandError} in the client's words. */
export async function userData(app: App, path: string | undefined): Promise<string | undefined> {
  if (!path) return undefined;
  try {
    const data = new Uint8Array(await (await app.context.files.open(path)).arrayBuffer());
    let text = '';
    for (const byte of data) text += String.fromCharCode(byte);
    return btoa(text);
  } catch (error) {
    throw new CommandError(`Can't open '${path}': ${message(osError(error, path))}`);
  }
}

/** The networks of a server, with ids for names. */
async function networks(app: App, args: ParsedArgs): Promise<ServerCreate['networks']> {
  const nics = (args.get('nics') ?? []) as Nic[]; // filled by nicOptions only
  const [first] = nics;
  const word = nics.find((nic) => typeof nic === 'string');
  if (first !== undefined && word !== undefined) {
    if (nics.length > 1)
      throw new CommandError(
        'Specifying a --nic of auto or none cannot be used with any other --nic, --network or --port value.',
      );
    await need(
      app,
      '2.37',
      '--os-compute-api-version 2.37 or greater is required to support explicit auto-allocation of a network or to disable network allocation',
    );
    return word;
  }
  if (nics.length === 0) return (await compute(app).supports('2.37')) ? 'auto' : [];
  const list: Record<string, string>[] = [];
  for (const nic of nics) {
    if (typeof nic === 'string') continue;
    if (nic.tag !== undefined)
      await need(
        app,
        '2.43',
        '--os-compute-api-version 2.43 or greater is required to support the --nic tag field',
      );
    const here = await hasEndpoint(app, 'network');
    if (!here && nic['port-id'])
      throw new CommandError("Can't create server with port specified since network endpoint not enabled");
    const find = (kind: 'Network' | 'Port', name: string) =>
      here ? findId(app, kind, name) : novaNetwork(app, name);
    const fixed = nic['v4-fixed-ip'] || nic['v6-fixed-ip'];
    list.push({
      ...(nic['net-id'] && { uuid: await find('Network', nic['net-id']) }),
      ...(nic['port-id'] && { port: await find('Port', nic['port-id']) }),
      ...(fixed && { fixed }), // not the name that Nova has for it; so it is in 7.4.0
      ...(nic.tag !== undefined && { tag: nic.tag }),
    });
  }
  return list;
}

/** A network of Compute's own, as clouds without a Network service had them long ago: openstackclient/api/compute_v2.py. */
async function novaNetwork(app: App, name: string): Promise<string> {
  await compute(app).request(`/os-networks/${encodeURIComponent(name)}`, { microversion: '2.1' });
  return name;
}

async function securityGroups(app: App, args: ParsedArgs): Promise<{ name: string }[] | undefined> {
  if (args.get('security_groups') === undefined || args.get('security_groups') === null) return undefined;
  const groups: { name: string }[] = [];
  for (const name of args.list('security_groups'))
    groups.push({
      name: (await hasEndpoint(app, 'network')) ? await findId(app, 'SecurityGroup', name) : name,
    });
  return groups;
}

async function hintsOf(app: App, args: ParsedArgs): Promise<SchedulerHints | undefined> {
  const given = args.get('hints');
  const lists = given instanceof Map ? (given as Map<string, string[]>) : new Map<string, string[]>(); // filled by keyLists only
  const hints: Record<string, string | string[]> = {};
  for (const [key, values] of lists) hints[key] = values.length === 1 ? (values[0] ?? '') : values;
  const group = args.string('server_group');
  if (group) hints.group = (await compute(app).findServerGroup(group, { ignoreMissing: false })).id;
  return Object.keys(hints).length > 0 ? hints : undefined;
}

function configDrive(args: ParsedArgs): boolean | string | undefined {
  const value = args.get('config_drive');
  if (typeof value !== 'string') return value === true ? true : undefined;
  if (['true', '1'].includes(value.toLowerCase())) return true;
  return ['false', '0', '', 'none'].includes(value.toLowerCase()) ? undefined : value;
}

interface Known {
  name: string;
  imageId: string;
  flavorId: string;
  user_data: string | undefined;
  devices: readonly BlockDevice[];
  /** Whether it boots from the image itself. */
  booted: boolean;
}

/** What is sent, in the order and by the names of the SDK of this release. */
async function serverRecord(
  app: App,
  args: ParsedArgs,
  known: Known,
): Promise<{ server: ServerCreate; hints: SchedulerHints | undefined }> {
  const nets = await networks(app, args);
  const groups = await securityGroups(app, args);
  const hints = await hintsOf(app, args);
  const certs = args.list('trusted_image_certs');
  const text = (dest: string) => args.string(dest) || undefined;
  if (args.list('tags').length > 0) await needFor(app, '2.52', '--tag');
  if (text('host')) await needFor(app, '2.74', '--host');
  if (text('hypervisor_hostname')) await needFor(app, '2.74', '--hypervisor-hostname');
  if (text('hostname')) await needFor(app, '2.90', '--hostname');
  if (certs.length > 0 && !known.booted)
    throw new CommandError(
      '--trusted-image-cert option is only supported for servers booted directly from images',
    );
  if (certs.length > 0) await needFor(app, '2.63', '--trusted-image-cert');
  const properties = args.pairs('properties');
  const fields: Record<string, unknown> = {
    name: known.name,
    imageRef: known.imageId,
    flavorRef: known.flavorId,
    min_count: args.number('min'),
    max_count: args.number('max'),
    description: text('description'),
    availability_zone: text('availability_zone'),
    adminPass: text('password'),
    metadata: properties.length > 0 ? Object.fromEntries(properties) : undefined,
    key_name: text('key_name'),
    user_data: known.user_data,
    security_groups: groups,
    block_device_mapping_v2: known.devices.length > 0 ? known.devices : undefined,
    networks: nets,
    config_drive: configDrive(args),
    tags: args.list('tags').length > 0 ? args.list('tags') : undefined,
    host: text('host'),
    // the SDK of this release sends the names that answers have
    'OS-EXT-SRV-ATTR:hypervisor_hostname': text('hypervisor_hostname'),
    'OS-EXT-SRV-ATTR:hostname': text('hostname'),
    trusted_image_certificates: certs.length > 0 ? certs : undefined,
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { server: given as unknown as ServerCreate & Fields, hints }; // Nova judges the values
}
