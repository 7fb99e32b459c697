import {
  empty,
  isObject,
  json,
  member,
  param,
  type Call,
  type Json,
  type ShareApi,
  type Versions,
} from './call';
import { badRequest, forbidden, notFound } from './errors';
import { authorize, type RequestContext } from './policy';
import { defaultQuotas, DEFAULTS, limitsOf, usageOf, type Whose } from './quotas';
import { repr } from '../../python/repr';
import { strictBool, wholeNumber } from './validation';

const NOT_QUOTAS = ['tenant_id', 'id', 'force', 'share_type'];
/** The quotas that a later version knows first. */
const SINCE: Readonly<Record<string, number>> = {
  share_groups: 40,
  share_group_snapshots: 40,
  share_replicas: 53,
  replica_gigabytes: 53,
  per_share_gigabytes: 62,
  backups: 80,
  backup_gigabytes: 80,
};

/** The quotas of an answer, in manila's order: manila/api/views/quota_sets.py. */
function view<T>(
  { version }: RequestContext,
  values: Readonly<Record<string, T>>,
  { id, type }: { id?: string | undefined; type?: string | undefined },
): Json {
  const known = (keys: readonly string[], since = 0): Json =>
    version >= since ? Object.fromEntries(keys.map((key) => [key, values[key] ?? null])) : {};
  return {
    ...known(['shares', 'gigabytes', 'snapshots', 'snapshot_gigabytes']),
    ...(id !== undefined && { id }),
    ...(type === undefined && known(['share_networks'])),
    ...(type === undefined && known(['share_groups', 'share_group_snapshots'], 40)),
    ...known(['share_replicas', 'replica_gigabytes'], 53),
    ...known(['per_share_gigabytes'], 62),
    ...known(['backups', 'backup_gigabytes'], 80),
  };
}

/** manila/api/v2/quota_sets.py, quota_class_sets.py and manila/api/v1/limits.py. */
export function mountQuotas(api: ShareApi): void {
  mountSets(api, '/quota-sets', [7]);
  mountSets(api, '/os-quota-sets', [0, 6]);
  mountClasses(api, '/quota-class-sets', [7]);
  mountClasses(api, '/os-quota-class-sets', [0, 6]);
  mountLimits(api);
}

function mountSets(api: ShareApi, path: string, versions: Versions): void {
  const { repository } = api;
  const { quotas } = repository.state;

  const whose = (call: Call): Whose => {
    const { context, query } = call;
    const [user, type] = [query.get('user_id') || undefined, query.get('share_type') || undefined];
    if (type !== undefined && context.version < 39) {
      throw badRequest(
        "'share_type' key is not supported by this microversion. Use 2.39 or greater microversion to be able to use 'share_type' quotas.",
      );
    }
    const found =
      type === undefined
        ? undefined
        : repository.state.types.find(({ id, name }) => id === type || name === type);
    if (type !== undefined && found === undefined)
      throw notFound(`Share type with name or id '${type}' not found.`);
    if (user !== undefined && found !== undefined)
      throw badRequest("'user_id' and 'share_type' values are mutually exclusive");
    return { project: param(call, 'id'), user, type: found?.id };
  };
  const show = (call: Call, detail: boolean): Response => {
    const { context } = call;
    authorize(context, 'quota_set:show');
    const project = param(call, 'id');
    if (!context.isAdmin && context.projectId !== project) throw forbidden();
    const about = whose(call);
    const limits = limitsOf(repository, about);
    const usage = usageOf(repository, about);
    const names = Object.keys(limits); // the view leaves out what no type has
    const values = Object.fromEntries(
      names.map((name) => [
        name,
        detail ? { limit: limits[name], in_use: usage[name] ?? 0, reserved: 0 } : limits[name],
      ]),
    );
    return json({ quota_set: view(context, values, { id: project, type: about.type }) });
  };

  api.route(
    `${path}/:id`,
    {
      GET: (call) => show(call, false),
      PUT: (call) => {
        authorize(call.context, 'quota_set:update');
        const about = whose(call);
        setQuotas(api, call, about);
        return json({
          quota_set: view(call.context, limitsOf(repository, about), { type: about.type }),
        });
      },
      DELETE: (call) => {
        authorize(call.context, 'quota_set:delete');
        const { project, user, type } = whose(call);
        if (user !== undefined) delete quotas.users[`${project}/${user}`];
        else if (type !== undefined) delete quotas.types[`${project}/${type}`];
        else {
          delete quotas.projects[project];
          // manila forgets what is used together with the limits
          quotas.forgotten = { ...quotas.forgotten, [project]: Object.keys(DEFAULTS) };
          for (const all of [quotas.users, quotas.types])
            for (const key of Object.keys(all)) if (key.startsWith(`${project}/`)) delete all[key];
        }
        return empty(202);
      },
    },
    versions,
  );
  api.route(`${path}/:id/detail`, { GET: (call) => show(call, true) }, [
    Math.max(25, versions[0]),
    versions[1] ?? Infinity,
  ]);
  api.route(
    `${path}/:id/defaults`,
    {
      GET: (call) => {
        authorize(call.context, 'quota_set:show');
        return json({
          quota_set: view(call.context, defaultQuotas(repository), { id: param(call, 'id') }),
        });
      },
    },
    versions,
  );
}

