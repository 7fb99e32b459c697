import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDoor, type Door } from '../door/door';
import { runShell } from './command-line';
import { loginFiles } from './home';
import { painter } from './interactive';
import { realShell } from './real';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shell-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function shell(args: readonly string[], input: string, env: Record<string, string> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await runShell(args, { stdin: Readable.from([input]), stdout, stderr, env });
  return { stdout: await text(stdout.end()), stderr: await text(stderr.end()), exitCode };
}

const NAMES = 'openstack image list -f value -c Name --sort name';

describe('--state FILE', () => {
  test('keeps the cloud, which goes on in the next shell and behind the door', async () => {
    const state = path.join(folder, 'cloud.json');
    const create = 'openstack image create --file tiny.qcow2 --disk-format qcow2 kept -f value -c status';
    expect(await shell(['--state', state], create)).toEqual({ stdout: 'active\n', stderr: '', exitCode: 0 });
    expect(
      (await shell(['--state', state], `${NAMES}\nopenstack image save kept | cmp - tiny.qcow2`)).stdout,
    ).toBe('cirros\nkept\n');
    const door = await openDoor({ cloud: 'empty', port: 0, state, onError: () => undefined });
    expect(door.restored).toBe(true);
    await door.close();
    expect(readdirSync(`${state}.data`)).toHaveLength(2);
  });

  test('is not made of a file that is something else, which stays as it is', async () => {
    const state = path.join(folder, 'letter.txt');
    writeFileSync(state, 'Dear Ada,');
    expect(await shell(['--state', state], 'true')).toMatchObject({
      stderr: `shell: ${state} is not a state of the embedded cloud, or it is damaged.\nTry: npm run shell -- --help\n`,
      exitCode: 2,
    });
    expect(readFileSync(state, 'utf8')).toBe('Dear Ada,');
  });
});

describe('--real', () => {
  let door: Door;
  beforeEach(async () => {
    door = await openDoor({ cloud: 'course', port: 0, onError: () => undefined });
  });
  afterEach(() => door.close());

  const login = () => ({
    OS_AUTH_URL: `${door.url}/identity/v3`,
    OS_USERNAME: 'demo',
    OS_PASSWORD: 'secret',
    OS_PROJECT_NAME: 'demo',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
  });

  test('logs in where the OS_ variables say', async () => {
    expect(await shell(['--real'], NAMES, login())).toEqual({ stdout: 'cirros\n', stderr: '', exitCode: 0 });
  });

  test('takes the clouds.yaml that openstack would take', async () => {
    const file = path.join(folder, 'my-clouds.yaml');
    writeFileSync(file, loginFiles(`${door.url}/identity`)['.config/openstack/clouds.yaml'] ?? '');
    const env = { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: 'admin' };
    expect(
      (await shell(['--real'], 'openstack project list -f value -c Name | sort | head -1', env)).stdout,
    ).toBe('admin\n');
  });

  test('reaches no other host', async () => {
    const other = await openDoor({ cloud: 'course', port: 0, onError: () => undefined });
    const line = `curl -s ${other.url}/image/versions`;
    expect(
      (await shell(['--real'], line, { ...login(), OS_AUTH_URL: `${door.url}/identity` })).exitCode,
    ).not.toBe(0);
    expect(
      (await shell(['--real'], line, { ...login(), OS_AUTH_URL: `${other.url}/identity` })).exitCode,
    ).toBe(0);
    await other.close();
  });

  test('says what it needs', async () => {
    expect((await shell(['--real'], 'true', { HOME: folder })).stderr).toMatch(
      /^shell: There is no cloud to log in to/,
    );
    expect((await shell(['--real', '--cloud', 'empty'], 'true', login())).exitCode).toBe(2);
  });

  test('waits as long as it is told, and Ctrl-C ends the waiting', async () => {
    const real = realShell({ authUrls: [], files: {}, env: {} });
    const ctrlC = new AbortController();
    setTimeout(() => ctrlC.abort(), 200);
    const start = performance.now();
    expect((await real.run('sleep 20', { signal: ctrlC.signal })).exitCode).toBe(130);
    expect(performance.now() - start).toBeGreaterThan(150);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

test('colours are for terminals that have them, and for those who want them', () => {
  const terminal = { isTTY: true };
  expect(painter({ TERM: 'xterm' })(terminal, 'red', 'No.\nNo.\n')).toMatch(/^\x1b\[31mNo\.\x1b\[0m\n\x1b/);
  expect(painter({ TERM: 'xterm' })({}, 'red', 'No.')).toBe('No.');
  expect(painter({ TERM: 'xterm', NO_COLOR: '1' })(terminal, 'red', 'No.')).toBe('No.');
  expect(painter({ TERM: 'dumb' })(terminal, 'red', 'No.')).toBe('No.');
});
