import { CaptureRegion } from '../capture-region';
import { FileInspector, SafetyViolation } from '../file-inspector';

const PARTITION_TABLE = 446;
const SIGNATURE = 0xaa55;
const GPT_PROTECTIVE = 0xee;
const FIXED_DISK = 0xf8;

/** A raw disk with partitions, by GUID partition table or by the older MBR; both begin with the same sector. */
export class GPTInspector extends FileInspector {
  override readonly name = 'gpt';
  protected override readonly checks = [{ name: 'mbr', run: () => this.#checkPartitions() }];

  constructor() {
    super();
    this.newRegion('mbr', new CaptureRegion(0, 512));
  }

  override get formatMatch(): boolean {
    if (!this.region('mbr').complete) return false;
    return this.view('mbr').getUint16(510, true) === SIGNATURE && !this.#isFatBootSector();
  }

  /** A FAT file system without partitions starts with a sector of the same signature. */
  #isFatBootSector(): boolean {
    const mbr = this.view('mbr');
    return mbr.getUint8(0x10) === 2 && mbr.getUint8(0x15) === FIXED_DISK;
  }

  #checkPartitions(): void {
    const mbr = this.view('mbr');
    const used: number[] = [];
    let gpt = false;
    for (let i = 0; i < 4; i++) {
      const entry = PARTITION_TABLE + 16 * i;
      const boot = mbr.getUint8(entry);
      const type = mbr.getUint8(entry + 4);
      if (boot !== 0 && boot !== 0x80) throw new SafetyViolation(`MBR PTE ${i} has invalid boot flag`);
      if (type !== 0) used.push(i);
      if (type !== GPT_PROTECTIVE) continue;
      gpt = true;
      const chs = [1, 2, 3].map((at) => mbr.getUint8(entry + at));
      if (chs.join() !== '0,2,0') throw new SafetyViolation('GPT MBR has invalid start CHS');
      if (mbr.getUint32(entry + 8, true) !== 1) throw new SafetyViolation('GPT MBR has invalid start LBA');
    }
    if (gpt && used.join() !== '0') throw new SafetyViolation('GPT MBR defines invalid extra partitions');
    if (used.length === 0) throw new SafetyViolation('GPT MBR has no partitions defined');
  }
}
