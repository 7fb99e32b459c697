/** AddUserToGroup, CheckUserInGroup and RemoveUserFromGroup of openstackclient/identity/v3/group.py. */
import { HttpException } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import type { PlainCommand } from '../command';
import { domainOf, findGroupIn, findUserIn, forEachOf } from './common';
import { keystone } from './keystone';

const group = (help: string): ArgumentSpec => ({ names: ['group'], metavar: '<group>', help });
const users = (help: string): ArgumentSpec => ({ names: ['user'], metavar: '<user>', nargs: '+', help });
const domains = [domainOf('group'), domainOf('user')];

/** `openstack group add user` */
export const addUserToGroup: PlainCommand = {
  name: 'group add user',
  upstream: 'openstackclient.identity.v3.group.AddUserToGroup',
  kind: 'command',
  description: 'Put users into a group',
  arguments: [
    group('Group to put them into (name or ID)'),
    users('Users to put into it (name or ID)'),
    ...domains,
  ],
  async run(app, args) {
    const client = keystone(app);
    const name = args.string('group') ?? '';
    const { id } = await findGroupIn(client, name, args.string('group_domain'));
    await forEachOf(
      app,
      args.list('user'),
      async (user) =>
        client.addUserToGroup((await findUserIn(client, user, args.string('user_domain'))).id, id),
      {
        failed: (user, why) => `${user} not added to group ${name}: ${why}`,
        total: (failed, all) => `${failed} of ${all} users not added to group ${name}.`,
      },
    );
  },
};

/** `openstack group contains user` */
export const checkUserInGroup: PlainCommand = {
  name: 'group contains user',
  upstream: 'openstackclient.identity.v3.group.CheckUserInGroup',
  kind: 'command',
  description: 'Say whether a user is in a group',
  arguments: [
    group('Group to look into (name or ID)'),
    { names: ['user'], metavar: '<user>', help: 'User to look for (name or ID)' },
    ...domains,
  ],
  async run(app, args) {
    const client = keystone(app);
    const [name, user] = [args.string('group') ?? '', args.string('user') ?? ''];
    const userId = (await findUserIn(client, user, args.string('user_domain'))).id;
    const groupId = (await findGroupIn(client, name, args.string('group_domain'))).id;
    try {
      await client.checkUserInGroup(userId, groupId);
      app.output.write(`${user} in group ${name}\n`);
    } catch (error) {
      if (!(error instanceof HttpException) || (error.status !== 403 && error.status !== 404)) throw error;
      app.output.error(`${user} not in group ${name}\n`);
    }
  },
};

/** `openstack group remove user` */
export const removeUserFromGroup: PlainCommand = {
  name: 'group remove user',
  upstream: 'openstackclient.identity.v3.group.RemoveUserFromGroup',
  kind: 'command',
  description: 'Take users out of a group',
  arguments: [
    group('Group to take them out of (name or ID)'),
    users('Users to take out of it (name or ID)'),
    ...domains,
  ],
  async run(app, args) {
    const client = keystone(app);
    const name = args.string('group') ?? '';
    const { id } = await findGroupIn(client, name, args.string('group_domain'));
    await forEachOf(
      app,
      args.list('user'),
      async (user) =>
        client.removeUserFromGroup((await findUserIn(client, user, args.string('user_domain'))).id, id),
      {
        failed: (user, why) => `${user} not removed from group ${name}: ${why}`,
        total: (failed, all) => `${failed} of ${all} users not removed from group ${name}.`,
      },
    );
  },
};
