/** Commands of openstackclient/compute/v2/server_group.py. */
import type { ServerGroup, ServerGroupPolicy } from '../../../client';
import { DictColumn, ListColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { compute, forEach, ignoringMissing, need, needFor } from './client';
import { arg, flag, limit, long, num, opt } from './options';
import { SERVER_GROUP, row, shown, type Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.server_group';
const POLICIES = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'];
const list = (value: readonly Value[]) => new ListColumn(value);
const formatters = { member_ids: list, policies: list, rules: (value: Fields) => new DictColumn(value) };

async function show(app: App, group: ServerGroup): Promise<{ columns: string[]; values: Cell[] }> {
  const hidden = (await compute(app).supports('2.64')) ? ['policies'] : ['policy', 'rules'];
  return shown(
    SERVER_GROUP(group),
    ['metadata', 'location', ...hidden],
    { member_ids: 'members' },
    formatters,
  );
}

/** `openstack server group create` */
export const createServerGroup: ShowOneCommand = {
  name: 'server group create',
  upstream: `${upstream}.CreateServerGroup`,
  kind: 'show',
  description: 'Make a group of servers that belong together, or apart',
  arguments: [
    arg('name', 'Name of the new group'),
    opt('policy', `Where its servers may be: ${POLICIES.join(', ')} (default: affinity)`, 'policy', {
      choices: POLICIES,
      default: 'affinity',
    }),
    opt('rule', 'With anti-affinity: max_server_per_host=N', 'key=value', {
      action: 'key_value',
      dest: 'rules',
      default: {},
    }),
  ],
  async run(app, args) {
    const policy = args.string('policy') as ServerGroupPolicy; // one of the choices
    if (policy.startsWith('soft-'))
      await need(
        app,
        '2.15',
        `--os-compute-api-version 2.15 or greater is required to support the ${policy} policy`,
      );
    const rules = args.pairs('rules');
    if (rules.length > 0) await needFor(app, '2.64', '--rule');
    const group = await compute(app).createServerGroup({
      name: args.string('name') ?? '',
      policy,
      ...(rules.length > 0 && { rules: Object.fromEntries(rules) }),
    });
    return show(app, group);
  },
};

/** `openstack server group delete` */
export const deleteServerGroup: PlainCommand = {
  name: 'server group delete',
  upstream: `${upstream}.DeleteServerGroup`,
  kind: 'command',
  description: 'Delete server groups; their servers stay',
  arguments: [arg('server_group', 'Groups to delete (name or ID)', { nargs: '+' })],
  run: (app, args) =>
    forEach(
      app,
      args.list('server_group'),
      async (name) => {
        const { id } = await compute(app).findServerGroup(name, { ignoreMissing: false });
        await ignoringMissing(compute(app).deleteServerGroup(id));
      },
      (_name, why) => why,
      'server groups failed to delete.',
    ),
};

/** `openstack server group list` */
export const listServerGroup: ListerCommand = {
  name: 'server group list',
  upstream: `${upstream}.ListServerGroup`,
  kind: 'lister',
  description: 'List the server groups',
  arguments: [
    flag('all-projects', 'Groups of all projects; administrators may ask for this'),
    long,
    limit,
    num('offset', 'Leave out so many', 'offset', { action: 'non_negative' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const count = args.number('limit');
    // the SDK of this release drops --offset
    const query = {
      ...(count && { limit: count }),
      ...(args.flag('all_projects') && { all_projects: true }),
    };
    const key = (await client.supports('2.64')) ? 'Policy' : 'Policies';
    const groups = await client.serverGroups(query);
    const more = args.flag('long');
    return {
      columns: ['ID', 'Name', key, ...(more ? ['Members', 'Project Id', 'User Id'] : [])],
      rows: groups.map((group) =>
        row(
          SERVER_GROUP(group),
          ['id', 'name', key.toLowerCase(), ...(more ? ['member_ids', 'project_id', 'user_id'] : [])],
          formatters,
        ),
      ),
    };
  },
};

/** `openstack server group show` */
export const showServerGroup: ShowOneCommand = {
  name: 'server group show',
  upstream: `${upstream}.ShowServerGroup`,
  kind: 'show',
  description: 'Show a server group',
  arguments: [arg('server_group', 'Group to show (name or ID)')],
  run: async (app, args) =>
    show(
      app,
      await compute(app).findServerGroup(args.string('server_group') ?? '', { ignoreMissing: false }),
    ),
};
