import { json, empty, param, type VolumeApi } from './call';
import { badRequest, CinderError, forbidden, invalidInput } from './errors';
import { integer } from './list';
import { enforceAdmin, owns, type RequestContext } from './policy';
import type { VolumeRepository } from './repository';
import { boolFromString, validate } from './validation';

/** cinder's default quotas, in its order; those of each type stand before `groups`. */
const DEFAULTS: readonly (readonly [string, number])[] = [
  ['volumes', 10],
  ['per_volume_gigabytes', -1],
  ['snapshots', 10],
  ['gigabytes', 1000],
  ['backups', 10],
  ['backup_gigabytes', 1000],
];
const PER_TYPE = ['volumes', 'gigabytes', 'snapshots'];

function defaultQuotas(repository: VolumeRepository): Record<string, number> {
  const types = repository.state.types.flatMap(({ name }) => PER_TYPE.map((key) => [`${key}_${name}`, -1]));
  return Object.fromEntries([...DEFAULTS, ...types, ['groups', 10]]) as Record<string, number>; // pairs of a name and a number
}

function quotasOf(repository: VolumeRepository, projectId: string): Record<string, number> {
  const { quotas } = repository.state;
  const own = Object.hasOwn(quotas, projectId) ? quotas[projectId] : {};
  return { ...defaultQuotas(repository), ...own };
}

/** How much of each quota a project has used. */
function usageOf(repository: VolumeRepository, projectId: string): Record<string, number> {
  const usage: Record<string, number> = {};
  const add = (key: string, type: string, amount: number): void => {
    for (const name of [key, `${key}_${repository.typeName(type)}`])
      usage[name] = (usage[name] ?? 0) + amount;
  };
  for (const { project_id, size, volume_type_id } of repository.state.volumes) {
    if (project_id !== projectId) continue;
    add('volumes', volume_type_id, 1);
    add('gigabytes', volume_type_id, size);
  }
  for (const { project_id, volume_size, volume_type_id } of repository.state.snapshots) {
    if (project_id !== projectId) continue;
    add('snapshots', volume_type_id, 1);
    add('gigabytes', volume_type_id, volume_size);
  }
  return usage;
}

function overLimit(kind: string, message: string): CinderError {
  return new CinderError(413, `${kind}: ${message}`);
}

/**
 * Refuses what would be more than the project may have: `process_reserve_over_quota` of cinder/quota_utils.py.
 *
 * @param added how much more of each quota, such as `volumes`, is asked for.
 * @throws {@link CinderError} 413.
 */
