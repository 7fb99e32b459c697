import { expect, test } from 'vitest';
import { PROPERTY_NAMES, readingOf, valuesOf } from './properties';

test('A value that nova refuses is flagged with nova’s words', () => {
  expect(readingOf(['hw_architecture', 'arm'])).toEqual({
    kind: 'refused',
    says: "Architecture name 'arm' is not valid.",
  });
});

test.each([
  [['hw_architecture', 'AMD64'], 'note', 'nova reads x86_64.'],
  [['architecture', 'aarch64'], 'note', 'An old name: nova reads hw_architecture=aarch64.'],
  [['trait:HW_CPU_X86_AVX2', 'true'], 'ignored', 'Ignored: nova takes no other word than “required” here.'],
  [['team', 'blue'], 'ignored', 'Ignored: nova reads no property of this name. Others may.'],
  [['trait:HW_CPU_X86_AVX2', 'required'], 'read', ''],
  [['hw_architecture', 'x86_64'], 'read', ''],
  [['constructor', 'x'], 'ignored', 'Ignored: nova reads no property of this name. Others may.'],
] as const)('Of %j it says what nova makes of it', (pair, kind, says) => {
  expect(readingOf(pair)).toEqual({ kind, says });
});

test('Every value that is suggested is one that nova takes', () => {
  const refused = PROPERTY_NAMES.flatMap((name) =>
    valuesOf(name)
      .filter((value) => readingOf([name, value]).kind === 'refused')
      .map((value) => `${name}=${value}`),
  );
  expect(refused).toEqual([]);
});

test('Old names have the values of the new ones', () => {
  expect(valuesOf('architecture')).toEqual(valuesOf('hw_architecture'));
});
