import type { Query } from './session';

/**
 * A name as part of a URL's path, as requests writes it: what may stand in a URL stays as it is, a colon and a slash
 * as well. Models `requests.utils.requote_uri`.
 */
export function quote(name: string): string {
  const escaped = /^(?:[^%]|%[0-9A-Fa-f]{2})*$/.test(name) ? name : name.replaceAll('%', '%25');
  return encodeURI(escaped).replaceAll('%25', '%').replaceAll('%5B', '[').replaceAll('%5D', ']');
}

/** The query of a `next` link; names that come several times keep all their values. */
export function queryOf(link: string): Query {
  const params = new URL(link, 'https://next.invalid').searchParams;
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}
