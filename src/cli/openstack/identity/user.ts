/** CreateUser, DeleteUser, ShowUser and SetPasswordUser of openstackclient/identity/v3/user.py. */
import { ConflictException, type User, type UserCreate } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { PlainCommand, ShowOneCommand } from '../command';
import { domainOf, enabled, enableOptions, failedToDelete, fieldsOf, forEachOf } from './common';
import { getPassword, NO_PASSWORD, optionsOfUser, passwordOptions, userOptions } from './user-options';

const ownerDomain: ArgumentSpec = {
  names: ['--domain'],
  metavar: '<domain>',
  help: 'Domain of the user (name or ID)',
};

function userFields(user: User) {
  return fieldsOf({
    default_project_id: user.default_project_id,
    domain_id: user.domain_id,
    email: user.email,
    enabled: user.enabled,
    id: user.id,
    name: user.name,
    description: user.description,
    password_expires_at: user.password_expires_at,
  });
}

/** `openstack user create` */
export const createUser: ShowOneCommand = {
  name: 'user create',
  upstream: 'openstackclient.identity.v3.user.CreateUser',
  kind: 'show',
  description: 'Make a user',
  arguments: [
    { names: ['name'], metavar: '<name>', help: 'Name of the new user' },
    { names: ['--domain'], metavar: '<domain>', help: 'Domain to put the user in (name or ID)' },
    { names: ['--project'], metavar: '<project>', help: 'Project for logins that name none (name or ID); gives no role on it' },
    domainOf('project'),
    ...passwordOptions,
    { names: ['--email'], metavar: '<email-address>', help: 'Where to write to the user' },
    { names: ['--description'], metavar: '<description>', help: 'Who the user is' },
    ...userOptions,
    ...enableOptions('user', true),
    { names: ['--or-show'], action: 'store_true', help: 'If there is one of this name, show that one' },
  ], // prettier-ignore
  async run(app, args) {
    const { identity } = app.connection;
    const name = args.string('name') ?? '';
    const domain = args.string('domain');
    const domain_id = domain ? (await identity.findDomain(domain, { ignoreMissing: false })).id : undefined;
    const project = args.string('project');
    const projectDomain = args.string('project_domain');
    const inDomain = projectDomain
      ? (await identity.findDomain(projectDomain, { ignoreMissing: false })).id
      : undefined;
    const home = project
      ? await identity.findProject(project, { ignoreMissing: false, domain_id: inDomain })
      : undefined;
    const password = args.string('password');
    if (!password && args.flag('password_prompt')) getPassword(app);
    if (!password) app.log('warning', NO_PASSWORD);
    const user: UserCreate = {
      ...(domain_id !== undefined && { domain_id }),
      ...(home && { default_project_id: home.id }),
      ...(args.string('description') && { description: args.string('description') }),
      ...(args.string('email') && { email: args.string('email') }),
      enabled: enabled(args) ?? true,
      name,
      password: password || null,
      ...optionsOfUser(args),
    };
    try {
      return userFields(await identity.createUser(user));
    } catch (error) {
      if (!(error instanceof ConflictException) || !args.flag('or_show')) throw error;
      const existing = await identity.findUser(name, { ignoreMissing: false, domain_id });
      app.log('info', `Returning existing user ${existing.name}`);
      return userFields(existing);
    }
  },
};

/** `openstack user delete` */
export const deleteUser: PlainCommand = {
  name: 'user delete',
  upstream: 'openstackclient.identity.v3.user.DeleteUser',
  kind: 'command',
  description: 'Delete users',
  arguments: [
    { names: ['users'], metavar: '<user>', nargs: '+', help: 'Users to delete (name or ID)' },
    ownerDomain,
  ],
  async run(app, args) {
    const { identity } = app.connection;
    const domain = args.string('domain');
    // a domain that does not exist does not narrow the search
    const domain_id = domain ? (await identity.findDomain(domain))?.id : undefined;
    await forEachOf(
      app,
      args.list('users'),
      async (name) =>
        identity.deleteUser((await identity.findUser(name, { ignoreMissing: false, domain_id })).id),
      failedToDelete('user', 'users'),
    );
  },
};

/** `openstack user show` */
export const showUser: ShowOneCommand = {
  name: 'user show',
  upstream: 'openstackclient.identity.v3.user.ShowUser',
  kind: 'show',
  description: 'Show a user',
  arguments: [{ names: ['user'], metavar: '<user>', help: 'User to show (name or ID)' }, ownerDomain],
  async run(app, args) {
    const { identity } = app.connection;
    const domain = args.string('domain');
    const domain_id = domain ? (await identity.findDomain(domain))?.id : undefined;
    return userFields(
      await identity.findUser(args.string('user') ?? '', { ignoreMissing: false, domain_id }),
    );
  },
};

/** `openstack user password set` */
export const setPassword: PlainCommand = {
  name: 'user password set',
  upstream: 'openstackclient.identity.v3.user.SetPasswordUser',
  kind: 'command',
  description: 'Change your password',
  arguments: [
    { names: ['--password'], metavar: '<new-password>', help: 'New password' },
    { names: ['--original-password'], metavar: '<original-password>', help: 'Password until now' },
  ],
  run(app, args) {
    if (args.string('original_password') === undefined || args.string('password') === undefined)
      getPassword(app);
    if (args.string('password') === '') app.log('warning', NO_PASSWORD);
    // 7.4.0 forgets to say whose: it never gets as far as a request
    throw new CommandError("Proxy.update_user() missing 1 required positional argument: 'user'");
  },
};
