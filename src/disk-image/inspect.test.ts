import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectImage, MAX_BYTES_READ } from './inspect';
import { realSample, REAL_SAMPLES } from './real-samples';
import { rescueIso, tinyQcow2, tinyRaw } from './samples';
import { disk, gpt, luks, qcow2, qed, vdi, vhd, vhdx, vmdk } from './testing/headers';

const inspect = (bytes: Uint8Array<ArrayBuffer>, name = 'x') => inspectImage(new Blob([bytes]), name);
const HEADERS = [qcow2({}), vhd(1), vhdx(1), vmdk(), vdi(1), luks(), qed(), gpt(), rescueIso(), tinyQcow2()];

test('arbitrary bytes behind any magic neither throw nor make it read more than it may', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...HEADERS),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 60 }),
      fc.nat(400_000),
      async (header, damage, length) => {
        const bytes = header.slice(0, length);
        for (const [at, value] of damage) bytes[at] = value;
        const { bytesRead, layout, size } = await inspect(bytes);
        expect(bytesRead).toBeLessThanOrEqual(MAX_BYTES_READ);
        for (const { offset, length } of layout) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(size);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('bytes of no kind at all do not make it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      expect((await inspect(new Uint8Array(bytes))).virtualSize).not.toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('a file of terabytes whose headers point everywhere costs no more than the limit', async () => {
  const reads: number[] = [];
  const source = {
    size: 2 ** 43,
    // every sector a tar header, a GPT, an MBR or a footer: whatever is asked for next leads on
    slice: (start: number, end: number) => {
      reads.push(end - start);
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; at += 4096) bytes.set(gpt().subarray(0, 512), at);
      return { arrayBuffer: () => Promise.resolve(bytes.buffer) };
    },
  };
  const { bytesRead } = await inspectImage(source, 'x');
  expect(bytesRead).toBeLessThanOrEqual(MAX_BYTES_READ);
  expect(reads.reduce((sum, length) => sum + length, 0)).toBe(bytesRead);
});

test('an unsafe qcow2 is named with the advisory that it comes from', async () => {
  const { glance, nova, unsafe } = await inspect(qcow2({ backingFile: 1024n, size: 1024 }));
  expect(glance).toMatchObject({ accepted: false, reason: 'Image failed safety checks' });
  expect(nova).toEqual({ accepted: false, reason: 'Image does not pass safety check' });
  expect(unsafe[0]?.check).toBe('backing_file');
  expect(unsafe[0]?.advisories.map(({ id }) => id)).toContain('OSSA-2015-014');
});

test('a VMDK that names files of the host is named as such', async () => {
  const { unsafe } = await inspect(
    vmdk({ extent: 'RW 2048 FLAT "/etc/passwd" 0', createType: 'monolithicFlat' }),
  );
  expect(unsafe.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['descriptor', 'extent_path', 'flat']),
  );
  expect(unsafe.flatMap(({ advisories }) => advisories.map(({ cve }) => cve))).toContain('CVE-2022-47951');
});

test('a raw disk with partitions is declared raw', async () => {
  const { format, details, glance } = await inspect(tinyRaw(), 'tiny.raw');
  expect([format, details['partitionTable'], glance.diskFormat, glance.accepted]).toEqual([
    'raw',
    'mbr',
    'raw',
    true,
  ]);
});

test('the commands bear the name of the file, safe for a shell', async () => {
  const { advice } = await inspect(await realSample('virtualbox.vdi'), "my disk's.vdi");
  expect(advice.map(({ command }) => command)).toEqual([
    `qemu-img convert -f vdi -O qcow2 'my disk'\\''s.vdi' 'my disk'\\''s.qcow2'`,
    `openstack image create --disk-format qcow2 --container-format bare --file 'my disk'\\''s.qcow2' 'my disk'\\''s'`,
    `glance image-create --disk-format qcow2 --container-format bare --file 'my disk'\\''s.qcow2' --name 'my disk'\\''s'`,
  ]);
});

test('a name that looks like an option is no option', async () => {
  const { advice } = await inspect(disk(512), '--rm.raw');
  expect(advice[0]?.command).toContain('--file ./--rm.raw');
});

test.each(REAL_SAMPLES)('what is said of %s', async (name) => {
  const { bytesRead: _bytesRead, ...inspection } = await inspect(await realSample(name), name);
  expect(inspection).toMatchSnapshot();
});

test('no real file costs a tenth of the limit', async () => {
  for (const name of REAL_SAMPLES)
    expect((await inspect(await realSample(name), name)).bytesRead).toBeLessThan(MAX_BYTES_READ / 10);
});
