import type { Clock } from '../clock';
import type { IdSource } from '../ids';
import { notFound, resourceNotFound, uncaught } from './errors';
import { allows, checkPolicy, type RequestContext } from './policy';
import type {
  AccessRecord,
  Job,
  ShareNetworkRecord,
  ShareRecord,
  ShareState,
  ShareTypeRecord,
  SnapshotRecord,
} from './state';
import { isUuidLike } from './validation';

/** Manila's database, as a caller may see it. Modelled on manila/share/api.py and manila/db/sqlalchemy/api.py. */
export class ShareRepository {
  constructor(
    readonly state: ShareState,
    readonly clock: Clock,
    readonly ids: IdSource,
  ) {}

  /** The time as the database keeps it. */
  now(): string {
    return timestamp(this.clock.now());
  }

  /** Something that the scheduler and the manager will have done `seconds` from now. */
  later(context: RequestContext, seconds: number, job: Omit<Job, 'at' | 'request'>): void {
    const at = new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
    this.state.jobs.push({ at, request: context.requestId, ...job });
  }

  /** A share that the caller may see: her project's, or a public one. */
  findShare(context: RequestContext, id: string): ShareRecord | undefined {
    const share = this.state.shares.find((one) => one.id === id);
    return share !== undefined && (share.is_public || allows(context, 'share:get', share))
      ? share
      : undefined;
  }

  /**
   * `share_api.get`.
   *
   * @param message what the controller says instead of the exception.
   * @throws {@link ManilaError} 404.
   */
  share(context: RequestContext, id: string, message?: string): ShareRecord {
    const share = this.findShare(context, id);
    if (share === undefined) throw message === undefined ? resourceNotFound() : notFound(message);
    return share;
  }

  /** `share_api.get_snapshot`. @throws {@link ManilaError} 404. */
  snapshot(context: RequestContext, id: string): SnapshotRecord {
    checkPolicy(context, 'share_snapshot:get_snapshot');
    const snapshot = this.state.snapshots.find((one) => one.id === id);
    if (snapshot === undefined || !this.owns(context, snapshot)) throw snapshotNotFound(id);
    return snapshot;
  }

  owns(context: RequestContext, thing: { project_id: string }): boolean {
    return context.isAdmin || thing.project_id === context.projectId;
  }

  snapshotsOf(shareId: string): SnapshotRecord[] {
    return this.state.snapshots.filter(({ share_id }) => share_id === shareId);
  }

  accessOf(shareId: string): AccessRecord[] {
    return this.state.access_rules.filter(({ share_id }) => share_id === shareId);
  }

  mayUse(context: RequestContext, type: ShareTypeRecord): boolean {
    return context.isAdmin || type.is_public || type.projects.includes(context.projectId);
  }

  /** `share_type_get`. */
  findType(context: RequestContext, id: string): ShareTypeRecord | undefined {
    const type = this.state.types.find((one) => one.id === id);
    return type !== undefined && this.mayUse(context, type) ? type : undefined;
  }

  findTypeByNameOrId(context: RequestContext, nameOrId: string): ShareTypeRecord | undefined {
    return isUuidLike(nameOrId)
      ? this.findType(context, nameOrId)
      : this.state.types.find((type) => type.name === nameOrId && this.mayUse(context, type));
  }

  typeOf(share: Pick<ShareRecord, 'share_type_id'>): ShareTypeRecord | undefined {
    return this.state.types.find(({ id }) => id === share.share_type_id);
  }

  /** `share_network_get`. @throws {@link ManilaError} 404. */
  network(context: RequestContext, id: string): ShareNetworkRecord {
    const network = this.state.networks.find((one) => one.id === id);
    if (network === undefined || !this.owns(context, network))
      throw notFound(`Share network ${id} could not be found.`);
    return network;
  }

  /** The name of a zone by its name or id. */
  zone(nameOrId: string): string | undefined {
    return this.state.availability_zones.find(({ id, name }) => id === nameOrId || name === nameOrId)?.name;
  }
}

/** `exception.ShareSnapshotNotFound` where nobody catches it. */
export function snapshotNotFound(id: string) {
  return uncaught('ShareSnapshotNotFound', `Snapshot ${id} could not be found.`);
}

/** A time as manila's database keeps and shows it. */
export function timestamp(time: Date): string {
  return time.toISOString().replace(/Z$/, '000');
}
