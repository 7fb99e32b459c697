import type { Bytes } from './bytes';

export const ISO_BLOCK = 2048;
/** 32 KiB are left to the system; then come the volume descriptors, one a block. */
export const ISO_FIRST_DESCRIPTOR = 16;

/** What the volume descriptors of an ISO 9660 or UDF disc say. */
export interface IsoVolume {
  standard: string;
  volumeId: string;
  systemId: string;
  /** Blocks of the volume, 0 if there is no primary descriptor. */
  blocks: number;
  blockSize: number;
  /** Where the root directory lies. */
  rootDirectory: number;
  joliet: boolean;
  /** El Torito: block of the boot catalogue. */
  bootCatalog: number | undefined;
  /** Blocks that hold descriptors. */
  descriptors: number;
}

/** @param descriptors the blocks from {@link ISO_FIRST_DESCRIPTOR} on */
export function readIso(descriptors: Bytes): IsoVolume | undefined {
  const standard = descriptors.text(1, 5);
  if (!['CD001', 'NSR02', 'NSR03'].includes(standard) || descriptors.length < ISO_BLOCK) return undefined;
  const volume: IsoVolume = {
    standard,
    volumeId: '',
    systemId: '',
    blocks: 0,
    blockSize: ISO_BLOCK,
    rootDirectory: 0,
    joliet: false,
    bootCatalog: undefined,
    descriptors: 0,
  };
  for (let at = 0; at + ISO_BLOCK <= descriptors.length && descriptors.is(at + 1, 'CD001'); at += ISO_BLOCK) {
    volume.descriptors++;
    const type = descriptors.u8(at);
    if (type === 0 && descriptors.text(at + 7, 32).startsWith('EL TORITO'))
      volume.bootCatalog = descriptors.u32le(at + 71);
    if (type === 1 && volume.blocks === 0) {
      volume.systemId = descriptors.text(at + 8, 32).trim();
      volume.volumeId = descriptors.text(at + 40, 32).trim();
      volume.blocks = descriptors.u32le(at + 80);
      volume.blockSize = descriptors.u16le(at + 128);
      volume.rootDirectory = descriptors.u32le(at + 158);
    }
    if (type === 2 && ['%/@', '%/C', '%/E'].includes(descriptors.text(at + 88, 3))) volume.joliet = true;
    if (type === 255) break;
  }
  return volume;
}

/** The systems that the boot catalogue starts: 0 BIOS, 0xef EFI. */
export function readBootCatalog(catalog: Bytes): string[] {
  const platform = (id: number) => (id === 0xef ? 'EFI' : id === 0 ? 'BIOS' : `platform ${id}`);
  if (catalog.u8(0) !== 1 || catalog.u16le(30) !== 0xaa55) return [];
  const found = [platform(catalog.u8(1))];
  for (let at = 64; at + 32 <= catalog.length && [0x90, 0x91].includes(catalog.u8(at));) {
    found.push(platform(catalog.u8(at + 1)));
    const last = catalog.u8(at) === 0x91;
    at += 32 * (1 + catalog.u16le(at + 2));
    if (last) break;
  }
  return [...new Set(found)];
}
