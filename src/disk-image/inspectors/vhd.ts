import { CaptureRegion } from '../capture-region';
import { ascii, FileInspector, nullCheck, startsWith } from '../file-inspector';

/**
 * Microsoft's VHD, called `vpc` by QEMU: a 512-byte footer whose copy starts a dynamic disk. The size of the disk
 * stands at 40. A fixed disk has its footer at the end only, and is not recognized, as in oslo.utils.
 */
export class VHDInspector extends FileInspector {
  override readonly name = 'vhd';
  protected override readonly checks = [nullCheck];

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, 512));
  }

  override get formatMatch(): boolean {
    return startsWith(this.region('header').data, ...ascii('conectix'));
  }

  override get virtualSize(): number {
    return this.region('header').complete && this.formatMatch
      ? Number(this.view('header').getBigUint64(40))
      : 0;
  }
}
