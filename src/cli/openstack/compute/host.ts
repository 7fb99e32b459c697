/** Commands of openstackclient/compute/v2/host.py: an API that has been deprecated since 2016. */
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';
import { compute } from './client';
import { arg, flag, opt } from './options';
import { row, type Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.host';

async function hosts(app: App, path: string, key: string, instead: string): Promise<Fields[]> {
  app.log('warning', `API has been deprecated; consider using '${instead}' instead.`);
  const response = await compute(app).request(path, { microversion: '2.1' });
  return ((await response.json()) as Record<string, Fields[]>)[key] ?? []; // the API's contract
}

/** `openstack host list` */
export const listHost: ListerCommand = {
  name: 'host list',
  upstream: `${upstream}.ListHost`,
  kind: 'lister',
  description: 'DEPRECATED: List hosts. Use hypervisor list',
  arguments: [opt('zone', 'Hosts of this availability zone only')],
  async run(app, args) {
    const all = await hosts(app, '/os-hosts', 'hosts', 'hypervisor list');
    const zone = args.string('zone');
    return {
      columns: ['Host Name', 'Service', 'Zone'],
      rows: all
        .filter((one) => zone === undefined || one.zone === zone)
        .map((one) => row(one, ['host_name', 'service', 'zone'])),
    };
  },
};

/** `openstack host set` */
export const setHost: PlainCommand = {
  name: 'host set',
  upstream: `${upstream}.SetHost`,
  kind: 'command',
  description: 'DEPRECATED: Change a host. Use compute service set',
  arguments: [
    arg('host', 'Host to change (name)'),
    flag('enable', 'Let the scheduler choose it', { exclusive: 'enable' }),
    flag('disable', 'Keep new servers away from it', { exclusive: 'enable' }),
    flag('enable-maintenance', 'Begin maintenance', { exclusive: 'maintenance' }),
    flag('disable-maintenance', 'End maintenance', { exclusive: 'maintenance' }),
  ],
  async run(app, args) {
    app.log('warning', "API has been deprecated; consider using 'compute service set' instead.");
    const status = args.flag('disable') ? 'disable' : args.flag('enable') ? 'enable' : undefined;
    const maintenance_mode = args.flag('disable_maintenance')
      ? 'disable'
      : args.flag('enable_maintenance')
        ? 'enable'
        : undefined;
    if (status === undefined && maintenance_mode === undefined) return;
    await compute(app).request(`/os-hosts/${encodeURIComponent(args.string('host') ?? '')}`, {
      method: 'PUT',
      json: { ...(status && { status }), ...(maintenance_mode && { maintenance_mode }) },
      microversion: '2.1',
    });
  },
};

/** `openstack host show` */
export const showHost: ListerCommand = {
  name: 'host show',
  upstream: `${upstream}.ShowHost`,
  kind: 'lister',
  description: 'DEPRECATED: Show a host. Use hypervisor show',
  arguments: [arg('host', 'Host to show (name)')],
  async run(app, args) {
    const path = `/os-hosts/${encodeURIComponent(args.string('host') ?? '')}`;
    const found = await hosts(app, path, 'host', 'hypervisor show');
    const resources = found.map(({ resource }) => {
      if (resource === undefined) throw new CommandError("'resource'");
      return resource as Fields; // the API's contract
    });
    return {
      columns: ['Host', 'Project', 'CPU', 'Memory MB', 'Disk GB'],
      rows: resources.map((one) => row(one, ['host', 'project', 'cpu', 'memory_mb', 'disk_gb'])),
    };
  },
};
