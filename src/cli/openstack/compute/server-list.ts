/** ListServer of openstackclient/compute/v2/server.py. */
import type { Flavor, ImageQuery } from '../../../client';
import { ArgumentTypeError } from 'argparse';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { DictColumn, FormattableColumn, ListColumn, type Cell } from '../../formatters/columns';
import { repr, type Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand } from '../command';
import { findProject } from '../identity/common';
import { compute, image, need, needFor, userId } from './client';
import { isTime } from '../../../python/iso8601';
import {
  changesBefore,
  changesSince,
  flag,
  limit,
  long,
  many,
  marker,
  opt,
  pair,
  project,
  projectDomain,
  user,
  userDomain,
} from './options';
import { SERVER, type Fields } from './sdk';
import { AddressesColumn, BOOTED_FROM_VOLUME, PowerStateColumn } from './server-detail';

const STATUSES =
  'ACTIVE BUILD DELETED ERROR HARD_REBOOT MIGRATING PASSWORD PAUSED REBOOT REBUILD RESCUE RESIZE REVERT_RESIZE SHELVED SHELVED_OFFLOADED SHUTOFF SOFT_DELETED SUSPENDED VERIFY_RESIZE';
const VM_STATES =
  'active building deleted error paused stopped suspended rescued resized shelved shelved_offloaded soft-delete';
const TASK_STATES =
  'block_device_mapping deleting image_backup image_pending_upload image_snapshot image_snapshot_pending image_uploading migrating networking pausing powering-off powering-on rebooting reboot_pending reboot_started reboot_pending_hard reboot_started_hard rebooting_hard rebuilding rebuild_block_device_mapping rebuild_spawning rescuing resize_confirming resize_finish resize_migrated resize_migrating resize_prep resize_reverting restoring resuming scheduling shelving shelving_image_pending_upload shelving_image_uploading shelving_offloading soft-deleting spawning suspending updating_password unpausing unrescuing unshelving';
const POWER_STATES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 1,
  paused: 3,
  shutdown: 4,
  crashed: 6,
  suspended: 7,
};

/** An option that takes one of some words. */
const oneOf = (name: string, help: string, words: string): ArgumentSpec =>
  opt(name, help, name === 'status' ? 'status' : 'state', {
    choices: words.split(' '),
  });

/** The parameters that the SDK knows, in its order. */
const ORDER =
  'limit marker availability_zone flavor image key_name locked name power_state progress project_id reservation_id status task_state user_id vm_state config_drive deleted host ip ip6 changes-since changes-before all_tenants tags not-tags'.split(
    ' ',
  );

/** A column of the list: what it shows of a server. */
type Column = readonly [header: string, field: string];

/** Columns that come when `-c` asks for them. */
const ON_REQUEST: readonly (readonly [names: readonly string[], column: Column])[] = [
  [
    ['Project ID', 'project_id'],
    ['Project ID', 'project_id'],
  ],
  [
    ['User ID', 'user_id'],
    ['User ID', 'user_id'],
  ],
  [
    ['Created At', 'created_at'],
    ['Created At', 'created_at'],
  ],
  [
    ['Security Groups', 'security_groups'],
    ['Security Groups', 'security_groups_name'],
  ],
  [
    ['Task State', 'task_state'],
    ['Task State', 'task_state'],
  ],
  [
    ['Power State', 'power_state'],
    ['Power State', 'power_state'],
  ],
  [
    ['Image ID', 'image_id'],
    ['Image ID', 'Image ID'],
  ],
  [
    ['Flavor ID', 'flavor_id'],
    ['Flavor ID', 'flavor_id'],
  ],
  [
    ['Availability Zone', 'availability_zone'],
    ['Availability Zone', 'availability_zone'],
  ],
  [
    ['pinned_availability_zone', 'Pinned Availability Zone'],
    ['Pinned Availability Zone', 'Pinned Availability Zone'],
  ],
  [
    ['Host', 'host'],
    ['Host', 'hypervisor_hostname'],
  ],
  [
    ['Properties', 'properties'],
    ['Properties', 'Metadata'],
  ],
];

class HostColumn extends FormattableColumn {
  override humanReadable(): Value {
    return this.value ?? '';
  }
}

