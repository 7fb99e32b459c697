import { expect, test } from 'vitest';
import { decide, verdictFor, type Rule } from './decide';

function rule(access_to: string, access_level: Rule['access_level'], more: Partial<Rule> = {}): Rule {
  return { access_type: 'ip', access_to, access_level, state: 'active', ...more };
}

test('the narrowest rule that fits decides, wherever it stands', () => {
  const rules = [rule('10.0.0.0/24', 'ro'), rule('10.0.0.11', 'rw'), rule('0.0.0.0/0', 'ro')];
  expect(decide(rules, '10.0.0.11')).toMatchObject({
    access: 'rw',
    rule: { access_to: '10.0.0.11' },
    why: '3 rules fit; most storages take the narrowest.',
  });
  expect(decide(rules, '10.0.0.12')).toMatchObject({ access: 'ro', rule: { access_to: '10.0.0.0/24' } });
  expect(decide(rules, '192.0.2.1')).toMatchObject({ access: 'ro', rule: { access_to: '0.0.0.0/0' } });
});

test('a rule that is not active, or for a user, lets nobody in, and why is said', () => {
  expect(decide([], '10.0.0.11')).toEqual({ access: 'none', why: 'The share has no access rule.' });
  expect(decide([rule('10.0.0.11', 'rw', { state: 'error' })], '10.0.0.11')).toEqual({
    access: 'none',
    why: 'The rule for 10.0.0.11 is error, not active.',
  });
  expect(decide([rule('10.0.0.11', 'rw', { access_type: 'user' })], '10.0.0.11').access).toBe('none');
  expect(decide([rule('10.0.1.0/24', 'rw')], '10.0.0.11').why).toContain('No rule names 10.0.0.11');
});

test('IPv6 is told apart, and what is no address is said to be none', () => {
  expect(decide([rule('2001:db8::/32', 'ro')], '2001:db8::7').access).toBe('ro');
  expect(decide([rule('0.0.0.0/0', 'rw')], '2001:db8::7').access).toBe('none');
  expect(decide([rule('0.0.0.0/0', 'rw')], 'web-1').why).toBe('web-1 is not an address.');
  expect(decide([rule('0.0.0.0/0', 'rw')], '').why).toBe('Type an address, or choose a server.');
});

test('an SMB share is asked for users, unless its storage took a rule for an address', () => {
  const share = (rules: Rule[], status = 'available') => ({
    id: '1',
    name: 'office',
    protocol: 'CIFS',
    status,
    rules,
  });
  const asks = 'This storage lets users in to a CIFS share, not addresses';
  expect(verdictFor(share([rule('10.0.0.11', 'rw', { state: 'error' })]), '10.0.0.11')).toEqual({
    access: 'none',
    why: `${asks}, and no active rule names one.`,
  });
  const alice = rule('alice', 'rw', { access_type: 'user' });
  expect(verdictFor(share([alice]), '10.0.0.11').why).toBe(`${asks}: alice may write.`);
  expect(verdictFor(share([alice, rule('10.0.0.11', 'ro')]), '10.0.0.11').access).toBe('ro');
  expect(verdictFor(share([alice], 'creating'), '10.0.0.11').why).toBe('The share is creating.');
});
