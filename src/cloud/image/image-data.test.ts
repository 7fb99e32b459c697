import { md5 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { rescueIso, tinyQcow2, tinyRaw } from '../../disk-image/samples';
import { explanation, TestCloud } from '../testing/test-cloud';
import { chunksOf } from './image-data';

const bare = { container_format: 'bare' };

test('an upload makes the image active, with hashes and sizes taken from the bytes', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'qcow2' });
  const bytes = tinyQcow2();
  cloud.clock.advance(3000);
  const answer = await cloud.upload(id, bytes);
  expect([answer.status, answer.text]).toEqual([204, '']);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({
    status: 'active',
    size: bytes.length,
    virtual_size: 64 * 1024 ** 2,
    checksum: bytesToHex(md5(bytes)),
    os_hash_algo: 'sha512',
    os_hash_value: bytesToHex(sha512(bytes)),
    stores: 'local',
    updated_at: '2026-11-22T09:00:03Z',
  });
});

test('what comes down is what went up', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, tinyRaw());
  const token = await cloud.login('demo');
  const request = new Request(`${cloud.cloud.baseUrl}/image/v2/images/${id}/file`, {
    headers: { 'X-Auth-Token': token },
  });
  const response = await cloud.cloud.fetch(request);
  expect(response.headers.get('Content-Length')).toBe(String(tinyRaw().length));
  expect(response.headers.get('Content-MD5')).toBe(bytesToHex(md5(tinyRaw())));
  expect(bytesToHex(sha512(new Uint8Array(await response.arrayBuffer())))).toBe(
    bytesToHex(sha512(tinyRaw())),
  );
});

test.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-2', 206, '89', 'bytes 8-9/10'],
  ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
])('the range %j is answered', async (range, status, text, contentRange) => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, '0123456789');
  const answer = await cloud.as('demo', 'GET', `/image/v2/images/${id}/file`, undefined, { Range: range });
  expect([answer.status, answer.text, answer.headers.get('Content-Range')]).toEqual([
    status,
    text,
    contentRange,
  ]);
});

test.each([
  ['bytes=10-', 416],
  ['bytes=x', 416],
  ['bytes=1-2,4-5', 400],
])('the range %j is refused', async (range, status) => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, '0123456789');
  expect(
    (await cloud.as('demo', 'GET', `/image/v2/images/${id}/file`, undefined, { Range: range })).status,
  ).toBe(status);
});

test('a queued image has no data to download', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}/file`)).status).toBe(204);
});

test('both formats must be known before data arrive', async () => {
  const cloud = await TestCloud.start();
  expect(explanation(await cloud.upload(await cloud.image(), 'x'))).toBe(
    'Properties disk_format, container_format must be set prior to saving data.',
  );
  expect(explanation(await cloud.upload(await cloud.image(bare), 'x'))).toBe(
    'Property disk_format must be set prior to saving data.',
  );
});

test('data that are there cannot be replaced', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, 'first');
  const answer = await cloud.upload(id, 'second');
  expect([answer.status, explanation(answer)]).toEqual([
    409,
    'Image status transition from active to saving is not allowed',
  ]);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}/file`)).text).toBe('first');
});

test.each([
  ['qcow2', 'text', 'raw bytes'],
  ['qcow2', 'a partitioned disk', tinyRaw()],
  ['raw', 'a qcow2 that names a backing file', withBackingFile()],
  ['ami', 'a qcow2', tinyQcow2()],
])('declared %s, %s is refused with 415', async (disk_format, _what, bytes) => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format });
  const answer = await cloud.upload(id, bytes);
  // Glance's page names the media type and not the reason
  expect([answer.status, explanation(answer)]).toEqual([
    415,
    'The request media type application/octet-stream is not supported by this server.',
  ]);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({
    status: 'queued',
    size: null,
    virtual_size: null,
  });
});

