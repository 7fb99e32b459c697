/** openstackclient/identity/v3/domain.py */
import { ConflictException } from '../../../client';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import {
  allFields,
  enabled,
  enableOptions,
  failedToDelete,
  forEachOf,
  idInToken,
  immutable,
  immutableOptions,
} from './common';
import { findResource, keystone, managers } from './keystone';

/** `openstack domain create` */
export const createDomain: ShowOneCommand = {
  name: 'domain create',
  upstream: 'openstackclient.identity.v3.domain.CreateDomain',
  kind: 'show',
  description: 'Make a domain',
  arguments: [
    { names: ['name'], metavar: '<domain-name>', help: 'Name of the new domain' },
    { names: ['--description'], metavar: '<description>', help: 'What the domain is for' },
    ...enableOptions('domain', true),
    { names: ['--or-show'], action: 'store_true', help: 'If there is one of this name, show that one' },
    ...immutable,
  ],
  async run(app, args) {
    const client = keystone(app);
    const name = args.string('name') ?? '';
    const description = args.string('description');
    try {
      const domain = await client.createDomain({
        name,
        ...(description !== undefined && { description }),
        enabled: enabled(args) ?? true,
        options: immutableOptions(args),
      });
      return allFields(domain);
    } catch (error) {
      if (!(error instanceof ConflictException) || !args.flag('or_show')) throw error;
      const existing = await findResource(managers(client).domains, name);
      app.log('info', `Returning existing domain ${existing.name}`);
      return allFields(existing);
    }
  },
};

/** `openstack domain delete` */
export const deleteDomain: PlainCommand = {
  name: 'domain delete',
  upstream: 'openstackclient.identity.v3.domain.DeleteDomain',
  kind: 'command',
  description: 'Delete disabled domains and everything in them',
  arguments: [{ names: ['domain'], metavar: '<domain>', nargs: '+', help: 'Domains to delete (name or ID)' }],
  async run(app, args) {
    const client = keystone(app);
    await forEachOf(
      app,
      args.list('domain'),
      async (name) => client.deleteDomain((await findResource(managers(client).domains, name)).id),
      failedToDelete('domain', 'domains'),
    );
  },
};

/** `openstack domain list` */
export const listDomain: ListerCommand = {
  name: 'domain list',
  upstream: 'openstackclient.identity.v3.domain.ListDomain',
  kind: 'lister',
  description: 'List the domains',
  arguments: [
    { names: ['--name'], metavar: '<name>', help: 'Domains of this name only' },
    { names: ['--enabled'], dest: 'enabled', action: 'store_true', help: 'Enabled domains only' },
  ],
  async run(app, args) {
    const domains = await keystone(app).domains({
      ...(args.string('name') && { name: args.string('name') }),
      ...(args.flag('enabled') && { enabled: true }),
    });
    return {
      columns: ['ID', 'Name', 'Enabled', 'Description'],
      rows: domains.map(({ id, name, enabled: on, description }) => [id, name, on, description]),
    };
  },
};

/** `openstack domain set` */
export const setDomain: PlainCommand = {
  name: 'domain set',
  upstream: 'openstackclient.identity.v3.domain.SetDomain',
  kind: 'command',
  description: 'Change a domain',
  arguments: [
    { names: ['domain'], metavar: '<domain>', help: 'Domain to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    ...enableOptions('domain'),
    ...immutable,
  ],
  async run(app, args) {
    const client = keystone(app);
    const { id } = await findResource(managers(client).domains, args.string('domain') ?? '');
    const options = immutableOptions(args);
    const state = enabled(args);
    await client.updateDomain(id, {
      ...(args.string('name') && { name: args.string('name') ?? '' }),
      ...(args.string('description') && { description: args.string('description') }),
      ...(state !== undefined && { enabled: state }),
      ...(Object.keys(options).length > 0 && { options }),
    });
  },
};

/** `openstack domain show` */
export const showDomain: ShowOneCommand = {
  name: 'domain show',
  upstream: 'openstackclient.identity.v3.domain.ShowDomain',
  kind: 'show',
  description: 'Show a domain',
  arguments: [{ names: ['domain'], metavar: '<domain>', help: 'Domain to show (name or ID)' }],
  async run(app, args) {
    const client = keystone(app);
    const name = await idInToken(client, 'domain', args.string('domain') ?? '');
    return allFields(await findResource(managers(client).domains, name));
  },
};
