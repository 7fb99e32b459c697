import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectFormat, FormatInspector } from './format-inspector';
import { rescueIso, tinyQcow2, tinyRaw } from './samples';
import { disk, gpt, luks, qcow2, qed, vdi, vhd, vhdx, vmdk } from './testing/headers';

const MIB = 1024 ** 2;

// Every row was checked with oslo.utils 8.2: same name, same virtual size.
test.each<[string, Uint8Array<ArrayBuffer>, string, number]>([
  ['bytes without a meaning', disk(5000), 'raw', 5000],
  ['a disk with an MBR', tinyRaw(), 'gpt', MIB],
  ['a disk with a GPT', gpt(), 'gpt', 2048],
  ['qcow2', tinyQcow2(), 'qcow2', 64 * MIB],
  ['QED', qed(), 'qed', 1024],
  ['VHD', vhd(10 * MIB), 'vhd', 10 * MIB],
  ['VHDX', vhdx(32 * MIB), 'vhdx', 32 * MIB],
  ['VMDK', vmdk(), 'vmdk', MIB],
  ['VDI', vdi(777216), 'vdi', 777216],
  ['ISO 9660', rescueIso(), 'iso', 45056],
  ['LUKS', luks(), 'luks', 8192 - 8 * 512],
  ['a FAT file system without partitions', fat(), 'raw', 2048],
  ['an empty file', disk(0), 'raw', 0],
])('%s is recognized', async (_what, bytes, name, virtualSize) => {
  expect(await detectFormat(new Blob([bytes]))).toEqual({ name, virtualSize });
});

test('two formats in one file are refused', async () => {
  const hybrid = rescueIso();
  hybrid.set(gpt().subarray(0, 512));
  await expect(detectFormat(new Blob([hybrid]))).rejects.toThrow('Multiple formats detected: iso,gpt');
});

test.each<[string, Uint8Array, string[]]>([
  ['a plain qcow2', qcow2({}), []],
  ['a backing file', qcow2({ backingFile: 1024n }), ['backing_file']],
  ['data in another file', qcow2({ features: 0b100n }), ['data_file']],
  ['a feature that nobody knows', qcow2({ features: 0b100000n }), ['unknown_features']],
  ['the first version of qcow', qcow2({ version: 1 }), ['unknown_features']],
  ['an MBR with a wild boot flag', gpt({ bootFlag: 7 }), ['mbr']],
  ['a VMDK that points out of itself', vmdk({ extent: 'RW 2048 SPARSE "/etc/passwd"' }), ['descriptor']],
  ['a VMDK whose data lie elsewhere', vmdk({ createType: 'monolithicFlat' }), ['descriptor']],
  ['a VMDK without extents', vmdk({ extent: '' }), ['descriptor']],
  ['QED', qed(), ['banned']],
  ['LUKS version 2', luks({ version: 2 }), ['version']],
])('the safety check of %s', (_what, bytes, findings) => {
  const inspector = new FormatInspector();
  inspector.feed(bytes);
  inspector.finish();
  expect(inspector.format.safetyCheck().map(({ check }) => check)).toEqual(findings);
});

test('the answer does not depend on how the bytes arrive, and little is kept', () => {
  const files = [tinyQcow2(), rescueIso(), vhdx(32 * MIB), vmdk(), tinyRaw()];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1 }),
      (file, sizes) => {
        const whole = new FormatInspector();
        whole.feed(file);
        whole.finish();
        const parts = new FormatInspector();
        for (let at = 0, i = 0; at < file.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          parts.feed(file.subarray(at, at + size));
          expect(parts.captured).toBeLessThan(2 * MIB);
          at += size;
        }
        parts.finish();
        expect([parts.format.name, parts.format.virtualSize]).toEqual([
          whole.format.name,
          whole.format.virtualSize,
        ]);
      },
    ),
    { numRuns: 30 },
  );
});

test('random bytes behind any magic never throw', () => {
  const headers = [qcow2({}), vhd(1), vhdx(1), vmdk(), vdi(1), luks(), qed(), gpt()];
  fc.assert(
    fc.property(
      fc.constantFrom(...headers),
      fc.array(fc.tuple(fc.nat(600), fc.nat(255))),
      fc.nat(1000),
      (header, damage, length) => {
        const bytes = header.slice(0, Math.max(length, 1) * 400);
        for (const [at, value] of damage) bytes[at] = value;
        const inspector = new FormatInspector();
        inspector.feed(bytes);
        inspector.finish();
        for (const format of inspector.formats) expect(typeof format.virtualSize).toBe('number');
      },
    ),
  );
});

function fat(): Uint8Array<ArrayBuffer> {
  const bytes = disk(2048);
  bytes.set([2], 0x10);
  bytes.set([0xf8], 0x15);
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}
