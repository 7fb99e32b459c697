import { SHARE_BACKEND, SHARE_ZONE } from '../states/share';
import { dropLocksOf } from './locks';
import { tell } from './messages';
import { POOL_HOST } from './pools';
import { countAgain } from './quotas';
import { timestamp, type ShareRepository } from './repository';
import { refusal } from './scheduler';
import type { AccessRecord, ExportLocationRecord, Job, ShareRecord, SnapshotRecord } from './state';

/** Seconds from an answer until the scheduler and the manager are done, as the dummy driver of a real cloud takes them. */
export const SECONDS = {
  create: 0.3 + SHARE_BACKEND.methods_delays.create_share,
  createFromSnapshot: 0.2,
  manage: 0.2,
  unmanage: 0.2,
  delete: 0.3,
  extend: 0.2,
  shrink: 0.1,
  revert: 0.2,
  access: 0.2,
  snapshotCreate: 0.1,
  snapshotDelete: 0.2,
} as const;

/** Where shares are to be had, as the dummy driver makes it up: the address that only administrators see comes first. */
const ADDRESSES = [
  { ip: '11.0.0.11', is_admin_only: true, preferred: false },
  { ip: '10.0.0.10', is_admin_only: false, preferred: true },
  { ip: '10.0.0.20', is_admin_only: false, preferred: false },
] as const;

/**
 * What the scheduler and the share service do after the API has answered: manila/scheduler/manager.py and
 * manila/share/manager.py over manila's dummy driver. Nothing runs by itself; whatever is due is done at the start of
 * the next request.
 */
export class ShareManager {
  constructor(readonly repository: ShareRepository) {}

  /** Does what is due by now, the earliest first. */
  settle(): void {
    const { state, clock } = this.repository;
    const now = clock.now().toISOString();
    const due = state.jobs.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    state.jobs = state.jobs.filter(({ at }) => at > now);
    for (const job of due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) this.#run(job);
  }

