/** openstackclient/identity/v3/implied_role.py */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { keystone, type KeystoneClient } from './keystone';

const roles: readonly ArgumentSpec[] = [
  { names: ['role'], metavar: '<role>', help: 'Role that brings the other one (name or ID)' },
  { names: ['--implied-role'], metavar: '<role>', required: true, help: 'Role that comes with it (name or ID)' },
]; // prettier-ignore

/** The ids of both; a role that is not there becomes the word None, which the service then cannot find. */
async function idsOf(client: KeystoneClient, args: ParsedArgs): Promise<[string, string]> {
  let [prior, implied] = ['None', 'None'];
  for (const { id, name } of await client.roles()) {
    if ([id, name].includes(args.string('role') ?? '')) prior = id;
    else if ([id, name].includes(args.string('implied_role') ?? '')) implied = id;
  }
  return [prior, implied];
}

/** `openstack implied role create` */
export const createImpliedRole: ShowOneCommand = {
  name: 'implied role create',
  upstream: 'openstackclient.identity.v3.implied_role.CreateImpliedRole',
  kind: 'show',
  description: 'Make one role bring another',
  arguments: roles,
  async run(app, args) {
    const client = keystone(app);
    const { prior_role, implies } = await client.createImpliedRole(...(await idsOf(client, args)));
    return sortedFields({ prior_role: prior_role.id, implies: implies.id });
  },
};

/** `openstack implied role delete` */
export const deleteImpliedRole: PlainCommand = {
  name: 'implied role delete',
  upstream: 'openstackclient.identity.v3.implied_role.DeleteImpliedRole',
  kind: 'command',
  description: 'Let one role no longer bring another',
  arguments: roles,
  async run(app, args) {
    const client = keystone(app);
    await client.deleteImpliedRole(...(await idsOf(client, args)));
  },
};

/** `openstack implied role list` */
export const listImpliedRole: ListerCommand = {
  name: 'implied role list',
  upstream: 'openstackclient.identity.v3.implied_role.ListImpliedRole',
  kind: 'lister',
  description: 'List which roles bring which',
  arguments: [],
  async run(app) {
    const rules = await keystone(app).roleInferences();
    return {
      columns: ['Prior Role ID', 'Prior Role Name', 'Implied Role ID', 'Implied Role Name'],
      rows: rules.flatMap(({ prior_role, implies }) =>
        implies.map(({ id, name }) => [prior_role.id, prior_role.name, id, name]),
      ),
    };
  },
};
