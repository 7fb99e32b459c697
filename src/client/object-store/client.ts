/** Object Store v1. Models `openstack/object_store/v1/_proxy.py`. */
import type { Interface } from '../access';
import type { Query, RequestOptions, Session } from '../session';
import { encodeHeader, metadataHeaders, quotePath } from './headers';
import { accountOf, containerOf, objectOf, objectHeaders } from './resources';
import { uploadInSegments } from './large-object';
import type {
  BulkDeleteResult,
  ContainerEntry,
  ContainerOptions,
  LargeObjectOptions,
  ListingQuery,
  ObjectContainer,
  ObjectDownload,
  ObjectEntry,
  ObjectOptions,
  ObjectSource,
  ObjectStoreAccount,
  ObjectStoreMetadataChanges,
  Segment,
  StoredObject,
  SubdirEntry,
} from './types';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface ObjectStoreClientOptions {
  regionName?: string | undefined;
  interface?: Interface | undefined;
  /** URL of the account, such as `https://cloud.example/v1/AUTH_abc`. */
  endpointOverride?: string | undefined;
}

/**
 * Calls Object Store v1 with a session's token: the containers and objects of the project's account.
 * All calls throw {@link HttpException} and its kinds when Swift refuses.
 *
 * @example
 * await cloud.objectStore.createContainer('www');
 * await cloud.objectStore.uploadObject('www', 'index.html', '<h1>Hello</h1>');
 */
export class ObjectStoreClient {
  constructor(
    readonly session: Session,
    private readonly options: ObjectStoreClientOptions = {},
  ) {}

  /** The account's URL, without a trailing slash: what temporary URLs begin with. */
  async getEndpoint(): Promise<string> {
    const { endpointOverride, regionName, interface: face } = this.options;
    const endpoint =
      endpointOverride ??
      (await this.session.getEndpoint({
        serviceType: 'object-store',
        regionName,
        ...(face && { interface: face }),
      }));
    return endpoint.replace(/\/+$/, '');
  }

  /** Sends any request. @param path below the account, escaped, such as `/www/a%20b`; empty for the account itself. */
  async request(path: string, options: RequestOptions = {}): Promise<Response> {
    const endpointFilter = { serviceType: 'object-store' };
    return this.session.request(`${await this.getEndpoint()}${path}`, { endpointFilter, ...options });
  }

  /** What the account holds. `HEAD /v1/{account}`. */
  async getAccount(): Promise<ObjectStoreAccount> {
    return accountOf((await this.request('', { method: 'HEAD' })).headers);
  }

  /** `POST /v1/{account}`. */
  async updateAccount(metadata: ObjectStoreMetadataChanges): Promise<void> {
    await this.#post('', metadataHeaders('Account', metadata));
  }

  /** All containers, by name, page after page. `GET /v1/{account}`. */
  containers(query: Omit<ListingQuery, 'versions'> = {}): AsyncGenerator<ContainerEntry, void, undefined> {
    return this.#list<ContainerEntry>('', query);
  }

  /** Makes a container; one that is there already stays, with what is new. `PUT /v1/{account}/{container}`. */
  async createContainer(name: string, options: ContainerOptions = {}): Promise<void> {
    await this.request(containerPath(name), { method: 'PUT', headers: containerHeaders(options) });
  }

  /** One container. `HEAD /v1/{account}/{container}`. Throws {@link NotFoundException}. */
  async getContainer(name: string): Promise<ObjectContainer> {
    return containerOf(name, (await this.request(containerPath(name), { method: 'HEAD' })).headers);
  }

  /** Changes what is given and leaves the rest; an empty access list takes the old one away. */
  async updateContainer(name: string, options: Omit<ContainerOptions, 'storagePolicy'>): Promise<void> {
    await this.#post(containerPath(name), containerHeaders(options));
  }

  /** `DELETE /v1/{account}/{container}`. @throws {@link ConflictException} when it is not empty. */
  async deleteContainer(name: string): Promise<void> {
    await this.request(containerPath(name), { method: 'DELETE' });
  }

