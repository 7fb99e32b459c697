import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryFiles, run } from '../testing/terminal';
import recorded from './testing/recorded.json';

// what the real qemu-img 10.0.13 said: real-cloud/record-qemu-img.ts

let files: MemoryFiles;

beforeEach(async () => {
  files = new MemoryFiles();
  for (const [name, packed] of Object.entries(recorded.files))
    await files.write(name, new Uint8Array(inflateRawSync(Buffer.from(packed, 'base64'))));
});

const qemuImg = (...words: string[]) => run(['qemu-img', ...words], { files });

/** How much room a file takes depends on its holes: the sandbox's have none. */
const masked = (text: string) =>
  text.replace(/^( *disk size: ).*/gm, '$1…').replace(/("actual-size": )\d+/g, '$1…');

async function sha256(name: string): Promise<string> {
  const bytes = Buffer.from(await (await files.open(name)).arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the real qemu-img says the same', () => {
  test.each(recorded.runs.map((each) => ({ ...each, line: each.args.join(' ') })))(
    '$line',
    async ({ args, stdout, stderr, exitCode }) => {
      const ours = await qemuImg(...args);
      expect({ ...ours, stdout: masked(String(ours.stdout)) }).toEqual({
        stdout: masked(stdout),
        stderr,
        exitCode,
      });
    },
  );
});

const DISKS = Object.keys(recorded.files).filter((name) =>
  /^(plain|comp|old|ext|mono.*e\.|stream|disk\.v)/.test(name),
);

describe('convert', () => {
  test('a fixed VHD is known by its end only, and must be named', async () => {
    await qemuImg('convert', '-f', 'vpc', '-O', 'raw', 'fixed.vpc', 'out');
    expect(await sha256('out')).toBe(recorded.raw);
  });

  test.each(DISKS)('%s holds what was put in', async (name) => {
    await qemuImg('convert', '-O', 'raw', name, 'out');
    expect(await sha256('out')).toBe(recorded.raw);
  });

  test.each([
    [[]],
    [['-c']],
    [['-c', '-o', 'cluster_size=4k,refcount_bits=1']],
    [['-o', 'compat=0.10,cluster_size=512']],
    [['-o', 'extended_l2=on']],
    [['-S', '0']],
    [['-o', 'preallocation=metadata']],
  ])('to qcow2 and back with %j loses nothing, and the image is sound', async (options) => {
    await qemuImg('convert', ...options, '-O', 'qcow2', 'disk.vhdx', 'out.qcow2');
    await qemuImg('convert', '-O', 'raw', 'out.qcow2', 'out');
    expect(await sha256('out')).toBe(recorded.raw);
    expect(await qemuImg('check', 'out.qcow2')).toMatchObject({ stderr: '', exitCode: 0 });
  });

  test('a disk of 64 GiB with little in it takes little', async () => {
    await qemuImg('create', '-q', '-f', 'qcow2', '-b', 'plain.qcow2', '-F', 'qcow2', 'large', '64G');
    await qemuImg('convert', '-O', 'qcow2', 'large', 'out');
    expect((await files.open('out')).size).toBeLessThan(2 ** 20);
    expect((await qemuImg('compare', 'large', 'out')).stdout).toBe('Images are identical.\n');
  });

  test('Ctrl-C ends it', async () => {
    const signal = AbortSignal.abort();
    const { exitCode } = await run(['qemu-img', 'convert', 'plain.qcow2', 'out'], { files, signal });
    expect(exitCode).toBe(130);
    expect(await files.stat('out')).toBeUndefined();
  });

  test('with -B it writes only what the image below has not', async () => {
    await qemuImg('convert', '-O', 'qcow2', '-B', 'plain.qcow2', '-F', 'qcow2', 'overlay.qcow2', 'out');
    expect((await qemuImg('compare', 'out', 'disk.raw')).stdout).toBe('Images are identical.\n');
    expect((await files.open('out')).size).toBeLessThan(200_000);
  });

  test('what it does not make it says so', async () => {
    const { stderr } = await qemuImg('convert', '-O', 'vmdk', 'plain.qcow2', 'out');
    expect(stderr).toBe('qemu-img: writing vmdk is not in this sandbox: it makes raw and qcow2\n');
  });
});

describe('resize', () => {
  test.each(['plain.qcow2', 'compressed.qcow2', 'old.qcow2', 'extended.qcow2'])(
    '%s keeps what it has, and stays sound',
    async (name) => {
      expect(await qemuImg('resize', name, '+40M')).toEqual({
        stdout: 'Image resized.\n',
        stderr: '',
        exitCode: 0,
      });
      expect(await qemuImg('check', name)).toMatchObject({ stderr: '', exitCode: 0 });
      expect((await qemuImg('compare', name, 'disk.raw')).exitCode).toBe(0);
      await qemuImg('resize', '--shrink', name, '200K');
      expect(await qemuImg('check', name)).toMatchObject({ stderr: '', exitCode: 0 });
      await qemuImg('convert', '-O', 'raw', name, 'out');
      const [whole, part] = [await files.open('disk.raw'), await files.open('out')];
      expect(Buffer.from(await part.arrayBuffer())).toEqual(
        Buffer.from(await whole.slice(0, 200 * 1024).arrayBuffer()),
      );
    },
  );

  test('smaller only with --shrink', async () => {
    const { stderr, exitCode } = await qemuImg('resize', 'plain.qcow2', '-512');
    expect(stderr).toMatch(/^qemu-img: Use the --shrink option to perform a shrink operation\.\n/);
    expect(exitCode).toBe(1);
  });
});

describe('damaged files', () => {
  const COMMANDS = [['info'], ['check'], ['convert', '-O', 'qcow2'], ['compare', 'plain.qcow2']];
  test('neither throw nor take for ever', async () => {
    const names = Object.keys(recorded.files).filter((name) => name !== 'disk.raw');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...COMMANDS),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        async (name, [command = '', ...options], changes, kept) => {
          const bytes = new Uint8Array(await (await files.open(name)).arrayBuffer());
          // mostly in the first kilobytes, where the headers are
          for (const [where, value] of changes) bytes[Math.floor(where ** 4 * (bytes.length - 1))] = value;
          await files.write('damaged', bytes.subarray(0, Math.ceil(bytes.length * kept)));
          const info = await qemuImg('info', '--output=json', 'damaged');
          const size = Number(/^ {4}"virtual-size": (\d+)/m.exec(String(info.stdout))?.[1] ?? 0);
          if (command !== 'info' && command !== 'check' && size > 2 ** 24) return;
          const words = command === 'convert' ? ['damaged', 'out'] : ['damaged'];
          const { exitCode } = await qemuImg(command, ...options, ...words);
          expect([0, 1, 2, 3, 4, 63]).toContain(exitCode);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
