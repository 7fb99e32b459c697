import type { Bytes } from '../formats/bytes';
import type { BoundedReader } from '../reader';
import type { Advisory } from './advisories';

/** What a file can turn out to be. Names are Glance's where Glance has one. */
export type FormatName =
  | 'raw'
  | 'qcow2'
  | 'qcow'
  | 'vmdk'
  | 'vdi'
  | 'vhd'
  | 'vhdx'
  | 'qed'
  | 'luks'
  | 'ploop'
  | 'iso'
  | 'ova'
  | 'ovf'
  | 'tar'
  | 'gzip'
  | 'xz'
  | 'zstd'
  | 'bzip2'
  | 'kernel'
  | 'initrd';

/** A value that a header holds, ready for JSON. */
export type Detail =
  string | number | boolean | null | readonly Detail[] | { readonly [name: string]: Detail };
export type Details = Readonly<Record<string, Detail>>;

/** What a stretch of a file is for; the picture of the file has a colour for each. */
export type PartKind = 'header' | 'table' | 'text' | 'data';

/** A stretch of a file. */
export interface Part {
  /** First byte. */
  offset: number;
  /** Bytes. */
  length: number;
  name: string;
  kind: PartKind;
}

/** Something that makes a file unsafe to open, or that can only be damage. */
export interface Unsafe {
  /** Short name; that of oslo.utils where it has the check. */
  check: string;
  reason: string;
  advisories: readonly Advisory[];
}

/** What is known of a file of one format before anybody judges it. */
export interface Description {
  format: FormatName;
  /** Bytes of the disk that a server gets, as `qemu-img info` says; `null` if there is no disk or nobody can know. */
  virtualSize: number | null;
  details: Details;
  layout: Part[];
  unsafe: Unsafe[];
}

/** What a description is made from. */
export interface Subject {
  reader: BoundedReader;
  /** Length of the file. */
  size: number;
  /** The first 64 KiB. */
  head: Bytes;
  /** The last 4 KiB. */
  tail: Bytes;
}

/** A number for JSON: exact up to 2^53. */
export const number = (value: bigint): number => Number(value);

/** The parts that lie in the file and have a length, in their order. */
export function inOrder(parts: readonly Part[], size: number): Part[] {
  return parts
    .filter(({ offset, length }) => offset < size && length > 0)
    .map((part) => ({ ...part, length: Math.min(part.length, size - part.offset) }))
    .sort((a, b) => a.offset - b.offset);
}

export const part = (
  kind: PartKind,
  name: string,
  offset: number | bigint,
  length: number | bigint,
): Part => ({
  offset: Number(offset),
  length: Number(length),
  name,
  kind,
});