  #run(job: Job): void {
    const { state } = this.repository;
    const time = new Date(job.at);
    const share = state.shares.find(({ id }) => id === job.id);
    if (share !== undefined) return this.#runOnShare(share, job, time);
    const snapshot = state.snapshots.find(({ id }) => id === job.id);
    if (snapshot !== undefined) this.#runOnSnapshot(snapshot, job, time);
  }

  #runOnShare(share: ShareRecord, job: Job, time: Date): void {
    const done = (changes: Partial<ShareRecord>): void => {
      Object.assign(share, changes, { updated_at: timestamp(time) });
    };
    switch (job.kind) {
      case 'create':
        return this.#create(share, job, time);
      case 'manage':
        return this.#manage(share, time);
      case 'unmanage':
        this.repository.state.unmanaged.push(...share.export_locations.map(({ path }) => path));
        return this.#forget(share);
      case 'delete':
        return this.#forget(share);
      case 'extend':
      case 'shrink':
        return done({ size: job.size ?? share.size, status: 'available' });
      case 'revert': {
        const snapshot = this.repository.snapshotsOf(share.id).find(({ status }) => status === 'restoring');
        if (snapshot !== undefined) Object.assign(snapshot, { status: 'available' });
        return done({ size: job.size ?? share.size, status: 'available' });
      }
      case 'access':
        return this.#updateAccess(share, time);
      default:
    }
  }

  #create(share: ShareRecord, job: Job, time: Date): void {
    if (share.status !== 'creating') return;
    const { repository } = this;
    const about = { project: share.project_id, request: job.request, resource: share.id };
    const fail = (action: Parameters<typeof tell>[2], detail: string): void => {
      Object.assign(share, { status: 'error', updated_at: timestamp(time) });
      tell(repository, about, action, detail, time);
    };
    if (share.host === '') {
      const reason = refusal(repository.typeOf(share), share.size);
      if (reason !== undefined) return fail('allocate host', reason);
      share.host = POOL_HOST;
    }
    share.availability_zone ??= SHARE_ZONE;
    if (share.share_network_id !== null) return fail('create', '003');
    Object.assign(share, {
      status: 'available',
      progress: '100%',
      export_locations: this.#exports(sharePath(share), time),
      updated_at: timestamp(time),
    });
  }

  #exports(mountpoint: string, time: Date): ExportLocationRecord[] {
    return ADDRESSES.map(({ ip, is_admin_only, preferred }) => ({
      id: this.repository.ids.uuid('share-export-location'),
      path: `${ip}:${mountpoint}`,
      is_admin_only,
      preferred,
      metadata: {},
      created_at: timestamp(time),
      updated_at: timestamp(time),
    }));
  }

  /** Only what nobody manages any more can be managed again: the driver must know it. */
  #manage(share: ShareRecord, time: Date): void {
    const { state } = this.repository;
    const tail = (path: string | undefined): string => path?.split(':/').at(-1) ?? '';
    const wanted = tail(share.export_locations[0]?.path);
    const known = state.unmanaged.some((path) => tail(path) === wanted);
    Object.assign(share, { updated_at: timestamp(time) });
    if (!known) {
      Object.assign(share, { status: 'manage_error', size: 1 });
      return;
    }
    state.unmanaged = state.unmanaged.filter((path) => tail(path) !== wanted);
    Object.assign(share, {
      status: 'available',
      size: 1,
      availability_zone: SHARE_ZONE,
      export_locations: this.#exports(sharePath(share), time),
    });
  }

  /** A share goes with its rules; what locks it goes, too. */
  #forget(share: ShareRecord): void {
    const { state } = this.repository;
    const rules = new Set(this.repository.accessOf(share.id).map(({ id }) => id));
    countAgain(this.repository, share.project_id, ['shares', 'gigabytes']);
    state.shares = state.shares.filter((one) => one !== share);
    state.access_rules = state.access_rules.filter(({ id }) => !rules.has(id));
    state.locks = state.locks.filter(
      ({ resource_id }) => resource_id !== share.id && !rules.has(resource_id),
    );
  }

  /** `_update_access_rules` of manila/share/access.py: all that is queued at once. */
  #updateAccess(share: ShareRecord, time: Date): void {
    const { state } = this.repository;
    const rules = this.repository.accessOf(share.id);
    const queued = rules.filter(({ state: one }) => one.startsWith('queued_to_'));
    if (queued.length === 0) return;
    const kept = rules.filter((rule) => rule.state === 'active' || rule.state === 'queued_to_apply');
    const refused = kept.some((rule) => !isSupported(share, rule));
    const set = (rule: AccessRecord, one: string): void => {
      Object.assign(rule, { state: one, updated_at: timestamp(time) });
    };
    if (refused) {
      for (const rule of queued) set(rule, 'error');
      share.access_rules_status = 'error';
      return;
    }
    const denied = new Set(queued.filter(({ state: one }) => one === 'queued_to_deny'));
    for (const { id } of denied) dropLocksOf(this.repository, id);
    state.access_rules = state.access_rules.filter((rule) => !denied.has(rule));
    for (const rule of queued) if (!denied.has(rule)) set(rule, 'active');
    const wrong = this.repository.accessOf(share.id).some(({ state: one }) => one === 'error');
    share.access_rules_status = wrong ? 'error' : 'active';
  }

  #runOnSnapshot(snapshot: SnapshotRecord, job: Job, time: Date): void {
    const { state } = this.repository;
    const location = snapshotPath(snapshot);
    switch (job.kind) {
      case 'snapshot-create': {
        if (snapshot.status !== 'creating') return;
        const share = state.shares.find(({ id }) => id === snapshot.share_id);
        Object.assign(snapshot, {
          status: 'available',
          progress: '100%',
          provider_location: location,
          export_locations: share?.mount_snapshot_support ? this.#exports(location, time) : [],
          updated_at: timestamp(time),
        });
        return;
      }
      case 'snapshot-unmanage':
        if (snapshot.provider_location !== null) state.unmanaged.push(snapshot.provider_location);
        state.snapshots = state.snapshots.filter((one) => one !== snapshot);
        return;
      case 'snapshot-delete':
        countAgain(this.repository, snapshot.project_id, ['snapshots', 'snapshot_gigabytes']);
        state.snapshots = state.snapshots.filter((one) => one !== snapshot);
        state.snapshot_access_rules = state.snapshot_access_rules.filter(
          ({ share_id }) => share_id !== snapshot.id,
        );
        return;
      case 'snapshot-manage': {
        const known = state.unmanaged.includes(snapshot.provider_location ?? '');
        state.unmanaged = state.unmanaged.filter((one) => one !== snapshot.provider_location);
        Object.assign(snapshot, {
          status: known ? 'available' : 'manage_error',
          size: known ? 1 : snapshot.size,
          updated_at: timestamp(time),
        });
        return;
      }
      case 'snapshot-access':
        return this.#updateSnapshotAccess(snapshot, time);
      default:
    }
  }

  #updateSnapshotAccess(snapshot: SnapshotRecord, time: Date): void {
    const { state } = this.repository;
    const share = state.shares.find(({ id }) => id === snapshot.share_id);
    for (const rule of state.snapshot_access_rules) {
      if (rule.share_id !== snapshot.id || share === undefined) continue;
      if (rule.state === 'queued_to_apply')
        Object.assign(rule, {
          state: isSupported(share, rule) ? 'active' : 'error',
          updated_at: timestamp(time),
        });
    }
    state.snapshot_access_rules = state.snapshot_access_rules.filter(
      (rule) => rule.share_id !== snapshot.id || rule.state !== 'queued_to_deny',
    );
  }
}

/** What the dummy driver takes: addresses for NFS, users for CIFS. An IPv6 address for NFS never comes to it, which is the same here. */
function isSupported(share: ShareRecord, { access_type }: AccessRecord): boolean {
  if (share.share_proto.toLowerCase() === 'cifs') return access_type === 'user';
  return access_type === 'ip';
}

function sharePath({ id, instance_id, mount_point_name }: ShareRecord): string {
  const name = mount_point_name ?? `share_${id.replaceAll('-', '_')}_${instance_id.replaceAll('-', '_')}`;
  return `/path/to/fake/share/${name}`;
}

function snapshotPath({ id, instance_id }: SnapshotRecord): string {
  return `/path/to/fake/snapshot/snapshot_${id.replaceAll('-', '_')}_${instance_id.replaceAll('-', '_')}`;
}
