import { CaptureRegion, EndCaptureRegion } from '../capture-region';
import { ascii, FileInspector, ImageFormatError, SafetyViolation, startsWith } from '../file-inspector';

const SECTOR = 512;
const DESCRIPTOR_OFFSET = 512;
const DESCRIPTOR_MAX_SIZE = (1 << 20) - 1;
const MIN_SPARSE_HEADER = 64;
const GRAIN_DIRECTORY_AT_END = 0xffffffffffffffffn;
const MARKER_EOS = 0;
const MARKER_FOOTER = 3;
const SUPPORTED = ['monolithicsparse', 'streamoptimized'];

/**
 * VMware's VMDK: a sparse header with the magic `KDMV`, and a text that describes the disk, or that text alone.
 * Only the sub-formats that hold everything in one file pass the checks.
 */
export class VMDKInspector extends FileInspector {
  override readonly name = 'vmdk';
  protected override readonly checks = [{ name: 'descriptor', run: () => this.#checkDescriptor() }];
  #descriptor = '';
  #createType: string | undefined;

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, SECTOR, MIN_SPARSE_HEADER));
    // the text may be all there is; the header will say if it lies elsewhere
    this.newRegion('descriptor', new CaptureRegion(0, DESCRIPTOR_MAX_SIZE, 4));
  }

  override get formatMatch(): boolean {
    if (this.hasRegion('header')) return startsWith(this.region('header').data, ...ascii('KDMV'));
    return this.#createType !== undefined;
  }

  override get virtualSize(): number {
    if (!this.hasRegion('header') || this.#createType === undefined || !SUPPORTED.includes(this.#createType))
      return 0;
    return Number(this.view('header').getBigUint64(12, true)) * SECTOR;
  }

  protected override postProcess(): void {
    if (!this.hasRegion('header') || !this.region('header').complete) return;
    const { data } = this.region('header');
    if (!startsWith(data, ...ascii('KDMV'))) {
      if (!isText(data)) throw new ImageFormatError('Signature KDMV not found');
      this.deleteRegion('header');
      return;
    }
    const header = sparseHeader(this.view('header'), 0);
    if (![1, 2, 3].includes(header.version))
      throw new ImageFormatError(`Unsupported format version ${header.version}`);
    if (header.grainDirectory === GRAIN_DIRECTORY_AT_END && !this.hasRegion('footer')) {
      this.newRegion('footer', new EndCaptureRegion(3 * SECTOR));
      this.checks.push({ name: 'footer', run: () => this.#checkFooter() });
    }
    if (header.descriptorSector * BigInt(SECTOR) !== BigInt(DESCRIPTOR_OFFSET)) {
      throw new ImageFormatError('Wrong descriptor location');
    }
    if (this.region('descriptor').offset === 0) {
      const size = Number(header.descriptorSectors) * SECTOR;
      this.newRegion('descriptor', new CaptureRegion(DESCRIPTOR_OFFSET, Math.min(size, DESCRIPTOR_MAX_SIZE)));
    }
  }

  protected override regionComplete(name: string): void {
    if (name !== 'descriptor') return;
    const { data } = this.region('descriptor');
    const end = data.indexOf(0);
    const text = end === -1 ? data : data.subarray(0, end);
    if (text.some((byte) => byte > 0x7f)) return;
    this.#descriptor = new TextDecoder().decode(text).toLowerCase();
    this.#createType = createTypeIn(this.#descriptor);
  }

  #checkDescriptor(): void {
    if (this.#descriptor === '') throw new SafetyViolation('No descriptor found');
    if (this.#createType === undefined || !SUPPORTED.includes(this.#createType)) {
      throw new SafetyViolation('Unsupported subformat');
    }
    const lines = this.#descriptor.split('\n').map((line) => line.trim());
    const extents = lines.filter((line) => /^(rw|rdonly|noaccess)( |$)/.test(line));
    const known = (line: string) =>
      line === '' ||
      line.startsWith('#') ||
      line.startsWith('ddb') ||
      /^[^ =]*=/.test(line) ||
      extents.includes(line);
    if (!lines.every(known)) throw new SafetyViolation('Invalid VMDK descriptor data');
    if (extents.some((line) => line.includes('/')))
      throw new SafetyViolation('Invalid extent filenames found');
    if (extents.length === 0) throw new SafetyViolation('No extents found');
  }

  /** A stream-optimized disk repeats its header near the end; the two must agree. */
  #checkFooter(): void {
    const footerView = this.view('footer');
    const header = sparseHeader(this.view('header'), 0);
    const footer = sparseHeader(footerView, SECTOR);
    if (header.signature !== footer.signature)
      throw new SafetyViolation('Header and footer signature do not match');
    if (header.version !== footer.version)
      throw new SafetyViolation('Header and footer versions do not match');
    if (
      header.descriptorSector !== footer.descriptorSector ||
      header.descriptorSectors !== footer.descriptorSectors
    ) {
      throw new SafetyViolation('Footer specifies a different descriptor than header');
    }
    if (footer.grainDirectory === GRAIN_DIRECTORY_AT_END)
      throw new SafetyViolation('Footer indicates another footer');
    if (!isMarker(footerView, 0, MARKER_FOOTER)) throw new SafetyViolation('Footer marker is invalid');
    if (!isMarker(footerView, 2 * SECTOR, MARKER_EOS) || footerView.getBigUint64(2 * SECTOR, true) !== 0n) {
      throw new SafetyViolation('End-of-stream marker is invalid');
    }
  }
}

/** Without a quotation mark behind it, it is everything but the last character: oslo.utils looks for the mark and finds -1. */
function createTypeIn(descriptor: string): string | undefined {
  const key = 'createtype="';
  const found = descriptor.indexOf(key);
  if (found === -1) return undefined;
  const start = found + key.length;
  const end = descriptor.indexOf('"', start);
  return end - start < 64 ? descriptor.slice(start, end) : undefined;
}

function sparseHeader(view: DataView, at: number) {
  return {
    signature: view.getUint32(at, true),
    version: view.getUint32(at + 4, true),
    descriptorSector: view.getBigUint64(at + 28, true),
    descriptorSectors: view.getBigUint64(at + 36, true),
    grainDirectory: view.getBigUint64(at + 56, true),
  };
}

/** A marker is a sector of zeros but for its value (8 bytes), size (4, here 0) and type (4). */
function isMarker(view: DataView, at: number, type: number): boolean {
  if (view.getUint32(at + 8, true) !== 0 || view.getUint32(at + 12, true) !== type) return false;
  for (let i = 16; i < SECTOR; i++) if (view.getUint8(at + i) !== 0) return false;
  return true;
}

function isText(data: Uint8Array): boolean {
  return data.every(
    (byte) =>
      (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d) || (byte >= 0x1c && byte <= 0x1f),
  );
}
