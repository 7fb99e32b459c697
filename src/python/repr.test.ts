import { expect, test } from 'vitest';
import { pformat } from './pprint';
import { repr } from './repr';

// Every expectation is what Python 3.13 printed for the same value.

test('repr chooses the quotes that need no backslash', () => {
  expect(repr('plain')).toBe("'plain'");
  expect(repr("it's")).toBe('"it\'s"');
  expect(repr(`it's "quoted"`)).toBe(`'it\\'s "quoted"'`);
});

test('repr writes the constants and escapes of Python', () => {
  expect(repr([null, true, false, 1, { a: 'b\n\u0001' }])).toBe("[None, True, False, 1, {'a': 'b\\n\\x01'}]");
});

test('pformat keeps on one line what fits, with sorted keys', () => {
  expect(pformat({ b: 1, a: [2] }, 72)).toBe("{'a': [2], 'b': 1}");
});

test('pformat puts one member a line when the whole does not fit', () => {
  expect(pformat({ type: ['null', 'string'], enum: [null, 'a'.repeat(30), 'b'.repeat(30)] }, 72)).toBe(
    `{'enum': [None,\n          '${'a'.repeat(30)}',\n          '${'b'.repeat(30)}'],\n 'type': ['null', 'string']}`,
  );
});

test('pformat breaks a long text at spaces', () => {
  expect(pformat({ d: 'word '.repeat(20).trim() }, 72)).toBe(
    `{'d': '${'word '.repeat(12)}'\n      '${'word '.repeat(8).trim()}'}`,
  );
});

test('pformat puts a long text of its own in parentheses', () => {
  expect(pformat('word '.repeat(30), 72)).toBe(
    `('${'word '.repeat(13)}'\n '${'word '.repeat(13)}'\n '${'word '.repeat(4)}')`,
  );
  expect(pformat(`${'x'.repeat(100)}\n${'y y'.repeat(30)}`, 72)).toBe(
    `('${'x'.repeat(100)}\\n'\n 'y ${'yy '.repeat(22)}'\n '${'yy '.repeat(7)}y')`,
  );
});
