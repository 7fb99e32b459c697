import { SeededIds } from '../ids';

/** Cinder's records, as plain JSON. Field names are those of its database: cinder/db/sqlalchemy/models.py. */

export interface VolumeRecord {
  id: string;
  status: string;
  /** What it was before an upload or a change of its size. */
  previous_status: string | null;
  /** GiB. */
  size: number;
  availability_zone: string;
  /** ISO 8601 in whole seconds, such as `2026-11-22T09:00:00.000000`. */
  created_at: string;
  updated_at: string | null;
  display_name: string | null;
  display_description: string | null;
  volume_type_id: string;
  snapshot_id: string | null;
  source_volid: string | null;
  metadata: Record<string, string>;
  /** What only administrators write; `readonly` and `attached_mode` are shown to everybody. */
  admin_metadata: Record<string, string>;
  user_id: string;
  project_id: string;
  bootable: boolean;
  attach_status: 'attached' | 'detached';
  migration_status: string | null;
  /** Null until the scheduler has found one. */
  host: string | null;
  multiattach: boolean;
  /** `volume_glance_metadata`: what is known of the image it was made from. Empty for all others. */
  glance_metadata: Record<string, string>;
  /** What it holds, by offset: base64 of each block that is not all zeros. */
  content: Record<string, string>;
}

export interface SnapshotRecord {
  id: string;
  volume_id: string;
  status: string;
  progress: string;
  volume_size: number;
  created_at: string;
  updated_at: string | null;
  display_name: string | null;
  display_description: string | null;
  metadata: Record<string, string>;
  user_id: string;
  project_id: string;
  volume_type_id: string;
  bootable: boolean;
  glance_metadata: Record<string, string>;
  content: Record<string, string>;
}

export interface VolumeTypeRecord {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Record<string, string>;
  /** Who may use it when it is not public. */
  projects: string[];
  created_at: string;
  updated_at: string;
}

/** `volume_attachment`: who uses a volume, or is about to. */
export interface AttachmentRecord {
  id: string;
  volume_id: string;
  project_id: string;
  instance_uuid: string | null;
  attach_status: 'reserved' | 'attaching' | 'attached';
  attach_mode: string | null;
  attached_host: string | null;
  mountpoint: string | null;
  attach_time: string | null;
  created_at: string;
  connector: Record<string, unknown> | null;
}

/** What the volume manager is busy with: done as soon as a request comes after its time. */
export interface Job {
  /** ISO 8601, as `Date.toISOString` writes it. */
  at: string;
  kind:
    'download' | 'create' | 'delete' | 'extend' | 'retype' | 'upload' | 'snapshot-create' | 'snapshot-delete';
  /** The volume or snapshot. */
  id: string;
  /** The new size of an `extend`, in GiB. */
  size?: number;
  /** The type of a `retype`. */
  type?: string;
  /** The image of a `download` or an `upload`, and the user's token to get or put its data with. */
  image?: string;
  token?: string;
}

export interface VolumeState {
  volumes: VolumeRecord[];
  snapshots: SnapshotRecord[];
  types: VolumeTypeRecord[];
  attachments: AttachmentRecord[];
  /** In the order in which they were asked for. */
  jobs: Job[];
  /** Limits that differ from the defaults, by project. */
  quotas: Record<string, Record<string, number>>;
}

/** The type that every new Cinder has. */
export const DEFAULT_TYPE = '__DEFAULT__';

/** Cinder as it is after its database was made: no volumes, one type. Its id is the same in every cloud. */
export function newVolumeState(): VolumeState {
  const ids = new SeededIds({ seed: 'learn-openstack', counters: {} });
  const installed = '2026-11-22T08:00:00.000000';
  return {
    volumes: [],
    snapshots: [],
    types: [
      {
        id: ids.uuid('default-volume-type'),
        name: DEFAULT_TYPE,
        description: 'Default Volume Type',
        is_public: true,
        extra_specs: {},
        projects: [],
        created_at: installed,
        updated_at: installed,
      },
    ],
    attachments: [],
    jobs: [],
    quotas: {},
  };
}
