/** CreateEndpoint, DeleteEndpoint, SetEndpoint and ShowEndpoint of openstackclient/identity/v3/endpoint.py. */
import { NotFoundException, type Endpoint, type Service } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { PlainCommand, ShowOneCommand } from '../command';
import { allFields, failedToDelete, forEachOf } from './common';
import { findResource, keystone, managers, type KeystoneClient } from './keystone';

/** The faces of a service, in the client's order. */
export const INTERFACE_CHOICES = ['admin', 'public', 'internal'];

/** `find_service` of openstackclient/identity/common.py: by id, name or type. */
export async function findService(client: KeystoneClient, words: string): Promise<Service> {
  try {
    return await client.getService(words);
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
  for (const query of [{ name: words }, { type: words }]) {
    const matches = await client.services(query);
    if (matches.length > 1)
      throw new CommandError(`Multiple service matches found for '${words}', use an ID to be more specific.`);
    if (matches[0] !== undefined) return matches[0];
  }
  throw new CommandError(`No service with a type, name or ID of '${words}' exists.`);
}

function endpointFields(endpoint: Endpoint, { name, type }: Service) {
  return allFields({ ...endpoint, service_name: name ?? '', service_type: type });
}

const endpoint = (help: string): ArgumentSpec => ({ names: ['endpoint'], metavar: '<endpoint-id>', help });

/** `openstack endpoint create` */
export const createEndpoint: ShowOneCommand = {
  name: 'endpoint create',
  upstream: 'openstackclient.identity.v3.endpoint.CreateEndpoint',
  kind: 'show',
  description: 'Make an endpoint',
  arguments: [
    { names: ['service'], metavar: '<service>', help: 'Service that answers there (name or ID)' },
    { names: ['interface'], metavar: '<interface>', choices: INTERFACE_CHOICES, help: 'For whom it is: admin, public or internal' },
    { names: ['url'], metavar: '<url>', help: 'Where it is' },
    { names: ['--region'], metavar: '<region-id>', help: 'Region it is in' },
    { names: ['--enable'], dest: 'enabled', action: 'store_true', default: true, exclusive: 'enable', help: 'Switch the endpoint on (default)' },
    { names: ['--disable'], dest: 'enabled', action: 'store_false', exclusive: 'enable', help: 'Switch the endpoint off: it leaves the catalog' },
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const service = await findService(client, args.string('service') ?? '');
    const region = args.string('region');
    const created = await client.createEndpoint({
      service_id: service.id,
      interface: args.string('interface') ?? '',
      url: args.string('url') ?? '',
      ...(region !== undefined && { region }),
      enabled: args.choice('enabled') ?? true,
    });
    return endpointFields(created, service);
  },
};

/** `openstack endpoint delete` */
export const deleteEndpoint: PlainCommand = {
  name: 'endpoint delete',
  upstream: 'openstackclient.identity.v3.endpoint.DeleteEndpoint',
  kind: 'command',
  description: 'Delete endpoints',
  arguments: [
    { names: ['endpoint'], metavar: '<endpoint-id>', nargs: '+', help: 'Endpoints to delete (ID only)' },
  ],
  async run(app, args) {
    const client = keystone(app);
    await forEachOf(
      app,
      args.list('endpoint'),
      async (id) => client.deleteEndpoint((await findResource(managers(client).endpoints, id)).id),
      failedToDelete('endpoint', 'endpoints', 'ID'),
    );
  },
};

/** `openstack endpoint set` */
export const setEndpoint: PlainCommand = {
  name: 'endpoint set',
  upstream: 'openstackclient.identity.v3.endpoint.SetEndpoint',
  kind: 'command',
  description: 'Change an endpoint',
  arguments: [
    endpoint('Endpoint to change (ID only)'),
    { names: ['--region'], metavar: '<region-id>', help: 'New region' },
    { names: ['--interface'], metavar: '<interface>', choices: INTERFACE_CHOICES, help: 'For whom it shall be: admin, public or internal' },
    { names: ['--url'], metavar: '<url>', help: 'New URL' },
    { names: ['--service'], metavar: '<service>', help: 'New service (name or ID)' },
    { names: ['--enable'], dest: 'enabled', action: 'store_true', exclusive: 'enable', help: 'Switch the endpoint on' },
    { names: ['--disable'], dest: 'disabled', action: 'store_true', exclusive: 'enable', help: 'Switch the endpoint off' },
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const { id } = await findResource(managers(client).endpoints, args.string('endpoint') ?? '');
    const service = args.string('service');
    const service_id = service ? (await findService(client, service)).id : undefined;
    const [face, url, region] = [args.string('interface'), args.string('url'), args.string('region')];
    await client.updateEndpoint(id, {
      ...(service_id !== undefined && { service_id }),
      ...(face !== undefined && { interface: face }),
      ...(url !== undefined && { url }),
      ...(region !== undefined && { region }),
      ...(args.flag('enabled') && { enabled: true }),
      ...(args.flag('disabled') && { enabled: false }),
    });
  },
};

/** `openstack endpoint show` */
export const showEndpoint: ShowOneCommand = {
  name: 'endpoint show',
  upstream: 'openstackclient.identity.v3.endpoint.ShowEndpoint',
  kind: 'show',
  description: 'Show an endpoint',
  arguments: [
    { names: ['endpoint'], metavar: '<endpoint>', help: 'Endpoint to show (its ID, or the ID, name or type of a service)' },
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const found = await findResource(managers(client).endpoints, args.string('endpoint') ?? '');
    return endpointFields(found, await findService(client, found.service_id));
  },
};
