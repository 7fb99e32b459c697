/** How lists behave as the images become many. */
import { Cloud, type CloudState } from '../../src/cloud/cloud';
import { SimulatedClock } from '../../src/cloud/clock';
import type { ImageRecord } from '../../src/cloud/image/state';
import { startState } from '../../src/cloud/states';
import { median, time } from './measure';

export interface Growth {
  images: number;
  /** Milliseconds. */
  firstPage: number;
  show: number;
  filter: number;
  sort: number;
  pages: number;
  perPage: number;
  slowestPage: number;
}

/** Makes a cloud with so many images, and measures over its API. */
export async function growth(count: number): Promise<Growth> {
  const cloud = new Cloud({
    state: await withImages(count),
    clock: new SimulatedClock('2026-11-22T12:00:00Z'),
  });
  const token = await login(cloud);
  const get = async (path: string) => {
    const headers = { 'X-Auth-Token': token };
    const response = await cloud.fetch(new Request(`${cloud.baseUrl}/image${path}`, { headers }));
    return (await response.json()) as { images: { id: string }[]; next?: string }; // the Image API's list
  };
  const firstPage = await time(20, 3, () => get('/v2/images?limit=1000'));
  const filter = await time(20, 3, () => get('/v2/images?name=bench-7&limit=1000'));
  const sort = await time(20, 3, () => get('/v2/images?sort=name:asc&limit=1000'));
  const { images } = await get('/v2/images?limit=1');
  const show = await time(50, 5, () => get(`/v2/images/${images[0]?.id ?? ''}`));
  const pages: number[] = [];
  let seen = 0;
  for (let next: string | undefined = '/v2/images?limit=1000'; next !== undefined;) {
    const start = performance.now();
    const page: { images: { id: string }[]; next?: string } = await get(next);
    pages.push(performance.now() - start);
    seen += page.images.length;
    next = page.next;
  }
  if (seen !== count) throw new Error(`paging saw ${seen} of ${count} images`);
  return {
    images: count,
    firstPage,
    show,
    filter,
    sort,
    pages: pages.length,
    perPage: median(pages),
    slowestPage: Math.max(...pages),
  };
}

async function withImages(count: number): Promise<CloudState> {
  const state = await startState('empty');
  const owner = state.identity.projects.find(({ name }) => name === 'admin')?.id ?? null;
  state.image.images = Array.from({ length: count }, (_, i): ImageRecord => {
    const created_at = new Date(Date.parse('2026-11-22T09:00:00Z') + i).toISOString();
    return {
      id: `00000000-0000-4000-a000-${String(i).padStart(12, '0')}`,
      name: `bench-${i}`,
      status: 'queued',
      visibility: 'shared',
      protected: false,
      os_hidden: false,
      owner,
      disk_format: 'qcow2',
      container_format: 'bare',
      min_disk: 0,
      min_ram: 0,
      size: null,
      virtual_size: null,
      checksum: null,
      os_hash_algo: null,
      os_hash_value: null,
      created_at,
      updated_at: created_at,
      tags: ['bench'],
      properties: { os_distro: 'bench' },
      stores: [],
    };
  });
  return state;
}

/** A token of the administrator's. */
export async function login(cloud: Cloud): Promise<string> {
  const domain = { id: 'default' };
  const password = { user: { name: 'admin', domain, password: 'secret' } };
  const auth = {
    identity: { methods: ['password'], password },
    scope: { project: { name: 'admin', domain } },
  };
  const response = await cloud.fetch(
    new Request(`${cloud.baseUrl}/identity/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ auth }),
    }),
  );
  return response.headers.get('X-Subject-Token') ?? '';
}
