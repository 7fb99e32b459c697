import { FileInspector, nullCheck } from '../file-inspector';

/** Anything is a raw disk. */
export class RawFileInspector extends FileInspector {
  override readonly name = 'raw';
  protected override readonly checks = [nullCheck];

  override get formatMatch(): boolean {
    return true;
  }
}
