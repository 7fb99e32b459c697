import type { Store } from '../../backend/store';
import { isContainer, isObject, objectPath } from '../../common/path';
import {
  error,
  HTTPException,
  nothing,
  plainError,
  type App,
  type Middleware,
  type SwiftRequest,
  type SwiftResponse,
} from '../../common/swob';
import { isTrue, quote, unquote } from '../../common/text';
import { normal, parseTime } from '../../common/timestamp';
import { ALLOW_RESERVED, SYMLOOP_EXTEND, TARGET_BYTES, TARGET_ETAG } from '../symlink';
import { DELETE_MARKER, fail, hidden, mustWrite, putAgain } from './common';
import { CONTAINER, ENABLED, versionedContainer } from './versioned-container';
import { splitVersion, versionName } from './version-name';

const VERSIONS_SYMLINK = 'x-object-sysmeta-versions-symlink';

/** Old versions are kept, each with an id: swift/common/middleware/versioned_writes/object_versioning.py. */
export function objectVersioning(store: Store): Middleware {
  return async (request, next) => {
    const { account, container: name, version } = request.parts;
    if (account === '' || !/^v1(\.0)?$/.test(version)) return next(request);
    if (name === '') return request.method === 'GET' ? withVersions(request, next, store) : next(request);
    if (isContainer(request)) return versionedContainer(request, next, store);
    if (!isObject(request)) return next(request);
    const kept = store.container(account, name)?.record.headers ?? {};
    const [versions = ''] = (unquote(kept[CONTAINER] ?? '') ?? '').split('/');
    const context = new Versions(
      request,
      next,
      store,
      versions,
      isTrue(kept[ENABLED]),
      kept['x-container-write'],
    );
    const id = request.params.get('version-id') ?? '';
    if (id !== '') return context.ofVersion(id);
    return versions === '' ? next(request) : context.ofObject();
  };
}

/** Accounts are listed with the bytes of hidden containers added to those they belong to. */
async function withVersions(request: SwiftRequest, next: App, store: Store): Promise<SwiftResponse> {
  const response = await next(request);
  const account = store.account(request.parts.account);
  for (const entry of response.listing ?? []) {
    const versions = account?.containers.get(`\0versions\0${entry.name ?? ''}`);
    if (versions !== undefined) entry.bytes = (entry.bytes ?? 0) + versions.bytes;
  }
  return response;
}

class Versions {
  readonly #path: string;

  constructor(
    readonly request: SwiftRequest,
    readonly next: App,
    readonly store: Store,
    readonly container: string,
    readonly isEnabled: boolean,
    readonly writeAcl: string | undefined,
  ) {
    this.#path = request.path;
  }

