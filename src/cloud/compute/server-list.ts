import type { ComputeApi, NovaRequest } from './api';
import { strictBool, unrecognizedBool } from './bool';
import { badRequest, forbidden } from './errors';
import { limitAndMarker, page } from './paging';
import { parseIsoTime } from './schemas/formats';
import { JOINED_TABLES } from './schemas/servers';
import { isStatus, statusOf } from './status';
import type { ServerRecord } from './state';

/** Which servers a list shows: `_get_servers` of nova/api/openstack/compute/servers.py. */
export function listedServers(api: ComputeApi, request: NovaRequest, detail: boolean): ServerRecord[] {
  const options = searchOptions(request);
  for (const name of options.keys())
    if (JOINED_TABLES.includes(name) || name.startsWith('_'))
      throw badRequest(`Invalid filter field: ${name}.`);
  const statuses = request.query.getAll('status').map((status) => status.toUpperCase());
  if (statuses.length > 0 && !statuses.some(isStatus)) {
    if (request.supports(38)) throw badRequest('Invalid status value');
    return [];
  }
  const since = time(options, 'changes-since');
  const before = time(options, 'changes-before');
  if (since !== undefined && before !== undefined && before < since)
    throw badRequest('The value of changes-since must be less than or equal to changes-before.');
  if (statuses.includes('DELETED') && !request.context.isAdmin)
    throw forbidden('Only administrators may list deleted instances');
  const deleted = deletedOption(options, statuses, since ?? before);
  const allTenants = flag(options, 'all_tenants', true);
  const locked = options.has('locked') ? flag(options, 'locked') : undefined;
  if (allTenants) request.enforce('admin', `servers:${detail ? 'detail' : 'index'}:get_all_tenants`);

  const { projectId } = request.context;
  const paging = limitAndMarker(request);
  const found = api.nova.state.servers.filter((server) => {
    const updated = Date.parse(`${server.updated_at}Z`);
    return (
      (allTenants || server.project_id === projectId) &&
      (deleted === undefined || server.deleted === deleted) &&
      (since === undefined || updated >= since) &&
      (before === undefined || updated <= before) &&
      (statuses.length === 0 || statuses.includes(statusOf(server))) &&
      (locked === undefined || (server.locked_by !== null) === locked) &&
      matches(server, options, allTenants)
    );
  });
  return page(sorted(found, request), paging, ({ id }) => id);
}

const EVERYBODYS = [
  'reservation_id',
  'name',
  'status',
  'image',
  'flavor',
  'ip',
  'changes-since',
  'all_tenants',
];
const TAGS = ['tags', 'tags-any', 'not-tags', 'not-tags-any'];
const SINCE_83 = [
  'availability_zone',
  'config_drive',
  'key_name',
  'created_at',
  'launched_at',
  'terminated_at',
  'power_state',
  'task_state',
  'vm_state',
  'progress',
  'user_id',
];
const NO_FILTERS = ['limit', 'marker', 'sort_key', 'sort_dir', 'page_size', 'offset'];

/** What may be searched for; administrators may use every field. */
function searchOptions(request: NovaRequest): Map<string, string> {
  const options = new Map([...request.query].filter(([name]) => !NO_FILTERS.includes(name)));
  if (request.context.isAdmin) return options;
  const known = [
    ...EVERYBODYS,
    ...(request.supports(5) ? ['ip6'] : []),
    ...(request.supports(26) ? TAGS : []),
    ...(request.supports(66) ? ['changes-before'] : []),
    ...(request.supports(73) ? ['locked'] : []),
    ...(request.supports(83) ? SINCE_83 : []),
    ...(request.supports(90) ? ['hostname'] : []),
  ];
  return new Map([...options].filter(([name]) => known.includes(name)));
}

function time(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const value = parseIsoTime(text);
  if (value === undefined) throw badRequest(`Invalid filter field: ${name}.`);
  return value;
}

/** Whether deleted servers are shown, or only these; undefined for both. */
function deletedOption(
  options: ReadonlyMap<string, string>,
  statuses: readonly string[],
  changes: number | undefined,
): boolean | undefined {
  if (statuses.length === 1 && statuses[0] === 'DELETED') return true;
  const text = options.get('deleted');
  if (text !== undefined) return strictBool(text) ?? false;
  return changes === undefined ? false : undefined;
}

