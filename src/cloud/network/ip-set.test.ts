import { describe, expect, it } from 'vitest';
import { formatNetwork } from './ip';
import { setOf } from './subnet-pools';

const cidrs = (...list: string[]) => setOf(list);

describe('a set of addresses', () => {
  it('is written as few ranges as can be', () => {
    expect(cidrs('10.0.1.0/24', '10.0.0.0/24', '10.0.2.0/25').cidrs().map(formatNetwork)).toEqual([
      '10.0.0.0/23',
      '10.0.2.0/25',
    ]);
    expect(cidrs('::/0').cidrs().map(formatNetwork)).toEqual(['::/0']);
  });

  it('loses what is taken from it', () => {
    const left = cidrs('10.0.0.0/24').difference(cidrs('10.0.0.64/26', '10.0.0.0/32'));
    expect(left.cidrs().map(formatNetwork)).toEqual([
      '10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/30', '10.0.0.8/29', '10.0.0.16/28', '10.0.0.32/27', '10.0.0.128/25',
    ]); // prettier-ignore
    expect(cidrs('10.0.0.0/24').isSubsetOf(cidrs('10.0.0.0/8'))).toBe(true);
    expect(cidrs('10.0.0.0/24').intersects(cidrs('10.0.1.0/24'))).toBe(false);
  });
});
