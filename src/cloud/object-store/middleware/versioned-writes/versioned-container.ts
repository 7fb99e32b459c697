import type { Store } from '../../backend/store';
import { bestMatch, InvalidAccept } from '../../common/accept';
import { LISTING_LIMIT } from '../../common/constraints';
import {
  error,
  getParam,
  HTTPException,
  type App,
  type Listing,
  type ListingEntry,
  type SwiftRequest,
  type SwiftResponse,
} from '../../common/swob';
import { compareBytes, isTrue, quote, unquote } from '../../common/text';
import { normal, parseTime } from '../../common/timestamp';
import { limitOf } from '../../proxy/controller';
import { DELETE_MARKER, fail, hidden } from './common';
import { splitVersion, versionName, versionsContainer } from './version-name';

export const ENABLED = 'x-container-sysmeta-versions-enabled';
export const CONTAINER = 'x-container-sysmeta-versions-container';
const LEGACY = 'x-container-sysmeta-versions-location';

/** Requests for a container whose objects have versions, or may have. */
export async function versionedContainer(
  request: SwiftRequest,
  next: App,
  store: Store,
): Promise<SwiftResponse> {
  const { method, headers } = request;
  const { account, container } = request.parts;
  const kept = store.container(account, container)?.record.headers ?? {};
  const versions = unquote(kept[CONTAINER] ?? '') ?? '';
  if ((method === 'PUT' || method === 'POST') && headers.has('X-Versions-Enabled')) {
    if ((kept[LEGACY] ?? '') !== '')
      fail(
        400,
        'Cannot enable object versioning on a container that is already using the legacy versioned writes feature.',
      );
    return enable(request, next, store);
  }
  if (method === 'DELETE' && versions !== '') {
    if ((store.container(account, versions)?.objects.size ?? 0) > 0)
      fail(409, 'Delete all versions before deleting container.');
    const response = await next(request);
    if (response.isSuccess) store.account(account)?.containers.delete(versions);
    return response;
  }
  const response = await next(request);
  const enabled = response.headers.get(ENABLED);
  if (enabled !== null) response.headers.set('X-Versions-Enabled', enabled);
  if (!response.isSuccess) return response;
  const hiddenContainer = versions === '' ? versionsContainer(container) : versions;
  const used = store.container(account, versions);
  const own = response.headers.get('X-Container-Bytes-Used');
  if (used !== undefined && own !== null) {
    response.headers.set('X-Container-Bytes-Used', String(Number(own) + used.bytes));
  }
  if (method !== 'GET') return response;
  describe(response.listing ?? [], account, container, hiddenContainer, request.params.has('versions'));
  return request.params.has('versions')
    ? listVersions(request, next, store, response, hiddenContainer)
    : response;
}

async function enable(request: SwiftRequest, next: App, store: Store): Promise<SwiftResponse> {
  const { headers } = request;
  const { account, container } = request.parts;
  const isEnabled = isTrue(headers.get('X-Versions-Enabled'));
  headers.set(ENABLED, isEnabled ? 'True' : 'False');
  const name = versionsContainer(container);
  const existed = store.container(account, name) !== undefined;
  if (isEnabled) {
    const put = await next(hidden(request, 'PUT', `/v1/${account}/${name}`));
    if (!put.isSuccess) fail(500, 'Error enabling object versioning');
    headers.set(CONTAINER, quote(name));
  }
  const response = await next(request);
  if (!response.isSuccess && isEnabled && !existed) store.account(account)?.containers.delete(name);
  return response;
}

/** A link to a version is shown as what it leads to. */
function describe(
  listing: Listing,
  account: string,
  container: string,
  versions: string,
  forVersions: boolean,
): void {
  for (const entry of listing) {
    const { symlink_path: path, symlink_etag: etag, symlink_bytes: bytes } = entry;
    if (typeof path !== 'string' || typeof etag !== 'string' || typeof bytes !== 'number') continue;
    const prefix = `/v1/${account}/${versions}/`;
    const target = unquote(path) ?? '';
    if (!target.startsWith(prefix)) continue;
    entry.bytes = bytes;
    entry['version_symlink'] = true;
    const [, ...parameters] = (entry.hash ?? '').split('; ');
    entry.hash = [etag, ...parameters].join('; ');
    delete entry['symlink_bytes'];
    delete entry['symlink_etag'];
    const { object, time } = splitVersion(target.slice(prefix.length));
    if (time !== undefined && !forVersions)
      entry['symlink_path'] = `${quote(`/v1/${account}/${container}/${object}`)}?version-id=${normal(time)}`;
  }
}

