/** Swift's records, as plain JSON. Times are in units of ten microseconds since 1970, as fine as Swift's `X-Timestamp`. */

/** What a `.data` file and its `.meta` file say of an object, and its row in the container's database. */
export interface ObjectRecord {
  name: string;
  /** When its data came. */
  created: number;
  /** When its metadata were last replaced by a POST. */
  modified: number;
  content_type: string;
  /** The MD5 of the data. */
  etag: string;
  bytes: number;
  /** User metadata, system metadata and the headers that an object keeps, by name in lower case. */
  headers: Record<string, string>;
  /** Where the data are in the state's `data`; absent of an empty object. */
  data?: string;
}

export interface ContainerRecord {
  name: string;
  created: number;
  /** When it was last PUT or POSTed. */
  modified: number;
  /** ACLs, user metadata and system metadata, by name in lower case. */
  headers: Record<string, string>;
  /** In the order of their names' UTF-8 bytes. */
  objects: ObjectRecord[];
}

export interface AccountRecord {
  name: string;
  created: number;
  modified: number;
  headers: Record<string, string>;
  containers: ContainerRecord[];
}

export interface ObjectStoreState {
  accounts: AccountRecord[];
  /** The last time that was given to anything: no two changes happen at the same one. */
  lastTime: number;
  /** How many data have been stored so far: the next ones' key. */
  lastData: number;
  /** What the objects hold in base64, by key; absent where it travels beside the state. */
  data?: Record<string, string>;
}

/** Every key of {@link ObjectStoreState.data} begins so, and no image's id does. */
export const DATA_PREFIX = 'object-';

export function newObjectStoreState(): ObjectStoreState {
  return { accounts: [], lastTime: 0, lastData: 0 };
}
