/** AddRole and RemoveRole of openstackclient/identity/v3/role.py. */
import { HttpException, type Grant } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { PlainCommand } from '../command';
import { domainOf, inherited } from './common';
import { roleId } from './role';
import { idOrSilence } from './sdk';

const where: readonly ArgumentSpec[] = [
  { names: ['--system'], metavar: '<system>', exclusive: 'place', help: 'On the whole system; say all' },
  { names: ['--domain'], metavar: '<domain>', exclusive: 'place', help: 'On this domain (name or ID)' },
  { names: ['--project'], metavar: '<project>', exclusive: 'place', help: 'On this project (name or ID)' },
  { names: ['--user'], metavar: '<user>', exclusive: 'actor', help: 'For this user (name or ID)' },
  { names: ['--group'], metavar: '<group>', exclusive: 'actor', help: 'For the users in this group (name or ID)' },
  domainOf('group'),
  domainOf('project'),
  domainOf('user'),
  inherited,
  domainOf('role'),
]; // prettier-ignore

const NOT_ADDED =
  'Role not added, incorrect set of arguments provided. See openstack --help for more details';

/** `openstack role add` */
export const addRole: PlainCommand = {
  name: 'role add',
  upstream: 'openstackclient.identity.v3.role.AddRole',
  kind: 'command',
  description: 'Give a user or a group a role',
  arguments: [{ names: ['role'], metavar: '<role>', help: 'Role to give (name or ID)' }, ...where],
  async run(app, args) {
    if (saysNothing(args)) throw new CommandError(NOT_ADDED);
    const grant = await grantOf(app, args, true);
    if (grant === undefined) return;
    if ('system' in grant.on && grant.inherited === true)
      app.log(
        'warning',
        "'--inherited' was given, which is not supported when adding a system role. This will be an error in a future release.",
      );
    await quietly(app.connection.identity.assignRole(withoutInherited(grant)));
  },
};

/** `openstack role remove` */
export const removeRole: PlainCommand = {
  name: 'role remove',
  upstream: 'openstackclient.identity.v3.role.RemoveRole',
  kind: 'command',
  description: 'Take a role from a user or a group',
  arguments: [{ names: ['role'], metavar: '<role>', help: 'Role to take away (name or ID)' }, ...where],
  async run(app, args) {
    if (saysNothing(args))
      throw new CommandError('Incorrect set of arguments provided. See openstack --help for more details');
    const grant = await grantOf(app, args, false);
    if (grant !== undefined) await quietly(app.connection.identity.unassignRole(withoutInherited(grant)));
  },
};

function saysNothing(args: ParsedArgs): boolean {
  return ['user', 'domain', 'group', 'project'].every((name) => !args.string(name));
}

/** Roles on the system are never inherited. */
function withoutInherited(grant: Grant): Grant {
  return 'system' in grant.on ? { ...grant, inherited: false } : grant;
}

/** The SDK of 7.4.0 does not look at the answer: whatever the service refuses, the command says nothing. */
async function quietly(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
  }
}

async function grantOf(app: App, args: ParsedArgs, mustExist: boolean): Promise<Grant | undefined> {
  const { identity } = app.connection;
  const domain = async (name: string | undefined, strict = mustExist): Promise<string | undefined> =>
    name
      ? idOrSilence((text, options) => identity.findDomain(text, options), name, undefined, strict)
      : undefined;
  const role = await roleId(app, args.string('role') ?? '', await domain(args.string('role_domain'), true));
  const [user, group] = [args.string('user'), args.string('group')];
  const [project, system] = [args.string('project'), args.string('system')];
  const onDomain = args.string('domain');
  if ((!user && !group) || (!system && !onDomain && !project)) throw new CommandError(NOT_ADDED);
  const to = user
    ? {
        user: await idOrSilence(
          (text, options) => identity.findUser(text, options),
          user,
          await domain(args.string('user_domain')),
          mustExist,
        ),
      }
    : {
        group: await idOrSilence(
          (text, options) => identity.findGroup(text, options),
          group ?? '',
          await domain(args.string('group_domain')),
          mustExist,
        ),
      };
  const on = system
    ? { system }
    : onDomain
      ? { domain: (await domain(onDomain)) ?? '' }
      : {
          project: await idOrSilence(
            (text, options) => identity.findProject(text, options),
            project ?? '',
            await domain(args.string('project_domain')),
            mustExist,
          ),
        };
  return { role, to, on, inherited: args.flag('inherited') };
}
