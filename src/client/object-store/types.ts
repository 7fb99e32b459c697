/** What the Object Store v1 API takes and gives: headers and listings, under names of our own where headers have none. */

/** Anything that an object's data can come from. A Blob or stream is sent piece by piece. */
export type ObjectSource = Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string;

/** Names and values of the user's own. Names are not case sensitive; they come back in lower case. */
export type ObjectStoreMetadata = Readonly<Record<string, string>>;

/** New values of some metadata; null removes one. What is not named stays. */
export type ObjectStoreMetadataChanges = Readonly<Record<string, string | null>>;

/** What an account, which is a project's whole object storage, holds. */
export interface ObjectStoreAccount {
  containerCount: number;
  objectCount: number;
  /** Bytes. */
  bytesUsed: number;
  metadata: ObjectStoreMetadata;
}

/** A container in a listing of an account. */
export interface ContainerEntry {
  name: string;
  /** Objects. */
  count: number;
  bytes: number;
  /** ISO 8601 in UTC, without a zone. */
  last_modified: string;
}

/** A container as its headers describe it. */
export interface ObjectContainer {
  name: string;
  objectCount: number;
  /** Bytes. */
  bytesUsed: number;
  /** Who may read and list: see {@link containerAcl}. Empty when nobody else may. */
  readAcl: string;
  /** Who may write and delete objects. */
  writeAcl: string;
  storagePolicy: string | undefined;
  /** Whether old versions of objects are kept. */
  versionsEnabled: boolean;
  metadata: ObjectStoreMetadata;
}

/** What can be said of a container. */
export interface ContainerOptions {
  readAcl?: string;
  writeAcl?: string;
  /** At its creation only. */
  storagePolicy?: string;
  /** Whether to keep old versions of objects from now on. */
  versionsEnabled?: boolean;
  metadata?: ObjectStoreMetadataChanges;
}

/** An object in a listing of a container. */
export interface ObjectEntry {
  name: string;
  bytes: number;
  /** MD5 of the data in hexadecimal digits; of a large object, of its manifest. */
  hash: string;
  content_type: string;
  last_modified: string;
  /** Only in a listing of all versions. */
  version_id?: string;
  is_latest?: boolean;
}

/** What a listing with a delimiter has for all names that go on alike: a folder that is none. */
export interface SubdirEntry {
  subdir: string;
}

/** Which names a listing has. */
export interface ListingQuery {
  /** Names that begin so. */
  prefix?: string;
  /** Names after this one. */
  marker?: string;
  /** Names before this one. */
  end_marker?: string;
  /** Names that go on to this text are rolled up into one. */
  delimiter?: string;
  /** How many a page has; the service's own limit is 10,000. Pages follow each other by themselves. */
  limit?: number;
  reverse?: boolean;
  /** Whether to list all versions of all objects. */
  versions?: boolean;
}

/** An object as its headers describe it. */
export interface StoredObject {
  container: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Without quotes. MD5 of the data; of a large object, another sum. */
  etag: string;
  /** As HTTP writes a time. */
  lastModified: string;
  /** Seconds since 1970 at which the object goes away, if it does. */
  deleteAt: number | undefined;
  /** Where the segments of a dynamic large object are: container and prefix. */
  manifest: string | undefined;
  isStaticLargeObject: boolean;
  versionId: string | undefined;
  metadata: ObjectStoreMetadata;
}

/** What can be said of an object when it is made. */
export interface ObjectOptions {
  /** The service guesses from the name's ending unless given. */
  contentType?: string;
  contentEncoding?: string;
  contentDisposition?: string;
  /** The MD5 of the data: the service refuses others with {@link HttpException} 422. */
  etag?: string;
  /** Seconds since 1970 at which the object goes away. */
  deleteAt?: number;
  /** Seconds from now after which the object goes away. */
  deleteAfter?: number;
  metadata?: ObjectStoreMetadata;
  /** Refused with 412 when there is an object of that name. */
  onlyIfNew?: boolean;
}

/** An object's data on their way. */
export interface ObjectDownload {
  stream: ReadableStream<Uint8Array>;
  /** Bytes to come; undefined when the service does not say. */
  size: number | undefined;
  contentType: string;
  etag: string;
}

/** A piece of a static large object. */
export interface Segment {
  /** `/container/object`. */
  path: string;
  etag: string;
  size_bytes: number;
}

/** How a large object is sent in pieces. */
export interface LargeObjectOptions extends Omit<ObjectOptions, 'etag' | 'onlyIfNew'> {
  /** Bytes; 1 GiB unless given. */
  segmentSize?: number;
  /** Where the pieces go; `<container>_segments` unless given. It must exist. */
  segmentContainer?: string;
  /** What names the pieces begin with; the object's name and its size unless given. */
  segmentPrefix?: string;
  /** Hears of every piece: whether it had to be sent, or was there already. */
  onSegment?: (segment: Segment & { index: number; count: number; sent: boolean }) => void;
}

/** What bulk deletion did. */
export interface BulkDeleteResult {
  deleted: number;
  notFound: number;
  /** Name and why. */
  errors: (readonly [name: string, reason: string])[];
}
