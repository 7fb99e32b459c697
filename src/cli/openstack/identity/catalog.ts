/** openstackclient/identity/v3/catalog.py */
import { FormattableColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import { sortedFields, type ListerCommand, type ShowOneCommand } from '../command';

/** The endpoints of a service: a region and below it a URL, for people. */
class EndpointsColumn extends FormattableColumn<readonly Endpoint[]> {
  override humanReadable(): Value {
    return this.value
      .map(
        ({ region_id, region, interface: name, url }) =>
          `${region_id || region || '<none>'}\n  ${name ?? ''}: ${url ?? ''}\n`,
      )
      .join('');
  }
}
type Endpoint = { [key: string]: string };

/** `openstack catalog list` */
export const listCatalog: ListerCommand = {
  name: 'catalog list',
  upstream: 'openstackclient.identity.v3.catalog.ListCatalog',
  kind: 'lister',
  description: 'List the services you can reach and their URLs',
  arguments: [],
  async run(app) {
    const { catalog } = await app.connection.session.getAccess();
    return {
      columns: ['Name', 'Type', 'Endpoints'],
      rows: catalog.map(({ name, type, endpoints }) => [
        name,
        type,
        new EndpointsColumn(endpoints.map((endpoint) => ({ ...endpoint }))),
      ]),
    };
  },
};

/** `openstack catalog show` */
export const showCatalog: ShowOneCommand = {
  name: 'catalog show',
  upstream: 'openstackclient.identity.v3.catalog.ShowCatalog',
  kind: 'show',
  description: 'Show one service of the catalog',
  arguments: [{ names: ['service'], metavar: '<service>', help: 'Type or name of the service' }],
  async run(app, args) {
    const { catalog } = await app.connection.session.getAccess();
    const wanted = args.string('service');
    const service = catalog.find(({ name, type }) => name === wanted || type === wanted);
    if (service === undefined) {
      app.log('error', `service ${wanted ?? ''} not found\n`);
      return { columns: [], values: [] };
    }
    const fields: Record<string, Cell> = {
      ...service,
      endpoints: new EndpointsColumn(service.endpoints.map((endpoint) => ({ ...endpoint }))),
    };
    delete fields.links;
    return sortedFields(fields);
  },
};
