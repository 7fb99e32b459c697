/** `share quota …` and `share limits show`: manilaclient/osc/v2/quotas.py and share_limits.py. */
import { int, type ArgumentSpec, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { str, type Value } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { findResource, keystone, managers } from '../identity/keystone';
import type { App } from '../app';
import { fields, flag, option, orFail, positional } from './common';
import { manila, type Info, type ManilaClient } from './manila';

/** Quotas that can be set, and since when. */
const QUOTAS: readonly [name: string, help: string, since?: number, problem?: string][] = [
  ['shares', 'Number of shares'],
  ['snapshots', 'Number of snapshots'],
  ['gigabytes', 'GiB of all shares together'],
  ['snapshot-gigabytes', 'GiB of all snapshots together'],
  ['share-networks', 'Number of share networks'],
  ['share-groups', 'Number of share groups', 40, "'share group' quotas are available only starting with '2.40' API microversion."],
  ['share-group-snapshots', 'Number of snapshots of share groups', 40, "'share group snapshots' quotas are available only starting with '2.40' API microversion."],
  ['share-replicas', 'Number of replicas', 53, "setting the number of 'share replicas' is available only starting with API microversion '2.53'."],
  ['replica-gigabytes', 'GiB of all replicas together', 53, "setting the capacity of share replicas in total is available only starting with API microversion '2.53'."],
  ['per-share-gigabytes', 'GiB of one share', 62, "'per share gigabytes' quotas are available only starting with '2.62' API microversion."],
]; // prettier-ignore
const NOTHING =
  "Nothing to set. New quota must be specified to at least one of the following resources: 'shares', 'snapshots', 'gigabytes', 'snapshot-gigabytes', 'share-networks', 'share-type', 'share-groups', 'share-group-snapshots', 'share-replicas', 'replica-gigabytes', 'per-share-gigabytes'";

function whose(withClass: boolean): ArgumentSpec[] {
  const quotaClass = {
    ...flag('--class', 'The name is that of a class: the quota of all projects without their own'),
    dest: 'quota_class',
  };
  const specs = [
    ...(withClass ? [quotaClass] : []),
    option('--user', 'That of this user in the project (name or ID)'),
    option('--share-type', 'That of this share type in the project (name or ID)'),
  ];
  return specs.map((spec) => ({ ...spec, exclusive: 'whose' }));
}

/** The project and the user, as a path: `/quota-sets/…`. */
async function target(app: App, client: ManilaClient, args: ParsedArgs) {
  const identity = keystone(app);
  const user = args.string('user');
  const user_id = user ? (await findResource(managers(identity).users, user)).id : undefined;
  const name = args.string('project') ?? '';
  return {
    user_id,
    project: async () => {
      const { id } = await findResource(managers(identity).projects, name);
      return `${client.atLeast(7) ? '/quota-sets' : '/os-quota-sets'}/${id}`;
    },
  };
}

function queryFor(user_id: string | undefined, share_type: string | undefined) {
  return { ...(user_id ? { user_id } : share_type ? { share_type } : {}) };
}

/** `openstack share quota set` */
export const setQuota: PlainCommand = {
  name: 'share quota set',
  upstream: 'manilaclient.osc.v2.quotas.QuotaSet',
  kind: 'command',
  description: 'Set what a project, a user of it or a share type in it may use',
  arguments: [
    positional('project', '<project/class>', 'Project (name or ID), or a class, such as default'),
    ...whose(true),
    ...QUOTAS.map(([name, help]) => ({ ...option(`--${name}`, help), type: int })),
    { ...flag('--force', 'Although more is in use already'), default: null },
  ],
  async run(app, args) {
    const client = await manila(app);
    const identity = keystone(app);
    const user = args.string('user');
    const user_id = user ? (await findResource(managers(identity).users, user)).id : undefined;
    const share_type = args.string('share_type');
    if (share_type !== undefined)
      client.require(39, "'share type' quotas are available only starting with '2.39' API microversion.");
    const quotas: Record<string, number> = {};
    for (const [name, , since, problem] of QUOTAS) {
      const key = name.replaceAll('-', '_');
      const limit = args.number(key);
      if (limit === undefined) continue;
      if (since !== undefined) client.require(since, problem ?? '');
      quotas[key] = limit;
    }
    if (share_type === undefined && Object.keys(quotas).length === 0) throw new CommandError(NOTHING);
    const name = args.string('project') ?? '';
    if (args.flag('quota_class')) {
      const path = client.atLeast(7) ? '/quota-class-sets' : '/os-quota-class-sets';
      await orFail(
        (why) => `Failed to set quotas for ${name} class: '${why}'`,
        () =>
          client.send('PUT', `${path}/${encodeURI(name)}`, {
            quota_class_set: { class_name: name, ...quotas },
          }),
      );
      return;
    }
    const { id } = await findResource(managers(identity).projects, name);
    await orFail(
      (why) => `Failed to set quotas for project '${name}' : '${why}'`,
      () => {
        if (share_type && quotas.share_networks) {
          throw new CommandError(
            "'share_networks' quota can be set only for project or user, not share type.",
          );
        }
        const quota_set = { tenant_id: id, ...quotas, ...(args.flag('force') && { force: true }) };
        const path = `${client.atLeast(7) ? '/quota-sets' : '/os-quota-sets'}/${id}`;
        return client.send('PUT', path, { quota_set }, queryFor(user_id, share_type));
      },
    );
  },
};

/** `openstack share quota show` */
export const showQuota: ShowOneCommand = {
  name: 'share quota show',
  upstream: 'manilaclient.osc.v2.quotas.QuotaShow',
  kind: 'show',
  description: 'Show what a project, a user of it or a share type in it may use',
  arguments: [
    positional('project', '<project>', 'Project (name or ID)'),
    ...whose(false),
    flag('--detail', 'And what is in use'),
    flag('--defaults', 'What projects have without their own'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const { user_id, project } = await target(app, client, args);
    const path = await project();
    if (args.flag('defaults')) return shown(await client.one('quota_set', `${path}/defaults`));
    const share_type = args.string('share_type');
    if (share_type !== undefined)
      client.require(39, "'share type' quotas are available only starting with '2.39' API microversion.");
    const detail = args.flag('detail') && client.atLeast(25) ? '/detail' : '';
    const answer = await client.send('GET', path + detail, undefined, queryFor(user_id, share_type));
    return shown(answer.quota_set as Info); // the API's contract
  },
};

function shown(quotas: Info) {
  const text = (value: Value): Value =>
    typeof value === 'object' && value !== null
      ? sorted(value as Info)
          .map(([key, one]) => `${key} = ${str(one)}`)
          .join('\n')
      : value;
  return fields(Object.fromEntries(sorted(quotas).map(([key, value]) => [key, text(value)])), []);
}

function sorted(info: Info): [string, Value][] {
  return Object.entries(info).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `openstack share quota delete` */
export const deleteQuota: PlainCommand = {
  name: 'share quota delete',
  upstream: 'manilaclient.osc.v2.quotas.QuotaDelete',
  kind: 'command',
  description: 'Go back to what projects have without their own quota',
  arguments: [positional('project', '<project>', 'Project (name or ID)'), ...whose(false)],
  async run(app, args) {
    const client = await manila(app);
    const { user_id, project } = await target(app, client, args);
    const path = await project();
    const share_type = args.string('share_type');
    if (share_type)
      client.require(39, "'share type' quotas are available only starting with API microversion '2.39'.");
    await client.send('DELETE', path, undefined, queryFor(user_id, share_type));
  },
};

/** `openstack share limits show` */
export const showLimits: ListerCommand = {
  name: 'share limits show',
  upstream: 'manilaclient.osc.v2.share_limits.ShareLimitsShow',
  kind: 'lister',
  description: 'Show what may be used, and what is',
  arguments: [
    { ...flag('--absolute', 'What may be used, and what is'), exclusive: 'kind', exclusiveRequired: true },
    { ...flag('--rate', 'How often the API may be asked'), exclusive: 'kind', exclusiveRequired: true },
  ],
  async run(app, args) {
    const client = await manila(app);
    const limits = await client.one('limits', '/limits');
    if (args.flag('rate')) {
      const columns = ['Verb', 'Regex', 'URI', 'Value', 'Remaining', 'Unit', 'Next Available'];
      return { columns, rows: [], inList: true }; // the cloud has none
    }
    const absolute = Object.entries(limits.absolute as Info); // the API's contract
    return { columns: ['Name', 'Value'], rows: absolute, inList: true };
  },
};
