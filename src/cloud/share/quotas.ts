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
  const counted = {
    shares: shares.length,
    gigabytes: sum(shares.map(({ size }) => size)),
    snapshots: snapshots.length,
    snapshot_gigabytes: sum(snapshots.map(({ size }) => size)),
    share_networks: state.networks.filter(mine).length,
  };
  const forgotten = state.quotas.forgotten?.[project] ?? [];
  return { ...counted, ...Object.fromEntries(forgotten.map((name) => [name, 0])) };
}

/** What more is asked for. */
export interface Added {
  shares?: number;
  gigabytes?: number;
  snapshots?: number;
  snapshot_gigabytes?: number;
  share_networks?: number;
}

/**
 * Refuses what would be more than somebody may have: `_quota_reserve` for the project and its user, then for the type, and
 * what manila/share/api.py makes of it. Whoever reserves something has it counted again.
 *
 * @throws {@link ManilaError} 413.
 */
export function reserve(repository: ShareRepository, whose: Whose, added: Added): void {
  const { project, user, type } = whose;
  countAgain(repository, project, Object.keys(added));
  check(repository, { project, user }, added);
  if (type !== undefined) check(repository, { project, type }, added);
}

/** What is used of some quotas is known again. */
export function countAgain({ state }: ShareRepository, project: string, names: readonly string[]): void {
  const forgotten = state.quotas.forgotten?.[project];
  if (forgotten === undefined) return;
  state.quotas.forgotten = {
    ...state.quotas.forgotten,
    [project]: forgotten.filter((name) => !names.includes(name)),
  };
}

function check(repository: ShareRepository, level: Whose, added: Added): void {
  const ofProject = { project: level.project };
  const [limits, most] = [limitsOf(repository, level), limitsOf(repository, ofProject)];
  const [used, usedByAll] = [usageOf(repository, level), usageOf(repository, ofProject)];
  const over = (name: keyof Added): boolean => {
    const amount = added[name] ?? 0;
    const exceeds = (limit = -1, use = 0): boolean => limit >= 0 && use + amount > limit;
    // who may have any amount is not held to what the project may have
    if (amount <= 0 || (limits[name] ?? -1) < 0) return false;
    return exceeds(most[name], usedByAll[name]) || exceeds(limits[name], used[name]);
  };
  if (over('gigabytes')) throw shareSizeExceeded();
  if (over('shares')) {
    throw overQuota(
      'ShareLimitExceeded',
      `Maximum number of shares allowed (${limits['shares'] ?? 0}) either per project/user or share type quota is exceeded.`,
    );
  }
  if (over('snapshot_gigabytes')) {
    throw overQuota(
      'SnapshotSizeExceedsAvailableQuota',
      'Requested snapshot exceeds allowed project/user or share type gigabytes quota.',
    );
  }
  if (over('snapshots')) {
    throw overQuota(
      'SnapshotLimitExceeded',
      `Maximum number of snapshots allowed (${limits['snapshots'] ?? 0}) either per project/user or share type quota is exceeded.`,
    );
  }
  if (over('share_networks')) {
    throw overQuota(
      'ShareNetworksLimitExceeded',
      `Maximum number of share-networks allowed (${limits['share_networks'] ?? 0}) exceeded.`,
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
