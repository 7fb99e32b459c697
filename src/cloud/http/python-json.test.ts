import { expect, test } from 'vitest';
import { dumps } from './python-json';

test('a space stands after every comma and colon, as Python writes it', () => {
  expect(dumps({ a: [1, 'x', null], b: { c: true } })).toBe('{"a": [1, "x", null], "b": {"c": true}}');
});

test('everything beyond ASCII is escaped unless somebody asks otherwise', () => {
  expect(dumps('é😀')).toBe('"\\u00e9\\ud83d\\ude00"');
  expect(dumps('é😀', { ensureAscii: false })).toBe('"é😀"');
});

test('compact JSON has no spaces, and members without a value are left out', () => {
  expect(dumps({ a: 1, b: undefined, c: [] }, { compact: true })).toBe('{"a":1,"c":[]}');
});
