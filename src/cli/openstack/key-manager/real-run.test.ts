import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Cloud } from '../../../cloud/cloud';
import { SimulatedClock } from '../../../cloud/clock';
import { startState } from '../../../cloud/states';
import { login, MemoryFiles, run } from '../../testing/terminal';
import { parseRun } from '../identity/testing/real-run';

/** Typed at python-barbicanclient 7.1.0 on openstackclient 7.4.0, with a real Barbican 20 behind it. */
const TRANSCRIPT = new URL('testing/real-7.1.0.txt', import.meta.url);

/** Hides ids and times, and how wide a table is, which depends on where the cloud is. */
function mask(text: string): string {
  return text
    .replaceAll('https://openstack.example/key-manager', 'KEYS')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\b[0-9a-f]{32}\b/g, 'ID')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/g, 'TIME')
    .replace(/-{3,}/g, '---')
    .replace(/ {2,}/g, ' ');
}

test('secrets, containers, orders and their rights print what the real client prints with a real Barbican', async () => {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const cloud = new Cloud({ state: await startState('empty'), clock });
  const files = new MemoryFiles({ 'key.bin': 'raw key\n', 'big.bin': '\0'.repeat(25000) });
  await files.write('binary.bin', new Uint8Array([0xff, 0xfe, 0, 1]));
  const kept = new Map<string, string>();
  const fill = (word: string): string =>
    word.replace(/\$([A-Z]\w*)/g, (_, name: string) => kept.get(name) ?? '');
  const lines = parseRun(await readFile(TRANSCRIPT, 'utf8'));
  const printed: string[] = [];
  for (const { user, keep, args } of lines) {
    clock.advance(1000);
    const result = await run(['openstack', ...args.map(fill)], {
      env: login(user, user === 'viewer' ? 'demo' : user),
      files,
      stdin: new Blob([]),
      fetch: (request) => cloud.fetch(request),
    });
    if (keep !== undefined) kept.set(keep, String(result.stdout).trim());
    const errors = mask(result.stderr).replace(/^(?=.)/gm, '! ');
    printed.push(
      mask(String(result.stdout)) + errors + (result.exitCode === 0 ? '' : `[${result.exitCode}]\n`),
    );
  }
  const transcript = (output: (index: number) => string) =>
    lines.map(({ line }, index) => `$ ${line}\n${output(index)}`);
  expect(lines.length).toBeGreaterThan(170);
  expect(transcript((index) => printed[index] ?? '')).toEqual(
    transcript((index) => lines[index]?.output ?? ''),
  );
}, 60_000);
