import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Cloud } from '../../../cloud/cloud';
import { SimulatedClock } from '../../../cloud/clock';
import { startState } from '../../../cloud/states';
import { parseRun } from '../identity/testing/real-run';
import { typeAll } from '../identity/testing/type-all';

const TRANSCRIPT = new URL('testing/real-7.4.0.txt', import.meta.url);

/** Hides what is different every time in what the Network service says. */
function mask(text: string): string {
  return text
    .replace(/https:\/\/openstack\.example\/network/g, 'NETWORK')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID'.padEnd(36, '.'))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'.padEnd(20, '.'));
}

test('commands about security groups, good and bad, print what the real client prints with a real Neutron', async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('course'), clock });
  const lines = parseRun(await readFile(TRANSCRIPT, 'utf8'));
  const outputs = (await typeAll(lines, cloud)).map(mask);
  const transcript = (output: (index: number) => string) =>
    lines.map(({ line }, index) => `$ ${line}\n${output(index)}`);
  const real = transcript((index) => lines[index]?.output ?? outputs[index] ?? '');
  expect(lines.length).toBeGreaterThan(150);
  expect(transcript((index) => outputs[index] ?? '')).toEqual(real);
}, 120_000);
