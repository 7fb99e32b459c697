import type { Store } from '../../backend/store';
import { checkName, isContainer, isObject, objectPath } from '../../common/path';
import { plainError, SwiftResponse, type App, type Middleware, type SwiftRequest } from '../../common/swob';
import { fromWsgi, unquote } from '../../common/text';
import { normal } from '../../common/timestamp';
import { DELETE_MARKER, fail, hidden, mustWrite, putAgain } from './common';

const LOCATION = 'x-container-sysmeta-versions-location';
const MODE = 'x-container-sysmeta-versions-mode';

/** Old versions are kept in another container: swift/common/middleware/versioned_writes/legacy.py. */
export function versionedWrites(store: Store): Middleware {
  return async (request, next) => {
    if (isContainer(request)) return container(request, next);
    const { method } = request;
    if (!isObject(request) || (method !== 'PUT' && method !== 'DELETE')) return next(request);
    const { account, container: name } = request.parts;
    const kept = store.container(account, name)?.record.headers;
    const [versions = ''] = (unquote(fromWsgi(kept?.[LOCATION] ?? '') ?? '') ?? '').split('/');
    if (versions === '') return next(request);
    const versioning = new Versioning(request, next, store, versions, kept?.['x-container-write']);
    if (method === 'PUT') {
      await versioning.keepCurrent();
      return next(request);
    }
    return kept?.[MODE] === 'history' ? versioning.push() : versioning.pop();
  };
}

async function container(request: SwiftRequest, next: App): Promise<SwiftResponse> {
  const { headers } = request;
  const versions = headers.get('X-Versions-Location');
  const history = headers.get('X-History-Location');
  if ((versions ?? '') !== '' && (history ?? '') !== '')
    return plainError(400, 'Only one of x-versions-location or x-history-location may be specified');
  const value = versions === null || versions === '' ? (history ?? versions) : versions;
  const removed = ['X-Remove-Versions-Location', 'X-Remove-History-Location'].some(
    (header) => (headers.get(header) ?? '') !== '',
  );
  if (value !== null && value !== '') {
    headers.set(LOCATION, checkName(value, 'Container'));
    headers.set(MODE, (history ?? '') === '' ? 'stack' : 'history');
  } else if (removed || value === '') {
    headers.set(LOCATION, '');
    headers.set(MODE, '');
  }
  const response = await next(request);
  const location = response.headers.get(LOCATION) ?? '';
  if (location !== '') {
    const isHistory = response.headers.get(MODE) === 'history';
    response.headers.set(isHistory ? 'X-History-Location' : 'X-Versions-Location', location);
  }
  return response;
}

class Versioning {
  readonly #path: string;
  readonly #prefix: string;

  constructor(
    readonly request: SwiftRequest,
    readonly next: App,
    readonly store: Store,
    readonly versions: string,
    readonly writeAcl: string | undefined,
  ) {
    this.#path = request.path;
    const { object } = request.parts;
    // the length is that of the bytes
    const length = new TextEncoder().encode(object).length;
    this.#prefix = `${length.toString(16).padStart(3, '0')}${object}/`;
  }

  #version(name: string): string {
    return objectPath(this.request.parts.account, this.versions, name);
  }

  async keepCurrent(): Promise<void> {
    mustWrite(this.request, this.writeAcl);
    const found = await this.next(hidden(this.request, 'GET', this.#path, { params: [['symlink', 'get']] }));
    if (found.status === 404) return;
    if (!found.isSuccess) fail(412);
    const name = this.#prefix + (found.headers.get('X-Timestamp') ?? normal(this.store.tick()));
    const put = await putAgain(this.request, this.next, this.#version(name), found);
    if (!put.isSuccess) fail(412);
  }

  /** The deleted object leaves a marker behind. */
  async push(): Promise<SwiftResponse> {
    await this.keepCurrent();
    const marker = hidden(this.request, 'PUT', this.#version(this.#prefix + normal(this.store.tick())), {
      headers: { 'Content-Type': DELETE_MARKER, 'Content-Length': '0' },
    });
    marker.env.contentTypeOverridden = true;
    if (!(await this.next(marker)).isSuccess) fail(412);
    return this.next(this.request);
  }

  /** The version before takes the deleted object's place. */
  async pop(): Promise<SwiftResponse> {
    const { request, next } = this;
    const listing = await next(
      hidden(request, 'GET', `/v1/${request.parts.account}/${this.versions}`, {
        params: [
          ['prefix', this.#prefix],
          ['reverse', 'on'],
          ['format', 'json'],
        ],
      }),
    );
    if (!listing.isSuccess && listing.status !== 404) fail(412);
    const names = (listing.isSuccess ? (listing.listing ?? []) : []).map(
      ({ name = '', content_type: type }) => ({
        name,
        isMarker: type === DELETE_MARKER,
      }),
    );
    if (names.length > 0) mustWrite(request, this.writeAcl);
    for (const [i, { name, isMarker }] of names.entries()) {
      if (isMarker) {
        const head = await next(hidden(request, 'HEAD', this.#path));
        // an object that is there after the marker is just deleted
        if (head.status !== 404) break;
        for (const older of names.slice(i + 1)) {
          if (older.isMarker) break;
          if (!(await this.#restore(older.name))) continue;
          await next(hidden(request, 'DELETE', this.#version(older.name)));
          break;
        }
        return next(hidden(request, 'DELETE', this.#version(name)));
      }
      if (await this.#restore(name)) return next(hidden(request, 'DELETE', this.#version(name)));
    }
    return next(request);
  }

  async #restore(name: string): Promise<boolean> {
    const found = await this.next(
      hidden(this.request, 'GET', this.#version(name), { params: [['symlink', 'get']] }),
    );
    if (found.status === 404) return false;
    if (!found.isSuccess) fail(412);
    const put = await putAgain(this.request, this.next, this.#path, found);
    if (!put.isSuccess) fail(412);
    return true;
  }
}
