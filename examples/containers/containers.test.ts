import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../src/client';
import { embeddedCloud } from '../connection';
import { copyAll } from './copy-between-containers';
import { publish, unpublish } from './publish-a-website';
import { setKey, signLink } from './sign-a-link';
import { makeSite, uploadFolder } from './upload-a-folder';
import { uploadLargeFile } from './upload-a-large-file';

let cloud: Connection;
let folder: string;

beforeEach(async () => {
  cloud = (await embeddedCloud('empty')).connection;
  folder = await makeSite();
});

afterEach(() => rm(folder, { recursive: true }));

async function visit(url: string): Promise<{ status: number; text: string }> {
  const response = await cloud.session.request(url, { authenticated: false, raise: false });
  return { status: response.status, text: await response.text() };
}

test('the files of a folder become objects that browsers understand', async () => {
  expect(await uploadFolder(cloud, 'www', folder)).toEqual(['404error.html', 'css/style.css', 'index.html']);
  const { contentType } = await cloud.objectStore.getObject('www', 'css/style.css');
  expect(contentType).toBe('text/css; charset=utf-8');
});

test('a published container answers visitors without a token, until it is taken back', async () => {
  await uploadFolder(cloud, 'www', folder);
  const address = await publish(cloud, 'www');
  expect(await visit(address)).toMatchObject({
    status: 200,
    text: expect.stringContaining('<h1>Hello</h1>'),
  });
  expect(await visit(`${address}nothing`)).toMatchObject({
    status: 404,
    text: expect.stringContaining('no such page'),
  });
  await unpublish(cloud, 'www');
  expect((await visit(address)).status).toBe(401);
});

test('a link is good until it ends, and for nothing else', async () => {
  await cloud.objectStore.createContainer('c');
  await cloud.objectStore.uploadObject('c', 'a b.txt', 'hello');
  await setKey(cloud, 'c', 'key');
  const link = { container: 'c', name: 'a b.txt', key: 'key' };
  const good = await signLink(cloud, { ...link, expires: new Date('2026-11-22T10:00:00Z') });
  expect(await visit(good)).toEqual({ status: 200, text: 'hello' });
  const old = await signLink(cloud, { ...link, expires: new Date('2026-11-22T08:00:00Z') });
  expect((await visit(old)).status).toBe(401);
  const forged = await signLink(cloud, { ...link, key: 'guess', expires: new Date('2026-11-22T10:00:00Z') });
  expect((await visit(forged)).status).toBe(401);
});

test('only what begins with the prefix is copied', async () => {
  await cloud.objectStore.createContainer('from');
  for (const name of ['a/1', 'a/2', 'b']) await cloud.objectStore.uploadObject('from', name, name);
  expect(await copyAll(cloud, { container: 'from', prefix: 'a/' }, 'to')).toEqual(['a/1', 'a/2']);
  expect(await cloud.objectStore.getContainer('to')).toMatchObject({ objectCount: 2 });
});

test('an upload that broke off goes on where it was', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'examples-test-')), 'f.bin');
  await writeFile(path, 'x'.repeat(100));
  expect(await uploadLargeFile(cloud, 'c', path, 30)).toEqual({ sent: 4, found: 0 });
  for await (const { name } of cloud.objectStore.objects('c_segments', {
    prefix: 'f.bin/slo/100/30/00000002',
  }))
    await cloud.objectStore.deleteObject('c_segments', name);
  expect(await uploadLargeFile(cloud, 'c', path, 30)).toEqual({ sent: 1, found: 3 });
  expect((await cloud.objectStore.getObject('c', 'f.bin')).size).toBe(100);
});
