import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runDoor } from './command-line';
import { listen } from './http-server';
import { Caller } from './testing/caller';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'door-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command line in this process, and tells it to stop as soon as it has greeted. */
async function run(...args: string[]): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const stop = new AbortController();
  const heard = { stdout: '', stderr: '' };
  const writer = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        heard[name] += chunk.toString();
        if (name === 'stdout') stop.abort();
        done();
      },
    });
  const exitCode = await runDoor(args, {
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    stop: stop.signal,
  });
  return { ...heard, exitCode };
}

describe('npm run cloud', () => {
  test('prints a clouds.yaml with all four users', async () => {
    const { stdout, stderr, exitCode } = await run('--port', '0');
    const { clouds } = parse(stdout) as { clouds: Record<string, { auth: { auth_url: string } }> }; // clouds.yaml
    expect(Object.keys(clouds)).toEqual(['admin', 'demo', 'partner', 'viewer']);
    expect(clouds.demo?.auth.auth_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/identity$/);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  test('prints what it can do', async () => {
    const { stdout, exitCode } = await run('--help');
    for (const option of ['--port N', '--cloud NAME', '--state FILE']) expect(stdout).toContain(option);
    expect(exitCode).toBe(0);
  });

  test.each([
    [['--cloud', 'nosuch'], 'There is no cloud "nosuch". Choose one of: empty, course'],
    [['--port', '70000'], 'A port is a number from 0 to 65535, not "70000".'],
    [['--port', 'x'], 'A port is a number from 0 to 65535, not "x".'],
    [['--state', ''], '--state needs the name of a file.'],
    [['--nosuch'], "Unknown option '--nosuch'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('refuses %j', async (args, message) => {
    const { stdout, stderr, exitCode } = await run(...args);
    expect(stderr).toContain(`cloud: ${message}`);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  test('says in one sentence that a port is taken', async () => {
    const other = await listen(async () => new Response(), 0);
    const { stderr, exitCode } = await run('--port', String(other.port));
    await other.close();
    expect(stderr).toBe(
      `cloud: Port ${other.port} is in use. Choose another with --port, or --port 0 for any free one.\n`,
    );
    expect(exitCode).toBe(1);
  });

  test('says what is wrong with a state file, and leaves it alone', async () => {
    const file = path.join(folder, 'cloud.json');
    writeFileSync(file, '{"version":1,');
    const { stderr, exitCode } = await run('--port', '0', '--state', file);
    expect(stderr).toContain(`cloud: ${file} is not a state of the embedded cloud, or it is damaged.\n`);
    expect(exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('{"version":1,');
  });
});

describe('its process', () => {
  let child: ChildProcess;
  afterEach(() => child.kill('SIGKILL'));

  /** Starts `npm run cloud` without npm; resolves to its URL. */
  async function start(...args: string[]): Promise<string> {
    const main = path.join(import.meta.dirname, 'main.ts');
    child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('no pipe');
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
      if (url) return url;
    }
    throw new Error('it did not start');
  }

  /** An upload that has begun and does not end. */
  async function beginUpload(caller: Caller): Promise<string> {
    const id = await caller.createImage();
    const sending = request(`${caller.url}/image/v2/images/${id}/file`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': caller.token, 'Content-Type': 'application/octet-stream' },
    });
    sending.on('error', () => undefined).write(Buffer.alloc(100_000));
    await caller.until(id, 'saving');
    return id;
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 0 and saves on %s, whoever is connected',
    async (signal) => {
      const file = path.join(folder, 'cloud.json');
      const caller = await Caller.login(await start('--state', file), 'demo');
      const id = await beginUpload(caller);
      const begin = performance.now();
      child.kill(signal);
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect(performance.now() - begin).toBeLessThan(3000);
      caller.url = await start('--state', file);
      expect((await caller.image(id)).status).toBe('queued');
    },
  );

  test('killed in the middle of an upload it leaves a whole file, in which the image is queued', async () => {
    const file = path.join(folder, 'cloud.json');
    const caller = await Caller.login(await start('--state', file), 'demo');
    const id = await beginUpload(caller);
    await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 10_000 }).toContain(id);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(path.join(`${file}.data`, id))).toBe(false);
    caller.url = await start('--state', file);
    expect(await caller.image(id)).toMatchObject({ status: 'queued', size: null, checksum: null });
    expect((await caller.upload(id, 'hello')).status).toBe(204);
  });
});
