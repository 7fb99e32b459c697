/** What the Volume API sends and takes, field for field: cinder/api/v3/views. */

/** Who uses a volume. */
export interface VolumeAttachedTo {
  id: string;
  attachment_id: string;
  volume_id: string;
  server_id: string;
  /** Null unless you are an administrator. */
  host_name: string | null;
  /** As the Compute service wished for; the guest names its disks itself. */
  device: string;
  attached_at: string;
}

export interface Volume {
  id: string;
  name: string | null;
  description: string | null;
  /** `creating`, `downloading`, `available`, `reserved`, `in-use`, `uploading`, `error`, `deleting`, … */
  status: string;
  /** GiB. */
  size: number;
  availability_zone: string;
  /** In UTC, with microseconds and without a zone. */
  created_at: string;
  updated_at: string | null;
  /** The type's name. */
  volume_type: string;
  snapshot_id: string | null;
  source_volid: string | null;
  metadata: Record<string, string>;
  /** What the volume knows of the image it was made from; absent for all others. */
  volume_image_metadata?: Record<string, string>;
  user_id: string;
  /** A text, not a boolean. */
  bootable: 'true' | 'false';
  encrypted: boolean;
  multiattach: boolean;
  attachments: VolumeAttachedTo[];
  'os-vol-tenant-attr:tenant_id'?: string;
}

/** From what a volume is made: nothing, or one of an image, a snapshot and another volume. */
export interface VolumeCreate {
  name?: string | undefined;
  description?: string | undefined;
  /** GiB. Only a snapshot or another volume can do without. */
  size?: number | undefined;
  /** Name or id. */
  volume_type?: string | undefined;
  availability_zone?: string | undefined;
  metadata?: Record<string, string> | undefined;
  /** An image's id. */
  imageRef?: string | undefined;
  snapshot_id?: string | undefined;
  source_volid?: string | undefined;
}

/** What one may change of a volume. The names with `display_` are older and still taken. */
export interface VolumeUpdate {
  name?: string;
  description?: string;
  display_name?: string;
  display_description?: string;
}

export interface VolumeQuery {
  name?: string | undefined;
  status?: string | undefined;
  /** Of every project; for administrators. */
  all_tenants?: boolean | undefined;
  project_id?: string | undefined;
  user_id?: string | undefined;
  /** `key[:asc|desc]`, separated by commas. */
  sort?: string | undefined;
  limit?: number | undefined;
  marker?: string | undefined;
}

export interface VolumeSnapshot {
  id: string;
  name: string | null;
  description: string | null;
  volume_id: string;
  status: string;
  /** GiB, of the volume it was made of. */
  size: number;
  created_at: string;
  updated_at: string | null;
  metadata: Record<string, string>;
}

export interface VolumeSnapshotCreate {
  volume_id: string;
  name?: string | undefined;
  description?: string | undefined;
  /** Even while a server uses the volume. */
  force?: boolean | undefined;
  metadata?: Record<string, string> | undefined;
}

export interface VolumeType {
  id: string;
  name: string;
  description: string | null;
  is_public: boolean;
  extra_specs: Record<string, string>;
}

/** How an image is made of a volume. */
export interface VolumeUpload {
  image_name: string;
  /** Default `raw`. */
  disk_format?: 'raw' | 'qcow2' | 'vmdk' | 'vdi' | 'vhd' | 'vhdx' | 'ploop' | undefined;
  /** Default `bare`. */
  container_format?: string | undefined;
}

/** What is known at once of an image that is being made of a volume. */
export interface UploadedVolume {
  /** The volume's. */
  id: string;
  image_id: string;
  image_name: string;
  disk_format: string;
  container_format: string;
  status: 'uploading';
  size: number;
}