test('after refused content a second upload fails as on a real Glance with a file store', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'qcow2' });
  await cloud.upload(id, 'no qcow2');
  const { json } = await cloud.as('demo', 'GET', `/image/v2/images/${id}`);
  expect(json).toMatchObject({
    status: 'queued',
    stores: 'local',
    checksum: bytesToHex(md5(new TextEncoder().encode('no qcow2'))),
  });
  expect((await cloud.upload(id, tinyQcow2())).status).toBe(500);
  expect((await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`)).status).toBe(204);
});

test.each([
  ['raw', tinyQcow2(), 294912],
  ['raw', tinyRaw(), 1048576],
  ['iso', rescueIso(), 45056],
  ['ami', 'anything', null],
])('%s is let in', async (disk_format, bytes, virtual_size) => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format });
  expect((await cloud.upload(id, bytes)).status).toBe(204);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({
    status: 'active',
    virtual_size,
  });
});

test('inside a container nothing is inspected', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ container_format: 'ova', disk_format: 'qcow2' });
  expect((await cloud.upload(id, 'no qcow2')).status).toBe(204);
});

test('a store is chosen by its name', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  expect(explanation(await cloud.upload(id, 'x', 'demo', { 'x-image-meta-store': 'slow' }))).toBe(
    'Store for identifier slow not found',
  );
  await cloud.upload(id, 'x', 'demo', { 'x-image-meta-store': 'fast' });
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({ stores: 'fast' });
});

test('an upload that breaks off leaves the image queued and empty', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new Error('the line went dead'));
    },
  });
  expect((await cloud.upload(id, broken)).status).toBe(400);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({
    status: 'queued',
    checksum: null,
  });
  expect((await cloud.upload(id, 'once more')).status).toBe(204);
});

test('while data arrive the image is saving, and it may be deleted under the upload', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  let end = () => {};
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
      end = () => controller.close();
    },
  });
  const upload = cloud.upload(id, slow);
  await new Promise((resolve) => setTimeout(resolve));
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({ status: 'saving' });
  expect((await cloud.cloud.snapshot()).image.images).toMatchObject([{ status: 'queued' }]);
  await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`);
  end();
  expect((await upload).status).toBe(410);
  expect((await cloud.cloud.snapshot()).image).toMatchObject({ images: [], data: {} });
});

test('the data of a deleted image are let go', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, 'data');
  expect(Object.keys((await cloud.cloud.snapshot()).image.data ?? {})).toEqual([id]);
  await cloud.as('demo', 'DELETE', `/image/v2/images/${id}`);
  expect((await cloud.cloud.snapshot()).image.data).toEqual({});
});

test('readers may not download, and nobody but an admin what is deactivated', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ ...bare, disk_format: 'raw' });
  await cloud.upload(id, 'data');
  const path = `/image/v2/images/${id}`;
  expect(explanation(await cloud.as('viewer', 'GET', `${path}/file`))).toBe(
    'You are not authorized to complete download_image action.',
  );
  await cloud.as('demo', 'POST', `${path}/actions/deactivate`);
  expect(explanation(await cloud.as('demo', 'GET', `${path}/file`))).toBe(
    'The requested image has been deactivated. Image data download is forbidden.',
  );
  expect((await cloud.as('admin', 'GET', `${path}/file`)).text).toBe('data');
  // where they lie is not told either
  expect((await cloud.as('demo', 'GET', path)).json).not.toHaveProperty('stores');
  expect((await cloud.as('admin', 'GET', path)).json).toHaveProperty('stores');
  await cloud.as('demo', 'POST', `${path}/actions/reactivate`);
  expect((await cloud.as('demo', 'GET', `${path}/file`)).text).toBe('data');
});

function withBackingFile(): Uint8Array<ArrayBuffer> {
  const bytes = tinyQcow2();
  new DataView(bytes.buffer).setBigUint64(8, 1024n);
  return bytes;
}

test('a browser whose requests have no body property, as Firefox, uploads all the same', async () => {
  const bytes = tinyRaw();
  const request = new Request('https://openstack.example/', { method: 'PUT', body: new Blob([bytes]) });
  const firefox = { blob: () => request.blob() } as Request; // what of it is used there
  const arrived: Uint8Array[] = [];
  for await (const chunk of chunksOf(firefox)) arrived.push(chunk);
  expect(Buffer.concat(arrived).equals(bytes)).toBe(true);
});