  #version(time: number): string {
    const { account, object } = this.request.parts;
    return objectPath(account, this.container, versionName(object, time));
  }

  async ofObject(): Promise<SwiftResponse> {
    const { request, next } = this;
    switch (request.method) {
      case 'PUT':
        return this.isEnabled ? this.#put() : next(request);
      case 'POST':
        return this.#post();
      case 'DELETE':
        return this.isEnabled ? this.#delete() : next(request);
      default:
        return this.#get();
    }
  }

  async #get(): Promise<SwiftResponse> {
    const { request, next } = this;
    const response = await next(request);
    const { headers } = response;
    headers.set('X-Object-Version-Id', 'null');
    const { account, container, object } = request.parts;
    const link = quote(`/v1/${account}/${container}/${object}`);
    const own = (path: string | null, prefix: string): string | undefined => {
      const target = unquote(path ?? '') ?? '';
      const { time } = splitVersion(target.startsWith(prefix) ? target.slice(prefix.length) : '');
      return time === undefined ? undefined : normal(time);
    };
    const id = own(headers.get('Content-Location'), `/v1/${account}/${this.container}/`);
    if (id !== undefined) {
      headers.set('X-Object-Version-Id', id);
      headers.set('Content-Location', `${link}?version-id=${id}`);
    }
    const target = own(headers.get('X-Symlink-Target'), `${this.container}/`);
    if (target !== undefined) {
      headers.set('X-Object-Version-Id', target);
      headers.set('X-Symlink-Target', `${quote(`${container}/${object}`)}?version-id=${target}`);
    }
    return response;
  }

  /** What was there before versions were kept becomes one. */
  async #keepCurrent(): Promise<void> {
    mustWrite(this.request, this.writeAcl);
    const found = await this.next(hidden(this.request, 'GET', this.#path, { params: [['symlink', 'get']] }));
    if (found.status === 404) return;
    if (!found.isSuccess) this.#failed(found);
    if (found.headers.get(VERSIONS_SYMLINK) === 'true') return;
    const time = parseTime(found.headers.get('X-Timestamp') ?? '') ?? this.store.tick();
    const put = await putAgain(this.request, this.next, this.#version(time), found);
    if (put.status === 404) noContainer();
    if (!put.isSuccess) this.#failed(put);
  }

  #failed(response: SwiftResponse): never {
    if (response.status === 404) fail(412);
    throw new HTTPException(response);
  }

  async #put(): Promise<SwiftResponse> {
    const { request, next } = this;
    await this.#keepCurrent();
    const time = this.store.tick();
    const put = request.copy();
    put.path = this.#version(time);
    put.env.authorize = undefined;
    put.env.allowReserved = true;
    for (const header of ['X-Delete-At', 'X-Delete-After']) put.headers.delete(header);
    const stored = await next(put);
    if (stored.status === 404) noContainer();
    if (!stored.isSuccess) throw new HTTPException(stored);
    const { account, object } = request.parts;
    const record = this.store.object(account, this.container, versionName(object, time));
    const size = put.headers.get('x-object-sysmeta-slo-size') ?? String(record?.bytes ?? 0);
    const type = (record?.content_type ?? '').split(';')[0] ?? '';
    return this.#link(time, stored.headers.get('Etag') ?? '', size, type);
  }

  /** The object is a link to one of its versions. `_put_symlink_to_version`. */
  async #link(time: number, etag: string, bytes: string, type: string): Promise<SwiftResponse> {
    const link = this.request.copy();
    const { object } = link.parts;
    link.method = 'PUT';
    link.body = nothing;
    for (const header of [
      'ETag', 'X-If-Delete-At', 'X-Symlink-Target-Account', 'X-Object-Manifest', 'X-Static-Large-Object',
      'X-Object-Sysmeta-Slo-Etag', 'X-Object-Sysmeta-Slo-Size', 'If-None-Match',
    ]) link.headers.delete(header); // prettier-ignore
    const headers = {
      'Content-Length': '0',
      'Content-Type': type,
      'X-Symlink-Target': quote(`${this.container}/${versionName(object, time)}`),
      [TARGET_ETAG]: etag,
      [TARGET_BYTES]: bytes,
      [VERSIONS_SYMLINK]: 'true',
      [SYMLOOP_EXTEND]: 'true',
      [ALLOW_RESERVED]: 'true',
    };
    for (const [name, value] of Object.entries(headers)) link.headers.set(name, value);
    link.params.delete('version-id');
    link.env.allowReserved = true;
    const response = await this.next(link);
    response.headers.set('Etag', etag);
    response.headers.set('X-Object-Version-Id', normal(time));
    return response;
  }

  async #post(): Promise<SwiftResponse> {
    const { request, next } = this;
    const headers = new Headers(request.headers);
    for (const header of ['X-Delete-At', 'X-Delete-After']) headers.delete(header);
    const response = await next(request);
    if (response.status !== 307 || !isTrue(response.headers.get(VERSIONS_SYMLINK))) return response;
    const location = unquote(response.headers.get('Location') ?? '') ?? '';
    if (!location.startsWith(`/v1/${request.parts.account}/${this.container}/`)) return response;
    const post = hidden(request, 'POST', location);
    post.headers = headers;
    return next(post);
  }

  async #delete(): Promise<SwiftResponse> {
    const { request, next } = this;
    await this.#keepCurrent();
    const time = this.store.tick();
    const marker = hidden(request, 'PUT', this.#version(time), {
      headers: { 'Content-Type': DELETE_MARKER, 'Content-Length': '0' },
    });
    marker.env.contentTypeOverridden = true;
    const put = await next(marker);
    if (!put.isSuccess) this.#failed(put);
    const response = await next(request);
    if (response.isSuccess || response.status === 404)
      response.headers.set('X-Object-Version-Id', normal(time));
    return response;
  }

  async ofVersion(id: string): Promise<SwiftResponse> {
    const { request, next } = this;
    const { method } = request;
    if (method === 'POST') return error(400, 'POST to a specific version is not allowed');
    if (this.container === '' && id !== 'null')
      return error(400, 'version-aware operations require that the container is versioned');
    const time = id === 'null' ? undefined : parseTime(id);
    if (id !== 'null' && time === undefined) return error(400, 'Invalid version parameter');
    if (method === 'DELETE') return time === undefined ? next(request) : this.#deleteVersion(id, time);
    if (method === 'PUT') return this.#putVersion(time);
    if (time === undefined) {
      const response = await next(request);
      if (!response.isSuccess) return response;
      if ((unquote(response.headers.get('Content-Location') ?? '') ?? '').includes('\0versions\0')) fail(404);
      response.headers.set('X-Object-Version-Id', 'null');
      return response;
    }
    const get = request.copy();
    get.path = this.#version(time);
    get.env.allowReserved = true;
    const response = await next(get);
    if (!response.isSuccess) return response;
    if (response.headers.get('Content-Type') === DELETE_MARKER)
      return error(404, undefined, { 'X-Object-Version-Id': id, 'Content-Type': DELETE_MARKER });
    response.headers.set('X-Object-Version-Id', id);
    return response;
  }

  async #putVersion(time: number | undefined): Promise<SwiftResponse> {
    const { request, next } = this;
    for await (const chunk of request.body())
      if (chunk.length > 0) return plainError(400, 'PUT version-id requests require a zero byte body');
    if (time === undefined) return error(400, 'Invalid version parameter');
    const head = await next(hidden(request, 'HEAD', this.#version(time), { params: [['symlink', 'get']] }));
    if (head.status === 404) {
      if (this.store.container(request.parts.account, this.container) === undefined) noContainer();
      return plainError(404, 'The specified version does not exist');
    }
    if (!head.isSuccess) this.#failed(head);
    const { headers } = head;
    return this.#link(
      time,
      headers.get('Etag') ?? '',
      headers.get('Content-Length') ?? '0',
      headers.get('Content-Type') ?? '',
    );
  }

  async #deleteVersion(id: string, time: number): Promise<SwiftResponse> {
    const { request, next } = this;
    const head = await next(hidden(request, 'HEAD', this.#path, { params: [['symlink', 'get']] }));
    const isGone = head.status === 404;
    const target =
      !isGone && head.headers.get(VERSIONS_SYMLINK) === 'true'
        ? unquote(head.headers.get('X-Symlink-Target') ?? '')
        : undefined;
    const name = versionName(request.parts.object, time);
    let current = 'null';
    if (!isGone && target === `${this.container}/${name}`) {
      const link = request.copy();
      link.params.clear();
      const deleted = await next(link);
      if (!deleted.isSuccess) this.#failed(deleted);
    } else if (target !== undefined) {
      const { time: latest } = splitVersion(target.slice(this.container.length + 1));
      if (latest !== undefined) current = normal(latest);
    }
    const version = request.copy();
    version.path = this.#version(time);
    version.env.allowReserved = true;
    const response = await next(version);
    response.headers.set('X-Object-Version-Id', id);
    response.headers.set('X-Object-Current-Version-Id', current);
    return response;
  }
}

function noContainer(): never {
  throw new HTTPException(
    plainError(500, 'The versions container does not exist. You may want to re-enable object versioning.'),
  );
}
