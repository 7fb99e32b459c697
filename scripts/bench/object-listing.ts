/** How the pages of a container's listing behave as its objects become many. */
import { Cloud, type CloudState } from '../../src/cloud/cloud';
import { SimulatedClock } from '../../src/cloud/clock';
import type { ObjectRecord } from '../../src/cloud/object-store/state';
import { UNITS } from '../../src/cloud/object-store/common/timestamp';
import { startState } from '../../src/cloud/states';
import { login } from './growth';
import { median } from './measure';

export interface ListingGrowth {
  objects: number;
  /** Milliseconds a page. */
  plain: { first: number; middle: number; last: number; slowest: number };
  /** With pseudo-folders. */
  folders: { perPage: number; slowest: number };
}

const PAGE = 1000;
/** Objects in a folder. */
const FOLDER = 50;

/** Makes a container with so many objects, and pages through it over the API. */
export async function listingGrowth(count: number): Promise<ListingGrowth> {
  const { state, account } = await withObjects(count);
  const cloud = new Cloud({ state, clock: new SimulatedClock('2026-11-22T12:00:00Z') });
  const headers = { 'X-Auth-Token': await login(cloud) };
  const url = `${cloud.baseUrl}/object-store/v1/${account}/bench?format=json&limit=${PAGE}`;
  const pages = async (query: string, expected: number) => {
    const times: number[] = [];
    let seen = 0;
    for (let marker = ''; ;) {
      const start = performance.now();
      const response = await cloud.fetch(
        new Request(`${url}${query}&marker=${encodeURIComponent(marker)}`, { headers }),
      );
      const page = (await response.json()) as { name?: string; subdir?: string }[]; // Swift's listing
      if (page.length === 0) break;
      times.push(performance.now() - start);
      seen += page.length;
      const last = page.at(-1);
      marker = last?.name ?? last?.subdir ?? '';
    }
    if (seen !== expected) throw new Error(`paging saw ${seen} of ${expected} entries`);
    return times;
  };
  await pages('', count); // warm
  const plain = await pages('', count);
  const folders = await pages('&delimiter=/', count / FOLDER);
  const tenth = Math.max(1, Math.floor(plain.length / 10));
  const middle = Math.floor(plain.length / 2);
  return {
    objects: count,
    plain: {
      first: median(plain.slice(0, tenth)),
      middle: median(plain.slice(middle, middle + tenth)),
      last: median(plain.slice(-tenth)),
      slowest: Math.max(...plain),
    },
    folders: { perPage: median(folders), slowest: Math.max(...folders) },
  };
}

async function withObjects(count: number): Promise<{ state: CloudState; account: string }> {
  const state = await startState('empty');
  const { id = '' } = state.identity.projects.find(({ name }) => name === 'admin') ?? {};
  const start = (Date.parse('2026-11-22T09:00:00Z') / 1000) * UNITS;
  const pad = (value: number) => String(value).padStart(6, '0');
  const objects = Array.from({ length: count }, (_, i): ObjectRecord => {
    return {
      name: `folder-${pad(Math.floor(i / FOLDER))}/object-${pad(i)}`,
      created: start + i,
      modified: start + i,
      content_type: 'text/plain',
      etag: 'd41d8cd98f00b204e9800998ecf8427e',
      bytes: 0,
      headers: {},
    };
  });
  const times = { created: start, modified: start, headers: {} };
  const name = `AUTH_${id}`;
  const account = { ...times, name, containers: [{ ...times, name: 'bench', objects }] };
  state.objectStore = { accounts: [account], lastTime: start + count, lastData: 0 };
  return { state, account: name };
}
