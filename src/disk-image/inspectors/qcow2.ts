import { CaptureRegion } from '../capture-region';
import { ascii, FileInspector, SafetyViolation, startsWith } from '../file-inspector';

/**
 * QEMU's copy-on-write format. Everything asked for is in the first 104 bytes: magic, version (at 4), offset of the
 * backing file's name (8), virtual size (24) and, from version 3 on, the incompatible features (72).
 * The layout is described in QEMU's `docs/interop/qcow2.txt`.
 */
export class QcowInspector extends FileInspector {
  override readonly name = 'qcow2';
  protected override readonly checks = [
    { name: 'backing_file', run: () => this.#checkBackingFile() },
    { name: 'data_file', run: () => this.#checkDataFile() },
    { name: 'unknown_features', run: () => this.#checkUnknownFeatures() },
  ];

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, 512));
  }

  override get formatMatch(): boolean {
    return this.region('header').complete && startsWith(this.region('header').data, ...ascii('QFI'), 0xfb);
  }

  override get virtualSize(): number {
    return this.formatMatch ? Number(this.view('header').getBigUint64(24)) : 0;
  }

  #checkBackingFile(): void {
    if (this.view('header').getBigUint64(8) !== 0n) throw new SafetyViolation('Image has a backing file');
  }

  /** Bit 2 of the incompatible features: the data lie in another file. */
  #checkDataFile(): void {
    if ((this.view('header').getBigUint64(72) & 0b100n) !== 0n)
      throw new SafetyViolation('Image has data_file set');
  }

  /** Bits 0 to 3 are dirty, corrupt, external data file, compression type. */
  #checkUnknownFeatures(): void {
    const version = this.view('header').getUint32(4);
    if (version === 2) return;
    if (version !== 3) throw new SafetyViolation('Unsupported qcow2 version');
    if ((this.view('header').getBigUint64(72) & ~0b1111n) !== 0n) {
      throw new SafetyViolation('Unknown QCOW2 features found');
    }
  }
}