export function reserve(
  repository: VolumeRepository,
  projectId: string,
  typeId: string,
  added: { volumes?: number; snapshots?: number; gigabytes: number },
): void {
  const limits = quotasOf(repository, projectId);
  const usage = usageOf(repository, projectId);
  const type = repository.typeName(typeId);
  const overs = Object.entries(added)
    .flatMap(([key, amount]) => [
      { key, name: key, amount },
      { key, name: `${key}_${type}`, amount },
    ])
    .filter(({ name, amount }) => {
      const limit = limits[name] ?? -1;
      return limit >= 0 && amount > 0 && (usage[name] ?? 0) + amount > limit;
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const [over] = overs;
  if (over === undefined) return;
  const limit = limits[over.name] ?? 0;
  switch (over.key) {
    case 'gigabytes':
      throw overLimit(
        'VolumeSizeExceedsAvailableQuota',
        `Requested volume or snapshot exceeds allowed ${over.name} quota. Requested ${over.amount}G, quota is ${limit}G and ${usage[over.name] ?? 0}G has been consumed.`,
      );
    case 'volumes':
      throw overLimit(
        'VolumeLimitExceeded',
        `Maximum number of volumes allowed (${limit}) exceeded for quota '${over.name}'.`,
      );
    default:
      throw overLimit('SnapshotLimitExceeded', `Maximum number of snapshots allowed (${limit}) exceeded`);
  }
}

/** Refuses a single volume that is bigger than a project's may be. @throws {@link CinderError} 413. */
export function checkVolumeSize(repository: VolumeRepository, projectId: string, size: number): void {
  const limit = quotasOf(repository, projectId)['per_volume_gigabytes'] ?? -1;
  if (limit >= 0 && size > limit) {
    throw overLimit(
      'VolumeSizeExceedsLimit',
      `Requested volume size ${size}G is larger than maximum allowed limit ${limit}G.`,
    );
  }
}

/** `/limits`, `/os-quota-sets` and `/os-quota-class-sets`: cinder/api/contrib/quotas.py and used_limits.py. */
export function mountQuotas(api: VolumeApi): void {
  const { repository } = api;

  const limits = (context: RequestContext, query: URLSearchParams): Response => {
    const asked = context.isAdmin && context.version >= 39 ? query.get('project_id') : null;
    const projectId = asked ?? context.projectId;
    const quotas = quotasOf(repository, projectId);
    const usage = usageOf(repository, projectId);
    const absolute = {
      maxTotalVolumes: quotas['volumes'],
      maxTotalSnapshots: quotas['snapshots'],
      maxTotalVolumeGigabytes: quotas['gigabytes'],
      maxTotalBackups: quotas['backups'],
      maxTotalBackupGigabytes: quotas['backup_gigabytes'],
      totalVolumesUsed: usage['volumes'] ?? 0,
      totalGigabytesUsed: usage['gigabytes'] ?? 0,
      totalSnapshotsUsed: usage['snapshots'] ?? 0,
      totalBackupsUsed: 0,
      totalBackupGigabytesUsed: 0,
    };
    return json({ limits: { rate: [], absolute } });
  };
  api.route('/limits', { GET: ({ context, query }) => limits(context, query) });

  const mayShow = (context: RequestContext, id: string): void => {
    if (!owns(context, id)) throw forbidden('volume_extension:quotas:show');
  };
  api.route('/os-quota-sets/:id', {
    GET: (call) => {
      const id = param(call, 'id');
      mayShow(call.context, id);
      const quotas = quotasOf(repository, id);
      if (!boolFromString(call.query.get('usage'))) return json({ quota_set: { ...quotas, id } });
      const usage = usageOf(repository, id);
      const withUsage = Object.entries(quotas).map(([key, limit]) => [
        key,
        { limit, in_use: usage[key] ?? 0, reserved: 0 },
      ]);
      return json({ quota_set: { ...Object.fromEntries(withUsage), id } });
    },
    PUT: (call) => {
      const id = param(call, 'id');
      const schema = {
        type: 'object',
        properties: { quota_set: { type: 'object', minProperties: 1 } },
        required: ['quota_set'],
        additionalProperties: false,
      };
      const wanted = checkedQuotas(repository, validate(call.body, schema, 'quota_set'));
      enforceAdmin(call.context, 'volume_extension:quotas:update');
      const usage = usageOf(repository, id);
      for (const [key, limit] of Object.entries(wanted)) {
        const used = usage[key] ?? 0;
        if (key !== 'per_volume_gigabytes' && limit !== -1 && limit < used) {
          throw badRequest(
            `Quota ${key} limit must be equal or greater than existing resources. Current usage is ${used} and the requested limit is ${limit}.`,
          );
        }
      }
      const { quotas } = repository.state;
      const own = Object.hasOwn(quotas, id) ? quotas[id] : {};
      repository.state.quotas = { ...quotas, [id]: { ...own, ...wanted } };
      return json({ quota_set: quotasOf(repository, id) });
    },
    DELETE: (call) => {
      enforceAdmin(call.context, 'volume_extension:quotas:delete');
      const { [param(call, 'id')]: _gone, ...rest } = repository.state.quotas;
      repository.state.quotas = rest;
      return empty(200);
    },
  });
  api.route('/os-quota-sets/:id/defaults', {
    GET: (call) => {
      mayShow(call.context, param(call, 'id'));
      return json({ quota_set: { ...defaultQuotas(repository), id: param(call, 'id') } });
    },
  });
  api.route('/os-quota-class-sets/:id', {
    GET: (call) => {
      enforceAdmin(call.context, 'volume_extension:quota_classes:get');
      return json({ quota_class_set: { ...defaultQuotas(repository), id: param(call, 'id') } });
    },
  });
}

/** The format `quota_set` of cinder/api/validation/validators.py. */
function checkedQuotas(
  repository: VolumeRepository,
  quotaSet: Record<string, unknown>,
): Record<string, number> {
  const known = defaultQuotas(repository);
  const { tenant_id: _tenant, id: _id, ...wanted } = quotaSet;
  const bad = Object.keys(wanted).filter((key) => !Object.hasOwn(known, key));
  const numbers = Object.entries(wanted)
    .filter(([key]) => Object.hasOwn(known, key))
    .map(([key, value]) => [key, integer(value, key, -1)] as const);
  if (bad.length > 0) throw invalidInput(`Bad key(s) in quota set: ${bad.join(', ')}`);
  return Object.fromEntries(numbers);
}
