import { ManilaError, uncaught } from './errors';
import type { ShareRepository } from './repository';

/** manila's default quotas: manila/quota.py. */
export const DEFAULTS: Readonly<Record<string, number>> = {
  shares: 50,
  snapshots: 50,
  gigabytes: 1000,
  per_share_gigabytes: -1,
  snapshot_gigabytes: 1000,
  share_networks: 10,
  share_groups: 50,
  share_group_snapshots: 50,
  share_replicas: 100,
  replica_gigabytes: 1000,
  backups: 10,
  backup_gigabytes: 1000,
};

/** Whose quotas: a project's, or one user's or those of one type in it. */
export interface Whose {
  project: string;
  user?: string | undefined;
  /** A share type's id. */
  type?: string | undefined;
}

export function defaultQuotas({ state }: ShareRepository): Record<string, number> {
  return { ...DEFAULTS, ...own(state.quotas.classes, 'default') };
}

/** The limits that count for somebody; those of a user are at least those of the project. */
export function limitsOf(
  repository: ShareRepository,
  { project, user, type }: Whose,
): Record<string, number> {
  const { quotas } = repository.state;
  const limits = { ...defaultQuotas(repository), ...own(quotas.projects, project) };
  if (user !== undefined) return { ...limits, ...own(quotas.users, `${project}/${user}`) };
  if (type !== undefined) return { ...limits, ...own(quotas.types, `${project}/${type}`) };
  return limits;
}

/** What is used of each quota. */
export function usageOf({ state }: ShareRepository, { project, user, type }: Whose): Record<string, number> {
  const mine = (one: { project_id: string; user_id: string }): boolean =>
    one.project_id === project && (user === undefined || one.user_id === user);
  const shares = state.shares.filter(
    (share) => mine(share) && (type === undefined || share.share_type_id === type),
  );
  const ofType = (shareId: string): boolean =>
    type === undefined ||
    state.shares.some(({ id, share_type_id }) => id === shareId && share_type_id === type);
  const snapshots = state.snapshots.filter((snapshot) => mine(snapshot) && ofType(snapshot.share_id));
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  return {
    shares: shares.length,
    gigabytes: sum(shares.map(({ size }) => size)),
    snapshots: snapshots.length,
    snapshot_gigabytes: sum(snapshots.map(({ size }) => size)),
    share_networks: state.networks.filter(mine).length,
  };
}

/** What more is asked for. */
export interface Added {
  shares?: number;
  gigabytes?: number;
  snapshots?: number;
  snapshot_gigabytes?: number;
  share_networks?: number;
}

/** The quotas that would be exceeded, by the project, the user or the type: `quota_reserve`. */
function overs(repository: ShareRepository, whose: Whose, added: Added): Set<string> {
  const { project, user, type } = whose;
  const levels: Whose[] = [
    { project },
    { project, user },
    ...(type === undefined ? [] : [{ project, type }]),
  ];
  const found = levels.flatMap((level) => {
    const limits = limitsOf(repository, level);
    const usage = usageOf(repository, level);
    return Object.entries(added).filter(([name, amount]) => {
      const limit = limits[name] ?? -1;
      return limit >= 0 && Number(amount) > 0 && (usage[name] ?? 0) + Number(amount) > limit;
    });
  });
  return new Set(found.map(([name]) => name));
}

/**
 * Refuses what would be more than somebody may have: `QUOTAS.reserve` and what manila/share/api.py makes of it.
 *
 * @throws {@link ManilaError} 413.
 */
export function reserve(repository: ShareRepository, whose: Whose, added: Added): void {
  const exceeded = overs(repository, whose, added);
  const limit = (name: string): number => limitsOf(repository, { project: whose.project })[name] ?? 0;
  if (exceeded.has('gigabytes')) throw shareSizeExceeded();
  if (exceeded.has('shares')) {
    throw overQuota(
      'ShareLimitExceeded',
      `Maximum number of shares allowed (${limit('shares')}) either per project/user or share type quota is exceeded.`,
    );
  }
  if (exceeded.has('snapshot_gigabytes')) {
    throw overQuota(
      'SnapshotSizeExceedsAvailableQuota',
      'Requested snapshot exceeds allowed project/user or share type gigabytes quota.',
    );
  }
  if (exceeded.has('snapshots')) {
    throw overQuota(
      'SnapshotLimitExceeded',
      `Maximum number of snapshots allowed (${limit('snapshots')}) either per project/user or share type quota is exceeded.`,
    );
  }
  if (exceeded.has('share_networks')) {
    throw overQuota(
      'ShareNetworksLimitExceeded',
      `Maximum number of share-networks allowed (${limit('share_networks')}) exceeded.`,
    );
  }
}

/** Refuses a share that is bigger than a single one may be. @throws {@link ManilaError} 413. */
export function checkPerShare(repository: ShareRepository, project: string, size: number): void {
  const limit = limitsOf(repository, { project })['per_share_gigabytes'] ?? -1;
  if (limit < 0 || size <= limit) return;
  throw overQuota(
    'ShareSizeExceedsLimit',
    `Requested share size ${size} is larger than maximum allowed limit ${limit}.`,
  );
}

export const SIZE_WORDS = 'Requested share exceeds allowed project/user or share type gigabytes quota.';

function shareSizeExceeded(): ManilaError {
  return overQuota('ShareSizeExceedsAvailableQuota', SIZE_WORDS);
}

function overQuota(kind: string, words: string): ManilaError {
  return uncaught(kind, words, 413);
}

function own(all: Readonly<Record<string, Record<string, number>>>, key: string): Record<string, number> {
  return Object.hasOwn(all, key) ? (all[key] ?? {}) : {};
}
