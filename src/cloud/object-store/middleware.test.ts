import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { Account } from './testing/account';

test('a static large object is its segments in order, also in part, until one of them is another', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/1', {}, 'hello ');
  await account.send('PUT', '/c/2', {}, 'world');
  const manifest = JSON.stringify([{ path: '/c/1' }, { path: '/c/2', range: '0-2' }]);
  expect((await account.send('PUT', '/c/big?multipart-manifest=put', {}, manifest)).status).toBe(201);
  expect((await account.send('GET', '/c/big')).text).toBe('hello wor');
  expect((await account.send('GET', '/c/big', { Range: 'bytes=4-7' })).text).toBe('o wo');
  const bad = await account.send('PUT', '/c/big2?multipart-manifest=put', {}, '[{"path":"/c/none"}]');
  expect([bad.status, bad.text]).toEqual([400, 'Errors:\n/c/none, 404 Not Found\n']);
  await account.send('PUT', '/c/1', {}, 'changed');
  expect((await account.send('GET', '/c/big')).status).toBe(409);
  await account.send('DELETE', '/c/big?multipart-manifest=delete');
  expect((await account.send('GET', '/c')).text).toBe('');
});

test('a dynamic large object is whatever begins alike', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/all', { 'X-Object-Manifest': 'c/part-' }, '');
  await account.send('PUT', '/c/part-2', {}, 'two');
  await account.send('PUT', '/c/part-1', {}, 'one');
  expect((await account.send('GET', '/c/all')).text).toBe('onetwo');
  expect((await account.send('GET', '/c/all', { Range: 'bytes=2-3' })).text).toBe('et');
});

test('a copy has the data and the metadata, and what is said anew', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/o', { 'X-Object-Meta-A': '1', 'Content-Type': 'text/x' }, 'data');
  await account.send('COPY', '/c/o', { Destination: 'c/copy', 'X-Object-Meta-B': '2' });
  const { headers, text } = await account.send('GET', '/c/copy');
  expect([
    text,
    headers.get('X-Object-Meta-A'),
    headers.get('X-Object-Meta-B'),
    headers.get('Content-Type'),
  ]).toEqual(['data', '1', '2', 'text/x']);
});

test('whoever copies sends no data, whether or not she says how much', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/a', {}, 'hello');
  const from = { 'X-Copy-From': 'c/a' };
  const refused = await account.send('PUT', '/c/b', from, 'x');
  expect([refused.status, refused.text]).toEqual([400, 'Copy requests require a zero byte body']);
  expect((await account.send('PUT', '/c/b', from)).status).toBe(201);
});

test('an answer about what one may do tells nothing of the versions of a container', async () => {
  const account = await Account.start();
  await account.send('POST', '/c', { 'X-Versions-Enabled': 'true' });
  await account.send('PUT', '/c/a', {}, 'hello');
  expect((await account.send('OPTIONS', '/c')).headers.has('X-Container-Bytes-Used')).toBe(false);
});

test('a temporary URL is good for its method, its object and its time, with any of the keys', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/dir/o', {}, 'data');
  await account.send('POST', '/c', { 'X-Container-Meta-Temp-URL-Key-2': 'key' });
  const expires = Date.parse('2026-11-22T10:00:00Z') / 1000;
  const sign = (method: string, path: string, digest: typeof sha256 | typeof sha512 = sha256) =>
    bytesToHex(hmac(digest, utf8ToBytes('key'), utf8ToBytes(`${method}\n${expires}\n${path}`)));
  const get = async (path: string, signature: string, more = '') =>
    (await account.anonymous('GET', `${path}?temp_url_sig=${signature}&temp_url_expires=${expires}${more}`))
      .status;
  const path = `${account.path}/c/dir/o`;
  expect(await get('/c/dir/o', sign('GET', path))).toBe(200);
  expect(await get('/c/dir/o', sign('GET', path, sha512))).toBe(200);
  expect(await get('/c/dir/o', sign('PUT', path))).toBe(401);
  expect(await get('/c/dir/p', sign('GET', path))).toBe(401);
  const prefix = sign('GET', `prefix:${account.path}/c/dir/`);
  expect(await get('/c/dir/o', prefix, '&temp_url_prefix=dir/')).toBe(200);
  expect(await get('/c/other', prefix, '&temp_url_prefix=dir/')).toBe(401);
  account.cloud.clock.advance(3_601_000);
  expect(await get('/c/dir/o', sign('GET', path))).toBe(401);
});

test('a public container is a web site with an index, an error page and listings', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/index.html', {}, '<h1>Home</h1>');
  await account.send('PUT', '/c/404error.html', {}, '<h1>Lost</h1>');
  await account.send('PUT', '/c/sub/a.txt', {}, 'a');
  await account.send('POST', '/c', {
    'X-Container-Read': '.r:*,.rlistings',
    'X-Container-Meta-Web-Index': 'index.html',
    'X-Container-Meta-Web-Error': 'error.html',
  });
  expect((await account.anonymous('GET', '/c/')).text).toBe('<h1>Home</h1>');
  const lost = await account.anonymous('GET', '/c/nowhere');
  expect([lost.status, lost.text]).toEqual([404, '<h1>Lost</h1>']);
  const redirect = await account.anonymous('GET', '/c');
  expect([redirect.status, redirect.headers.get('Location')]).toEqual([
    301,
    `https://openstack.example/object-store${account.path}/c/`,
  ]);
  await account.send('POST', '/c', {
    'X-Container-Meta-Web-Listings': 'on',
  });
  expect((await account.anonymous('GET', '/c/sub/')).text).toContain('<a href="a.txt">a.txt</a>');
});

