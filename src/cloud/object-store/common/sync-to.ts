import { repr } from '../../../python/repr';
import { fromWsgi } from './text';

/** Where containers may be copied to, unless the operator says otherwise: `allowed_sync_hosts`. */
const ALLOWED_HOSTS = ['127.0.0.1'];

/**
 * What is wrong with the place that a container is to be kept equal with. There are no realms here.
 * Models `validate_sync_to` of swift/common/utils.
 */
export function syncToProblem(header: string): string | undefined {
  const given = fromWsgi(header) ?? header;
  const value = given.replace(/\/+$/, '');
  if (value === '') return undefined;
  if (value.startsWith('//')) {
    const [realm, ...more] = value.slice(2).split('/');
    return more.length === 3
      ? `No realm key for ${repr(realm)}`
      : `Invalid X-Container-Sync-To format ${repr(given)}`;
  }
  const [, scheme = '', rest = value] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(value) ?? [];
  if (!/^https?$/i.test(scheme))
    return `Invalid scheme ${repr(scheme.toLowerCase())} in X-Container-Sync-To, must be "//", "http", or "https".`;
  const [, authority = '', path = '', more = ''] = /^(?:\/\/([^/?#]*))?([^;?#]*)(.*)$/s.exec(rest) ?? [];
  if (path === '') return 'Path required in X-Container-Sync-To';
  if (more.replace(/^[;?#]+/, '') !== '')
    return 'Params, queries, and fragments not allowed in X-Container-Sync-To';
  const host = hostOf(authority);
  return host !== null && ALLOWED_HOSTS.includes(host)
    ? undefined
    : `Invalid host ${repr(host)} in X-Container-Sync-To`;
}

/** `hostname` of Python's urlparse. */
function hostOf(authority: string): string | null {
  const place = authority.split('@').at(-1) ?? '';
  const host = /^\[([^\]]*)\]/.exec(place)?.[1] ?? place.split(':')[0] ?? '';
  return host === '' ? null : host.toLowerCase();
}
