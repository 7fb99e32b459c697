/** The shapes of imports, tasks, stores and the cache of Image v2. Field names are the API's own. */

/** How an image's data get to Glance when they are not uploaded. */
export type ImportMethod =
  /** From the staging area, where they were put before. */
  | { name: 'glance-direct' }
  /** From an active image's store to other stores. */
  | { name: 'copy-image' }
  /** From an address that Glance fetches. */
  | { name: 'web-download'; uri: string }
  /** From another region's Glance. */
  | {
      name: 'glance-download';
      glance_region: string;
      glance_image_id: string;
      glance_service_interface?: string;
    };

/** Where an import puts the data. */
export interface ImportOptions {
  all_stores?: boolean;
  /** Whether the import fails if one store does; Glance's default is true. */
  all_stores_must_succeed?: boolean;
  /** Ids of stores; the cloud's default store unless given. */
  stores?: readonly string[];
}

/** A place for image data. */
export interface Store {
  id: string;
  description?: string;
  /** The text `true` on the store that is used unless another is named. */
  default?: string;
  /** `true` on a store that nothing can be put in. */
  'read-only'?: string;
  /** With `details`: such as `file`. */
  type?: string;
  properties?: Readonly<Record<string, unknown>>;
  weight?: number;
}

/** How a task stands. */
export type ImageTaskStatus = 'pending' | 'processing' | 'success' | 'failure';

/** Something that Glance does in the background. In lists, input, result and message are left out. */
export interface ImageTask {
  id: string;
  /** `api_image_import` for imports that the API's users start. */
  type: string;
  status: ImageTaskStatus;
  /** Project id. */
  owner: string;
  created_at: string;
  updated_at: string;
  /** When the record goes away; not before the task has ended. */
  expires_at?: string | null;
  input?: unknown;
  result?: unknown;
  message?: string;
  image_id?: string | null;
  request_id?: string | null;
  user_id?: string | null;
  schema?: string;
}

/** Filters and order of a list of tasks. */
export interface ImageTaskQuery {
  type?: string;
  status?: ImageTaskStatus;
  sort_key?: 'id' | 'type' | 'status' | 'created_at' | 'updated_at' | 'expires_at';
  sort_dir?: 'asc' | 'desc';
  /** Tasks a page; all pages are read one after the other. */
  limit?: number;
  /** Id of the task after which the list starts. */
  marker?: string;
}

/** What a server keeps of images that were downloaded before. */
export interface CachedImages {
  cached_images: {
    image_id: string;
    hits: number;
    /** Seconds since 1970. */
    last_accessed: number;
    last_modified: number;
    /** Bytes. */
    size: number;
  }[];
  /** Ids of images that are to be cached. */
  queued_images: string[];
}

/** One quota. */
export interface ImageUsage {
  limit: number;
  usage: number;
}
