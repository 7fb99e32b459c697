import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startState } from '../states';
import { TestCloud } from '../testing/test-cloud';

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('c', 'd', 'o', 'p', 'slo', 'dlo', 'link', 'v', 'a/b', 'index.html'),
  },
  fc.constantFrom('', '/', '%00', '%ff', '%2F', '..', '%0A', '%F0%9F%98%80', 'x'.repeat(1100), '\\', '%'),
  fc.string({ maxLength: 5 }).map((text) => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, 'x'))),
);
const value = fc.oneof(
  fc.constantFrom(
    '', 'true', '1', '-1', 'x', 'c', 'c/o', '/c/o', 'd/', 'c/link', '%ff', '.r:*,.rlistings', '.r:', '.x:y', '*:*', 'bytes=0-3', 'bytes=-1',
    'bytes=0-0,2-3', 'bytes=9-', '*', '"x"', '9999999999', 'json', 'xml', 'get', 'put', 'delete', 'null', 'application/json', '*/*;q=x',
    'text/plain', 'index.html', 'error.html', 'tar', 'tar.gz', '1795413122.33021', 'x'.repeat(300), '\u00e9', 'AUTH_x', 'Tue, 01 Jan 2036 00:00:00 GMT',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 6 }).map((text) => text.trim()),
); // prettier-ignore
const header = fc.constantFrom(
  'X-Object-Meta-A', 'X-Container-Meta-A', 'X-Account-Meta-A', 'X-Container-Read', 'X-Container-Write', 'X-Copy-From', 'Destination',
  'Destination-Account', 'X-Copy-From-Account', 'X-Object-Manifest', 'X-Symlink-Target', 'X-Symlink-Target-Etag', 'X-Versions-Enabled',
  'X-Versions-Location', 'X-History-Location', 'X-Delete-At', 'X-Delete-After', 'Range', 'If-Match', 'If-None-Match', 'If-Modified-Since', 'Etag',
  'Accept', 'Content-Type', 'X-Container-Meta-Quota-Bytes', 'X-Container-Meta-Quota-Count', 'X-Account-Quota-Bytes', 'X-Container-Meta-Web-Index',
  'X-Container-Meta-Web-Listings', 'X-Container-Meta-Web-Error', 'X-Web-Mode', 'X-Remove-Container-Meta-A', 'X-Container-Meta-Temp-URL-Key',
  'X-Storage-Policy', 'X-Static-Large-Object', 'Origin', 'Referer', 'X-Fresh-Metadata', 'X-Detect-Content-Type', 'X-Trans-Id-Extra',
  'X-Container-Meta-Access-Control-Allow-Origin', 'X-Backend-Allow-Reserved-Names', 'X-Object-Sysmeta-Slo-Etag',
); // prettier-ignore
const parameter = fc.constantFrom(
  'format', 'limit', 'marker', 'end_marker', 'prefix', 'delimiter', 'path', 'reverse', 'multipart-manifest', 'version-id', 'versions',
  'version_marker', 'symlink', 'bulk-delete', 'extract-archive', 'temp_url_sig', 'temp_url_expires', 'temp_url_prefix', 'temp_url_ip_range',
  'filename', 'inline', 'part-number', '%ff',
); // prettier-ignore
const body = fc.constantFrom(
  '', 'hello', '[]', '[1]', '[{"path":"/c/o"}]', '[{"path":"/c/o","range":"0-1"},{"data":"aGk="}]', '[{"path":"/c/slo"}]', '{', '/c/o\nd\n%ff\nc',
  '[{"path":"c/o","size_bytes":"x"},{"data":"?"}]', 'null', '[{"path":1}]', '[{"path":"/c/o","etag":3}]',
); // prettier-ignore

test('whatever is sent to the object store, it answers, and never with a 500', async () => {
  const cloud = await TestCloud.start();
  const state = await startState('empty');
  const { id = '' } = state.identity.projects.find(({ name }) => name === 'demo') ?? {};
  const base = `/object-store/v1/AUTH_${id}`;
  const tokens = [await cloud.login('demo'), await cloud.login('viewer'), await cloud.login('partner'), ''];
  for (const name of ['c', 'd']) await cloud.as('demo', 'PUT', `${base}/${name}`);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tokens, tokens[0]),
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'COPY', 'OPTIONS', 'PATCH'),
      fc.oneof(
        { weight: 9, arbitrary: fc.constant(base) },
        fc.constantFrom('/object-store', '/object-store/v1', '/object-store/v1/AUTH_x'),
      ),
      fc.array(word, { maxLength: 3 }),
      fc.array(fc.tuple(parameter, value), { maxLength: 3 }),
      fc.dictionary(header, value, { maxKeys: 3 }),
      body,
      async (token, method, start, words, query, headers, text) => {
        const search = query.map(([name, given]) => `${name}=${encodeURIComponent(given)}`).join('&');
        const withBody = ['PUT', 'POST', 'DELETE'].includes(method);
        const answer = await cloud.send(
          method,
          `${start}${words.map((one) => `/${one}`).join('')}?${search}`,
          {
            headers: { ...headers, ...(token === '' ? {} : { 'X-Auth-Token': token ?? '' }) },
            ...(withBody ? { body: new Blob([text]) } : {}),
          },
        );
        cloud.clock.advance(700);
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).not.toBe(500);
      },
    ),
    { numRuns: 1500 },
  );
}, 90_000);
