import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DamagedLink } from '../Lab/fragment';
import { START, type LabCase } from './case';
import { fromFragment, toFragment } from './link';
import { PRESETS } from './presets';

describe('A link', () => {
  test.each(PRESETS)('opens the case “$title” again', ({ case: labCase }) => {
    expect(fromFragment(toFragment(labCase)) ?? START).toEqual(labCase);
  });

  test('opens any case again, whatever was typed', () => {
    const name = fc.stringMatching(/^[\w. ü<-]{1,12}$/);
    const word = fc.stringMatching(/^[\w.:/-]{1,12}$/);
    const words = fc.array(word, { maxLength: 3 });
    const rule = fc.record({
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      ethertype: fc.constantFrom('IPv4' as const, 'IPv6' as const),
      protocol: fc.constantFrom('', 'tcp', '47'),
      ports: fc.constantFrom('', '22', '80-90', '8/0'),
      remote: fc.oneof(
        fc.constantFrom('', '10.0.0.0/8', '#office'),
        name.map((group) => `@${group}`),
      ),
    });
    const { traffic } = START;
    const anyCase: fc.Arbitrary<LabCase> = fc.record({
      traffic: fc.record({
        from: name,
        to: name,
        byFloating: fc.boolean(),
        ethertype: fc.constantFrom('IPv4' as const, 'IPv6' as const),
        protocol: word,
        port: fc.nat(65535),
        icmpType: fc.nat(255),
        flags: fc.constantFrom('SYN' as const, 'SYN,ACK' as const, traffic.flags),
        source: fc.oneof(fc.constant(''), word),
      }),
      groups: fc.uniqueArray(
        fc.record({ name, stateful: fc.boolean(), rules: fc.array(rule, { maxLength: 3 }) }),
        { selector: (each) => each.name, maxLength: 3 },
      ),
      addressGroups: fc.array(fc.record({ name, addresses: words }), { maxLength: 2 }),
      servers: fc.uniqueArray(
        fc.record({
          name,
          network: name,
          addresses: words,
          floating: fc.oneof(fc.constant(''), word),
          groups: fc.array(name, { maxLength: 3 }),
          portSecurity: fc.boolean(),
          pairs: words,
        }),
        { selector: (each) => each.name, maxLength: 3 },
      ),
      networks: fc.array(fc.record({ name, router: name }), { maxLength: 2 }),
      routers: fc.array(fc.record({ name, outside: word }), { maxLength: 2 }),
      outside: fc.record({ IPv4: word, IPv6: word }),
      ofSandbox: fc.boolean(),
    });
    fc.assert(
      fc.property(anyCase, (labCase) => {
        expect(fromFragment(toFragment(labCase))).toEqual(labCase);
      }),
    );
  });

  test('is short and readable for what a reader changes most', () => {
    expect(toFragment({ ...START, traffic: { ...START.traffic, from: 'db', port: 80 } })).toMatch(
      /^lab=1\.\w{4}&from=db&port=80$/,
    );
  });

  test('may be written by hand', () => {
    expect(fromFragment('lab=1&from=db&by=own&group=["ssh","","in,4,tcp,22,"]')).toEqual({
      ...START,
      traffic: { ...START.traffic, from: 'db', byFloating: false },
      groups: [
        {
          name: 'ssh',
          stateful: true,
          rules: [{ direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp', ports: '22', remote: '' }],
        },
      ],
    });
  });

  test('that was cut off anywhere says so', () => {
    const whole = toFragment(PRESETS[4]?.case ?? START);
    for (let length = 6; length < whole.length; length++)
      expect(() => fromFragment(whole.slice(0, length)), whole.slice(0, length)).toThrow(DamagedLink);
  });

  test.each([
    ['lab=2&from=db', 'version 2'],
    ['lab=1&port=70000', 'port has to be a number up to 65535'],
    ['lab=1&colour=red', 'no “colour”'],
    ['lab=1&group={', '“group” is not whole'],
    ['lab=1&group=["ssh","","up,4,tcp,22,"]', '“up,4,tcp,22,” is no rule'],
    ['lab=1&server=[1]', '“server” is not whole'],
    ['lab=1&group=["a"]&group=["a"]', 'the same name'],
    ['lab=1&flags=XMAS', 'no flags of TCP'],
  ])('that is damaged says what is wrong: %s', (fragment, why) => {
    expect(() => fromFragment(fragment)).toThrow(why);
  });
});
