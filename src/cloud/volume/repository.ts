import type { Clock } from '../clock';
import { notFound, snapshotNotFound, volumeNotFound } from './errors';
import { owns, type RequestContext } from './policy';
import {
  DEFAULT_TYPE,
  type AttachmentRecord,
  type Job,
  type SnapshotRecord,
  type VolumeRecord,
  type VolumeState,
  type VolumeTypeRecord,
} from './state';
import { isUuidLike } from './validation';

/** Cinder's database, as a caller may see it. Modelled on cinder/db/sqlalchemy/api.py. */
export class VolumeRepository {
  constructor(
    readonly state: VolumeState,
    readonly clock: Clock,
  ) {}

  /** The time as the database keeps it: whole seconds. */
  now(): string {
    return timestamp(this.clock.now());
  }

  /** Something that the manager will have done `seconds` from now. */
  later(seconds: number, job: Omit<Job, 'at'>): void {
    this.state.jobs.push({ at: new Date(this.clock.now().getTime() + seconds * 1000).toISOString(), ...job });
  }

  /** @throws {@link CinderError} 404, also for a volume of somebody else. */
  volume(context: RequestContext, id: string): VolumeRecord {
    const volume = this.state.volumes.find((one) => one.id === id);
    if (volume === undefined || !owns(context, volume.project_id)) throw volumeNotFound(id);
    return volume;
  }

  /** @throws {@link CinderError} 404. */
  snapshot(context: RequestContext, id: string): SnapshotRecord {
    const snapshot = this.state.snapshots.find((one) => one.id === id);
    if (snapshot === undefined || !owns(context, snapshot.project_id)) throw snapshotNotFound(id);
    return snapshot;
  }

  /** @throws {@link CinderError} 404. */
  attachment(context: RequestContext, id: string): AttachmentRecord {
    const attachment = this.state.attachments.find((one) => one.id === id);
    if (attachment === undefined || !owns(context, attachment.project_id))
      throw notFound(`Volume attachment could not be found with filter: attachment_id = ${id}.`);
    return attachment;
  }

  attachmentsOf(volumeId: string): AttachmentRecord[] {
    return this.state.attachments.filter(({ volume_id }) => volume_id === volumeId);
  }

  snapshotsOf(volumeId: string): SnapshotRecord[] {
    return this.state.snapshots.filter(({ volume_id }) => volume_id === volumeId);
  }

  mayUse(context: RequestContext, type: VolumeTypeRecord): boolean {
    return context.isAdmin || type.is_public || type.projects.includes(context.projectId);
  }

  /** @throws {@link CinderError} 404. */
  type(context: RequestContext, id: string): VolumeTypeRecord {
    const type = this.state.types.find((one) => one.id === id);
    if (type === undefined || !this.mayUse(context, type))
      throw notFound(`Volume type ${id} could not be found.`);
    return type;
  }

  /** `VolumeType.get_by_name_or_id`. @throws {@link CinderError} 404. */
  typeByNameOrId(context: RequestContext, nameOrId: string): VolumeTypeRecord {
    const known = this.state.types.filter((type) => this.mayUse(context, type));
    const type =
      known.find(({ id }) => isUuidLike(nameOrId) && id === nameOrId) ??
      known.find(({ name }) => name === nameOrId);
    if (type !== undefined) return type;
    const name = isUuidLike(nameOrId) ? nameOrId : `with name ${nameOrId}`;
    throw notFound(`Volume type ${name} could not be found.`);
  }

  /** The type of a volume whose maker named none. @throws {@link CinderError} 404 when an administrator renamed it. */
  defaultType(): VolumeTypeRecord {
    const type = this.state.types.find(({ name }) => name === DEFAULT_TYPE);
    if (type === undefined) throw notFound(`Volume type with name ${DEFAULT_TYPE} could not be found.`);
    return type;
  }

  typeName(id: string): string {
    return this.state.types.find((type) => type.id === id)?.name ?? id;
  }
}

/** A time as cinder's database keeps and shows it. */
export function timestamp(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, '.000000');
}
