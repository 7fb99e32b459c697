/** Commands of openstackclient/compute/v2/service.py. */
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';
import { compute, forEach } from './client';
import { arg, flag, long, opt } from './options';
import { SERVICE, row } from './sdk';

/** `openstack compute service delete` */
export const deleteService: PlainCommand = {
  name: 'compute service delete',
  upstream: 'openstackclient.compute.v2.service.DeleteService',
  kind: 'command',
  description: 'Delete services of hosts that are no more',
  arguments: [arg('service', 'Services to delete (ID)', { nargs: '+' })],
  run: (app, args) =>
    forEach(
      app,
      args.list('service'),
      (id) => compute(app).deleteService(id),
      (id, why) => `Failed to delete compute service with ID '${id}': ${why}`,
      'compute services failed to delete.',
    ),
};

/** `openstack compute service list` */
export const listService: ListerCommand = {
  name: 'compute service list',
  upstream: 'openstackclient.compute.v2.service.ListService',
  kind: 'lister',
  description: 'List the services that make up Compute',
  arguments: [
    opt('host', 'Services on this host only'),
    opt('service', 'Services of this kind only, such as nova-compute'),
    long,
  ],
  async run(app, args) {
    const client = compute(app);
    const more = args.flag('long');
    const down = more && (await client.supports('2.11'));
    const [host, binary] = [args.string('host'), args.string('service')];
    const services = await client.services({ binary, host });
    return {
      columns: [
        'ID', 'Binary', 'Host', 'Zone', 'Status', 'State', 'Updated At',
        ...(more ? ['Disabled Reason'] : []),
        ...(down ? ['Forced Down'] : []),
      ], // prettier-ignore
      rows: services.map((one) =>
        row(SERVICE(one), [
          'id', 'binary', 'host', 'availability_zone', 'status', 'state', 'updated_at',
          ...(more ? ['disabled_reason'] : []),
          ...(down ? ['is_forced_down'] : []),
        ]),
      ), // prettier-ignore
    };
  },
};

/** `openstack compute service set` */
export const setService: PlainCommand = {
  name: 'compute service set',
  upstream: 'openstackclient.compute.v2.service.SetService',
  kind: 'command',
  description: 'Switch a service on or off',
  arguments: [
    arg('host', 'Host of the service'),
    arg('service', 'Kind of service, such as nova-compute'),
    flag('enable', 'Let the scheduler choose the host', { exclusive: 'enable' }),
    flag('disable', 'Keep new servers away from the host', { exclusive: 'enable' }),
    opt('disable-reason', 'With --disable: why', 'reason'),
    flag('up', 'The service is up again, if that was denied', { exclusive: 'up' }),
    flag('down', 'The service is down, whatever it says', { exclusive: 'up' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const [host, binary] = [args.string('host') ?? '', args.string('service') ?? ''];
    const reason = args.string('disable_reason');
    if ((args.flag('enable') || !args.flag('disable')) && reason)
      throw new CommandError('Cannot specify option --disable-reason without --disable specified.');
    const byId = await client.supports('2.53');
    const id = byId ? await find(app, host, binary) : '';
    let failed = false;
    if (args.flag('enable') || args.flag('disable')) {
      const status = args.flag('disable') ? 'disabled' : 'enabled';
      try {
        const why = status === 'disabled' && reason ? { disabled_reason: reason } : {};
        if (byId) await client.updateService(id, { status, ...why });
        else if (status === 'enabled') await client.changeService('enable', { host, binary });
        else await client.changeService(reason ? 'disable-log-reason' : 'disable', { host, binary, ...why });
      } catch {
        app.log('error', `Failed to set service status to ${status}`);
        failed = true;
      }
    }
    if (args.flag('up') || args.flag('down')) {
      const forced_down = !args.flag('up');
      if (!(await client.supports('2.11')))
        throw new CommandError('--os-compute-api-version 2.11 or later is required');
      try {
        if (byId) await client.updateService(id, { forced_down });
        else await client.changeService('force-down', { host, binary, forced_down });
      } catch {
        app.log('error', `Failed to set service state to ${forced_down ? 'down' : 'up'}`);
        failed = true;
      }
    }
    if (failed) throw new CommandError(`Compute service ${binary} of host ${host} failed to set.`);
  },
};

async function find(app: App, host: string, binary: string): Promise<string> {
  const [only, ...others] = await compute(app).services({ binary, host });
  if (only === undefined)
    throw new CommandError(`Compute service for host "${host}" and binary "${binary}" not found.`);
  if (others.length > 0)
    throw new CommandError(
      `Multiple compute services found for host "${host}" and binary "${binary}". Unable to proceed.`,
    );
  return only.id;
}
