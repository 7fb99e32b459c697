import { expect, test } from 'vitest';
import { wcswidth } from './wcwidth';

test('Chinese and emoji take two cells, accents none', () => {
  expect(wcswidth('abc')).toBe(3);
  expect(wcswidth('漢字')).toBe(4);
  expect(wcswidth('e\u0301')).toBe(1);
  expect(wcswidth('😀')).toBe(2);
});

test('a joiner swallows what it joins, the emoji selector widens', () => {
  expect(wcswidth('👩\u200d💻')).toBe(2);
  expect(wcswidth('☁\ufe0f')).toBe(2);
});

test('a control character has no width', () => {
  expect(wcswidth('a\tb')).toBe(-1);
});