  /**
   * All objects of a container, by name, page after page. `GET /v1/{account}/{container}`. With a delimiter the names
   * that go on alike come as one {@link SubdirEntry}.
   *
   * @example
   * for await (const object of cloud.objectStore.objects('www', { prefix: 'images/' })) console.log(object.name);
   */
  objects(
    container: string,
    query: ListingQuery & { delimiter: string },
  ): AsyncGenerator<ObjectEntry | SubdirEntry, void, undefined>;
  objects(container: string, query?: ListingQuery): AsyncGenerator<ObjectEntry, void, undefined>;
  objects(
    container: string,
    query: ListingQuery = {},
  ): AsyncGenerator<ObjectEntry | SubdirEntry, void, undefined> {
    return this.#list<ObjectEntry | SubdirEntry>(containerPath(container), query);
  }

  /** One object without its data. `HEAD /v1/{account}/{container}/{object}`. Throws {@link NotFoundException}. */
  async getObject(container: string, name: string): Promise<StoredObject> {
    const { headers } = await this.request(objectPath(container, name), { method: 'HEAD' });
    return objectOf(container, name, headers);
  }

  /**
   * Makes an object or replaces it, data and metadata. `PUT /v1/{account}/{container}/{object}`.
   *
   * @returns the MD5 of the data.
   * @throws {@link NotFoundException} without the container, {@link HttpException} with status 413 over 5 GiB or a
   * quota, 422 when `etag` is not the data's, {@link PreconditionFailedException} for a name that is too long.
   */
  async uploadObject(
    container: string,
    name: string,
    data: ObjectSource,
    options: ObjectOptions = {},
  ): Promise<string> {
    const headers = objectHeaders(options);
    // a text would be sent with a content type of its own
    const body = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    const response = await this.request(objectPath(container, name), { method: 'PUT', headers, body });
    return unquoted(response.headers.get('etag'));
  }

  /**
   * An object's data. `GET /v1/{account}/{container}/{object}`.
   *
   * @param options `range` as HTTP writes it, such as `bytes=0-99`. @throws {@link HttpException} with status 416 for
   * a range past the end.
   */
  async downloadObject(
    container: string,
    name: string,
    options: { range?: string; versionId?: string; ifNoneMatch?: string } = {},
  ): Promise<ObjectDownload> {
    const { headers, body } = await this.request(objectPath(container, name), {
      headers: {
        ...(options.range !== undefined && { Range: options.range }),
        ...(options.ifNoneMatch !== undefined && { 'If-None-Match': options.ifNoneMatch }),
      },
      query: { 'version-id': options.versionId },
    });
    const size = headers.get('content-length');
    return {
      stream: body ?? new Blob([]).stream(),
      size: size === null ? undefined : Number(size),
      contentType: headers.get('content-type') ?? '',
      etag: unquoted(headers.get('etag')),
    };
  }

  /** Replaces an object's metadata, all of it. `POST /v1/{account}/{container}/{object}`. */
  async updateObject(
    container: string,
    name: string,
    options: Omit<ObjectOptions, 'etag' | 'onlyIfNew'>,
  ): Promise<void> {
    await this.#post(objectPath(container, name), objectHeaders(options));
  }

  /**
   * Copies an object inside the cloud; metadata come along, `options` on top. `PUT` with `X-Copy-From`.
   *
   * @returns the MD5 of the data.
   */
  async copyObject(
    from: { container: string; name: string },
    to: { container: string; name?: string },
    options: ObjectOptions & { freshMetadata?: boolean } = {},
  ): Promise<string> {
    const headers = {
      ...objectHeaders(options),
      'X-Copy-From': `/${quotePath(from.container)}/${quotePath(from.name)}`,
      ...(options.freshMetadata && { 'X-Fresh-Metadata': 'true' }),
    };
    const path = objectPath(to.container, to.name ?? from.name);
    const response = await this.request(path, { method: 'PUT', headers });
    return unquoted(response.headers.get('etag'));
  }

  /**
   * `DELETE /v1/{account}/{container}/{object}`.
   *
   * @param options `segments`: with it, what a static large object consists of goes too.
   */
  async deleteObject(
    container: string,
    name: string,
    options: { versionId?: string; segments?: boolean } = {},
  ): Promise<void> {
    const query = {
      'multipart-manifest': options.segments ? 'delete' : undefined,
      'version-id': options.versionId,
    };
    await this.request(objectPath(container, name), { method: 'DELETE', query });
  }

