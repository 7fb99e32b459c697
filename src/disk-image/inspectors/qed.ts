import { CaptureRegion } from '../capture-region';
import { ascii, bannedCheck, FileInspector, startsWith } from '../file-inspector';

/** QEMU Enhanced Disk: nobody supports it, so it is recognized and refused. */
export class QEDInspector extends FileInspector {
  override readonly name = 'qed';
  protected override readonly checks = [bannedCheck];

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, 512));
  }

  override get formatMatch(): boolean {
    return this.region('header').complete && startsWith(this.region('header').data, ...ascii('QED'), 0);
  }
}
