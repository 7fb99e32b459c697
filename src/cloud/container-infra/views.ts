import { CONTAINER_INFRA_PATH } from '../paths';
import { ATTRIBUTES } from './attributes';
import type { ClusterTemplateRecord } from './state';

/** What Magnum's answers look like: magnum/api/controllers/link.py and v1/cluster_template.py. */
export class Views {
  readonly #url: string;

  constructor(baseUrl: string) {
    this.#url = `${baseUrl}${CONTAINER_INFRA_PATH}`;
  }

  /** @param bookmark without the version. */
  url(path: string, bookmark = false): string {
    return bookmark ? `${this.#url}/${path}` : `${this.#url}/v1/${path}`;
  }

  links(path: string): object[] {
    return [
      { href: this.url(path), rel: 'self' },
      { href: this.url(path, true), rel: 'bookmark' },
    ];
  }

  /** @param createdAt more exactly than it is stored, in the answer to its creation. */
  template(record: ClusterTemplateRecord, createdAt = record.created_at): object {
    const fields = {
      ...record,
      links: this.links(`clustertemplates/${record.uuid}`),
      created_at: createdAt,
    } as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [name, fields[name] ?? null]));
  }

  root(): object {
    return {
      name: 'OpenStack Magnum API',
      description: 'Magnum is an OpenStack project which aims to provide container cluster management.',
      versions: [
        {
          id: 'v1',
          links: [{ href: this.url('v1/', true), rel: 'self' }],
          status: 'CURRENT',
          max_version: `1.${MAX_VERSION}`,
          min_version: '1.1',
        },
      ],
    };
  }

  v1(): object {
    const collections = [
      'clustertemplates',
      'clusters',
      'quotas',
      'certificates',
      'mservices',
      'stats',
      'federations',
    ];
    return {
      id: 'v1',
      media_types: [{ base: 'application/json', type: 'application/vnd.openstack.magnum.v1+json' }],
      links: [
        { href: this.url('v1/', true), rel: 'self' },
        {
          href: 'http://docs.openstack.org/developer/magnum/dev/api-spec-v1.html',
          rel: 'describedby',
          type: 'text/html',
        },
      ],
      ...Object.fromEntries(collections.map((name) => [name, this.links(`${name}/`)])),
      nodegroups: this.links('clusters/{cluster_id}/nodegroups'),
    };
  }
}

/** The N of 1.N, the newest version: magnum/api/controllers/versions.py. */
export const MAX_VERSION = 11;
