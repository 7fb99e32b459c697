/** openstackclient/common/extension.py: what services can do beyond the least. */
import { NETWORK_KINDS } from '../../../client';
import type { Cell } from '../../formatters/columns';
import type { App } from '../app';
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { request } from '../compute/client';
import { arg, flag } from '../compute/options';
import { row, type Fields } from '../compute/sdk';
import { keystone } from '../identity/keystone';
import { find, network, show, view } from '../network/sdk';
import { EXTENSION } from '../network/shapes';

type Service = 'identity' | 'compute' | 'volume' | 'network';

/** How each service is asked, and what is said when it does not answer. */
const SERVICES: Readonly<Record<Service, readonly [ask: (app: App) => Promise<Fields[]>, failed: string]>> = {
  identity: [
    async (app) => {
      const response = await keystone(app).request('/extensions');
      const { extensions } = (await response.json()) as { extensions: { values: Fields[] } }; // the API's contract
      return extensions.values;
    },
    'Extensions list not supported by Identity API',
  ],
  compute: [
    async (app) => {
      const response = await app.connection.compute.request('/extensions', { headers: { Accept: 'application/json' } });
      return ((await response.json()) as { extensions: Fields[] }).extensions; // the API's contract
    },
    'Extensions list not supported by Compute API',
  ],
  volume: [
    async (app) => {
      const body = await request(app, 'block-storage', '/extensions', { headers: { Accept: 'application/json' } });
      return body.extensions as Fields[]; // the API's contract
    },
    'Extensions list not supported by Block Storage API',
  ],
  network: [
    (app) => network(app).list<Fields>(NETWORK_KINDS.Extension),
    'Failed to retrieve extensions list from Network API',
  ],
}; // prettier-ignore

const COLUMNS = ['Name', 'Alias', 'Description'];

/** `openstack extension list` */
const listExtension: ListerCommand = {
  name: 'extension list',
  upstream: 'openstackclient.common.extension.ListExtension',
  kind: 'lister',
  description: 'List what services can do beyond the least',
  arguments: [
    flag('compute', 'Extensions of Compute only', { default: false }),
    flag('identity', 'Extensions of Identity only', { default: false }),
    flag('network', 'Extensions of Network only', { default: false }),
    flag('volume', 'Extensions of Volume only', { default: false }),
    flag('long', 'More columns', { default: false }),
  ],
  async run(app, args) {
    const columns = args.flag('long') ? [...COLUMNS, 'Namespace', 'Updated At', 'Links'] : COLUMNS;
    const services = Object.entries(SERVICES);
    const all = !services.some(([name]) => args.flag(name));
    const found: Cell[][] = [];
    for (const [name, [ask, failed]] of services) {
      if (!all && !args.flag(name)) continue;
      try {
        const fields = columns.map((column) => column.toLowerCase().replace(' ', '_'));
        for (const one of await ask(app)) found.push(row(view(EXTENSION, one), fields));
      } catch {
        app.log('warning', failed);
      }
    }
    return { columns, rows: found };
  },
};

/** `openstack extension show` */
const showExtension: ShowOneCommand = {
  name: 'extension show',
  upstream: 'openstackclient.common.extension.ShowExtension',
  kind: 'show',
  description: 'Show everything about an extension of Network',
  arguments: [arg('extension', 'Extension (name or alias)')],
  run: async (app, args) => show(EXTENSION, await find(app, EXTENSION, args.string('extension') ?? '')),
};

export const extensionCommands: readonly Command[] = [listExtension, showExtension];