/** `_update` of manila/api/v2/quota_sets.py. @throws {@link ManilaError} 400. */
function setQuotas({ repository }: ShareApi, { context, body }: Call, about: Whose): void {
  const values = member(body, 'quota_set') ?? {};
  for (const [key, since] of Object.entries(SINCE)) {
    if (values[key] && context.version < since) {
      throw badRequest(
        `'${key}' key is not supported by this microversion. Use 2.${since} or greater microversion to be able to use '${key}' quotas.`,
      );
    }
  }
  if (Object.keys(DEFAULTS).every((key) => values[key] === undefined || values[key] === null))
    throw badRequest('Must supply at least one quota field to update.');
  if (about.type !== undefined && (values['share_groups'] || values['share_group_snapshots']))
    throw badRequest('Share type quotas cannot constrain share groups and share group snapshots.');
  let force = false;
  const bad: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (key === 'share_networks' && about.type !== undefined) {
      throw badRequest(
        "'share_networks' quota cannot be set for share type. It can be set only for project or user.",
      );
    }
    if (key === 'force') force = strictBool(value) ?? false;
    else if (NOT_QUOTAS.includes(key)) continue;
    else if (!Object.hasOwn(DEFAULTS, key)) bad.push(key);
    else if (value) limitFrom(key, value);
  }
  if (bad.length > 0) throw badRequest(`Bad key(s) ${bad.join(',')} in quota_set.`);

  const limits = limitsOf(repository, about);
  const usage = usageOf(repository, about);
  const project = limitsOf(repository, { project: about.project });
  const { quotas } = repository.state;
  const [all, name] =
    about.user !== undefined
      ? [quotas.users, `${about.project}/${about.user}`]
      : about.type !== undefined
        ? [quotas.types, `${about.project}/${about.type}`]
        : [quotas.projects, about.project];
  for (const [key, value] of Object.entries(values)) {
    if (NOT_QUOTAS.includes(key) || (!value && value !== 0)) continue;
    const limit = limitFrom(key, value);
    const used = usage[key] ?? 0;
    if (!force && limit >= 0 && (limits[key] ?? -1) >= 0 && used > limit) {
      throw badRequest(`Quota value ${limit} for ${key} is smaller than already used and reserved ${used}.`);
    }
    const ofProject = about.user === undefined && about.type === undefined;
    const most = ofProject ? -1 : (project[key] ?? -1);
    if (limit < -1) throw badRequest('Quota limit must be -1 or greater.');
    if (limit < used && !force && (most !== -1 || limit !== -1))
      throw badRequest(`Quota limit must be greater than ${used}.`);
    if (most !== -1 && limit > most && !force) throw badRequest(`Quota limit must be less than ${most}.`);
    all[name] = { ...(Object.hasOwn(all, name) ? all[name] : {}), [key]: limit };
  }
}

