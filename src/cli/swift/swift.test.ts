import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../shell/sandbox';
import { masked, type Recorded } from './testing/mask';
import recorded from './testing/recorded.json';

async function fresh(): Promise<Sandbox> {
  // wide, for the real clients wrote into a file
  const made = await createSandbox({ columns: () => 1000 });
  await made.run('. demo-openrc; export COLUMNS=80 OS_AUTH_URL=$OS_AUTH_URL/v3; unset OS_CLOUD; mkdir w');
  return made;
}

const results = new Map<number, Recorded>();

// line after line: what one makes, the next one finds
beforeAll(async () => {
  const sandbox = await fresh();
  for (const [index, { line }] of recorded.entries()) {
    await sandbox.run('cd ~/w');
    const { stdout, stderr, exitCode: code } = await sandbox.run(line);
    results.set(index, masked({ line, stdout, stderr, code }));
  }
}, 300_000);

test.for(recorded.map((each, index) => ({ ...each, index, name: each.line.slice(0, 80) })))(
  'the real clients said the same: $name',
  ({ index, name: _name, ...real }) => {
    expect(results.get(index)).toEqual(real);
  },
);

describe('in a sandbox of its own', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await fresh();
  });

  test('a folder is uploaded file by file in the order of the names, empty folders last', async () => {
    await sandbox.run(
      'mkdir -p w/site/css w/site/nothing; cd w; touch site/b.html site/a.html site/css/z.css',
    );
    const { stdout } = await sandbox.run('swift upload www site');
    expect(stdout).toBe('site/a.html\nsite/b.html\nsite/css/z.css\nsite/nothing\n');
  });

  test('a file keeps its time on its way up and down', async () => {
    await sandbox.run("echo hello > a.txt; touch -d '2026-01-02T03:04:05Z' a.txt; swift upload c a.txt");
    const { stdout } = await sandbox.run('swift stat c a.txt | grep Mtime');
    expect(stdout.trim()).toBe('Meta Mtime: 1767323045.000000');
    await sandbox.run('rm a.txt; swift download c a.txt; swift upload again a.txt');
    expect((await sandbox.run('swift stat again a.txt | grep Mtime')).stdout).toBe(stdout);
  });

  test('an empty --object-name is none', async () => {
    await sandbox.run('echo hello > a.txt');
    expect((await sandbox.run("swift upload c a.txt --object-name ''")).stdout).toBe('a.txt\n');
    const { stderr } = await sandbox.run("swift upload c - --object-name '' < a.txt");
    expect(stderr).toMatch(/^Object names must be specified as strings/);
  });

  test('a file is written where the name of its object leads, if its folders are there', async () => {
    await sandbox.run("echo hello > a.txt; swift upload c a.txt --object-name 'a/../b'");
    expect((await sandbox.run("openstack object save c 'a/../b'")).stderr).toBe(
      "[Errno 17] File exists: 'a/..'\n",
    );
    await sandbox.run("swift download c 'a/../b'");
    expect((await sandbox.run('cat b')).stdout).toBe('hello\n');
  });

  test('what was not changed is not sent again', async () => {
    await sandbox.run('echo hello > a.txt; swift upload c a.txt');
    for (const option of ['--changed', '--skip-identical']) {
      const { exchanges } = await sandbox.run(`swift upload c a.txt ${option}`, { exchanges: true });
      expect(exchanges?.filter(({ method, url }) => method === 'PUT' && url.endsWith('a.txt'))).toEqual([]);
    }
  });

  test('a large file goes in segments in their order, and comes back whole', async () => {
    await sandbox.run('printf 0123456789abcdef > f');
    const { stdout } = await sandbox.run('swift upload c f -S 5');
    expect(stdout).toBe('f segment 0\nf segment 1\nf segment 2\nf segment 3\nf\n');
    expect((await sandbox.run('swift download c f -o -')).stdout).toBe('0123456789abcdef');
  });

  test('a temporary URL is good for an hour and no longer', async () => {
    await sandbox.run("echo secret > a.txt; swift upload c a.txt; swift post c -m 'Temp-URL-Key:k'");
    await sandbox.run('U=$(swift auth | sed -n s/^export.OS_STORAGE_URL=//p)');
    // what is signed begins with the version
    await sandbox.run('L=${U%/v1/*}$(swift tempurl GET 1h /v1/${U#*/v1/}/c/a.txt k)');
    expect((await sandbox.run('curl -s "$L"')).stdout).toBe('secret\n');
    await sandbox.run('sleep 3601');
    expect((await sandbox.run('curl -s -o /dev/null -w "%{http_code}" "$L"')).stdout).toBe('401');
  });

  test('Tab completes commands and their options', async () => {
    expect((await sandbox.complete('swift cap', 9)).candidates).toEqual(['capabilities ']);
    expect((await sandbox.complete('swift upload --skip', 19)).candidates).toEqual([
      '--skip-container-put ',
      '--skip-identical ',
    ]);
  });
});
