/** SetUser of openstackclient/identity/v3/user.py. */
import type { User, UserUpdate } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { PlainCommand } from '../command';
import { domainOf, enabled, enableOptions } from './common';
import { getPassword, NO_PASSWORD, optionsOfUser, passwordOptions, userOptions } from './user-options';

/** `openstack user set` */
export const setUser: PlainCommand = {
  name: 'user set',
  upstream: 'openstackclient.identity.v3.user.SetUser',
  kind: 'command',
  description: 'Change a user',
  arguments: [
    { names: ['user'], metavar: '<user>', help: 'User to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--domain'], metavar: '<domain>', help: 'Domain of the user (name or ID), where several users have the same name' },
    { names: ['--project'], metavar: '<project>', help: 'New project for logins that name none (name or ID); needs --project-domain' },
    domainOf('project'),
    ...passwordOptions,
    { names: ['--email'], metavar: '<email-address>', help: 'New address' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    ...userOptions,
    ...enableOptions('user', true),
  ], // prettier-ignore
  async run(app, args) {
    if (args.flag('password_prompt')) getPassword(app);
    if (args.string('password') === '') app.log('warning', NO_PASSWORD);
    const { identity } = app.connection;
    const domain = args.string('domain');
    const domain_id = domain ? (await identity.findDomain(domain, { ignoreMissing: false })).id : undefined;
    const user = await identity.findUser(args.string('user') ?? '', { ignoreMissing: false, domain_id });
    const changes = differences(user, await wanted(app, args));
    // the SDK sends only what is new, and nothing when nothing is
    if (Object.keys(changes).length > 0) await identity.updateUser(user.id, changes);
  },
};

async function wanted(app: App, args: ParsedArgs): Promise<UserUpdate> {
  const project = args.string('project');
  const state = enabled(args);
  const text = (name: 'name' | 'email' | 'password' | 'description'): UserUpdate =>
    args.string(name) ? { [name]: args.string(name) } : {};
  return {
    ...text('name'),
    ...text('email'),
    ...text('password'),
    ...text('description'),
    ...(project && { default_project_id: await projectId(app, project, args.string('project_domain')) }),
    ...(state !== undefined && { enabled: state }),
    ...optionsOfUser(args),
  };
}

async function projectId(app: App, project: string, domain: string | undefined): Promise<string> {
  const { identity } = app.connection;
  // 7.4.0 looks the domain up even when none is named
  if (domain === undefined) throw new CommandError('Request requires an ID but none was found');
  const domain_id = (await identity.findDomain(domain, { ignoreMissing: false })).id;
  return (await identity.findProject(project, { ignoreMissing: false, domain_id })).id;
}

function differences(user: User, changes: UserUpdate): UserUpdate {
  const now = new Map<string, unknown>(Object.entries(user));
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => JSON.stringify(now.get(name)) !== JSON.stringify(value),
    ),
  );
}
