/** Commands of openstackclient/compute/v2/hypervisor.py and hypervisor_stats.py. */
import { HttpException, type Hypervisor } from '../../../client';
import { CommandError } from '../../errors';
import { DictColumn } from '../../formatters/columns';
import type { Value } from '../../python';
import type { ListerCommand, ShowOneCommand } from '../command';
import { compute, needFor } from './client';
import { arg, flag, limit, marker, opt } from './options';
import { HYPERVISOR, row, shown, type Fields } from './sdk';

/** Sizes, which the API tells before 2.88 only. */
const SIZES = {
  disk_available: 'disk_available_least',
  local_disk_free: 'free_disk_gb',
  local_disk_size: 'local_gb',
  local_disk_used: 'local_gb_used',
  memory_free: 'free_ram_mb',
  memory_used: 'memory_mb_used',
  memory_size: 'memory_mb',
};

/** `openstack hypervisor list` */
export const listHypervisor: ListerCommand = {
  name: 'hypervisor list',
  upstream: 'openstackclient.compute.v2.hypervisor.ListHypervisor',
  kind: 'lister',
  description: 'List the hypervisors',
  arguments: [
    opt('matching', 'Hypervisors with this in their host name only', 'hostname'),
    limit,
    marker('ID'),
    flag('long', 'More columns, before 2.88'),
  ],
  async run(app, args) {
    const client = compute(app);
    const [matching, after, count] = [args.string('matching'), args.string('marker'), args.number('limit')];
    if (matching && (after || count))
      throw new CommandError('--matching is not compatible with --marker or --limit');
    if (after) await needFor(app, '2.33', '--marker');
    if (count) await needFor(app, '2.33', '--limit');
    const sizes = args.flag('long') && !(await client.supports('2.88'));
    const hypervisors: Hypervisor[] = [];
    for await (const one of client.hypervisors({
      ...(count && { limit: count }),
      ...(after && { marker: after }),
      ...(matching && { hypervisor_hostname_pattern: matching }),
    }))
      hypervisors.push(one);
    return {
      columns: [
        'ID',
        'Hypervisor Hostname',
        'Hypervisor Type',
        'Host IP',
        'State',
        ...(sizes ? ['vCPUs Used', 'vCPUs', 'Memory MB Used', 'Memory MB'] : []),
      ],
      rows: hypervisors.map((one) =>
        row(HYPERVISOR(one), [
          'id',
          'name',
          'hypervisor_type',
          'host_ip',
          'state',
          ...(sizes ? ['vcpus_used', 'vcpus', 'memory_used', 'memory_size'] : []),
        ]),
      ),
    };
  },
};

/** `openstack hypervisor show` */
export const showHypervisor: ShowOneCommand = {
  name: 'hypervisor show',
  upstream: 'openstackclient.compute.v2.hypervisor.ShowHypervisor',
  kind: 'show',
  description: 'Show a hypervisor',
  arguments: [arg('hypervisor', 'Hypervisor to show (name or ID)')],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findHypervisor(args.string('hypervisor') ?? '', { ignoreMissing: false });
    const one = await client.getHypervisor(id);
    const { service_details: _service, uptime, ...rest } = HYPERVISOR(one);
    const { host } = one.service;
    const [cell, inCell] = host.includes('@')
      ? [host.split('@')[0] ?? '', host.replace(/^[^@]*@/, '')]
      : ['', host];
    const aggregates = (await client.aggregates())
      .filter(({ name, hosts }) => name.includes(cell) && hosts.includes(inCell))
      .map(({ name }) => name);
    const fields: Fields = { ...rest, aggregates };
    const sizes = !(await client.supports('2.88'));
    try {
      const text = sizes ? (await client.hypervisorUptime(id)).uptime : uptime;
      Object.assign(fields, uptimeFields(typeof text === 'string' ? text : ''));
    } catch (error) {
      if (!(error instanceof HttpException) || error.status !== 501) throw error; // not every driver can tell
    }
    fields.service_id = one.service.id;
    fields.service_host = host;
    if (!(await client.supports('2.28')))
      fields.cpu_info = JSON.parse(
        typeof fields.cpu_info === 'string' ? fields.cpu_info || '{}' : '{}',
      ) as Value; // JSON in JSON
    const hidden = ['location', 'servers'];
    if (!sizes) hidden.push('current_workload', 'running_vms', 'vcpus_used', 'vcpus', ...Object.keys(SIZES));
    return shown(
      fields,
      hidden,
      { name: 'hypervisor_hostname', ...(sizes && SIZES) },
      {
        cpu_info: (value: Fields) => new DictColumn(value),
      },
    );
  },
};

/** What `uptime` prints, in parts. */
function uptimeFields(text: string): Fields {
  const [, host_time, uptime, users, load_average] =
    /^\s*(.+)\sup\s+(.+),\s+(.+)\susers?,\s+load average:\s(.+)/.exec(text) ?? [];
  if (host_time === undefined) return {};
  return { host_time, uptime: uptime ?? '', users: users ?? '', load_average: load_average ?? '' };
}

/** `openstack hypervisor stats show` */
export const showHypervisorStats: ShowOneCommand = {
  name: 'hypervisor stats show',
  upstream: 'openstackclient.compute.v2.hypervisor_stats.ShowHypervisorStats',
  kind: 'show',
  description: 'Show the sums over all hypervisors',
  arguments: [],
  async run(app) {
    app.log('warning', 'This command is deprecated.');
    const response = await compute(app).request('/os-hypervisors/statistics', {
      microversion: '2.1',
      raise: false,
    });
    const { hypervisor_statistics: sums } = (await response.json()) as { hypervisor_statistics?: Fields }; // the API's contract
    if (sums === undefined) throw new CommandError("'NoneType' object has no attribute 'keys'");
    return shown(sums, ['id', 'links', 'location', 'name'], SIZES);
  },
};