test('versions are kept when an object is replaced or deleted, and come back', async () => {
  const account = await Account.start();
  await account.send('POST', '/c', { 'X-Versions-Enabled': 'true' });
  const first = await account.send('PUT', '/c/o', {}, 'one');
  await account.send('PUT', '/c/o', {}, 'two');
  const id = first.headers.get('X-Object-Version-Id') ?? '';
  expect((await account.send('GET', `/c/o?version-id=${id}`)).text).toBe('one');
  await account.send('DELETE', '/c/o');
  expect((await account.send('GET', '/c/o')).status).toBe(404);
  const versions = JSON.parse((await account.send('GET', '/c?versions')).text) as { is_latest: boolean }[];
  expect(versions.map(({ is_latest: isLatest }) => isLatest)).toEqual([true, false, false]);
  await account.send('PUT', `/c/o?version-id=${id}`, {}, '');
  expect((await account.send('GET', '/c/o')).text).toBe('one');
  const reverse = JSON.parse((await account.send('GET', '/c?versions&reverse=on')).text) as {
    bytes: number;
  }[];
  expect(reverse.map(({ bytes }) => bytes)).toEqual([3, 3, 0]);
  expect((await account.send('DELETE', '/c')).status).toBe(409);
});

test('what does not fit into a container is refused, and what is expired is gone', async () => {
  const account = await Account.start();
  await account.send('POST', '/c', { 'X-Container-Meta-Quota-Count': '1' });
  await account.send('PUT', '/c/o', { 'X-Delete-After': '60' }, 'x');
  const full = await account.send('PUT', '/c/p', {}, 'x');
  expect([full.status, full.text]).toEqual([413, 'Upload exceeds quota.']);
  account.cloud.clock.advance(61_000);
  expect((await account.send('GET', '/c/o')).status).toBe(404);
  expect((await account.send('GET', '/c')).text).toBe('o\n');
  account.cloud.clock.advance(300_000);
  expect((await account.send('GET', '/c')).text).toBe('');
});

test('a quota counts what comes, though nobody said how much it is, and nothing of it stays', async () => {
  const account = await Account.start();
  await account.send('POST', '/c', { 'X-Container-Meta-Quota-Bytes': '3' });
  const tooMuch = await account.send('PUT', '/c/o', {}, 'four');
  expect([tooMuch.status, tooMuch.text]).toEqual([413, 'Upload exceeds quota.']);
  expect((await account.send('GET', '/c/o')).status).toBe(404);
  expect((await account.send('PUT', '/c/o', {}, 'new')).status).toBe(201);
  expect((await account.send('PUT', '/c/p', {}, 'x')).status).toBe(413);
  // over a network, whoever does not say how much comes is looked at before only
  await account.send('PUT', '/c/o', {}, '');
  const chunked = { 'Transfer-Encoding': 'chunked' };
  expect((await account.send('PUT', '/c/o', chunked, 'four')).status).toBe(201);
});

test('old versions count in the quota of their container', async () => {
  const account = await Account.start();
  await account.send('POST', '/c', { 'X-Versions-Enabled': 'true', 'X-Container-Meta-Quota-Bytes': '5' });
  expect((await account.send('PUT', '/c/o', {}, 'one')).status).toBe(201);
  expect((await account.send('PUT', '/c/o', {}, 'two')).status).toBe(413);
});

test('whoever waits for a manifest hears in the text how it went', async () => {
  const account = await Account.start();
  await account.send('PUT', '/c/1', {}, 'one');
  const put = (path: string) =>
    account.send('PUT', '/c/big?multipart-manifest=put&heartbeat=on', {}, JSON.stringify([{ path }]));
  const good = await put('/c/1');
  expect([good.status, good.text.slice(0, 5)]).toEqual([202, ' \r\n\r\n']);
  expect(good.text).toContain('Response Status: 201 Created\n');
  const bad = await put('/c/2');
  expect([bad.status, bad.text.split('\n').slice(-3)]).toEqual([202, ['Errors:', '/c/2, 404 Not Found', '']]);
});

test('names come in the order of their bytes, in pages, and folders are found without looking at all', async () => {
  const account = await Account.start();
  for (const name of ['b', 'a/1', 'a/2', '\ue000', '\u{1f600}', 'a0'])
    await account.send('PUT', `/c/${encodeURIComponent(name)}`, {}, '');
  const list = async (query: string) =>
    (await account.send('GET', `/c?${query}`)).text.split('\n').slice(0, -1);
  expect(await list('')).toEqual(['a/1', 'a/2', 'a0', 'b', '\ue000', '\u{1f600}']);
  expect(await list('delimiter=/')).toEqual(['a/', 'a0', 'b', '\ue000', '\u{1f600}']);
  expect(await list('delimiter=/&marker=a/&limit=1')).toEqual(['a0']);
  expect(await list('delimiter=/&reverse=on&limit=2&marker=b')).toEqual(['a0', 'a/']);
  expect(await list('prefix=a/&end_marker=a/2')).toEqual(['a/1']);
});
