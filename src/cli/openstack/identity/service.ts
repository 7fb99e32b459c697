/** openstackclient/identity/v3/service.py */
import {
  DuplicateResource,
  NotFoundException,
  ResourceNotFound,
  type IdentityClient,
  type Service,
} from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { fieldsOf, forEachOf } from './common';

const service = (help: string): ArgumentSpec => ({ names: ['service'], metavar: '<service>', help });

function serviceFields({ id, name, type, enabled, description }: Service) {
  return fieldsOf({ id, name, type, enabled, description });
}

/** `find_service_sdk` of openstackclient/identity/common.py: by id, name or type. */
async function findService(identity: IdentityClient, words: string): Promise<Service> {
  try {
    return await identity.findService(words, { ignoreMissing: false });
  } catch (error) {
    if (error instanceof DuplicateResource) throw new CommandError(error.message);
    if (!(error instanceof ResourceNotFound) && !(error instanceof NotFoundException)) throw error;
  }
  const matches = (await identity.services()).filter(({ type }) => type === words);
  const [only] = matches;
  if (only === undefined) throw new CommandError(`No service with a type, name or ID of '${words}' exists.`);
  if (matches.length > 1)
    throw new CommandError(
      `Multiple service matches found for '${words}', use an ID or name to be more specific.`,
    );
  return only;
}

const newFields = (kind: 'New' | 'Set', nameMetavar: string): readonly ArgumentSpec[] => [
  { names: ['--name'], metavar: nameMetavar, help: kind === 'New' ? 'Name of the new service' : 'New name' },
  { names: ['--description'], metavar: '<description>', help: kind === 'New' ? 'What the service does' : 'New description' },
]; // prettier-ignore

const enableOptions = (byDefault: true | null): readonly ArgumentSpec[] => [
  {
    names: ['--enable'],
    action: 'store_true',
    dest: 'is_enabled',
    default: byDefault,
    exclusive: 'enable',
    help: `Switch the service on${byDefault ? ' (default)' : ''}`,
  },
  {
    names: ['--disable'],
    action: 'store_false',
    dest: 'is_enabled',
    default: byDefault,
    exclusive: 'enable',
    help: 'Switch the service off: it leaves the catalog',
  },
];

/** `openstack service create` */
export const createService: ShowOneCommand = {
  name: 'service create',
  upstream: 'openstackclient.identity.v3.service.CreateService',
  kind: 'show',
  description: 'Make a service',
  arguments: [
    { names: ['type'], metavar: '<type>', help: 'What it is: compute, image, identity, volume, …' },
    ...newFields('New', '<name>'),
    ...enableOptions(true),
  ],
  async run(app, args) {
    return serviceFields(
      await app.connection.identity.createService({
        name: args.string('name') ?? null,
        type: args.string('type') ?? '',
        description: args.string('description') ?? null,
        enabled: args.choice('is_enabled') ?? true,
      }),
    );
  },
};

/** `openstack service delete` */
export const deleteService: PlainCommand = {
  name: 'service delete',
  upstream: 'openstackclient.identity.v3.service.DeleteService',
  kind: 'command',
  description: 'Delete services and their endpoints',
  arguments: [
    { names: ['service'], metavar: '<service>', nargs: '+', help: 'Services to delete (type, name or ID)' },
  ],
  async run(app, args) {
    const { identity } = app.connection;
    await forEachOf(
      app,
      args.list('service'),
      async (words) => identity.deleteService((await findService(identity, words)).id),
      {
        // its own words: 7.4.0 takes services for consumers here
        failed: (words, why) => `Failed to delete consumer with type, name or ID '${words}': ${why}`,
        total: (failed, all) => `${failed} of ${all} services failed to delete.`,
      },
    );
  },
};

/** `openstack service list` */
export const listService: ListerCommand = {
  name: 'service list',
  upstream: 'openstackclient.identity.v3.service.ListService',
  kind: 'lister',
  description: 'List the services',
  arguments: [{ names: ['--long'], action: 'store_true', default: false, help: 'More columns' }],
  async run(app, args) {
    const services = await app.connection.identity.services();
    return args.flag('long')
      ? {
          columns: ['ID', 'Name', 'Type', 'Description', 'Enabled'],
          rows: services.map(({ id, name, type, description, enabled }) => [
            id,
            name ?? null,
            type,
            description ?? null,
            enabled,
          ]),
        }
      : {
          columns: ['ID', 'Name', 'Type'],
          rows: services.map(({ id, name, type }) => [id, name ?? null, type]),
        };
  },
};

/** `openstack service set` */
export const setService: PlainCommand = {
  name: 'service set',
  upstream: 'openstackclient.identity.v3.service.SetService',
  kind: 'command',
  description: 'Change a service',
  arguments: [
    service('Service to change (type, name or ID)'),
    { names: ['--type'], metavar: '<type>', help: 'New type: compute, image, identity, volume, …' },
    ...newFields('Set', '<service-name>'),
    ...enableOptions(null),
  ],
  async run(app, args) {
    const { identity } = app.connection;
    const { id } = await findService(identity, args.string('service') ?? '');
    const [type, name, description] = [args.string('type'), args.string('name'), args.string('description')];
    const enabled = args.choice('is_enabled');
    const changes = {
      ...(type && { type }),
      ...(name && { name }),
      ...(description && { description }),
      ...(enabled !== undefined && { enabled }),
    };
    // the SDK sends nothing when nothing is to be changed
    if (Object.keys(changes).length > 0) await identity.updateService(id, changes);
  },
};

/** `openstack service show` */
export const showService: ShowOneCommand = {
  name: 'service show',
  upstream: 'openstackclient.identity.v3.service.ShowService',
  kind: 'show',
  description: 'Show a service',
  arguments: [service('Service to show (type, name or ID)')],
  async run(app, args) {
    return serviceFields(await findService(app.connection.identity, args.string('service') ?? ''));
  },
};
