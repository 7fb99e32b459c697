import { json } from './api';

const links = (root: string) => [
  { rel: 'self', href: `${root}/v1/` },
  { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
];

/** What is said of version 1, in the old form to those who ask for no microversion. barbican/api/controllers/versions.py. */
export function versionOne(root: string, minor: number): object {
  if (minor > 0) {
    return { id: 'v1', status: 'CURRENT', min_version: '1.0', max_version: '1.1', links: links(root) };
  }
  const media = { base: 'application/json', type: 'application/vnd.openstack.key-manager-v1+json' };
  return { id: 'v1', status: 'stable', links: links(root), 'media-types': [media] };
}

export function versionList(root: string, minor: number): Response {
  const version = versionOne(root, minor);
  return json({ versions: minor > 0 ? [version] : { values: [version] } }, 300);
}
