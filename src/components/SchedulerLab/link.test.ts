import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_HOSTS, START, type LabCase } from './case';
import { DamagedLink } from '../Lab/fragment';
import { fromFragment, toFragment } from './link';
import { PRESETS } from './presets';

describe('A link', () => {
  test.each(PRESETS)('opens the case “$title” again', ({ case: labCase }) => {
    expect(fromFragment(toFragment(labCase)) ?? START).toEqual(labCase);
  });

  test('opens any case again, whatever was typed', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('='));
    const pairs = fc.array(fc.tuple(name, fc.string({ unit: 'grapheme' })), { maxLength: 4 });
    const word = fc.stringMatching(/^[\w.-]{1,12}$/);
    const words = fc.uniqueArray(word, { maxLength: 3 });
    const amount = fc.nat(1_000_000);
    const host = fc.record({
      name: word,
      supported: fc.array(fc.constantFrom(['x86_64', 'kvm', 'hvm'], ['aarch64', 'qemu', 'hvm'])),
      type: fc.string({ unit: 'grapheme' }),
      version: fc.constantFrom('8.2.1', '10.0.0'),
      traits: words,
      vcpus: amount,
      vcpusUsed: amount,
      ram: amount,
      ramUsed: amount,
      disk: amount,
      diskUsed: amount,
      disabled: fc.boolean(),
      down: fc.boolean(),
      servers: words,
    });
    const anyCase: fc.Arbitrary<LabCase> = fc
      .record({
        hosts: fc.uniqueArray(host, { selector: ({ name: key }) => key, maxLength: 3 }),
        more: fc.nat(MAX_HOSTS - 3),
        aggregates: fc.array(
          fc.record({ name: fc.string({ unit: 'grapheme' }), hosts: words, metadata: pairs }),
          { maxLength: 2 },
        ),
        image: fc.record({ name: fc.string(), format: fc.string(), properties: pairs }),
        flavor: fc.record({ ram: amount, vcpus: amount, disk: amount, extraSpecs: pairs }),
        hints: pairs,
        zone: fc.string({ unit: 'grapheme' }),
        group: fc.record({ policy: word, members: words }),
        settings: pairs,
      })
      .map(({ more, ...rest }) => ({ ...rest, count: rest.hosts.length + more }));
    fc.assert(
      fc.property(anyCase, (labCase) => {
        expect(fromFragment(toFragment(labCase))).toEqual(labCase);
      }),
    );
  });

  test('is short and readable for what a reader changes most', () => {
    const labCase = {
      ...START,
      image: { ...START.image, properties: [['hw_architecture', 'aarch64'] as const] },
    };
    expect(toFragment(labCase)).toMatch(/^lab=1\.\w{4}&p=hw_architecture=aarch64$/);
  });

  test('may be written by hand', () => {
    expect(fromFragment('lab=1&p=hw_architecture=aarch64&ram=2048')).toEqual({
      ...START,
      image: { ...START.image, properties: [['hw_architecture', 'aarch64']] },
      flavor: { ...START.flavor, ram: 2048 },
    });
  });

  test('to a heading is none', () => {
    expect(fromFragment('three-tasks')).toBeUndefined();
    expect(fromFragment('')).toBeUndefined();
  });

  test('that was cut off anywhere says so, or that it is no link to a case', () => {
    const whole = toFragment(PRESETS[5]?.case ?? START);
    for (let length = 6; length < whole.length; length++)
      expect(() => fromFragment(whole.slice(0, length)), whole.slice(0, length)).toThrow(DamagedLink);
  });

  test.each([
    ['lab=2&p=a=b', 'version 2'],
    ['lab=1&ram=much', 'ram has to be a number'],
    ['lab=1&count=10001', 'count has to be a number up to 10000'],
    ['lab=1&p=nothing', 'no name=value'],
    ['lab=1&host=["x"]', 'a host is not whole'],
    [
      'lab=1&host=["x","arm kvm hvm","QEMU","8.0","",[1,0,1,0,1,0],"",""]',
      "Architecture name 'arm' is not valid",
    ],
    ['lab=1&host={', '“host” is not whole'],
    ['lab=1&agg=["x"]', 'an aggregate is not whole'],
    ['lab=1&colour=red', 'no “colour”'],
    ['lab=1&zone=%E0%A4%A', 'not written as links are'],
    ['lab=1&zone', 'has no value'],
  ])('that is damaged says what is wrong: %s', (fragment, says) => {
    expect(() => fromFragment(fragment)).toThrow(says);
  });
});
