import { expect, test } from 'vitest';
import { dumps, repr, str, tuple } from './python';

test('repr writes values as Python does', () => {
  expect(repr(null)).toBe('None');
  expect(repr([true, false, 1, 'a'])).toBe("[True, False, 1, 'a']");
  expect(repr({ a: { b: [] } })).toBe("{'a': {'b': []}}");
});

test('repr quotes a text with the quote that needs no escape, and escapes what cannot be printed', () => {
  expect(repr("it's")).toBe('"it\'s"');
  expect(repr('it\'s "q"')).toBe("'it\\'s \"q\"'");
  expect(repr('a\nb\t\x00é漢\u200b\u{1f600}')).toBe("'a\\nb\\t\\x00é漢\\u200b\u{1f600}'");
});

test('str leaves a text alone', () => {
  expect(str('a\nb')).toBe('a\nb');
  expect(str(null)).toBe('None');
});

test('a tuple of one has a comma', () => {
  expect(tuple(['ID'])).toBe("('ID',)");
  expect(tuple(['ID', 'Name'])).toBe("('ID', 'Name')");
});

test('dumps escapes all but ASCII and puts blanks after commas and colons', () => {
  expect(dumps({ a: ['é', 1, null], b: {} })).toBe('{"a": ["\\u00e9", 1, null], "b": {}}');
  expect(dumps([{ a: [] }, 'x'], 2)).toBe('[\n  {\n    "a": []\n  },\n  "x"\n]');
});
