import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { Account } from '../testing/account';

const DIGESTS = { sha1, sha256, sha512 };
const EXPIRES = Date.parse('2026-11-22T10:00:00Z') / 1000;

interface Form {
  redirect?: string;
  max_file_size?: string;
  max_file_count?: string;
  expires?: string;
  digest?: keyof typeof DIGESTS;
  signature?: string;
  more?: Record<string, string>;
}

/** Sends files with a form as a web page does. */
async function submit(account: Account, path: string, files: Record<string, string>, form: Form = {}) {
  const fields = {
    redirect: form.redirect ?? '',
    max_file_size: form.max_file_size ?? '100000',
    max_file_count: form.max_file_count ?? '2',
    expires: form.expires ?? String(EXPIRES),
  };
  const message = [account.path + path, ...Object.values(fields)].join('\n');
  const mac = hmac(DIGESTS[form.digest ?? 'sha256'], utf8ToBytes('key'), utf8ToBytes(message));
  const body = new FormData();
  const all = { ...fields, signature: form.signature ?? bytesToHex(mac), ...form.more };
  for (const [name, value] of Object.entries(all)) body.set(name, value);
  for (const [name, content] of Object.entries(files)) body.set(name, new File([content], name));
  return account.cloud.send('POST', `/object-store${account.path}${path}`, { body });
}

async function withKey(): Promise<Account> {
  const account = await Account.start();
  await account.send('POST', '', { 'X-Account-Meta-Temp-URL-Key': 'key' });
  return account;
}

test.each(['sha1', 'sha256', 'sha512'] as const)(
  'files of a form signed with %s become objects',
  async (digest) => {
    const account = await withKey();
    const large = 'line\r\n--not the end\r\n'.repeat(4000);
    const answer = await submit(account, '/c/in-', { 'a.txt': 'one', 'b c': large }, { digest });
    expect([answer.status, answer.text]).toEqual([201, '201 Created']);
    expect((await account.send('GET', '/c/in-a.txt')).text).toBe('one');
    expect((await account.send('GET', '/c/in-b%20c')).text).toBe(large);
  },
);

test('without a prefix the files lie in the container, and go when the form says so', async () => {
  const account = await withKey();
  await submit(account, '/c', { a: 'one' }, { more: { x_delete_after: '60', 'content-type': 'text/x' } });
  const { headers, text } = await account.send('GET', '/c/a');
  expect([text, headers.get('Content-Type'), headers.has('X-Delete-At')]).toEqual(['one', 'text/x', true]);
});

test.each([
  ['another signature', { signature: '0'.repeat(64) }, 401, 'FormPost: Invalid Signature'],
  ['a time that is over', { expires: '1' }, 401, 'FormPost: Form Expired'],
  ['a file that is too large', { max_file_size: '2' }, 400, 'FormPost: max_file_size exceeded'],
  ['too many files', { max_file_count: '0' }, 400, '400 Bad Request\r\nFormPost: Max File Count Exceeded'],
  ['an end that is over', { more: { x_delete_at: '1' } }, 400, '400 Bad Request'],
  ['nonsense', { max_file_count: 'x' }, 400, 'FormPost: max_file_count not an integer'],
] as const)('a form with %s is refused', async (_name, form, status, text) => {
  const account = await withKey();
  const answer = await submit(account, '/c/', { a: 'one' }, form);
  expect([answer.status, answer.text]).toEqual([status, text]);
  expect((await account.send('GET', '/c')).text).toBe('');
});

test('a form without files or without a boundary is told so, and a page goes on where the form says', async () => {
  const account = await withKey();
  expect((await submit(account, '/c/', {})).text).toBe('400 Bad Request\r\nFormPost: No Files To Process');
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
  expect((await account.send('POST', '/c/', headers, 'y')).text).toBe('FormPost: invalid starting boundary');
  const unclosed = await account.send('POST', '/c/', headers, '\r\n--x');
  expect(unclosed.text).toBe('400 Bad Request\r\nFormPost: No Files To Process');
  expect((await submit(account, '/none/', { a: 'one' })).text).toBe('404 Not Found');
  const next = await submit(account, '/c/', { a: 'one' }, { redirect: 'https://site.example/done?a=1' });
  expect([next.status, next.headers.get('Location')]).toEqual([
    303,
    'https://site.example/done?a=1&status=201&message=',
  ]);
});