/** @throws {@link NovaError} 400. */
function flag(options: ReadonlyMap<string, string>, name: string, whenEmpty = false): boolean {
  const text = options.get(name);
  if (text === undefined) return false;
  if (text === '' && whenEmpty) return true;
  const value = strictBool(text);
  if (value === undefined) throw badRequest(`Invalid input received: ${unrecognizedBool(text)}`);
  return value;
}

type Field = (server: ServerRecord) => string | number | boolean | null;

const FIELDS: Readonly<Record<string, Field>> = {
  user_id: (server) => server.user_id,
  launch_index: (server) => server.launch_index,
  image: (server) => server.image_ref,
  image_ref: (server) => server.image_ref,
  kernel_id: (server) => server.kernel_id,
  ramdisk_id: (server) => server.ramdisk_id,
  hostname: (server) => server.hostname,
  key_name: (server) => server.key_name,
  power_state: (server) => server.power_state,
  vm_state: (server) => server.vm_state,
  task_state: (server) => server.task_state,
  host: (server) => server.host,
  node: (server) => server.node,
  reservation_id: (server) => server.reservation_id,
  launched_at: (server) => server.launched_at,
  terminated_at: (server) => server.terminated_at,
  name: (server) => server.name,
  display_name: (server) => server.name,
  description: (server) => server.description,
  display_description: (server) => server.description,
  locked_by: (server) => server.locked_by,
  uuid: (server) => server.id,
  root_device_name: (server) => server.root_device_name,
  config_drive: (server) => server.config_drive,
  progress: (server) => server.progress,
  availability_zone: (server) => server.pinned_availability_zone,
  created_at: (server) => server.created_at,
  updated_at: (server) => server.updated_at,
  project_id: (server) => server.project_id,
  flavor: (server) => server.flavor.id,
  access_ip_v4: (server) => server.access_ip_v4,
  access_ip_v6: (server) => server.access_ip_v6,
  auto_disk_config: (server) => server.auto_disk_config,
};

/** Fields that are compared as they are; the others with a regular expression, as the database has it. */
const EXACT = [
  'image',
  'image_ref',
  'flavor',
  'vm_state',
  'task_state',
  'uuid',
  'host',
  'user_id',
  'project_id',
  'launch_index',
  'power_state',
  'progress',
  'reservation_id',
];

function matches(server: ServerRecord, options: ReadonlyMap<string, string>, allTenants: boolean): boolean {
  for (const [name, wanted] of options) {
    if (name === 'tenant_id' || name === 'project_id') {
      if (allTenants && server.project_id !== wanted) return false;
      continue;
    }
    if (TAGS.includes(name)) {
      if (!hasTags(server, name, wanted.split(','))) return false;
      continue;
    }
    // no server has an address yet
    if (name === 'ip' || name === 'ip6') return false;
    const field = FIELDS[name];
    if (field === undefined) continue;
    const value = String(field(server) ?? '');
    if (name === 'config_drive') {
      if ((value === 'True') !== (strictBool(wanted) ?? false)) return false;
    } else if (EXACT.includes(name) ? value !== wanted : !contains(value, wanted)) return false;
  }
  return true;
}

/** As MySQL's REGEXP: anywhere in the text, upper case or lower. */
function contains(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'i').test(value);
  } catch {
    return false;
  }
}

function hasTags(server: ServerRecord, option: string, tags: readonly string[]): boolean {
  const has = (tag: string) => server.tags.includes(tag);
  if (option === 'tags') return tags.every(has);
  if (option === 'tags-any') return tags.some(has);
  return option === 'not-tags' ? !tags.every(has) : !tags.some(has);
}

/** The newest first, unless somebody wants it otherwise. */
function sorted(servers: readonly ServerRecord[], request: NovaRequest): ServerRecord[] {
  const keys = request.query.getAll('sort_key').filter((key) => FIELDS[key] !== undefined);
  const dirs = request.query.getAll('sort_dir');
  const orders = [
    ...keys.map((key, i) => ({ key, sign: (dirs[i] ?? dirs.at(-1) ?? 'desc') === 'asc' ? 1 : -1 })),
    ...(keys.includes('created_at')
      ? []
      : [{ key: 'created_at', sign: (dirs[0] ?? 'desc') === 'asc' ? 1 : -1 }]),
  ];
  const byKeys = (a: ServerRecord, b: ServerRecord): number => {
    for (const { key, sign } of orders) {
      const [left, right] = [FIELDS[key]?.(a) ?? '', FIELDS[key]?.(b) ?? ''];
      if (left !== right) return left < right ? -sign : sign;
    }
    return b.number - a.number;
  };
  return [...servers].sort(byKeys);
}
