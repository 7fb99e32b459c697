import { CaptureRegion } from '../capture-region';
import { FileInspector, nullCheck } from '../file-inspector';

const SIGNATURE = 0xbeda107f;

/** VirtualBox's format: signature at 64, size of the disk at 368. */
export class VDIInspector extends FileInspector {
  override readonly name = 'vdi';
  protected override readonly checks = [nullCheck];

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, 512));
  }

  override get formatMatch(): boolean {
    return this.region('header').complete && this.view('header').getUint32(0x40, true) === SIGNATURE;
  }

  override get virtualSize(): number {
    return this.formatMatch ? Number(this.view('header').getBigUint64(0x170, true)) : 0;
  }
}
