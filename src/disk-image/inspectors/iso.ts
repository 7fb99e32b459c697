import { CaptureRegion } from '../capture-region';
import { FileInspector, nullCheck } from '../file-inspector';

/** ISO 9660 and UDF: 32 KiB of anything, then the first volume descriptor. */
export class ISOInspector extends FileInspector {
  override readonly name = 'iso';
  protected override readonly checks = [nullCheck];

  constructor() {
    super();
    this.newRegion('system_area', new CaptureRegion(0, 32 * 1024));
    this.newRegion('header', new CaptureRegion(32 * 1024, 2 * 1024));
  }

  override get formatMatch(): boolean {
    if (!this.complete) return false;
    const standard = new TextDecoder('latin1').decode(this.region('header').data.subarray(1, 6));
    return ['CD001', 'NSR02', 'NSR03'].includes(standard);
  }

  /** Blocks of the volume (at 80) times the size of a block (at 128), if the descriptor is a primary one. */
  override get virtualSize(): number {
    if (!this.formatMatch || this.region('header').data[0] !== 1) return 0;
    const header = this.view('header');
    return header.getUint32(80, true) * header.getUint16(128, true);
  }
}