function limitFrom(key: string, value: unknown): number {
  const limit = wholeNumber(value);
  if (limit === undefined) {
    const text = typeof value === 'string' ? value : repr(value);
    throw badRequest(`Quota '${text}' for ${key} should be integer.`);
  }
  return limit;
}

function mountClasses({ repository, route }: ShareApi, path: string, versions: Versions): void {
  const { classes } = repository.state.quotas;
  const answer = (context: RequestContext, name: string, id?: string): Response => {
    const own = Object.hasOwn(classes, name) ? classes[name] : {};
    const { id: _id, share_networks, ...rest } = view(context, { ...defaultQuotas(repository), ...own }, {});
    const { shares, gigabytes, snapshots, snapshot_gigabytes, ...later } = rest;
    const first = { shares, gigabytes, snapshots, snapshot_gigabytes, share_networks };
    return json({ quota_class_set: { ...first, ...(id !== undefined && { id }), ...later } });
  };
  route(
    `${path}/:id`,
    {
      GET: (call) => {
        authorize(call.context, 'quota_class_set:show');
        if (!call.context.isAdmin) throw forbidden();
        return answer(call.context, param(call, 'id'), param(call, 'id'));
      },
      PUT: (call) => {
        authorize(call.context, 'quota_class_set:update');
        const values = isObject(call.body) ? (member(call.body, 'quota_class_set') ?? {}) : {};
        const name = param(call, 'id');
        for (const [key, value] of Object.entries(values)) {
          if (!Object.hasOwn(DEFAULTS, key)) continue;
          const limit = wholeNumber(value);
          if (limit === undefined) throw badRequest();
          classes[name] = { ...(Object.hasOwn(classes, name) ? classes[name] : {}), [key]: limit };
        }
        return answer(call.context, name);
      },
    },
    versions,
  );
}

/** What limits and their use are called in `/limits`, in the order of a real answer. */
const LIMITS: readonly (readonly [quota: string, max: string, used: string, since: number])[] = [
  ['shares', 'maxTotalShares', 'totalSharesUsed', 0],
  ['snapshots', 'maxTotalShareSnapshots', 'totalShareSnapshotsUsed', 0],
  ['gigabytes', 'maxTotalShareGigabytes', 'totalShareGigabytesUsed', 0],
  ['snapshot_gigabytes', 'maxTotalSnapshotGigabytes', 'totalSnapshotGigabytesUsed', 0],
  ['share_networks', 'maxTotalShareNetworks', 'totalShareNetworksUsed', 0],
  ['share_groups', 'maxTotalShareGroups', 'totalShareGroupsUsed', 58],
  ['share_group_snapshots', 'maxTotalShareGroupSnapshots', 'totalShareGroupSnapshotsUsed', 58],
  ['share_replicas', 'maxTotalShareReplicas', 'totalShareReplicasUsed', 53],
  ['replica_gigabytes', 'maxTotalReplicaGigabytes', 'totalReplicaGigabytesUsed', 53],
  ['backups', 'maxTotalShareBackups', 'totalShareBackupsUsed', 80],
  ['backup_gigabytes', 'maxTotalBackupGigabytes', 'totalBackupGigabytesUsed', 80],
];

function mountLimits({ repository, route }: ShareApi): void {
  route('/limits', {
    GET: ({ context }) => {
      const whose = { project: context.projectId };
      const [limits, usage] = [limitsOf(repository, whose), usageOf(repository, whose)];
      const known = LIMITS.filter(([, , , since]) => context.version >= since);
      const absolute = {
        ...Object.fromEntries(known.map(([quota, max]) => [max, limits[quota]])),
        ...Object.fromEntries(known.map(([quota, , used]) => [used, usage[quota] ?? 0])),
      };
      return json({ limits: { rate: [], absolute } });
    },
  });
}
