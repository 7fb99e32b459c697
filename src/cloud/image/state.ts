/** Glance's records, as plain JSON. Field names are those of the Image API v2. */

import type { MetadefState } from './metadefs/state';

export const STATUSES = [
  'queued',
  'saving',
  'active',
  'killed',
  'deleted',
  'uploading',
  'importing',
  'pending_delete',
  'deactivated',
] as const;
export type ImageStatus = (typeof STATUSES)[number];

export const VISIBILITIES = ['community', 'public', 'private', 'shared'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export interface ImageRecord {
  id: string;
  name: string | null;
  status: ImageStatus;
  visibility: Visibility;
  protected: boolean;
  os_hidden: boolean;
  owner: string | null;
  disk_format: string | null;
  container_format: string | null;
  min_disk: number;
  min_ram: number;
  size: number | null;
  virtual_size: number | null;
  checksum: string | null;
  os_hash_algo: string | null;
  os_hash_value: string | null;
  /** ISO 8601 in whole seconds, such as `2026-11-22T09:00:00Z`. */
  created_at: string;
  updated_at: string;
  /** Sorted, each once. */
  tags: string[];
  /** The custom properties, sorted by name. */
  properties: Record<string, string>;
  /** Where the data lie: ids of stores. Empty while there are none. */
  stores: string[];
}

export const MEMBER_STATUSES = ['pending', 'accepted', 'rejected'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** A project with which a shared image is shared. */
export interface ImageMember {
  image_id: string;
  member_id: string;
  status: MemberStatus;
  created_at: string;
  updated_at: string;
}

/** What an import does or did. */
export interface TaskRecord {
  id: string;
  type: string;
  status: 'pending' | 'processing' | 'success' | 'failure';
  owner: string | null;
  user_id: string;
  request_id: string;
  image_id: string | null;
  input: object;
  result: object | null;
  message: string;
  created_at: string;
  updated_at: string;
  /** Null while it runs. */
  expires_at: string | null;
}

export interface ImageState {
  /** Left out while they are as they came with Glance. */
  metadefs?: MetadefState;
  images: ImageRecord[];
  members: ImageMember[];
  /** Oldest first. */
  tasks: TaskRecord[];
  /** Ids of deleted images: Glance never gives one out again. */
  deleted: string[];
  /** Content by image id, in base64. Left out of a snapshot that carries its blobs separately. */
  data?: Record<string, string>;
}

/** The stores this cloud has; the first is the default. Nobody can put data into a web store: it points at data elsewhere. */
export const STORES = [
  { id: 'local', description: 'Local disk', type: 'file' },
  { id: 'fast', description: 'Fast disk', type: 'file' },
  { id: 'web', description: 'Read-only web', type: 'http' },
] as const;

/** Whether a store refuses data. */
export function isReadOnly(store: string): boolean {
  return STORES.some(({ id, type }) => id === store && type === 'http');
}

/** As `GET /v2/info/import` lists them. */
export const IMPORT_METHODS = ['glance-direct', 'web-download', 'copy-image'] as const;
