import { beforeEach, expect, test } from 'vitest';
import { embeddedCloud } from '../../../examples/connection';
import {
  ConflictException,
  NotFoundException,
  containerAcl,
  parseContainerAcl,
  signTempUrl,
  type Connection,
} from '..';
import { decodeHeader, encodeHeader, quotePath } from './headers';

let cloud: Connection;

beforeEach(async () => {
  cloud = (await embeddedCloud('empty')).connection;
});

async function names(container: string): Promise<string[]> {
  const found = [];
  for await (const { name } of cloud.objectStore.objects(container)) found.push(name);
  return found;
}

test('a container and its objects come and go', async () => {
  const store = cloud.objectStore;
  await store.createContainer('c', { metadata: { Color: 'bläu' } });
  const etag = await store.uploadObject('c', 'a/é 100%.txt', 'hello', { metadata: { author: 'mé' } });
  expect(etag).toBe('5d41402abc4b2a76b9719d911017c592');
  expect(await names('c')).toEqual(['a/é 100%.txt']);
  expect(await store.getContainer('c')).toMatchObject({
    objectCount: 1,
    bytesUsed: 5,
    metadata: { color: 'bläu' },
  });
  expect(await store.getObject('c', 'a/é 100%.txt')).toMatchObject({
    size: 5,
    contentType: 'text/plain',
    metadata: { author: 'mé' },
  });
  const { stream } = await store.downloadObject('c', 'a/é 100%.txt', { range: 'bytes=1-2' });
  expect(await new Response(stream as BodyInit).text()).toBe('el');
  await expect(store.deleteContainer('c')).rejects.toThrow(ConflictException);
  await store.deleteObject('c', 'a/é 100%.txt');
  await store.deleteContainer('c');
  await expect(store.getContainer('c')).rejects.toThrow(NotFoundException);
});

test('listings go on page after page, and roll names up at a delimiter', async () => {
  const store = cloud.objectStore;
  await store.createContainer('c');
  for (const name of ['a', 'b/1', 'b/2', 'c']) await store.uploadObject('c', name, '');
  const found = [];
  for await (const each of store.objects('c', { delimiter: '/', limit: 1 }))
    found.push('subdir' in each ? each.subdir : each.name);
  expect(found).toEqual(['a', 'b/', 'c']);
});

test('a copy has the metadata of the original and new ones', async () => {
  const store = cloud.objectStore;
  await store.createContainer('c');
  await store.uploadObject('c', 'a', 'x', { metadata: { one: '1' } });
  await store.copyObject(
    { container: 'c', name: 'a' },
    { container: 'c', name: 'b' },
    { metadata: { two: '2' } },
  );
  expect((await store.getObject('c', 'b')).metadata).toEqual({ one: '1', two: '2' });
});

test('an upload in segments sends only what is not there, and joins all', async () => {
  const store = cloud.objectStore;
  await store.createContainer('c');
  await store.createContainer('c_segments');
  const sent: boolean[] = [];
  const upload = () =>
    store.uploadLargeObject('c', 'f', new Blob(['0123456789']), {
      segmentSize: 4,
      onSegment: (segment) => sent.push(segment.sent),
    });
  const { segments } = await upload();
  await store.deleteObject('c_segments', segments[1]?.path.replace('/c_segments/', '') ?? '');
  await upload();
  expect(sent).toEqual([true, true, true, false, true, false]);
  const { stream } = await store.downloadObject('c', 'f');
  expect(await new Response(stream as BodyInit).text()).toBe('0123456789');
});

test('many objects are deleted at once', async () => {
  const store = cloud.objectStore;
  await store.createContainer('c');
  await store.uploadObject('c', 'a b', '');
  const gone = [
    { container: 'c', name: 'a b' },
    { container: 'c', name: 'never' },
  ];
  expect(await store.bulkDelete(gone)).toEqual({ deleted: 1, notFound: 1, errors: [] });
});

test('links are signed as the real program signs them', () => {
  const link = { method: 'GET', path: '/v1/AUTH_x/w1/a.txt', key: 'secretkey', expires: 1893456000 };
  // printed by: swift tempurl GET 1893456000 /v1/AUTH_x/w1/a.txt secretkey --absolute
  expect(signTempUrl(link)).toBe(
    '/v1/AUTH_x/w1/a.txt?temp_url_sig=e1f937bdf78fda7397c870cb1fb4f0b314264754ea819673cb56e240b42d1d23&temp_url_expires=1893456000',
  );
});

test('access lists are written and read', () => {
  const access = {
    public: true,
    listings: true,
    referrers: ['.example.com', '-bad.example.com'],
    grants: [{ projectId: 'p', userId: '*' }],
    roles: ['auditor'],
  };
  const acl = containerAcl(access);
  expect(acl).toBe('.r:*,.r:.example.com,.r:-bad.example.com,.rlistings,p:*,auditor');
  expect(parseContainerAcl(acl)).toEqual(access);
});

test('names are escaped as Python does, headers carry UTF-8', () => {
  expect(quotePath("a/b c'(é)~%")).toBe('a/b%20c%27%28%C3%A9%29~%25');
  expect(decodeHeader(encodeHeader('é☃'))).toBe('é☃');
  expect(decodeHeader('\xff')).toBe('\xff');
});
