/** Commands of openstackclient/common/quota.py, which speak to three services. */
import {
  BadRequestException,
  ForbiddenException,
  NETWORK_KINDS,
  NotFoundException,
  type RequestOptions,
} from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { message } from '../../messages';
import type { Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';
import { network as networkClient } from '../network/sdk';
import { compute, hasEndpoint, request } from './client';
import { arg, flag, num, opt } from './options';
import { resource, row, type Fields } from './sdk';

/** Quotas by the API's names, and by those of the options. */
const COMPUTE = {
  cores: 'cores', injected_file_content_bytes: 'injected-file-size', injected_file_path_bytes: 'injected-path-size',
  injected_files: 'injected-files', instances: 'instances', key_pairs: 'key-pairs', metadata_items: 'properties',
  ram: 'ram', server_group_members: 'server-group-members', server_groups: 'server-groups',
}; // prettier-ignore
const VOLUME = {
  backups: 'backups', backup_gigabytes: 'backup-gigabytes', gigabytes: 'gigabytes',
  per_volume_gigabytes: 'per-volume-gigabytes', snapshots: 'snapshots', volumes: 'volumes',
}; // prettier-ignore
const NETWORK = {
  floatingip: 'floating-ips', security_group_rule: 'secgroup-rules', security_group: 'secgroups', network: 'networks',
  subnet: 'subnets', port: 'ports', router: 'routers', rbac_policy: 'rbac-policies', subnetpool: 'subnetpools',
}; // prettier-ignore
const OTHER = {
  fixed_ips: 'fixed-ips', floating_ips: 'floating-ips', security_group_rules: 'secgroup-rules',
  security_groups: 'secgroups',
}; // prettier-ignore

type Service = 'compute' | 'volume' | 'network';

/** One of the three; the last that was given counts. */
const serviceOption = (
  name: 'all' | Service,
  help: string,
  more: Partial<ArgumentSpec> = {},
): ArgumentSpec => ({
  names: [`--${name}`],
  action: 'store_const',
  const: name,
  dest: 'service',
  default: 'all',
  help,
  ...more,
});

async function projectOf(app: App, args: ParsedArgs): Promise<string> {
  const name = args.string('project');
  if (name === undefined) return (await app.connection.session.getAccess()).projectId ?? '';
  return (await app.connection.identity.findProject(name, { ignoreMissing: false })).id;
}

/** The path of a project's quotas at the Volume service. */
const volumeQuotas = (project: string) => `/os-quota-sets/${encodeURIComponent(project)}`;

/** Quotas of one service, by the SDK's names and in its order. */
interface Quotas {
  limit: Fields;
  usage: Fields;
  reservation: Fields;
}

const COMPUTE_SET = resource(
  `cores fixed_ips floating_ips force injected_file_content_bytes injected_file_path_bytes injected_files instances
  key_pairs metadata_items networks ram security_group_rules security_groups server_groups server_group_members id name
  location`,
);
const VOLUME_SET = resource(
  'backup_gigabytes backups gigabytes groups per_volume_gigabytes snapshots volumes id name location',
);

/** Quotas out of JSON, where each is a number or tells what is used as well. */
function quotas(set: Fields, table: (wire: object) => Fields): Quotas {
  const found: Quotas = { limit: {}, usage: {}, reservation: {} };
  for (const [name, value] of Object.entries(set)) {
    if (typeof value !== 'object' || value === null) found.limit[name] = value;
    else {
      const { limit = null, in_use = null, reserved = null } = value as Fields; // JSON of the API
      found.limit[name] = limit;
      found.usage[name] = in_use;
      found.reservation[name] = reserved;
    }
  }
  // what came stands before what did not
  found.limit = { ...found.limit, ...table(found.limit) };
  return found;
}

async function computeQuotas(app: App, project: string, which?: 'defaults' | 'detail'): Promise<Quotas> {
  return quotas((await compute(app).quotaSet(project, which)) as Fields, COMPUTE_SET); // JSON of the API
}

async function volumeRequest(app: App, path: string, options?: RequestOptions): Promise<Fields> {
  const body = await request(app, 'block-storage', path, options);
  return body.quota_set as Fields; // the API's contract
}

async function volumeSet(app: App, project: string, which?: 'defaults' | 'detail'): Promise<Quotas> {
  const path = which === 'defaults' ? '/os-quota-sets/defaults' : volumeQuotas(project);
  const usage = which === 'detail' ? 'True' : 'False';
  return quotas(await volumeRequest(app, path, which === 'defaults' ? {} : { query: { usage } }), VOLUME_SET);
}

/** Network calls quotas by what they count, and the SDK in the plural. */
const PLURAL: Readonly<Record<string, string>> = {
  floatingip: 'floating_ips', network: 'networks', port: 'ports', rbac_policy: 'rbac_policies', router: 'routers',
  subnet: 'subnets', subnetpool: 'subnet_pools', security_group_rule: 'security_group_rules',
  security_group: 'security_groups',
}; // prettier-ignore

async function networkSet(app: App, project: string, which?: 'default' | 'details'): Promise<Fields> {
  const id = which === undefined ? project : `${project}/${which}`;
  const set = await networkClient(app).get<Fields>(NETWORK_KINDS.Quota, id);
  const entries = Object.entries(PLURAL).map(([wire, name]) => [name, inUse(set[wire] ?? null)] as const);
  // the SDK takes it for a quota
  if (which !== undefined) entries.splice(which === 'details' ? 2 : 0, 0, ['project', project]);
  return Object.fromEntries(entries);
}

/** The client calls what is used as the other services do, and puts it last. */
function inUse(value: Value): Value {
  if (typeof value !== 'object' || value === null || !('used' in value)) return value;
  const { used, ...rest } = value as Fields; // JSON of the API
  return { ...rest, in_use: used ?? null };
}

/** `openstack quota list` */
export const listQuota: ListerCommand = {
  name: 'quota list',
  upstream: 'openstackclient.common.quota.ListQuota',
  kind: 'lister',
  description: 'List the projects whose quotas are not the default ones',
  arguments: (['compute', 'volume', 'network'] as const).map((name) =>
    flag(name, `Quotas of ${name}`, { default: false, exclusive: 'service', exclusiveRequired: true }),
  ),
  async run(app, args) {
    const projects = await app.connection.identity.projects();
    const service = (['compute', 'volume', 'network'] as const).find((name) => args.flag(name)) ?? 'compute';
    const names = LISTED[service];
    const rows: ReturnType<typeof row>[] = [];
    for (const { id } of projects) {
      const of = (defaults: boolean): Promise<Fields> => limitsOf(app, service, id, defaults);
      let own: Fields;
      try {
        own = await of(false);
      } catch (error) {
        const refused = error instanceof ForbiddenException || error instanceof NotFoundException;
        if (!refused && !(service === 'compute' && error instanceof BadRequestException)) throw error;
        app.log('warning', `Project ${id} not found: ${message(error)}`);
        continue;
      }
      const standard = await of(true);
      if (names.some(([, name]) => own[name] !== standard[name]))
        rows.push([id, ...names.map(([, name]) => own[name] ?? null)]);
    }
    return { columns: ['Project ID', ...names.map(([header]) => header)], rows };
  },
};

const LISTED: Readonly<Record<Service, readonly (readonly [header: string, name: string])[]>> = {
  compute: [
    ['Cores', 'cores'], ['Injected Files', 'injected_files'],
    ['Injected File Content Bytes', 'injected_file_content_bytes'],
    ['Injected File Path Bytes', 'injected_file_path_bytes'], ['Instances', 'instances'], ['Key Pairs', 'key_pairs'],
    ['Metadata Items', 'metadata_items'], ['Ram', 'ram'], ['Server Groups', 'server_groups'],
    ['Server Group Members', 'server_group_members'],
  ],
  volume: [
    ['Backups', 'backups'], ['Backup Gigabytes', 'backup_gigabytes'], ['Gigabytes', 'gigabytes'],
    ['Per Volume Gigabytes', 'per_volume_gigabytes'], ['Snapshots', 'snapshots'], ['Volumes', 'volumes'],
  ],
  network: [
    ['Floating IPs', 'floating_ips'], ['Networks', 'networks'], ['Ports', 'ports'], ['RBAC Policies', 'rbac_policies'],
    ['Routers', 'routers'], ['Security Groups', 'security_groups'], ['Security Group Rules', 'security_group_rules'],
    ['Subnets', 'subnets'], ['Subnet Pools', 'subnet_pools'],
  ],
}; // prettier-ignore

async function limitsOf(app: App, service: Service, project: string, defaults: boolean): Promise<Fields> {
  if (service === 'network') return networkSet(app, project, defaults ? 'default' : undefined);
  const which = defaults ? 'defaults' : undefined;
  return (await (service === 'compute' ? computeQuotas : volumeSet)(app, project, which)).limit;
}

/** `openstack quota show` */
export const showQuota: ListerCommand = {
  name: 'quota show',
  upstream: 'openstackclient.common.quota.ShowQuota',
  kind: 'lister',
  description: 'Show the quotas of a project',
  arguments: [
    arg('project', 'Project to look at (name or ID; default: your own)', { nargs: '?' }),
    flag('default', 'What new projects get', { default: false, exclusive: 'what' }),
    flag('usage', 'What is used as well', { default: false, exclusive: 'what' }),
    serviceOption('all', 'Quotas of all services (default)', { exclusive: 'service' }),
    serviceOption('compute', 'Quotas of Compute only', { exclusive: 'service' }),
    serviceOption('volume', 'Quotas of Volume only', { exclusive: 'service' }),
    serviceOption('network', 'Quotas of Network only', { exclusive: 'service' }),
  ],
  async run(app, args) {
    const project = await projectOf(app, args);
    const service = args.string('service');
    const wants = (name: Service): boolean => service === 'all' || service === name;
    const which = args.flag('default') ? 'defaults' : args.flag('usage') ? 'detail' : undefined;
    const info: Fields = {};
    const used: Fields = {};
    const reserved: Fields = {};
    const merge = ({ limit, usage, reservation }: Quotas, first: boolean): void => {
      Object.assign(info, limit);
      // those of the last service stand for all
      if (!first) for (const old of [used, reserved]) for (const key of Object.keys(old)) delete old[key];
      Object.assign(used, usage);
      Object.assign(reserved, reservation);
    };
    if (wants('compute') && (await hasEndpoint(app, 'compute')))
      merge(await computeQuotas(app, project, which), true);
    if (wants('volume') && (await hasEndpoint(app, 'block-storage')))
      merge(await volumeSet(app, project, which), false);
    if (wants('network') && (await hasEndpoint(app, 'network'))) {
      const details = which === 'detail' ? 'details' : which === 'defaults' ? 'default' : undefined;
      const set = await networkSet(app, project, details);
      for (const [name, value] of Object.entries(set)) if (value !== null) info[name] = value;
    }
    if (args.flag('usage') && service === 'network') throw new CommandError("'usage'"); // a KeyError of the real client
    const fields = renamed(info);
    for (const key of ['id', 'location', 'name', 'force']) delete fields[key];
    if (!args.flag('usage'))
      return {
        columns: ['Resource', 'Limit'],
        rows: Object.entries(fields).map(([name, limit]) => [name, limit]),
      };
    return {
      columns: ['Resource', 'Limit', 'In Use', 'Reserved'],
      rows: Object.entries(fields).map(([name, limit]) => [
        name,
        limit || 0,
        used[name] ?? 0,
        reserved[name] ?? 0,
      ]),
    };
  },
};

/** Under the options' names, which come last. */
function renamed(info: Fields): Record<string, Value> {
  const fields: Record<string, Value> = { ...info };
  for (const [name, option] of [COMPUTE, OTHER, VOLUME, NETWORK].flatMap((names) => Object.entries(names))) {
    if (name === option || fields[name] === null || fields[name] === undefined) continue;
    const value = fields[name];
    delete fields[name];
    fields[option] = value;
  }
  return fields;
}

const limits = (names: Readonly<Record<string, string>>): ArgumentSpec[] =>
  Object.entries(names).map(([dest, name]) => num(name, `New quota of ${name}`, name, { dest }));

/** `openstack quota set` */
export const setQuota: PlainCommand = {
  name: 'quota set',
  upstream: 'openstackclient.common.quota.SetQuota',
  kind: 'command',
  description: 'Change the quotas of a project',
  arguments: [
    arg('project', 'Project (name or ID; default: your own)', { nargs: '?', metavar: '<project/class>' }),
    flag('class', 'Deprecated: use --default', { dest: 'quota_class', default: false, exclusive: 'what' }),
    flag('default', 'What new projects get', { default: false, exclusive: 'what' }),
    ...limits(COMPUTE),
    ...limits(VOLUME),
    ...limits(NETWORK),
    opt('volume-type', 'Quotas of gigabytes, snapshots and volumes for this type of volume only'),
    flag('force', 'Even if more is in use', { default: false, exclusive: 'force' }),
    flag('no-force', 'Not below what is in use (default)', { dest: 'force', action: 'store_false', default: false, exclusive: 'force' }),
    flag('check-limit', '', { dest: 'force', action: 'store_false', default: false, exclusive: 'force', hidden: true }),
  ], // prettier-ignore
  async run(app, args) {
    if (args.flag('quota_class'))
      app.log(
        'warning',
        "The '--class' option has been deprecated. Quota classes were never fully implemented and the compute and volume services only support a single 'default' quota class while the network service does not support quota classes at all. Please use 'openstack quota set --default' instead.",
      );
    const defaults = args.flag('quota_class') || args.flag('default');
    if (defaults && args.flag('force'))
      throw new CommandError('--force cannot be used with --class or --default');
    const given = (names: Readonly<Record<string, string>>): Record<string, number> =>
      Object.fromEntries(
        Object.keys(names).flatMap((dest) => {
          const value = args.number(dest);
          return value === undefined ? [] : [[dest, value] as const];
        }),
      );
    const own = given(COMPUTE);
    const type = args.string('volume_type');
    const typed = ['gigabytes', 'snapshots', 'volumes'];
    const volume = Object.fromEntries(
      Object.entries(given(VOLUME)).map(([name, value]) => [
        type && typed.includes(name) ? `${name}_${type}` : name,
        value,
      ]),
    );
    const network = (await hasEndpoint(app, 'network')) ? given(NETWORK) : {};
    const some = (set: object): boolean => Object.keys(set).length > 0;
    const volumes = some(volume) && (await hasEndpoint(app, 'block-storage'));
    if (defaults) {
      const name = args.string('project') || 'default';
      if (some(own)) await compute(app).updateQuotaClassSet(name, own);
      if (volumes)
        await request(app, 'block-storage', `/os-quota-class-sets/${encodeURIComponent(name)}`, {
          method: 'PUT',
          json: { quota_class_set: volume },
        });
      if (some(network))
        app.output.error('Network quotas are ignored since quota classes are not supported.');
      return;
    }
    const project = await projectOf(app, args);
    const force = args.flag('force') ? { force: true } : {};
    if (some(own)) await compute(app).updateQuotaSet(project, { ...own, ...force });
    if (volumes)
      await volumeRequest(app, volumeQuotas(project), { method: 'PUT', json: { quota_set: volume } });
    if (some(network))
      await networkClient(app).update(NETWORK_KINDS.Quota, project, {
        ...network,
        ...(args.flag('force') ? { force: true } : { check_limit: true }),
      });
  },
};

/** `openstack quota delete` */
export const deleteQuota: PlainCommand = {
  name: 'quota delete',
  upstream: 'openstackclient.common.quota.DeleteQuota',
  kind: 'command',
  description: 'Give a project the default quotas again',
  arguments: [
    arg('project', 'Project (name or ID)'),
    serviceOption('all', 'Quotas of all services (default)', { exclusive: 'service' }),
    serviceOption('compute', 'Quotas of Compute only', { exclusive: 'service' }),
    serviceOption('volume', 'Quotas of Volume only', { exclusive: 'service' }),
    serviceOption('network', 'Quotas of Network only', { exclusive: 'service' }),
  ],
  async run(app, args) {
    const { id } = await app.connection.identity.findProject(args.string('project') ?? '', {
      ignoreMissing: false,
    });
    const service = args.string('service');
    const wants = (name: Service): boolean => service === 'all' || service === name;
    if (wants('compute')) await compute(app).revertQuotaSet(id);
    if (wants('volume') && (await hasEndpoint(app, 'block-storage')))
      await request(app, 'block-storage', volumeQuotas(id), { method: 'DELETE' });
    if (wants('network') && (await hasEndpoint(app, 'network')))
      await networkClient(app)
        .deleteQuota(id)
        .catch((error: unknown) => {
          // the SDK does not mind that there is nothing to delete
          if (!(error instanceof NotFoundException)) throw error;
        });
  },
};
