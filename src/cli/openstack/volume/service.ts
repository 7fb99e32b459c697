/** ListService of openstackclient/volume/v3/service.py. */
import type { Value } from '../../python';
import type { ListerCommand } from '../command';
import { atLeast, cinder } from './cinder';

/** `openstack volume service list` */
export const listService: ListerCommand = {
  name: 'volume service list',
  upstream: 'openstackclient.volume.v3.service.ListService',
  kind: 'lister',
  description: 'List the services that Block Storage is made of',
  arguments: [
    { names: ['--host'], metavar: '<host>', help: 'Services on this host only (name)' },
    { names: ['--service'], metavar: '<service>', help: 'This service only (name)' },
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
  ],
  async run(app, args) {
    const [host, binary] = [args.string('host'), args.string('service')];
    const body = await cinder(app).get('/os-services', { ...(host && { host }), ...(binary && { binary }) });
    const services = body['services'] as Record<string, Value>[]; // the API's contract
    const fields = [
      ['Binary', 'binary'],
      ['Host', 'host'],
      ['Zone', 'zone'],
      ['Status', 'status'],
      ['State', 'state'],
      ['Updated At', 'updated_at'],
      ...(atLeast(app, 7) ? [['Cluster', 'cluster']] : []),
      ...(atLeast(app, 49) ? [['Backend State', 'backend_state']] : []),
      ...(args.flag('long') ? [['Disabled Reason', 'disabled_reason']] : []),
    ];
    return {
      columns: fields.map(([column = '']) => column),
      rows: services.map((service) =>
        fields.map(([, name = '']) => service[name] ?? (name in service ? null : '')),
      ),
      inList: true,
    };
  },
};