/** `openstack server list` */
export const listServer: ListerCommand = {
  name: 'server list',
  upstream: 'openstackclient.compute.v2.server.ListServer',
  kind: 'lister',
  description: 'List servers',
  arguments: [
    opt('reservation-id', 'Servers that were made by one request only'),
    opt('ip', 'Servers whose IPv4 address matches only', 'ip-address-regex'),
    opt('ip6', 'Servers whose IPv6 address matches only', 'ip-address-regex'),
    opt('name', 'Servers whose name matches only', 'name-regex'),
    opt('instance-name', 'Servers of this name on their host only; administrators may ask for this', 'server-name'),
    oneOf('status', `Servers of this status only: ${STATUSES.replaceAll(' ', ', ')}`, STATUSES),
    opt('flavor', 'Servers of this flavor only (name or ID)'),
    opt('image', 'Servers that booted this image only (name or ID)'),
    opt('host', 'Servers on this host only; administrators may ask for this', 'hostname'),
    flag('all-projects', 'Servers of all projects; administrators may ask for this', { default: false }),
    project('Servers of this project only; administrators may ask for this (name or ID)'),
    projectDomain,
    user('Servers of this user only (name or ID)'),
    userDomain,
    flag('deleted', 'Deleted servers only; administrators may ask for this', { default: false }),
    { names: ['--availability-zone'], default: null, help: 'Servers in this zone only' },
    { names: ['--key-name'], help: 'Servers with this key pair only' },
    ...pair(
      'has_config_drive',
      ['config-drive', 'Servers with a config drive only'],
      ['no-config-drive', 'Servers without a config drive only'],
      { exclusive: 'drive' },
    ),
    { names: ['--progress'], action: 'fold', fold: percent, default: null, help: 'Servers that are so far only, in percent' },
    oneOf('vm-state', `Servers in this state only: ${VM_STATES.replaceAll(' ', ', ')}`, VM_STATES),
    oneOf('task-state', `Servers to which this is being done only: ${TASK_STATES.replaceAll(' ', ', ')}`, TASK_STATES),
    oneOf('power-state', `Servers in this state of power only: ${Object.keys(POWER_STATES).join(', ')}`, Object.keys(POWER_STATES).join(' ')),
    { ...long, default: false },
    { names: ['-n', '--no-name-lookup'], action: 'store_true', default: false, exclusive: 'lookup', help: 'IDs of images and flavors instead of their names' },
    flag('name-lookup-one-by-one', 'Ask for each name of an image or flavor by itself, which is slow', { default: false, exclusive: 'lookup' }),
    limit,
    { ...marker('name or ID'), default: null },
    changesBefore,
    changesSince,
    flag('locked', 'Locked servers only', { default: false, exclusive: 'locked' }),
    flag('unlocked', 'Servers without a lock only', { default: false, exclusive: 'locked' }),
    many('tags', 'Servers with this tag only', 'tag'),
    many('not-tags', 'Servers without this tag only', 'tag'),
  ], // prettier-ignore
  async run(app, args) {
    const client = compute(app);
    const images = await image(app);
    const { query, filters } = await search(app, args);
    const columns = await columnsOf(app, args);
    const after = args.string('marker');
    if (after !== undefined)
      query.marker = args.flag('deleted')
        ? after
        : (await client.findServer(after, { ignoreMissing: false })).id;
    const list: { fields: Fields; names: Fields }[] = [];
    const sorted = Object.fromEntries(ORDER.filter((key) => key in query).map((key) => [key, query[key]]));
    for await (const one of client.servers(sorted, { paginated: query.limit === undefined })) {
      const fields = SERVER(one);
      if (Object.entries(filters).every(([name, value]) => fields[name] === value))
        list.push({ fields, names: {} });
    }
    const known = await lookUp(
      app,
      args,
      list.map(({ fields }) => fields),
      images,
    );
    const modern = await client.supports('2.47');
    for (const { fields, names } of list) {
      const imageId = idIn(fields.image);
      if (imageId !== undefined) {
        if (known.images.has(imageId)) names.image_name = known.images.get(imageId) ?? null;
        names.image_id = imageId;
      } else {
        names.image_name = BOOTED_FROM_VOLUME;
        names.image_id = BOOTED_FROM_VOLUME;
      }
      const flavor = (fields.flavor ?? {}) as Fields; // a table of its own in sdk.ts
      if (modern) names.flavor_name = flavor.original_name ?? null;
      else {
        const id = String(flavor.id);
        if (known.flavors.has(id)) names.flavor_name = known.flavors.get(id) ?? null;
        names.flavor_id = id;
      }
      const groups = fields.security_groups as { name: string }[] | null; // JSON of the API
      names.security_groups_name = (groups ?? []).map(({ name }) => name);
    }
    if (
      args.flag('long') &&
      (await client.supports('2.16')) &&
      list.some(({ fields }) => fields.host_status !== null)
    )
      columns.push(['Host Status', 'host_status']);
    return {
      columns: columns.map(([header]) => header),
      rows: list.map(({ fields, names }) =>
        columns.map(([, field]) => cell({ flavor_id: null, image_id: null, ...fields, ...names }, field)),
      ),
    };
  },
};

