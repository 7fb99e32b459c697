import type { Bytes } from './bytes';

/** What a bare Linux kernel says about itself. */
export interface KernelHeader {
  kind: string;
  architecture: string;
  version: string | undefined;
}

const MACHINES: Readonly<Record<number, string>> = {
  0x3e: 'x86_64',
  0xb7: 'aarch64',
  0x15: 'ppc64',
  0x16: 's390x',
  0xf3: 'riscv64',
  0x03: 'i686',
};

/** @param file its first 64 KiB */
export function readKernel(file: Bytes): KernelHeader | undefined {
  if (file.is(0x202, 'HdrS')) {
    const at = file.u16le(0x20e) + 0x200;
    const version = file.u16le(0x20e) === 0 ? undefined : file.text(at, 256);
    // xloadflags of boot protocol 2.12: it has an entry for 64 bits
    const is64 = file.u16le(0x206) >= 0x20c && (file.u16le(0x236) & 1) === 1;
    return { kind: 'bzImage', architecture: is64 ? 'x86_64' : 'i686', version };
  }
  if (file.is(56, 'ARM\x64')) return { kind: 'Image', architecture: 'aarch64', version: undefined };
  if (file.is(0x30, 'RISCV\0\0\0')) return { kind: 'Image', architecture: 'riscv64', version: undefined };
  if (file.is(0, 'MZ') && file.is(4, 'zimg'))
    return { kind: 'EFI zboot image', architecture: 'unknown', version: undefined };
  if (file.is(0, [0x7f, 0x45, 0x4c, 0x46])) {
    const machine = file.u8(5) === 2 ? file.u16(18) : file.u16le(18);
    return { kind: 'ELF', architecture: MACHINES[machine] ?? `machine ${machine}`, version: undefined };
  }
  return undefined;
}

/** An initial RAM disk that is not packed: a cpio archive. */
export function isCpio(file: Bytes): boolean {
  return file.is(0, '070701') || file.is(0, '070702');
}
