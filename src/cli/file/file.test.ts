import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { REAL_SAMPLES, realSample } from '../../disk-image/real-samples';
import { homeFiles } from '../../shell/home';
import { FileError } from '../program';
import { MemoryFiles, run } from '../testing/terminal';
import recorded from './testing/recorded.json';

// what the real file 5.46 said: real-cloud/record-file.ts

const files = new MemoryFiles();
beforeAll(async () => {
  await files.makeFolder('folder');
  for (const [name, packed] of Object.entries(recorded.files))
    await files.write(name, new Uint8Array(inflateRawSync(Buffer.from(packed, 'base64'))));
  for (const name of REAL_SAMPLES) await files.write(name, await realSample(name));
  for (const [name, content] of Object.entries(homeFiles('https://openstack.example/identity'))) {
    const data = typeof content === 'function' ? await content() : content;
    const bytes = typeof data === 'object' && 'content' in data ? data.content : data;
    await files.write(name.replace(/.*\//, ''), bytes);
  }
});

describe('the real file says the same', () => {
  test.each(recorded.runs.map((each) => ({ ...each, line: each.args.join(' ').slice(0, 80) })))(
    '$line',
    async ({ args, stdout, stderr, exitCode }) => {
      expect(await run(['file', ...args], { files })).toEqual({ stdout, stderr, exitCode });
    },
  );
});

test('of what comes in a pipe it says the same', async () => {
  const { stdout } = await run(['file', '-'], { files, stdin: await files.open('small.qcow2') });
  expect(stdout).toMatch(/^\/dev\/stdin: QEMU QCOW Image/);
});

test('what it has not it says', async () => {
  const { stderr, exitCode } = await run(['file', '-k', 'utf8'], { files });
  expect([stderr, exitCode]).toEqual([expect.stringContaining('--keep-going: not in this sandbox'), 1]);
});

test('a file that fails to be read is told of, and the next one is looked at', async () => {
  const broken = Object.assign(new MemoryFiles({ good: 'words\n' }), {
    open: (path: string) =>
      path === 'good'
        ? Promise.resolve(new Blob(['words\n']))
        : Promise.reject(new FileError('EACCES', path)),
  });
  const { stdout } = await run(['file', 'secret', 'good'], { files: broken });
  expect(stdout).toBe("secret: cannot open `secret' (Permission denied)\ngood:   ASCII text\n");
});
