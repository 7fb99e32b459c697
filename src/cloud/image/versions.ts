import type { ImageHono } from './app';
import { dumps } from '../http/python-json';
import { textResponse } from '../http/webob';

/** In Glance's order, which depends on what is switched on: several stores, no cache. */
const VERSIONS = [
  '2.15',
  '2.13',
  '2.12',
  '2.11',
  '2.10',
  '2.9',
  '2.8',
  '2.17',
  '2.7',
  '2.6',
  '2.5',
  '2.4',
  '2.3',
  '2.2',
  '2.1',
  '2.0',
];
const CURRENT = '2.17';

/** Says which versions there are, to anybody. Modelled on `glance/api/versions.py`. */
export function mountVersions(app: ImageHono, url: string): void {
  const body = dumps({
    versions: VERSIONS.map((version) => ({
      id: `v${version}`,
      status: version === CURRENT ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${url}/v2/` }],
    })),
  });
  const answer = (status: number) => () =>
    textResponse(body, status, new Headers({ 'Content-Type': 'application/json' }));
  app.all('/versions', answer(200));
  app.all('/versions/*', answer(200));
  app.all('/', answer(300));
  // whatever is not v2 gets the choice
  app.all('/*', async (c, next) => {
    const version = c.req.path.split('/')[2] ?? '';
    if (version === 'v2') return next();
    return answer(300)();
  });
}

/** The path with `v2` in place of any version that Glance answers to, such as `v2.15`. */
export function plainVersion(path: string): string {
  const [, prefix, version] = /^(\/[^/]*\/)v([\d.]+)(?=\/|$)/.exec(path) ?? [];
  if (prefix === undefined || version === undefined || !VERSIONS.includes(version)) return path;
  return `${prefix}v2${path.slice(prefix.length + 1 + version.length)}`;
}
