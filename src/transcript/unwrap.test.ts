import { expect, test } from 'vitest';
import { unwrapTables } from './unwrap';

// from `compute service list` and `server show` on a real cloud, on a terminal of 80 columns
const SERVICES = `+-----------+-----------+-----------+-------------+
| ID        | Binary    | Zone      | Updated At  |
+-----------+-----------+-----------+-------------+
| 1c9506b7- | nova-     | internal  | 2026-11-    |
| 4edc-     | conductor |           | 23T03:12:39 |
| 4d97-     |           |           | .000000     |
| b026-     |           |           |             |
| 197edafc7 |           |           |             |
| 090       |           |           |             |
| 74eb553b- | nova-     | internal  | 2026-11-    |
| 4c4c-a7ed |           |           |             |
| -acac-b2e |           |           |             |
| 986f3d0f8 |           |           |             |
+-----------+-----------+-----------+-------------+
`;

test('a row in several lines becomes one, wherever its id is broken', () => {
  const [, head, , first, second] = unwrapTables(SERVICES).split('\n');
  expect(head).toBe('| ID | Binary | Zone | Updated At |');
  expect(first).toBe(
    '| 1c9506b7-4edc-4d97-b026-197edafc7090 | nova-conductor | internal | 2026-11-23T03:12:39.000000 |',
  );
  expect(second).toBe('| 74eb553b-4c4c-a7ed-acac-b2e986f3d0f8 | nova- | internal | 2026-11- |');
});

test('accounts of the object store, URLs of secrets and UUIDs cut after eight digits go on in the next line', () => {
  const table = `+----------+--------+
| Href     | Name   |
+----------+--------+
| AUTH_334 | a      |
| 13742c7a |        |
| aaeb99c5 |        |
| 42453bf0 |        |
| 12345    |        |
| http://a | b      |
| :1/v1/b9 |        |
| c3c4f4-  |        |
| 98da-439 |        |
| 5-a781-6 |        |
| 00297e2d |        |
| bd1      |        |
| b9c3c4f4 | c      |
| -98da-43 |        |
| 95-a781- |        |
| 600297e2 |        |
| dbd1     |        |
| beefcafe | d      |
+----------+--------+
`;
  expect(unwrapTables(table).split('\n').slice(3, -2)).toEqual([
    '| AUTH_33413742c7aaaeb99c542453bf012345 | a |',
    '| http://a:1/v1/b9c3c4f4-98da-4395-a781-600297e2dbd1 | b |',
    '| b9c3c4f4-98da-4395-a781-600297e2dbd1 | c |',
    '| beefcafe | d |',
  ]);
});

test('words come together with a space between them, parts of a word without', () => {
  const table = `+----------+--------------------+
| Field    | Value              |
+----------+--------------------+
| hostId   | c0354c635bec55d141 |
|          | e5b5               |
| image    | cirros and one     |
|          | more               |
+----------+--------------------+
`;
  expect(unwrapTables(table)).toContain(
    '| hostId | c0354c635bec55d141e5b5 |\n| image | cirros and one more |\n+',
  );
});

test('what is no table stays, and so does a table of whole rows but for its padding', () => {
  const text = 'a\n| b\n\n+---+\n|   |\n+---+\n| x |\n+---+\nend | of | it\n';
  expect(unwrapTables(text)).toBe('a\n| b\n\n+---+\n|  |\n+---+\n| x |\n+---+\nend | of | it\n');
});
