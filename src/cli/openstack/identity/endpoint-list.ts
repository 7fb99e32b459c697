/** ListEndpoint, AddProjectToEndpoint and RemoveProjectFromEndpoint of openstackclient/identity/v3/endpoint.py. */
import type { Endpoint } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';
import { domainOf, findProjectIn } from './common';
import { findService, INTERFACE_CHOICES } from './endpoint';
import { findResource, keystone, managers, type KeystoneClient } from './keystone';

/** `openstack endpoint list` */
export const listEndpoint: ListerCommand = {
  name: 'endpoint list',
  upstream: 'openstackclient.identity.v3.endpoint.ListEndpoint',
  kind: 'lister',
  description: 'List the endpoints, or the projects that one is kept for',
  arguments: [
    { names: ['--service'], metavar: '<service>', help: 'Endpoints of this service only (type, name or ID)' },
    { names: ['--interface'], metavar: '<interface>', choices: INTERFACE_CHOICES, help: 'Endpoints for these only: admin, public or internal' },
    { names: ['--region'], metavar: '<region-id>', help: 'Endpoints in this region only' },
    { names: ['--endpoint'], metavar: '<endpoint-group>', exclusive: 'filter', help: 'Endpoint whose projects to list' },
    { names: ['--project'], metavar: '<project>', exclusive: 'filter', help: 'Endpoints kept for this project only (name or ID)' },
    domainOf('project'),
  ], // prettier-ignore
  async run(app, args) {
    const client = keystone(app);
    const endpoint = args.string('endpoint');
    const found = endpoint ? await findResource(managers(client).endpoints, endpoint) : undefined;
    const name = args.string('project');
    const project = name ? await findProjectIn(client, name, args.string('project_domain')) : undefined;
    if (found !== undefined) {
      const projects = await client.endpointProjects(found.id);
      return { columns: ['ID', 'Name'], rows: projects.map((one) => [one.id, one.name]) };
    }
    const endpoints = await listed(client, args, project?.id);
    const services = await client.services();
    return {
      columns: ['ID', 'Region', 'Service Name', 'Service Type', 'Enabled', 'Interface', 'URL'],
      rows: endpoints.map(({ id, region, service_id, enabled, interface: face, url }) => {
        const service = services.find((one) => one.id === service_id);
        if (service === undefined)
          throw new CommandError(`No service with a type, name or ID of '${service_id}' exists.`);
        return [id, region, service.name ?? '', service.type, enabled, face, url];
      }),
    };
  },
};

async function listed(
  client: KeystoneClient,
  args: ParsedArgs,
  project: string | undefined,
): Promise<Endpoint[]> {
  const service = args.string('service');
  const service_id = service ? (await findService(client, service)).id : undefined;
  if (project !== undefined) return client.projectEndpoints(project);
  return client.endpoints({
    service_id,
    interface: args.string('interface'),
    region_id: args.string('region') || undefined,
  });
}

const both: readonly ArgumentSpec[] = [
  { names: ['endpoint'], metavar: '<endpoint>', help: 'Endpoint (ID)' },
  { names: ['project'], metavar: '<project>', help: 'Project (name or ID)' },
  domainOf('project'),
];

async function idsOf(app: App, args: ParsedArgs): Promise<[project: string, endpoint: string]> {
  const client = keystone(app);
  const endpoint = await findResource(managers(client).endpoints, args.string('endpoint') ?? '');
  const project = await findProjectIn(client, args.string('project') ?? '', args.string('project_domain'));
  return [project.id, endpoint.id];
}

/** `openstack endpoint add project` */
export const addProjectToEndpoint: PlainCommand = {
  name: 'endpoint add project',
  upstream: 'openstackclient.identity.v3.endpoint.AddProjectToEndpoint',
  kind: 'command',
  description: 'Keep an endpoint for a project',
  arguments: both,
  async run(app, args) {
    await keystone(app).associateEndpointWithProject(...(await idsOf(app, args)));
  },
};

/** `openstack endpoint remove project` */
export const removeProjectFromEndpoint: PlainCommand = {
  name: 'endpoint remove project',
  upstream: 'openstackclient.identity.v3.endpoint.RemoveProjectFromEndpoint',
  kind: 'command',
  description: 'Keep an endpoint no longer for a project',
  arguments: both,
  async run(app, args) {
    await keystone(app).disassociateEndpointFromProject(...(await idsOf(app, args)));
  },
};
