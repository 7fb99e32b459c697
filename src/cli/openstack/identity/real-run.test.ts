import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Cloud } from '../../../cloud/cloud';
import { SimulatedClock } from '../../../cloud/clock';
import { startState } from '../../../cloud/states';
import { typeAll } from './testing/type-all';
import { parseRun } from './testing/real-run';

const TRANSCRIPT = new URL('testing/real-7.4.0.txt', import.meta.url);

test('hundreds of Identity commands, good and bad, print what the real client prints with a real Keystone', async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  const lines = parseRun(await readFile(TRANSCRIPT, 'utf8'));
  const outputs = await typeAll(lines, cloud);
  const transcript = (output: (index: number) => string) =>
    lines.map(({ line }, index) => `$ ${line}\n${output(index)}`);
  const real = transcript((index) => lines[index]?.output ?? outputs[index] ?? '');
  expect(lines.length).toBeGreaterThan(500);
  expect(transcript((index) => outputs[index] ?? '')).toEqual(real);
}, 120_000);
