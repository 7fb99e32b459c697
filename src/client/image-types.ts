/** The shapes of Image v2. Field names are the API's own. */
import type { KnownImageProperties } from './image-properties';

/** Layouts of a disk that Glance accepts as shipped (`[image_format]disk_formats`). */
export const diskFormats = [
  'ami',
  'ari',
  'aki',
  'vhd',
  'vhdx',
  'vmdk',
  'raw',
  'qcow2',
  'vdi',
  'iso',
  'ploop',
] as const;
export type DiskFormat = (typeof diskFormats)[number];

/** Wrappers around a disk that Glance accepts as shipped; `bare` is none. */
export const containerFormats = ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'] as const;
export type ContainerFormat = (typeof containerFormats)[number];

/** Who can see and use an image. */
export const visibilities = ['private', 'shared', 'community', 'public'] as const;
export type Visibility = (typeof visibilities)[number];

/** Where an image is in its life. */
export const imageStatuses = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'pending_delete',
  'deleted',
] as const;
export type ImageStatus = (typeof imageStatuses)[number];

/** What another project said to an image shared with it. */
export type MemberStatus = 'pending' | 'accepted' | 'rejected';

/**
 * Custom properties. Names that nova knows take only values that nova accepts; any other name takes any text.
 *
 * @example
 * ```ts
 * const good: ImageProperties = { hw_disk_bus: 'virtio', our_team: 'blue' };
 * // @ts-expect-error nova knows no such bus
 * const bad: ImageProperties = { hw_disk_bus: 'virtoi' };
 * ```
 */
export interface ImageProperties extends KnownImageProperties {
  [name: string]: string | undefined;
}

/** An image as this client hands it out: the API's fields, with all others gathered in `properties`. */
export interface Image {
  /** UUID. */
  id: string;
  name: string | null;
  status: ImageStatus;
  visibility: Visibility;
  /** True while nobody may delete it. */
  protected: boolean;
  /** True when default lists leave it out. */
  os_hidden: boolean;
  /** Id of the project it belongs to. */
  owner: string | null;
  /** A cloud may allow more formats than those shipped. */
  disk_format: DiskFormat | (string & {}) | null;
  container_format: ContainerFormat | (string & {}) | null;
  /** Bytes of the file; null before the upload. */
  size: number | null;
  /** Bytes of the disk inside; null when unknown. */
  virtual_size: number | null;
  /** GB that a server's disk must have at least; 0 is no minimum. */
  min_disk: number;
  /** MB of memory that a server must have at least; 0 is no minimum. */
  min_ram: number;
  /** MD5 in hexadecimal; null before the upload. */
  checksum: string | null;
  /** Name of the algorithm of `os_hash_value`, such as `sha512`. */
  os_hash_algo: string | null;
  os_hash_value: string | null;
  tags: string[];
  /** ISO 8601 in UTC, to the second. */
  created_at: string;
  updated_at: string;
  /** Path of the image below the service's root, such as `/v2/images/…`. */
  self: string;
  file: string;
  schema: string;
  /** Comma-separated, on clouds with several stores. */
  stores?: string;
  direct_url?: string;
  locations?: unknown[];
  properties: ImageProperties;
}

/** What a new image can be given. */
export interface ImageCreate {
  /** Chosen by the service when left out. */
  id?: string;
  name?: string;
  /** Needed before data can be uploaded. */
  disk_format?: DiskFormat;
  container_format?: ContainerFormat;
  /** Default `shared`. */
  visibility?: Visibility;
  protected?: boolean;
  os_hidden?: boolean;
  /** GB, 0 or more. */
  min_disk?: number;
  /** MB, 0 or more. */
  min_ram?: number;
  /** Project id; only an administrator may name another. */
  owner?: string;
  tags?: string[];
  properties?: ImageProperties;
}

/** What can be changed. A property set to null is removed. */
export interface ImageUpdate {
  name?: string;
  /** Formats can change only while the image is queued. */
  disk_format?: DiskFormat;
  container_format?: ContainerFormat;
  visibility?: Visibility;
  protected?: boolean;
  os_hidden?: boolean;
  min_disk?: number;
  min_ram?: number;
  owner?: string;
  tags?: string[];
  properties?: { [Name in keyof KnownImageProperties]?: KnownImageProperties[Name] | null } & {
    [name: string]: string | null | undefined;
  };
}

/** One step of a JSON patch as Glance takes it (`openstack-images-v2.1-json-patch`). */
export type PatchOperation =
  { op: 'add' | 'replace'; path: string; value: unknown } | { op: 'remove'; path: string };

/** Keys of an image that can be sorted by. */
export type ImageSortKey =
  'name' | 'status' | 'container_format' | 'disk_format' | 'size' | 'id' | 'created_at' | 'updated_at';

/** Filters of a list. Everything given must hold. */
export interface ImageQuery {
  /** Exact name. */
  name?: string;
  id?: string;
  status?: ImageStatus;
  /** `all` stands for every visibility, community images included. */
  visibility?: Visibility | 'all';
  /** With `visibility: 'shared'`: what you said to the share. Default `accepted`. */
  member_status?: MemberStatus | 'all';
  /** Project id. */
  owner?: string;
  /** Images that carry all of these. */
  tag?: readonly string[];
  disk_format?: DiskFormat;
  container_format?: ContainerFormat;
  protected?: boolean;
  /** True lists the hidden images only. */
  os_hidden?: boolean;
  /** Bytes. */
  size_min?: number;
  size_max?: number;
  /** ISO 8601, optionally behind `gt:`, `gte:`, `lt:`, `lte:`, `eq:` or `neq:`. */
  created_at?: string;
  updated_at?: string;
  /** Such as `name:asc,size:desc`. */
  sort?: string;
  sort_key?: ImageSortKey;
  sort_dir?: 'asc' | 'desc';
  /** Images a page; all pages are read one after the other. */
  limit?: number;
  /** Id of the image after which the list starts. */
  marker?: string;
  /** Custom properties and their values. */
  properties?: ImageProperties;
}

/** A project an image is shared with. */
export interface ImageMember {
  image_id: string;
  /** Project id. */
  member_id: string;
  status: MemberStatus;
  created_at: string;
  updated_at: string;
  schema: string;
}

/** An image's bytes on their way here. */
export interface ImageData {
  /** Null when the image has no data yet (HTTP 204). */
  stream: ReadableStream<Uint8Array> | null;
  /** Bytes, where the service says so. */
  size: number | null;
  /** The service's `Content-MD5`: hexadecimal. */
  md5: string | null;
}

/** A JSON schema as Glance sends it: which fields an image may have and what they may hold. */
export interface ImageSchema {
  name: string;
  properties: Record<
    string,
    {
      type?: string | string[];
      description?: string;
      enum?: unknown[];
      readOnly?: boolean;
      [key: string]: unknown;
    }
  >;
  additionalProperties?: unknown;
  links?: unknown[];
}
