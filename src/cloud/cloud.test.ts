import { expect, test } from 'vitest';
import { SimulatedClock } from './clock';
import { Cloud, CloudStateError, type CloudState } from './cloud';
import { TestCloud } from './testing/test-cloud';

async function busyCloud(): Promise<TestCloud> {
  const cloud = await TestCloud.start('course');
  const id = await cloud.image({
    name: 'mine',
    disk_format: 'raw',
    container_format: 'bare',
    tags: ['t'],
    hw_x: 'y',
  });
  await cloud.upload(id, 'some bytes');
  await cloud.as('demo', 'POST', `/image/v2/images/${id}/members`, { member: 'friend' });
  await cloud.as('demo', 'DELETE', `/image/v2/images/${await cloud.image()}`);
  return cloud;
}

/** Everything a client can see of a cloud. */
async function face(cloud: TestCloud, token: string): Promise<unknown[]> {
  const headers = { 'X-Auth-Token': token };
  const list = await cloud.send('GET', '/image/v2/images', { headers });
  const images = list.json['images'] as { id: string }[];
  const files = [];
  for (const { id } of images)
    files.push((await cloud.send('GET', `/image/v2/images/${id}/file`, { headers })).text);
  return [list.text, files];
}

test('a snapshot is JSON and loses nothing: not the data, not a token, not the next id', async () => {
  const before = await busyCloud();
  const token = await before.login('demo');
  const state = await before.cloud.snapshot();
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  const after = await TestCloud.start(JSON.parse(JSON.stringify(state)) as CloudState);
  expect(await after.cloud.snapshot()).toEqual(state);
  expect(await face(after, token)).toEqual(await face(before, token));
  expect(await after.image()).toBe(await before.image());
});

test('a snapshot with separate blobs restores the same cloud', async () => {
  const before = await busyCloud();
  const token = await before.login('demo');
  const { state, blobs } = await before.cloud.snapshot({ blobs: 'separate' });
  expect(state.image).not.toHaveProperty('data');
  expect([...blobs.values()].map(({ size }) => size)).toEqual([196616, 10]);
  const again = await before.cloud.snapshot({ blobs: 'separate' });
  expect([...again.blobs.values()]).toEqual([...blobs.values()]);
  const after = await TestCloud.start(state, blobs);
  expect(await face(after, token)).toEqual(await face(before, token));
  expect(await after.cloud.snapshot()).toEqual(await before.cloud.snapshot());
});

test('a snapshot does not change with the cloud, nor the cloud with its start state', async () => {
  const cloud = await busyCloud();
  const state = await cloud.cloud.snapshot();
  const copy = structuredClone(state);
  const restored = await TestCloud.start(state);
  await restored.image({ name: 'later' });
  await cloud.image({ name: 'later' });
  expect(state).toEqual(copy);
});

test('two clouds that are asked the same say the same, byte for byte', async () => {
  const [a, b] = [await busyCloud(), await busyCloud()];
  expect(await a.cloud.snapshot()).toEqual(await b.cloud.snapshot());
});

test('one token more does not move the id of the next image', async () => {
  const [a, b] = [await TestCloud.start(), await TestCloud.start()];
  await b.login('admin');
  await b.login('partner');
  expect(await b.image()).toBe(await a.image());
});

test('subscribers hear of requests that may have changed something, until they leave', async () => {
  const cloud = await TestCloud.start();
  await cloud.login('demo');
  let calls = 0;
  const leave = cloud.cloud.subscribe(() => calls++);
  await cloud.as('demo', 'GET', '/image/v2/images');
  expect(calls).toBe(0);
  await cloud.image();
  expect(calls).toBe(1);
  leave();
  await cloud.image();
  expect(calls).toBe(1);
});

test.each([
  ['nothing', undefined],
  ['a text', 'x'],
  ['another version', { version: 2 }],
  ['half a state', { version: 1, ids: { seed: 'x', counters: {} }, identity: {}, image: {} }],
])('%s is no state, and the error says so', (_what, state) => {
  // what a browser's database may give back after an accident
  const broken = state as unknown as CloudState;
  expect(() => new Cloud({ state: broken, clock: new SimulatedClock('2026-11-22T09:00:00Z') })).toThrow(
    CloudStateError,
  );
});

test('image data that are no base64 are a damaged state', async () => {
  const state = await (await busyCloud()).cloud.snapshot();
  state.image.data = { x: '***' };
  expect(() => new Cloud({ state, clock: new SimulatedClock('2026-11-22T09:00:00Z') })).toThrow(
    'not readable',
  );
});

test('a path outside of every service is a 404', async () => {
  const cloud = await TestCloud.start();
  expect((await cloud.send('GET', '/')).status).toBe(404);
  expect((await cloud.send('GET', '/images')).status).toBe(404);
});
