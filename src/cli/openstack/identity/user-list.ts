/** ListUser of openstackclient/identity/v3/user.py. */
import type { User } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand } from '../command';

/** `openstack user list` */
export const listUser: ListerCommand = {
  name: 'user list',
  upstream: 'openstackclient.identity.v3.user.ListUser',
  kind: 'lister',
  description: 'List the users',
  arguments: [
    { names: ['--domain'], metavar: '<domain>', help: 'Users of this domain only (name or ID)' },
    { names: ['--group'], metavar: '<group>', exclusive: 'where', help: 'Users in this group only (name or ID)' },
    { names: ['--project'], metavar: '<project>', exclusive: 'where', help: 'Users with a role on this project only (name or ID)' },
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
  ], // prettier-ignore
  async run(app, args) {
    const users = await listed(app, args);
    return args.flag('long')
      ? {
          columns: ['ID', 'Name', 'Project', 'Domain', 'Description', 'Email', 'Enabled'],
          rows: users.map((user) => [
            user.id,
            user.name,
            user.default_project_id ?? null,
            user.domain_id,
            user.description ?? null,
            user.email ?? null,
            user.enabled,
          ]),
        }
      : { columns: ['ID', 'Name'], rows: users.map(({ id, name }) => [id, name]) };
  },
};

async function listed(app: App, args: ParsedArgs): Promise<User[]> {
  const { identity } = app.connection;
  const domain = args.string('domain');
  const domain_id = domain ? (await identity.findDomain(domain))?.id : undefined;
  if (domain && domain_id === undefined) throw new CommandError("'NoneType' object has no attribute 'id'");
  const group = args.string('group');
  if (group) {
    // the domain goes as it was typed
    const { id } = await identity.findGroup(group, { ignoreMissing: false, domain_id: domain || undefined });
    return identity.groupUsers(id, { domain_id });
  }
  const project = args.string('project');
  if (project) {
    await identity.findProject(project, { ignoreMissing: false, domain_id });
    // 7.4.0 then asks the SDK for the roles of nobody on it
    throw new CommandError('Either group or user should be specified');
  }
  return identity.users({ domain_id });
}
