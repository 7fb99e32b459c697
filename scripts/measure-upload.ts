/**
 * Uploads a big file into the embedded cloud through its front door and prints how much memory that took.
 *
 *     npx tsx scripts/measure-upload.ts [MiB, default 1024]
 *
 * The file is sparse and backed by the disk, so what the process holds is what the cloud holds.
 */
import { openAsBlob } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedClock } from '../src/cloud/clock';
import { Cloud } from '../src/cloud/cloud';
import { startState } from '../src/cloud/states';

const LIMIT_GIB = 1.3;
const MIB = 1024 ** 2;
const size = Number(process.argv[2] ?? 1024) * MIB;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'measure-upload-'));
  try {
    const path = join(folder, 'big.raw');
    const file = await open(path, 'w');
    await file.truncate(size);
    await file.close();

    const cloud = new Cloud({
      state: await startState('empty'),
      clock: new SimulatedClock('2026-11-22T09:00:00Z'),
    });
    const send = (path: string, init: RequestInit) => cloud.fetch(new Request(cloud.baseUrl + path, init));
    const token = await login(send);
    const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ name: 'big', disk_format: 'raw', container_format: 'bare' });
    const created = await send('/image/v2/images', { method: 'POST', headers, body });
    const { id } = (await created.json()) as { id: string }; // an image as the API shows it

    const started = performance.now();
    const upload = await send(`/image/v2/images/${id}/file`, {
      method: 'PUT',
      headers: { ...headers, 'Content-Type': 'application/octet-stream' },
      body: await openAsBlob(path),
    });
    const seconds = (performance.now() - started) / 1000;
    const peak = await peakMemory();
    print(`uploaded ${size / MIB} MiB in ${seconds.toFixed(1)} s, status ${upload.status}`);
    print(`peak memory after the upload: ${(peak / MIB).toFixed(0)} MiB`);

    const download = await send(`/image/v2/images/${id}/file`, { headers });
    let received = 0;
    for await (const chunk of download.body ?? []) received += chunk.length;
    print(`downloaded ${received / MIB} MiB, peak memory ${((await peakMemory()) / MIB).toFixed(0)} MiB`);

    await send(`/image/v2/images/${id}`, { method: 'DELETE', headers });
    if (upload.status !== 204 || received !== size) throw new Error('the upload failed');
    if (size === 1024 * MIB && peak > LIMIT_GIB * 1024 * MIB) throw new Error(`more than ${LIMIT_GIB} GiB`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function login(send: (path: string, init: RequestInit) => Promise<Response>): Promise<string> {
  const password = { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } };
  const body = JSON.stringify({ auth: { identity: { methods: ['password'], password } } });
  const response = await send('/identity/v3/auth/tokens', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  return response.headers.get('X-Subject-Token') ?? '';
}

/** The most memory this process ever held, in bytes, as the kernel counts it. */
async function peakMemory(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kib = /VmHWM:\s*(\d+)/.exec(status)?.[1];
  return kib === undefined ? process.resourceUsage().maxRSS * 1024 : Number(kib) * 1024;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
