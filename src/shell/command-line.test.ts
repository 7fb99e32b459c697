import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runShell } from './command-line';

/** Runs `npm run shell` with `input` on standard input. */
async function shell(
  args: readonly string[],
  input: string,
  env: Record<string, string> = {},
  maxSeconds?: number,
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await runShell(args, {
    stdin: Readable.from([input]),
    stdout,
    stderr,
    env,
    ...(maxSeconds !== undefined && { maxSeconds }),
  });
  return { stdout: await text(stdout.end()), stderr: await text(stderr.end()), exitCode };
}

const objects = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('--json prints one object a command; lines that belong together are one command', async () => {
  const input =
    'echo "a\nb"\n\nfor i in 1 2\ndo echo $i\ndone\ncat <<EOF\nhere\nEOF\nls nope\nhead -c 6 tiny.qcow2\necho "open';
  const { stdout, stderr, exitCode } = await shell(['--json'], input);
  expect(objects(stdout)).toEqual([
    { command: 'echo "a\nb"', stdout: 'a\nb\n', stderr: '', exitCode: 0 },
    { command: 'for i in 1 2\ndo echo $i\ndone', stdout: '1\n2\n', stderr: '', exitCode: 0 },
    { command: 'cat <<EOF\nhere\nEOF', stdout: 'here\n', stderr: '', exitCode: 0 },
    { command: 'ls nope', stdout: '', stderr: 'ls: nope: No such file or directory\n', exitCode: 2 },
    { command: 'head -c 6 tiny.qcow2', stdout: 'QFI\uFFFD\0\0', stderr: '', exitCode: 0 },
    {
      command: 'echo "open',
      stdout: '',
      stderr: 'bash: unexpected EOF while looking for matching `"\'\n',
      exitCode: 2,
    },
  ]);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('--requests adds the HTTP requests behind each command, without secrets', async () => {
  const { stdout } = await shell(['--json', '--requests'], 'echo\nopenstack token issue -f value -c user_id');
  const [echo, issue] = objects(stdout);
  expect(echo).toHaveProperty('exchanges', []);
  expect(issue).toMatchObject({
    exchanges: [
      { method: 'GET', status: 300 },
      {
        method: 'POST',
        url: 'https://openstack.example/identity/v3/auth/tokens',
        status: 201,
        requestBody: { text: expect.stringContaining('$OS_PASSWORD') as unknown },
      },
    ],
  });
  expect(stdout).not.toMatch(/gAAAA|"secret"/);
  expect((await shell(['--requests'], '')).stderr).toMatch(/^shell: --requests needs --json\n/);
});

test.each([
  [
    "echo \"open\necho two\nls nope; echo 'x\ny'\n",
    [
      ['echo "open', 2],
      ['echo two', 0],
      ["ls nope; echo 'x\ny'", 0],
    ],
  ],
  [
    'for i in 1; do\necho a\necho "b\ncat <<EOF\nhere\nEOF\n',
    [
      ['for i in 1; do', 2],
      ['echo a', 0],
      ['echo "b', 2],
      ['cat <<EOF\nhere\nEOF', 0],
    ],
  ],
  [
    'echo a |\n\n\nif true; then\nexit 3',
    [
      ['echo a |', 2],
      ['if true; then', 2],
      ['exit 3', 3],
    ],
  ],
])(
  'a command that the end of the input leaves unfinished costs only its first line: %j',
  async (input, ran) => {
    const { stdout } = await shell(['--json'], input);
    expect(objects(stdout)).toMatchObject(ran.map(([command, exitCode]) => ({ command, exitCode })));
  },
);

test('the outer OS_CLOUD picks who you are, --cloud what there is', async () => {
  const line =
    'openstack image create -f value -c owner x; openstack image list -f value -c Name; echo $OS_CLOUD\n';
  const admin = await shell(['--cloud', 'empty'], line, { OS_CLOUD: 'admin' });
  const demo = await shell([], line);
  expect(admin.stdout).toMatch(/^[0-9a-f]{32}\nx\nadmin\n$/);
  expect(demo.stdout).toMatch(/^[0-9a-f]{32}\n(cirros\nx|x\ncirros)\ndemo\n$/);
  expect(admin.stdout.slice(0, 32)).not.toBe(demo.stdout.slice(0, 32));
});

test('without --json it prints as a terminal would, and ends with the last exit code', async () => {
  expect(await shell([], 'echo out; ls nope\nfalse\n')).toEqual({
    stdout: 'out\n',
    stderr: 'ls: nope: No such file or directory\n',
    exitCode: 1,
  });
});

test('--files makes a folder the home folder and leaves it as it is', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'home-'));
  try {
    await writeFile(path.join(folder, 'disk.raw'), 'bytes');
    const input =
      'openstack image create --file disk.raw --disk-format raw -f value -c size -c checksum x\n' +
      'echo more >> disk.raw; cat disk.raw; wc -c < disk.raw; rm disk.raw; echo new > b; ls\n' +
      'source admin-openrc; echo $OS_USERNAME';
    const { stdout, stderr } = await shell(['--files', folder], input);
    expect({ stdout, stderr }).toEqual({
      stdout:
        '4b3a6218bb3e3a7303e8a171a60fcf92\n5\nbytesmore\n10\nadmin-openrc\nb\ndemo-openrc\npartner-openrc\nviewer-openrc\nadmin\n',
      stderr: '',
    });
    expect(await readdir(folder)).toEqual(['disk.raw']);
    expect(await readFile(path.join(folder, 'disk.raw'), 'utf8')).toBe('bytes');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('--samples adds a folder of small real files, and only then it is there', async () => {
  const input = 'head -c 8 formats/hyperv.vhdx; ls formats | wc -l';
  expect((await shell(['--samples', 'formats'], input)).stdout).toMatch(/^vhdxfile\s*1\d\n$/);
  expect((await shell([], input)).stdout).toBe('0\n');
});

test.each([
  [['--samples', 'nope'], 'shell: There are no samples "nope". Choose one of: formats.\n'],
  [
    ['--samples', 'formats', '--files', '.'],
    'shell: --samples are for the home folder of the sandbox; with --files it is another.\n',
  ],
  [['--cloud', 'nope'], 'shell: There is no cloud "nope". Choose one of: empty, course.\n'],
  [['--files', '/nowhere'], 'shell: There is no folder /nowhere.\n'],
  [['--nope'], "shell: Unknown option '--nope'"],
])(
  '%j is a mistake: exit code 2',
  async (args, message) => {
    const { stderr, exitCode } = await shell(args, 'true\n');
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  },
  30_000,
);

test('an OS_CLOUD that nobody is called is a mistake, unless the folder brings its own clouds.yaml', async () => {
  const { stdout, stderr, exitCode } = await shell([], 'echo hi\n', { OS_CLOUD: 'nope' });
  expect(stderr).toContain('shell: There is no user "nope". Choose one of: admin, demo, partner, viewer.\n');
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });

  const folder = await mkdtemp(path.join(tmpdir(), 'home-'));
  try {
    await writeFile(path.join(folder, 'clouds.yaml'), 'clouds: {}\n');
    const own = await shell(['--files', folder], 'echo $OS_CLOUD\n', { OS_CLOUD: 'nope' });
    expect(own).toEqual({ stdout: 'nope\n', stderr: '', exitCode: 0 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a line of the input that never ends is ended, and the next one runs', async () => {
  const { stdout } = await shell(['--json'], 'while true; do :; done\necho hi\n', {}, 0.2);
  expect(objects(stdout)).toMatchObject([{ exitCode: 124 }, { stdout: 'hi\n', exitCode: 0 }]);
});

test('--help says what there is', async () => {
  expect((await shell(['--help'], '')).stdout).toContain('--files DIR');
});

test('npm run shell runs it', () => {
  const cwd = path.resolve(import.meta.dirname, '../..');
  const stdout = execFileSync('npm', ['run', '--silent', 'shell', '--', '--json'], {
    cwd,
    input: 'echo hi\n',
    encoding: 'utf8',
  });
  expect(objects(stdout)).toEqual([{ command: 'echo hi', stdout: 'hi\n', stderr: '', exitCode: 0 }]);
}, 30_000);