/** `_list_versions`: what is there now and what was, in one list. @throws HTTPException */
async function listVersions(
  request: SwiftRequest,
  next: App,
  store: Store,
  response: SwiftResponse,
  versions: string,
): Promise<SwiftResponse> {
  const { account } = request.parts;
  // only JSON has a place for it
  request.env.formatListing = false;
  if (!acceptsJson(request)) fail(406);
  const params = markers(request);
  const latest = new Set<string>();
  const entries: ListingEntry[] = [];
  const folders = new Set<string>();
  const current = new Map<string, ListingEntry>();
  for (const entry of response.listing ?? []) {
    if (entry.subdir !== undefined) folders.add(entry.subdir);
    else if (entry['version_symlink'] === true)
      current.set(unquote(String(entry['symlink_path'])) ?? '', entry);
    else {
      entries.push({ ...entry, version_id: 'null', is_latest: true });
      latest.add(entry.name ?? '');
    }
  }
  if (store.container(account, versions) !== undefined) {
    const found = await next(hidden(request, 'GET', `/v1/${account}/${versions}`, { params }));
    for (const entry of found.listing ?? []) {
      if (entry.subdir !== undefined) {
        folders.add(entry.subdir.replaceAll('\0', ''));
        continue;
      }
      const { object, time } = splitVersion(entry.name ?? '');
      if (time === undefined) continue;
      const path = `/v1/${account}/${versions}/${entry.name ?? ''}`;
      const isCurrent = current.delete(path);
      const isLatest = isCurrent || (entry.content_type === DELETE_MARKER && !latest.has(object));
      if (isLatest) latest.add(object);
      entries.push({ ...entry, is_latest: isLatest, name: object, version_id: normal(time) });
    }
  }
  for (const folder of folders) entries.push({ subdir: folder });
  const nameOf = ({ name, subdir }: ListingEntry) => subdir ?? name ?? '';
  const sign = isTrue(request.params.get('reverse')) ? -1 : 1;
  entries.sort((a, b) => sign * compareBytes(nameOf(a), nameOf(b)));
  response.listing = entries.slice(0, Math.min(limitOf(request), LISTING_LIMIT));
  return response;
}

function acceptsJson(request: SwiftRequest): boolean {
  try {
    return bestMatch(request.headers.get('Accept'), ['application/json']) !== undefined;
  } catch (problem) {
    if (problem instanceof InvalidAccept) return false;
    throw problem;
  }
}

/** The query, as names of versions have it. */
function markers(request: SwiftRequest): [string, string][] {
  const marker = getParam(request, 'marker');
  const versionMarker = getParam(request, 'version_marker');
  const delimiter = getParam(request, 'delimiter') ?? '';
  const prefix = getParam(request, 'prefix');
  if (versionMarker !== undefined && marker === undefined)
    throw new HTTPException(error(400, 'version_marker param requires marker'));
  const params: [string, string][] = [['format', 'json']];
  if (versionMarker !== undefined && versionMarker !== 'null') {
    const time = parseTime(versionMarker);
    if (time === undefined) throw new HTTPException(error(400, 'invalid version_marker param'));
    params.push(['marker', versionName(marker ?? '', time)]);
  } else if (versionMarker === undefined && marker !== undefined) params.push(['marker', `\0${marker}\0:`]);
  else if (marker !== undefined) params.push(['marker', marker]);
  if (/[\d.\0]/.test(delimiter)) throw new HTTPException(error(400, 'invalid delimiter param'));
  if (prefix !== undefined) params.push(['prefix', `\0${prefix}`]);
  for (const name of ['limit', 'delimiter', 'reverse']) {
    const value = getParam(request, name);
    if (value !== undefined) params.push([name, value]);
  }
  return params;
}
