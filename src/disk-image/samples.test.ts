import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { SAMPLE_IMAGES, tinyQcow2 } from './samples';
import { writeQcow2 } from './qcow2-writer';

// How the files of these hashes were verified: `qemu-img check` (10.0) found no errors in tiny.qcow2, and what
// `qemu-img convert -O raw` made of it and tiny.raw have partitions that `sfdisk -l` lists, `fsck.vfat -n` (4.2) finds
// clean and mtools reads; `isoinfo -d`, `-l` and `-x` (genisoimage 1.1.11) read rescue.iso.
test.each([
  ['rescue.iso', 45056, '69b37335f4634f33d01ca7ba843eb5eac0eadf1df6cf6312219a78947aa0e21d'],
  ['tiny.qcow2', 294912, '7ec96fc24be274d948ed11f51aef4ad396b1ed0cc083d876752c5346eb996bd9'],
  ['tiny.raw', 1048576, 'a19edfaf53f057a6b26ba957ecaec924dabcf8ad9fcb22b849d5631d6832ce4f'],
])('%s has the bytes that real tools have checked', (name, size, hash) => {
  const bytes = SAMPLE_IMAGES[name]?.() ?? new Uint8Array(0);
  expect([bytes.length, bytesToHex(sha256(bytes))]).toEqual([size, hash]);
});

test('an empty disk is byte for byte what qemu-img makes', () => {
  // sha256sum of what `qemu-img create -f qcow2 x 64M` of QEMU 10.0 wrote
  expect(bytesToHex(sha256(writeQcow2({ size: 64 * 1024 ** 2 })))).toBe(
    '1b7af784841125887e688254229e282829e17245d0e47fe7280da9b68a30d9e1',
  );
});

test('the disk inside says what it is, and that nothing in it boots', () => {
  const text = new TextDecoder('latin1').decode(tinyQcow2());
  expect(text).toContain('It has no operating system');
});

test('a disk is written whose content does not fill its last cluster', () => {
  const content = new Uint8Array(70_000).fill(7);
  const file = writeQcow2({ size: 1024 ** 2, content });
  expect(file.length).toBe((3 + 1 + 1 + 2) * 65536);
  expect(file.subarray(5 * 65536, 5 * 65536 + 70_000).every((byte) => byte === 7)).toBe(true);
  expect(file.subarray(5 * 65536 + 70_000).every((byte) => byte === 0)).toBe(true);
});
