import type { Bytes } from './bytes';

/** Name of the file system that begins here, from its first 64 KiB + 4 KiB (btrfs has its mark at 64 KiB). */
export function fileSystemOf(start: Bytes): string | undefined {
  if (start.u16le(0x438) === 0xef53) {
    const extents = (start.u32le(0x460) & 0x40) !== 0;
    const journal = (start.u32le(0x45c) & 4) !== 0;
    return extents ? 'ext4' : journal ? 'ext3' : 'ext2';
  }
  if (start.is(0, 'XFSB')) return 'xfs';
  if (start.is(0x10040, '_BHRfS_M')) return 'btrfs';
  if (start.is(0, 'hsqs')) return 'squashfs';
  if (start.is(3, 'NTFS    ')) return 'ntfs';
  if (start.is(54, 'FAT12') || start.is(54, 'FAT16') || start.is(82, 'FAT32')) return 'vfat';
  if (start.is(0xff6, 'SWAPSPACE2')) return 'swap';
  if (start.is(0x218, 'LVM2 001')) return 'LVM physical volume';
  return undefined;
}
