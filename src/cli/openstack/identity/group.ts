/** Group commands of openstackclient/identity/v3/group.py that are about the group itself. */
import { ConflictException } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import {
  allFields,
  domainOf,
  failedToDelete,
  findDomain,
  findGroupIn,
  findUserIn,
  forEachOf,
} from './common';
import { findResource, keystone, managers } from './keystone';

const ownerDomain: ArgumentSpec = {
  names: ['--domain'],
  metavar: '<domain>',
  help: 'Domain of the group (name or ID)',
};

/** `openstack group create` */
export const createGroup: ShowOneCommand = {
  name: 'group create',
  upstream: 'openstackclient.identity.v3.group.CreateGroup',
  kind: 'show',
  description: 'Make a group of users',
  arguments: [
    { names: ['name'], metavar: '<group-name>', help: 'Name of the new group' },
    { names: ['--domain'], metavar: '<domain>', help: 'Domain to put the group in (name or ID)' },
    { names: ['--description'], metavar: '<description>', help: 'Who is in the group' },
    { names: ['--or-show'], action: 'store_true', help: 'If there is one of this name, show that one' },
  ],
  async run(app, args) {
    const client = keystone(app);
    const name = args.string('name') ?? '';
    const domain = args.string('domain');
    const inDomain = domain ? { domain_id: (await findDomain(client, domain)).id } : {};
    const description = args.string('description');
    try {
      const group = { name, ...inDomain, ...(description !== undefined && { description }) };
      return allFields(await client.createGroup(group));
    } catch (error) {
      if (!(error instanceof ConflictException) || !args.flag('or_show')) throw error;
      const existing = await findResource(managers(client).groups, name, inDomain);
      app.log('info', `Returning existing group ${existing.name}`);
      return allFields(existing);
    }
  },
};

/** `openstack group delete` */
export const deleteGroup: PlainCommand = {
  name: 'group delete',
  upstream: 'openstackclient.identity.v3.group.DeleteGroup',
  kind: 'command',
  description: 'Delete groups; their users stay',
  arguments: [
    { names: ['groups'], metavar: '<group>', nargs: '+', help: 'Groups to delete (name or ID)' },
    ownerDomain,
  ],
  async run(app, args) {
    const client = keystone(app);
    const domain = args.string('domain') ?? undefined;
    await forEachOf(
      app,
      args.list('groups'),
      async (name) => client.deleteGroup((await findGroupIn(client, name, domain)).id),
      failedToDelete('group', 'groups'),
    );
  },
};

/** `openstack group list` */
export const listGroup: ListerCommand = {
  name: 'group list',
  upstream: 'openstackclient.identity.v3.group.ListGroup',
  kind: 'lister',
  description: 'List the groups',
  arguments: [
    { names: ['--domain'], metavar: '<domain>', help: 'Groups of this domain only (name or ID)' },
    { names: ['--user'], metavar: '<user>', help: 'Groups this user is in only (name or ID)' },
    domainOf('user'),
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
  ],
  async run(app, args) {
    const client = keystone(app);
    const domain = args.string('domain');
    const query = domain ? { domain_id: (await findDomain(client, domain)).id } : {};
    const user = args.string('user');
    const groups = user
      ? await client.userGroups((await findUserIn(client, user, args.string('user_domain'))).id, query)
      : await client.groups(query);
    return args.flag('long')
      ? {
          columns: ['ID', 'Name', 'Domain ID', 'Description'],
          rows: groups.map(({ id, name, domain_id, description }) => [id, name, domain_id, description]),
        }
      : { columns: ['ID', 'Name'], rows: groups.map(({ id, name }) => [id, name]) };
  },
};

/** `openstack group set` */
export const setGroup: PlainCommand = {
  name: 'group set',
  upstream: 'openstackclient.identity.v3.group.SetGroup',
  kind: 'command',
  description: 'Change a group',
  arguments: [
    { names: ['group'], metavar: '<group>', help: 'Group to change (name or ID)' },
    ownerDomain,
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
  ],
  async run(app, args) {
    const client = keystone(app);
    const { id } = await findGroupIn(client, args.string('group') ?? '', args.string('domain'));
    const [name, description] = [args.string('name'), args.string('description')];
    await client.updateGroup(id, { ...(name && { name }), ...(description && { description }) });
  },
};

/** `openstack group show` */
export const showGroup: ShowOneCommand = {
  name: 'group show',
  upstream: 'openstackclient.identity.v3.group.ShowGroup',
  kind: 'show',
  description: 'Show a group',
  arguments: [{ names: ['group'], metavar: '<group>', help: 'Group to show (name or ID)' }, ownerDomain],
  async run(app, args) {
    return allFields(await findGroupIn(keystone(app), args.string('group') ?? '', args.string('domain')));
  },
};
