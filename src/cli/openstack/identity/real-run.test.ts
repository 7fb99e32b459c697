import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Cloud } from '../../../cloud/cloud';
import { SimulatedClock } from '../../../cloud/clock';
import { startState } from '../../../cloud/states';
import { login, run } from '../../testing/terminal';
import { parseRun, printed, type Typed } from './testing/real-run';

const TRANSCRIPT = new URL('testing/real-7.4.0.txt', import.meta.url);

/** Types every line of a transcript, one after another, at one embedded cloud. */
async function typeAll(lines: readonly Typed[]): Promise<string[]> {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  const kept = new Map<string, string>();
  const fill = (word: string): string =>
    word.replace(/\$([A-Z]\w*)/g, (_, name: string) => kept.get(name) ?? '');
  const outputs: string[] = [];
  for (const { user, env: changes, keep, args } of lines) {
    const all = { ...login(user, user === 'viewer' ? 'demo' : user), ...changes };
    const env = Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, fill(value)]])),
    );
    const result = await run(['openstack', ...args.map(fill)], {
      env,
      stdin: new Blob([]),
      fetch: (request) => cloud.fetch(request),
    });
    if (keep !== undefined) kept.set(keep, String(result.stdout).trim());
    outputs.push(printed({ ...result, stdout: String(result.stdout) }));
  }
  return outputs;
}

test('hundreds of Identity commands, good and bad, print what the real client prints with a real Keystone', async () => {
  const lines = parseRun(await readFile(TRANSCRIPT, 'utf8'));
  const outputs = await typeAll(lines);
  const transcript = (output: (index: number) => string) =>
    lines.map(({ line }, index) => `$ ${line}\n${output(index)}`);
  const real = transcript((index) => lines[index]?.output ?? outputs[index] ?? '');
  expect(lines.length).toBeGreaterThan(500);
  expect(transcript((index) => outputs[index] ?? '')).toEqual(real);
}, 120_000);
