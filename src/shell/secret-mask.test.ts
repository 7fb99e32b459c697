import { expect, test } from 'vitest';
import { SecretMask } from './secret-mask';

test('a token of any kind, once seen in a header, is hidden everywhere', () => {
  const mask = new SecretMask();
  const headers = new Headers({ 'X-Auth-Token': 'plain-uuid-token', Accept: 'a/b' });
  expect(mask.headers(headers)).toEqual([
    ['accept', 'a/b'],
    ['x-auth-token', '$TOKEN'],
  ]);
  expect(mask.text('https://cloud/?t=plain-uuid-token')).toBe('https://cloud/?t=$TOKEN');
});

test.each([
  ['{"user":{"name":"eve","password":"p"}}', '{"user":{"name":"eve","password":"$OS_PASSWORD"}}'],
  [
    '{"user":{"original_password":"a","password":"b"}}',
    '{"user":{"original_password":"$OS_PASSWORD","password":"$OS_PASSWORD"}}',
  ],
  ['{"application_credential":{"secret":"s"}}', '{"application_credential":{"secret":"$SECRET"}}'],
  ['{"auth":{"identity":{"token":{"id":"t"}}}}', '{"auth":{"identity":{"token":{"id":"$TOKEN"}}}}'],
  // nothing to hide: the text stays as it was written
  [
    '{"methods": ["password"],  "password": {"user": {}}}',
    '{"methods": ["password"],  "password": {"user": {}}}',
  ],
  ['no JSON', 'no JSON'],
])('of the body %s remains %s', (body, masked) => {
  expect(new SecretMask().body(body)).toBe(masked);
});
