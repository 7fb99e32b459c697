/** openstackclient/identity/v3/role_assignment.py */
import type { AssignmentReference, RoleAssignment } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import type { Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand } from '../command';
import { domainOf, inherited } from './common';
import { idOrText } from './sdk';

/** `openstack role assignment list` */
export const listRoleAssignment: ListerCommand = {
  name: 'role assignment list',
  upstream: 'openstackclient.identity.v3.role_assignment.ListRoleAssignment',
  kind: 'lister',
  description: 'List who has which role where',
  arguments: [
    { names: ['--effective'], action: 'store_true', help: 'What the assignments come to: implied and inherited roles, users of groups' },
    { names: ['--role'], metavar: '<role>', help: 'This role only (name or ID)' },
    domainOf('role'),
    { names: ['--names'], action: 'store_true', help: 'Names in place of IDs' },
    { names: ['--user'], metavar: '<user>', exclusive: 'actor', help: 'This user only (name or ID)' },
    domainOf('user'),
    { names: ['--group'], metavar: '<group>', exclusive: 'actor', help: 'This group only (name or ID)' },
    domainOf('group'),
    { names: ['--domain'], metavar: '<domain>', exclusive: 'place', help: 'On this domain only (name or ID)' },
    { names: ['--project'], metavar: '<project>', exclusive: 'place', help: 'On this project only (name or ID)' },
    { names: ['--system'], metavar: '<system>', exclusive: 'place', help: 'On the system only; say all' },
    domainOf('project'),
    inherited,
    { names: ['--auth-user'], action: 'store_true', dest: 'authuser', help: 'Your own only' },
    { names: ['--auth-project'], action: 'store_true', dest: 'authproject', help: 'On the project you are logged in to only' },
  ], // prettier-ignore
  async run(app, args) {
    const names = args.flag('names');
    const assignments = await listed(app, args);
    return {
      columns: ['Role', 'User', 'Group', 'Project', 'Domain', 'System', 'Inherited'],
      rows: assignments.map((assignment) => row(assignment, names ? nameOf : idOf)),
    };
  },
};

function row(
  { role, user, group, scope }: RoleAssignment,
  show: (thing?: AssignmentReference) => string,
): Value[] {
  return [
    show(role),
    show(user),
    show(group),
    show(scope.project),
    show(scope.domain),
    scope.system ? 'all' : '',
    scope['OS-INHERIT:inherited_to'] === 'projects',
  ];
}

function idOf(thing?: AssignmentReference): string {
  return thing?.id ?? '';
}

function nameOf(thing?: AssignmentReference): string {
  if (thing === undefined) return '';
  return `${thing.name ?? ''}${thing.domain ? `@${thing.domain.name}` : ''}`;
}

async function listed(app: App, args: ParsedArgs): Promise<RoleAssignment[]> {
  const { identity } = app.connection;
  const access = await identity.access();
  const domain = async (dest: string): Promise<string | undefined> => {
    const name = args.string(dest);
    return name ? idOrText((text, options) => identity.findDomain(text, options), name) : undefined;
  };
  const find = async (
    kind: 'findRole' | 'findUser' | 'findProject' | 'findGroup',
    name: string | undefined,
    domain_id?: string,
  ): Promise<string | undefined> =>
    name ? idOrText((text, options) => identity[kind](text, options), name, domain_id) : undefined;
  const role_id = await find('findRole', args.string('role'), await domain('role_domain'));
  const userDomain = await domain('user_domain');
  const user_id =
    (await find('findUser', args.string('user'), userDomain)) ??
    (args.flag('authuser') ? await find('findUser', access.userId) : undefined);
  const scope_domain_id = await domain('domain');
  const projectDomain = await domain('project_domain');
  const scope_project_id =
    (await find('findProject', args.string('project'), projectDomain)) ??
    (args.flag('authproject') ? await find('findProject', access.projectId) : undefined);
  const group_id = await find('findGroup', args.string('group'), await domain('group_domain'));
  return identity.roleAssignments({
    role_id,
    user_id,
    group_id,
    scope_project_id,
    scope_domain_id,
    scope_system: args.string('system') || undefined,
    effective: args.flag('effective') || undefined,
    include_names: args.flag('names') || undefined,
    inherited_to: args.flag('inherited') ? 'projects' : undefined,
  });
}
