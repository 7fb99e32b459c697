/** Role commands of openstackclient/identity/v3/role.py that are about the role itself. */
import { ConflictException, type Role } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { failedToDelete, fieldsOf, forEachOf, immutable, immutableOptions } from './common';
import { idOrSilence } from './sdk';

const ownerDomain: ArgumentSpec = {
  names: ['--domain'],
  metavar: '<domain>',
  help: 'Domain of the role (name or ID), for roles of one domain only',
};

function roleFields({ id, name, domain_id, description }: Role) {
  return fieldsOf({ id, name, domain_id, description });
}

async function domainId(app: App, args: ParsedArgs): Promise<string | undefined> {
  const domain = args.string('domain');
  const { identity } = app.connection;
  return domain ? idOrSilence((name, options) => identity.findDomain(name, options), domain) : undefined;
}

/** The id of a role by what was typed for it. */
export function roleId(app: App, name: string, domain_id: string | undefined): Promise<string> {
  const { identity } = app.connection;
  return idOrSilence((text, options) => identity.findRole(text, options), name, domain_id);
}

/** `openstack role create` */
export const createRole: ShowOneCommand = {
  name: 'role create',
  upstream: 'openstackclient.identity.v3.role.CreateRole',
  kind: 'show',
  description: 'Make a role',
  arguments: [
    { names: ['name'], metavar: '<role-name>', help: 'Name of the new role' },
    { names: ['--description'], metavar: '<description>', help: 'What the role is for' },
    ownerDomain,
    { names: ['--or-show'], action: 'store_true', help: 'If there is one of this name, show that one' },
    ...immutable,
  ],
  async run(app, args) {
    const { identity } = app.connection;
    const domain_id = await domainId(app, args);
    const name = args.string('name') ?? '';
    const role = {
      ...(domain_id !== undefined && { domain_id }),
      ...(name && { name }),
      ...(args.string('description') && { description: args.string('description') }),
      options: immutableOptions(args),
    } as { name: string }; // an empty name is left out, and the service says so
    try {
      return roleFields(await identity.createRole(role));
    } catch (error) {
      if (!(error instanceof ConflictException) || !args.flag('or_show')) throw error;
      const domain = args.string('domain') || undefined; // as it was typed
      const existing = await identity.findRole(name, { ignoreMissing: false, domain_id: domain });
      app.log('info', `Returning existing role ${existing.name}`);
      return roleFields(existing);
    }
  },
};

/** `openstack role delete` */
export const deleteRole: PlainCommand = {
  name: 'role delete',
  upstream: 'openstackclient.identity.v3.role.DeleteRole',
  kind: 'command',
  description: 'Delete roles',
  arguments: [
    { names: ['roles'], metavar: '<role>', nargs: '+', help: 'Roles to delete (name or ID)' },
    ownerDomain,
  ],
  async run(app, args) {
    const domain_id = await domainId(app, args);
    await forEachOf(
      app,
      args.list('roles'),
      async (name) => app.connection.identity.deleteRole(await roleId(app, name, domain_id)),
      failedToDelete('role', 'roles'),
    );
  },
};

/** `openstack role list` */
export const listRole: ListerCommand = {
  name: 'role list',
  upstream: 'openstackclient.identity.v3.role.ListRole',
  kind: 'lister',
  description: 'List the roles',
  arguments: [
    {
      names: ['--domain'],
      metavar: '<domain>',
      help: 'Roles of this domain only (name or ID), in place of those of the whole cloud',
    },
  ],
  async run(app, args) {
    const { identity } = app.connection;
    const wanted = args.string('domain');
    if (!wanted)
      return { columns: ['ID', 'Name'], rows: (await identity.roles()).map(({ id, name }) => [id, name]) };
    const domain = await identity.findDomain(wanted);
    if (domain === undefined) throw new CommandError("'NoneType' object has no attribute 'id'");
    const roles = await identity.roles({ domain_id: domain.id });
    return {
      columns: ['ID', 'Name', 'Domain'],
      rows: roles.map(({ id, name }) => [id, name, domain.name]),
    };
  },
};

/** `openstack role set` */
export const setRole: PlainCommand = {
  name: 'role set',
  upstream: 'openstackclient.identity.v3.role.SetRole',
  kind: 'command',
  description: 'Change a role',
  arguments: [
    { names: ['role'], metavar: '<role>', help: 'Role to change (name or ID)' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    ownerDomain,
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    ...immutable,
  ],
  async run(app, args) {
    const domain_id = await domainId(app, args);
    const id = await roleId(app, args.string('role') ?? '', domain_id);
    await app.connection.identity.updateRole(id, {
      ...(args.string('description') && { description: args.string('description') }),
      ...(args.string('name') && { name: args.string('name') ?? '' }),
      ...(domain_id !== undefined && { domain_id }),
      options: immutableOptions(args),
    });
  },
};

/** `openstack role show` */
export const showRole: ShowOneCommand = {
  name: 'role show',
  upstream: 'openstackclient.identity.v3.role.ShowRole',
  kind: 'show',
  description: 'Show a role',
  arguments: [{ names: ['role'], metavar: '<role>', help: 'Role to show (name or ID)' }, ownerDomain],
  async run(app, args) {
    const domain_id = await domainId(app, args);
    const { identity } = app.connection;
    return roleFields(
      await identity.findRole(args.string('role') ?? '', { ignoreMissing: false, domain_id }),
    );
  },
};
