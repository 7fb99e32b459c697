import type { Details, FormatName, Inspection } from '../../disk-image/inspect';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `1 MiB`, `1.5 GiB`, `512 bytes`. */
export function size(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const rounded = value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${rounded} ${UNITS[unit]}`;
}

const FORMATS: Readonly<Record<FormatName, string>> = {
  raw: 'a raw disk',
  qcow2: 'a qcow2 disk',
  qcow: 'a qcow disk of the first version',
  vmdk: 'a VMDK disk',
  vdi: 'a VDI disk',
  vhd: 'a VHD disk',
  vhdx: 'a VHDX disk',
  qed: 'a QED disk',
  luks: 'a disk encrypted with LUKS',
  ploop: 'a ploop disk',
  iso: 'a disc image (ISO)',
  ova: 'an appliance (OVA)',
  ovf: 'the description of an appliance (OVF)',
  tar: 'a tar archive',
  gzip: 'packed with gzip',
  xz: 'packed with xz',
  zstd: 'packed with zstd',
  bzip2: 'packed with bzip2',
  kernel: 'a Linux kernel',
  initrd: 'an initial RAM disk',
};

/** What a file is, in a sentence. */
export function sentence({ format, virtualSize, size: length }: Inspection): string {
  const disk =
    virtualSize === null ? '' : virtualSize === length ? `: ${size(length)}` : ` of ${size(virtualSize)}`;
  const inFile = virtualSize === length ? '' : `, in a file of ${size(length)}`;
  return `is ${FORMATS[format]}${disk}${inFile}.`;
}

/** `clusterSize` as a reader would say it. */
export function label(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Numbers of these names count bytes. */
const isSize = (name: string) => /size$|^(capacity|offset|contentSize)$/i.test(name);

/** A value of {@link Details} as text; lists and records become lines. */
export function lines(name: string, value: Details[string]): string[] {
  if (value === null) return ['none'];
  if (value === true) return ['yes'];
  if (value === false) return ['no'];
  if (typeof value === 'number') return [isSize(name) ? size(value) : String(value)];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value))
    return value.length === 0 ? ['none'] : value.map((each: Details[string]) => lines('', each).join(', '));
  return [
    Object.entries(value)
      .map(([key, inside]) => `${label(key).toLowerCase()} ${lines(key, inside).join(', ')}`)
      .join(', '),
  ];
}
