/** Commands of barbicanclient/barbican_cli/v1/acls.py. */
import type { KeyManagerClient, SecretAcl } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';
import { barbican, checkRef, isoformat, uri } from './barbican';
import { listed } from './secret';

const upstream = 'barbicanclient.barbican_cli.v1.acls';
const which = uri('URI of the secret or container');

const changes: readonly ArgumentSpec[] = [
  which,
  { names: ['--user', '-u'], dest: 'users', action: 'append', nargs: '?', const: '', help: 'ID of a user who may read it; repeat it for several' },
  { names: ['--project-access'], dest: 'project_access', action: 'store_true', default: null, exclusive: 'access', help: 'The roles of the project count' },
  { names: ['--no-project-access'], dest: 'project_access', action: 'store_false', default: null, exclusive: 'access', help: 'They do not: it is private' },
  { names: ['--operation-type', '-o'], choices: ['read'], default: 'read', help: 'What this is about: read' },
]; // prettier-ignore

/** The reference of a secret or container, and which it is. @throws {@link CommandError} for anything else. */
function target(args: ParsedArgs, stripped = false): { ref: string; title: string } {
  const typed = args.string('URI') ?? '';
  const ref = stripped ? typed.replace(/\/+$/, '') : typed;
  if (ref === '') throw new CommandError('Secret or container href is required.');
  const type = ref.includes('/secrets') ? 'secret' : ref.includes('/containers') ? 'container' : undefined;
  if (type === undefined) throw new CommandError('Secret or container URI is not specified.');
  const title = type === 'secret' ? 'Secret' : 'Container';
  if (ref.includes('/acl')) throw new CommandError(`${title} ACL URI provided. Expecting ${title} URI.`);
  checkRef(ref, type);
  return { ref, title };
}

async function rows(client: KeyManagerClient, ref: string, title: string) {
  const acls = Object.entries(await client.acl(ref));
  const columns = ['Operation Type', 'Project Access', 'Users', 'Created', 'Updated', `${title} ACL Ref`];
  return listed(
    columns,
    acls.map(([operation, acl]) => [
      operation,
      acl['project-access'] ?? null,
      acl.users ?? [],
      isoformat(acl.created),
      isoformat(acl.updated),
      `${ref.replace(/\/+$/, '')}/acl`,
    ]),
  );
}

/** What was asked for: users and whether the project counts. */
function wanted(args: ParsedArgs): { users: string[]; access: boolean | undefined } {
  return { users: args.list('users').filter((user) => user !== ''), access: args.choice('project_access') };
}

async function put(client: KeyManagerClient, ref: string, users: string[], access: boolean | undefined) {
  const read: SecretAcl = { ...(access !== undefined && { 'project-access': access }), users };
  await client.setAcl(ref, { read });
}

/** `openstack acl delete` */
export const deleteAcl: PlainCommand = {
  name: 'acl delete',
  upstream: `${upstream}.DeleteACLs`,
  kind: 'command',
  description: 'Let the roles alone say who may read a secret or container',
  arguments: [which],
  run: (app, args) => barbican(app).deleteAcl(target(args).ref),
};

/** `openstack acl get` */
export const getAcl: ListerCommand = {
  name: 'acl get',
  upstream: `${upstream}.GetACLs`,
  kind: 'lister',
  description: 'Show who may read a secret or container',
  arguments: [which],
  run(app, args) {
    const { ref, title } = target(args, true);
    return rows(barbican(app), ref, title);
  },
};

/** `openstack acl submit` */
export const submitAcl: ListerCommand = {
  name: 'acl submit',
  upstream: `${upstream}.SubmitACL`,
  kind: 'lister',
  description: 'Say anew who may read a secret or container',
  arguments: changes,
  async run(app, args) {
    const { ref, title } = target(args);
    const client = barbican(app);
    const { users, access } = wanted(args);
    await put(client, ref, users, access);
    return rows(client, ref, title);
  },
};

async function change(app: App, args: ParsedArgs, users: (now: string[], given: string[]) => string[]) {
  const { ref, title } = target(args);
  const client = barbican(app);
  const given = wanted(args);
  const { read } = await client.acl(ref);
  await put(client, ref, users(read?.users ?? [], given.users), given.access ?? read?.['project-access']);
  return rows(client, ref, title);
}

/** `openstack acl user add` */
export const addAclUsers: ListerCommand = {
  name: 'acl user add',
  upstream: `${upstream}.AddACLUsers`,
  kind: 'lister',
  description: 'Let more users read a secret or container',
  arguments: changes,
  run: (app, args) => change(app, args, (now, given) => [...new Set([...now, ...given])]),
};

/** `openstack acl user remove` */
export const removeAclUsers: ListerCommand = {
  name: 'acl user remove',
  upstream: `${upstream}.RemoveACLUsers`,
  kind: 'lister',
  description: 'Let users no more read a secret or container',
  arguments: changes,
  run: (app, args) => change(app, args, (now, given) => now.filter((user) => !given.includes(user))),
};
