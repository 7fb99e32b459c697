import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decideCase } from './case';
import { randomCase } from './testing/random-cases';

interface Recorded {
  steps: { at: string; accepted: boolean; by: string; rules?: string[] }[];
}

/** Made by `npm run real-cloud -- packets 400 recorded 0 --record=…`: what neutron's own rules do with these packets. */
const RECORDED = readFileSync(new URL('testing/random-cases.recorded.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded); // real-cloud/packet-oracle.py wrote it

test('Of 400 random packets the embedded firewall says what the rules of neutron do with them, and which one decides', () => {
  expect(RECORDED).toHaveLength(400);
  RECORDED.forEach(({ steps }, i) => {
    const ours = decideCase(randomCase(i, 'recorded'));
    expect(
      ours.map(({ rule, ...step }, at) => ({
        ...step,
        known: rule === undefined || steps[at]?.rules?.includes(rule),
      })),
      `case ${i}`,
    ).toEqual(steps.map(({ at, accepted, by }) => ({ at, accepted, by, known: true })));
  });
});