  /** Deletes many objects in one request, up to 10,000. Those that are not there are no errors. */
  async bulkDelete(objects: readonly { container: string; name: string }[]): Promise<BulkDeleteResult> {
    const lines = objects.map(({ container, name }) => `${quotePath(`/${container}/${name}`)}\n`);
    const response = await this.request('', {
      method: 'POST',
      query: { 'bulk-delete': '' },
      headers: { 'Content-Type': 'text/plain', Accept: 'application/json' },
      body: lines.join(''),
    });
    const answer = (await response.json()) as {
      'Number Deleted': number;
      'Number Not Found': number;
      Errors: [string, string][];
    }; // the API's contract
    return {
      deleted: answer['Number Deleted'],
      notFound: answer['Number Not Found'],
      errors: answer.Errors.map(([name, reason]) => [decodeURIComponent(name), reason]),
    };
  }

  /** Joins segments to one object: a static large object. `PUT …?multipart-manifest=put`. */
  async createStaticLargeObject(
    container: string,
    name: string,
    segments: readonly Segment[],
    options: Omit<ObjectOptions, 'etag'> = {},
  ): Promise<void> {
    await this.request(objectPath(container, name), {
      method: 'PUT',
      query: { 'multipart-manifest': 'put' },
      headers: objectHeaders(options),
      body: new TextEncoder().encode(JSON.stringify(segments)),
    });
  }

  /**
   * Uploads a file of any size in segments and joins them. Segments that are there already, whole and with the same
   * data, are not sent again: an upload that broke off goes on where it was.
   *
   * @throws what {@link uploadObject} throws; the segments that were sent stay.
   */
  uploadLargeObject(
    container: string,
    name: string,
    data: Blob,
    options: LargeObjectOptions = {},
  ): Promise<{ segments: readonly Segment[] }> {
    return uploadInSegments(this, container, name, data, options);
  }

  /** What the service can do and what its limits are: `GET /info`, which needs no token. */
  async info(): Promise<Record<string, Record<string, unknown>>> {
    const url = new URL(await this.getEndpoint());
    const base = url.href.replace(/\/v\d+\.?\d*(\/.*)?$/, '');
    const response = await this.session.request(`${base}/info`, { authenticated: false });
    return (await response.json()) as Record<string, Record<string, unknown>>; // the API's contract
  }

  async #post(path: string, headers: Record<string, string>): Promise<void> {
    await this.request(path, { method: 'POST', headers });
  }

  async *#list<T extends ContainerEntry | ObjectEntry | SubdirEntry>(
    path: string,
    query: ListingQuery,
  ): AsyncGenerator<T, void, undefined> {
    let after: Query = {};
    for (;;) {
      const { reverse, versions, ...rest } = query;
      const response = await this.request(path, {
        query: {
          format: 'json',
          ...rest,
          ...(reverse && { reverse: 'true' }),
          ...(versions && { versions: 'true' }),
          ...after,
        },
      });
      if (response.status === 204) return;
      const page = (await response.json()) as T[]; // the API's contract
      for (const entry of page) yield entry;
      const last: Partial<ObjectEntry & SubdirEntry> | undefined = page.at(-1);
      if (last === undefined) return;
      after = {
        marker: last.name ?? last.subdir ?? '',
        ...(last.version_id !== undefined && { version_marker: last.version_id }),
      };
    }
  }
}

/** The path of a container below the account, escaped. */
export function containerPath(container: string): string {
  return `/${quotePath(container)}`;
}

/** The path of an object below the account, escaped; slashes in its name stay. */
export function objectPath(container: string, name: string): string {
  return `/${quotePath(container)}/${quotePath(name)}`;
}

function containerHeaders(options: ContainerOptions): Record<string, string> {
  const { readAcl, writeAcl, storagePolicy, versionsEnabled, metadata } = options;
  return {
    ...(readAcl !== undefined && { 'X-Container-Read': encodeHeader(readAcl) }),
    ...(writeAcl !== undefined && { 'X-Container-Write': encodeHeader(writeAcl) }),
    ...(storagePolicy !== undefined && { 'X-Storage-Policy': storagePolicy }),
    ...(versionsEnabled !== undefined && { 'X-Versions-Enabled': String(versionsEnabled) }),
    ...metadataHeaders('Container', metadata),
  };
}

function unquoted(etag: string | null): string {
  return (etag ?? '').replace(/^"|"$/g, '');
}