/** `PercentAction` */
function percent(_before: unknown, word: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(word))
    throw new CommandError(`invalid literal for int() with base 10: ${repr(word)}`);
  if (Number(word) <= 0 || Number(word) > 100) throw new ArgumentTypeError('Must be between 0 and 100');
  return Number(word);
}

function cell(fields: Fields, field: string): Cell {
  const name = field.toLowerCase().replace(' ', '_');
  const known = field === 'pinned_availability_zone' ? 'pinned_availability_zone' : name.replaceAll(' ', '_');
  const value = known in fields ? (fields[known] ?? null) : '';
  switch (field) {
    case 'power_state':
      return new PowerStateColumn(value);
    case 'addresses':
      return new AddressesColumn(value);
    case 'metadata':
      return new DictColumn(value as Fields); // sdk.ts makes it one
    case 'security_groups_name':
      return new ListColumn(value as Value[]); // made above
    case 'hypervisor_hostname':
      return new HostColumn(value);
    default:
      return value;
  }
}

function idIn(thing: Value | undefined): string | undefined {
  const id = typeof thing === 'object' && thing !== null && 'id' in thing ? thing.id : null;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

type Search = Record<string, string | number | boolean | null | undefined>;

/** What to ask the API for, and what to look for in its answer. The SDK names much that was not given, too. */
async function search(app: App, args: ParsedArgs): Promise<{ query: Search; filters: Fields }> {
  const text = (dest: string): string | null => args.string(dest) ?? null;
  const owner = args.string('project');
  const project_id = owner ? await findProject(app, owner, args.string('project_domain')) : null;
  const name = args.string('user');
  const user_id = name ? await userId(app, name, args.string('user_domain')) : null;
  const [flavor, from] = [args.string('flavor'), args.string('image')];
  const query: Search = {
    flavor: flavor ? (await compute(app).findFlavor(flavor, { ignoreMissing: false })).id : null,
    image: from ? (await app.connection.image.findImage(from, { ignoreMissing: false })).id : null,
    reservation_id: text('reservation_id'),
    ip: text('ip'),
    ip6: text('ip6'),
    name: text('name'),
    status: text('status'),
    host: text('host'),
    project_id,
    user_id,
    deleted: args.flag('deleted'),
    'changes-before': text('changes_before'),
    'changes-since': text('changes_since'),
    ...((args.flag('all_projects') || owner) && { all_tenants: true }),
  };
  const filters: Record<string, Value> = {};
  for (const key of ['availability_zone', 'key_name', 'vm_state', 'task_state']) {
    const value = args.string(key);
    if (value) query[key] = value;
  }
  const instance = args.string('instance_name');
  if (instance !== undefined) filters.instance_name = instance; // the API does not know it
  const drive = args.choice('has_config_drive');
  // the SDK looks again at what the API has chosen already, and takes a text for no boolean: nothing is left
  if (drive !== undefined) filters.config_drive = query.config_drive = drive;
  if (args.number('progress') !== undefined) query.progress = String(args.number('progress'));
  const power = POWER_STATES[args.string('power_state') ?? ''];
  if (power !== undefined) query.power_state = power;
  if (args.list('tags').length > 0) {
    await needFor(app, '2.26', '--tag');
    query.tags = args.list('tags').join(',');
  }
  if (args.list('not_tags').length > 0) {
    await needFor(app, '2.26', '--not-tag');
    query['not-tags'] = args.list('not_tags').join(',');
  }
  for (const option of ['locked', 'unlocked']) {
    if (!args.flag(option)) continue;
    await needFor(app, '2.73', `--${option}`);
    query.locked = option === 'locked';
  }
  const count = args.number('limit');
  if (count !== undefined) query.limit = count;
  const before = args.string('changes_before');
  if (before) {
    await need(app, '2.66', '--os-compute-api-version 2.66 or later is required');
    if (!isTime(before)) throw new CommandError(`Invalid changes-before value: ${before}`);
  }
  const since = args.string('changes_since');
  if (since && !isTime(since)) throw new CommandError(`Invalid changes-since value: ${since}`);
  return { query, filters };
}

async function columnsOf(app: App, args: ParsedArgs): Promise<Column[]> {
  const more = args.flag('long');
  const lookup = !args.flag('no_name_lookup');
  const columns: Column[] = [
    ['ID', 'id'],
    ['Name', 'name'],
    ['Status', 'status'],
  ];
  if (more) columns.push(['Task State', 'task_state'], ['Power State', 'power_state']);
  columns.push(['Networks', 'addresses']);
  if (more) columns.push(['Image Name', 'image_name'], ['Image ID', 'image_id']);
  else columns.push(['Image', lookup ? 'image_name' : 'image_id']);
  if (await compute(app).supports('2.47')) columns.push(['Flavor', 'flavor_name']);
  else if (more) columns.push(['Flavor Name', 'flavor_name'], ['Flavor ID', 'flavor_id']);
  else columns.push(['Flavor', lookup ? 'flavor_name' : 'flavor_id']);
  if (more)
    columns.push(
      ['Availability Zone', 'availability_zone'],
      ['Pinned Availability Zone', 'pinned_availability_zone'],
      ['Host', 'hypervisor_hostname'],
      ['Properties', 'metadata'],
    );
  for (const asked of args.list('columns')) {
    const found = ON_REQUEST.find(([names]) => names.includes(asked));
    if (found) columns.push(found[1]);
  }
  if (args.list('columns').length === 0) return columns;
  const headers = [...new Set(columns.map(([header]) => header))];
  const fields = [...new Set(columns.map(([, field]) => field))];
  return headers.map((header, index) => [header, fields[index] ?? '']);
}

interface Known {
  images: Map<string, string | null>;
  flavors: Map<string, string>;
}

/** The names of images and flavors by their ids; who may not look them up goes without. */
async function lookUp(
  app: App,
  args: ParsedArgs,
  servers: readonly Fields[],
  client: Awaited<ReturnType<typeof image>>,
): Promise<Known> {
  const known: Known = { images: new Map(), flavors: new Map() };
  if (servers.length === 0 || args.flag('no_name_lookup')) return known;
  const each = args.flag('name_lookup_one_by_one');
  const ids = new Set(servers.flatMap((one) => idIn(one.image) ?? []));
  const silently = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch {
      // then there is no name
    }
  };
  if (each || args.string('image')) {
    for (const id of ids)
      await silently(async () => void known.images.set(id, (await client.getImage(id)).name));
  } else {
    await silently(async () => {
      const query = { id: `in:${[...ids].join(',')}` } as ImageQuery; // a filter of Glance's that the types leave out
      for await (const one of client.images(query)) known.images.set(one.id, one.name);
    });
  }
  if (each || args.string('flavor')) {
    for (const id of new Set(servers.flatMap((one) => idIn(one.flavor) ?? [])))
      await silently(async () => {
        known.flavors.set(id, (await compute(app).findFlavor(id, { ignoreMissing: false })).name);
      });
  } else {
    await silently(async () => {
      for await (const one of compute(app).flavors() as AsyncIterable<Flavor>)
        known.flavors.set(one.id, one.name);
    });
  }
  return known;
}
