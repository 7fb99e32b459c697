import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Cloud } from '../../../cloud/cloud';
import { SimulatedClock } from '../../../cloud/clock';
import { startState } from '../../../cloud/states';
import { login, MemoryFiles, run } from '../../testing/terminal';
import { parseRun } from '../identity/testing/real-run';

/** Typed at python-magnumclient 4.8.1 on openstackclient 7.4.0, with the API of a real Magnum 20 behind it. */
const TRANSCRIPT = new URL('testing/real-4.8.1.txt', import.meta.url);

/** Hides ids and times, and how wide a table is, which depends on them. */
function mask(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\b[0-9a-f]{32}\b/g, 'ID')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{6})?/g, 'TIME')
    .replace(/-{3,}/g, '---')
    .replace(/ {2,}/g, ' ');
}

test('cluster templates, good and bad, print what the real client prints with a real Magnum', async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('course'), clock });
  const files = new MemoryFiles({ 'x.img': 'x' });
  const lines = parseRun(await readFile(TRANSCRIPT, 'utf8'));
  const printed: string[] = [];
  for (const { user, args } of lines) {
    clock.advance(1000);
    const result = await run(['openstack', ...args], {
      env: login(user, user === 'viewer' ? 'demo' : user),
      files,
      stdin: new Blob([]),
      fetch: (request) => cloud.fetch(request),
    });
    const errors = mask(result.stderr).replace(/^(?=.)/gm, '! ');
    printed.push(
      mask(String(result.stdout)) + errors + (result.exitCode === 0 ? '' : `[${result.exitCode}]\n`),
    );
  }
  const transcript = (output: (index: number) => string) =>
    lines.map(({ line }, index) => `$ ${line}\n${output(index)}`);
  expect(lines.length).toBeGreaterThan(80);
  expect(transcript((index) => printed[index] ?? '')).toEqual(
    transcript((index) => lines[index]?.output ?? ''),
  );
}, 120_000);
