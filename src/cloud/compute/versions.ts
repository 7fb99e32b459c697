import { MAX_VERSION } from './api';

/** The versions of nova's API: nova/api/openstack/compute/versions.py. */
const VERSIONS = [
  {
    id: 'v2.0',
    path: 'v2',
    status: 'SUPPORTED',
    version: '',
    min_version: '',
    updated: '2011-01-21T11:33:21Z',
    media: '2',
  },
  {
    id: 'v2.1',
    path: 'v2.1',
    status: 'CURRENT',
    version: `2.${MAX_VERSION}`,
    min_version: '2.1',
    updated: '2013-07-23T11:33:21Z',
    media: '2.1',
  },
] as const;

/**
 * What stands on paths that are about versions; undefined on the paths of the API itself.
 *
 * @param url of the service, without a version.
 */
export function versionAnswer(
  url: string,
  version: string,
  rest: readonly string[],
): { status: number; body: object } | undefined {
  if (version === '' && rest.length === 0)
    return {
      status: 200,
      body: {
        versions: VERSIONS.map(({ id, path, status, version: newest, min_version, updated }) => ({
          id,
          status,
          version: newest,
          min_version,
          updated,
          links: [{ rel: 'self', href: `${url}/${path}/` }],
        })),
      },
    };
  const known = VERSIONS.find(({ path }) => path === version);
  if (known === undefined)
    return {
      status: 300,
      body: {
        choices: VERSIONS.map(({ id, path, status, media }) => ({
          id,
          status,
          links: [{ rel: 'self', href: `${url}/${path}/${[version, ...rest].filter(Boolean).join('/')}` }],
          'media-types': [mediaType(media)],
        })),
      },
    };
  if (rest.some((part) => part !== '')) return undefined;
  const { id, path, status, version: newest, min_version, updated, media } = known;
  const links = [
    { rel: 'self', href: `${url}/${path}/` },
    { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' },
  ];
  return {
    status: 200,
    body: {
      version: {
        id,
        status,
        version: newest,
        min_version,
        updated,
        links,
        'media-types': [mediaType(media)],
      },
    },
  };
}

function mediaType(version: string): object {
  return { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` };
}
