import { CaptureRegion } from '../capture-region';
import { ascii, FileInspector, SafetyViolation, startsWith } from '../file-inspector';

/** An encrypted disk: LUKS version 1. */
export class LUKSInspector extends FileInspector {
  override readonly name = 'luks';
  protected override readonly checks = [{ name: 'version', run: () => this.#checkVersion() }];

  constructor() {
    super();
    this.newRegion('header', new CaptureRegion(0, 592));
  }

  override get formatMatch(): boolean {
    return startsWith(this.region('header').data, ...ascii('LUKS'), 0xba, 0xbe);
  }

  /** The file without the header: the payload starts at the sector that stands at 104. */
  override get virtualSize(): number {
    if (!this.region('header').complete) return 0;
    return super.virtualSize - this.view('header').getUint32(104) * 512;
  }

  #checkVersion(): void {
    const version = this.view('header').getUint16(6);
    if (version !== 1) throw new SafetyViolation(`LUKS version ${version} is not supported`);
  }
}
