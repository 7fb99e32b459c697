import type { Sliceable } from '../reader';

/**
 * The bytes of a file, as QEMU's `file` node gives them: what lies past the end reads as zeros, and the length counts
 * in whole sectors.
 */
export interface ByteSource {
  /** Bytes in the file. */
  readonly size: number;
  /** `length` bytes from `offset` on. Throws {@link DiskError} where no file can have bytes. */
  read(offset: number | bigint, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

export const SECTOR = 512;

/** Where QEMU's block layer ends: the largest multiple of a sector below 2^63. */
const MAX_LENGTH = 0x7fff_ffff_ffff_fe00n;

const ERRNO = {
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTSUP: 'Operation not supported',
  EFAULT: 'Bad address',
} as const;

export type Errno = keyof typeof ERRNO;

/** What C's `strerror` says. */
export function strerror(errno: Errno): string {
  return ERRNO[errno];
}

/** Why a disk cannot be opened, read or made. The message is QEMU's; empty when QEMU tells only the errno. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  constructor(
    message: string,
    readonly errno: Errno = 'EINVAL',
  ) {
    super(message);
  }

  /** An error that QEMU reports as `message: ` and the errno's text. */
  static withErrno(message: string, errno: Errno): DiskError {
    return new DiskError(`${message}: ${strerror(errno)}`, errno);
  }
}

/** A file that can be sliced, such as a Blob: reads what is asked for and nothing else. */
export class BlobSource implements ByteSource {
  constructor(private readonly blob: Sliceable) {}

  get size(): number {
    return this.blob.size;
  }

  async read(offset: number | bigint, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = BigInt(offset) + BigInt(length);
    if (BigInt(offset) < 0n || end > MAX_LENGTH) throw DiskError.withErrno('', 'EIO');
    const start = Number(offset);
    if (start >= this.blob.size) return new Uint8Array(length);
    const part = new Uint8Array(await this.blob.slice(start, start + length).arrayBuffer());
    if (part.length === length) return part;
    const padded = new Uint8Array(length);
    padded.set(part);
    return padded;
  }
}

/** Sectors in a file, a last partial one included. */
export function sectorsOf(source: ByteSource): number {
  return Math.ceil(source.size / SECTOR);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The text up to the first zero byte. */
export function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** Whether there is nothing but zeros. */
export function isZero(bytes: Uint8Array): boolean {
  // whole words first: this runs over every byte of a disk
  const words = (bytes.byteOffset & 3) === 0 ? bytes.byteLength >>> 2 : 0;
  const view = new Uint32Array(bytes.buffer, words === 0 ? 0 : bytes.byteOffset, words);
  for (let i = 0; i < words; i++) if (view[i] !== 0) return false;
  for (let i = words * 4; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
