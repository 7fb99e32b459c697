import { CaptureRegion } from '../capture-region';
import { ascii, FileInspector, ImageFormatError, nullCheck, startsWith } from '../file-inspector';

const METADATA_REGION = '8b7ca206-4790-4b9a-b8fe-575f050f886e';
const VIRTUAL_DISK_SIZE = '2fa54224-cd1b-4876-b211-5dbed83bf4b8';
const MAX_ENTRIES = 2047;
const ENTRY_SIZE = 32;
const REGION_SIGNATURE = 0x69676572;

/**
 * Microsoft's VHDX. The region table at 192 KiB says where the metadata lie, and a table there says where the size of
 * the disk stands ([MS-VHDX]). At most 128 KiB are kept.
 */
export class VHDXInspector extends FileInspector {
  override readonly name = 'vhdx';
  protected override readonly checks = [nullCheck];

  constructor() {
    super();
    this.newRegion('ident', new CaptureRegion(0, 32));
    this.newRegion('header', new CaptureRegion(192 * 1024, 64 * 1024));
  }

  override get formatMatch(): boolean {
    return startsWith(this.region('ident').data, ...ascii('vhdxfile'));
  }

  override get virtualSize(): number {
    if (!this.hasRegion('vds') || !this.region('vds').complete) return 0;
    return Number(this.view('vds').getBigUint64(0, true));
  }

  protected override postProcess(): void {
    if (this.region('header').complete && !this.hasRegion('metadata')) {
      const offset = this.#findMetadata();
      if (offset !== undefined)
        this.newRegion('metadata', new CaptureRegion(offset, ENTRY_SIZE * (MAX_ENTRIES + 1)));
    } else if (this.hasRegion('metadata') && !this.hasRegion('vds')) {
      const offset = this.#findVirtualDiskSize();
      if (offset !== undefined) this.newRegion('vds', new CaptureRegion(offset, 8));
    }
  }

  #findMetadata(): number | undefined {
    const header = this.view('header');
    if (header.getUint32(0, true) !== REGION_SIGNATURE)
      throw new ImageFormatError('Region signature not found');
    const count = header.getUint32(8, true);
    if (count > MAX_ENTRIES) throw new ImageFormatError(`Region count is ${count} (limit ${MAX_ENTRIES})`);
    for (let i = 0; i < count && 16 + (i + 1) * ENTRY_SIZE <= header.byteLength; i++) {
      const entry = 16 + i * ENTRY_SIZE;
      if (guid(header, entry) === METADATA_REGION) return Number(header.getBigUint64(entry + 16, true));
    }
    return undefined;
  }

  #findVirtualDiskSize(): number | undefined {
    const metadata = this.region('metadata');
    const view = this.view('metadata');
    if (view.byteLength < ENTRY_SIZE) return undefined;
    if (!startsWith(metadata.data, ...ascii('metadata')))
      throw new ImageFormatError('Invalid signature for metadata region');
    const count = view.getUint16(10, true);
    if (count > MAX_ENTRIES)
      throw new ImageFormatError(`Metadata item count is ${count} (limit ${MAX_ENTRIES})`);
    if (view.byteLength < ENTRY_SIZE * (count + 1)) return undefined;
    for (let i = 0; i < count; i++) {
      const entry = ENTRY_SIZE * (i + 1);
      if (guid(view, entry) === VIRTUAL_DISK_SIZE) return metadata.offset + view.getUint32(entry + 16, true);
    }
    return undefined;
  }
}

/** A GUID as Microsoft stores it: three little-endian numbers, then eight bytes. */
function guid(view: DataView, at: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const tail = Array.from({ length: 8 }, (_, i) => hex(view.getUint8(at + 8 + i), 2)).join('');
  const head = [
    hex(view.getUint32(at, true), 8),
    hex(view.getUint16(at + 4, true), 4),
    hex(view.getUint16(at + 6, true), 4),
  ];
  return [...head, tail.slice(0, 4), tail.slice(4)].join('-');
}
