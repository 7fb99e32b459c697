/** Which versions of its API a service offers, and where. Models `keystoneauth1/discover.py`. */
import { DiscoveryFailure, httpException } from './errors';
import type { Session } from './session';

/** One entry of a version document. */
export interface VersionData {
  /** Major and minor, such as `[2, 15]`. */
  version: readonly [major: number, minor: number];
  /** `CURRENT`, `SUPPORTED`, `stable`, … as the service writes it. */
  status: string;
  url: string;
  /** The microversions it has, for services with microversions. */
  minMicroversion?: string;
  maxMicroversion?: string;
}

/** Statuses that keystoneauth does not use unless told to. */
const unusable = new Set(['DEPRECATED', 'EXPERIMENTAL', 'UNKNOWN']);

/**
 * Reads the version document at `url`: what Nova and Glance (`versions: [...]`), Keystone
 * (`versions: { values: [...] }`) or a single version (`version: {...}`) send.
 *
 * @returns oldest first.
 * @throws {@link DiscoveryFailure} when there is no such document.
 */
export async function fetchVersions(session: Session, url: string): Promise<VersionData[]> {
  const response = await session.request(url, {
    headers: { Accept: 'application/json' },
    authenticated: false,
    raise: false,
  });
  // 300 Multiple Choices is how a version document is meant to be sent
  if (response.status >= 400) {
    throw new DiscoveryFailure(`Invalid Response - Bad version data returned: ${response.status}`, {
      cause: await httpException(response, { method: 'GET', url }),
    });
  }
  let document: unknown;
  try {
    document = await response.json();
  } catch {
    document = undefined;
  }
  const versions = entriesOf(document).flatMap((entry) => versionData(entry, url));
  if (versions.length === 0)
    throw new DiscoveryFailure(`Invalid Response - Bad version data returned by ${url}`);
  return versions.sort((a, b) => a.version[0] - b.version[0] || a.version[1] - b.version[1]);
}

/**
 * The URL to use for major version `major` of the service whose catalog entry is `catalogUrl`.
 * A catalog entry that already names the version is taken as it is; otherwise its version document decides.
 * Without a document the catalog's URL stands, as in keystoneauth.
 * Models `EndpointData.get_versioned_data`.
 */
export async function versionedUrl(session: Session, catalogUrl: string, major: number): Promise<string> {
  const last = catalogUrl.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (Number(/^v(\d+)(\.\d+)?$/.exec(last)?.[1]) === major) return catalogUrl;
  try {
    const versions = await fetchVersions(session, catalogUrl);
    return (
      versions.findLast(({ version, status }) => version[0] === major && !unusable.has(status.toUpperCase()))
        ?.url ?? catalogUrl
    );
  } catch (error) {
    if (error instanceof DiscoveryFailure) return catalogUrl;
    throw error;
  }
}

function entriesOf(document: unknown): unknown[] {
  if (typeof document !== 'object' || document === null) return [];
  if ('version' in document) return [document.version];
  if (!('versions' in document)) return [];
  const { versions } = document;
  if (Array.isArray(versions)) return versions;
  return typeof versions === 'object' &&
    versions !== null &&
    'values' in versions &&
    Array.isArray(versions.values)
    ? versions.values
    : [];
}

function versionData(entry: unknown, documentUrl: string): VersionData[] {
  if (
    typeof entry !== 'object' ||
    entry === null ||
    !('id' in entry) ||
    !('links' in entry) ||
    !Array.isArray(entry.links)
  )
    return [];
  const [, major, minor] = /^v?(\d+)(?:\.(\d+))?/.exec(String(entry.id)) ?? [];
  const self: unknown = entry.links.find((link: unknown) => isLink(link) && link.rel === 'self');
  if (major === undefined || !isLink(self)) return [];
  const status = 'status' in entry ? String(entry.status) : '';
  const max = text(entry, 'max_version') ?? text(entry, 'version');
  const min = text(entry, 'min_version');
  return [
    {
      version: [Number(major), Number(minor ?? 0)],
      status,
      url: combineUrl(documentUrl, self.href),
      ...(max && { maxMicroversion: max }),
      ...(min && { minMicroversion: min }),
    },
  ];
}

function text(entry: object, key: string): string | undefined {
  const value: unknown = new Map(Object.entries(entry)).get(key);
  return typeof value === 'string' ? value : undefined;
}

function isLink(value: unknown): value is { rel: string; href: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'rel' in value &&
    'href' in value &&
    typeof value.href === 'string'
  );
}

/**
 * The version's URL on the host that was asked: services behind a proxy often give their inner host name.
 * Models `discover._combine_relative_url`.
 */
function combineUrl(documentUrl: string, href: string): string {
  const asked = new URL(documentUrl);
  const version = new URL(href, `${documentUrl.replace(/\/+$/, '')}/`);
  if (version.host === asked.host) return new URL(version.pathname + version.search, asked).href;
  const base = asked.pathname.replace(/\/+$/, '');
  const name = href.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const path = base.endsWith(name) ? base : `${base}/${name}${href.endsWith('/') ? '/' : ''}`;
  return new URL(path, asked).href;
}
