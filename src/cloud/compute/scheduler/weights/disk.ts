import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** The host with the most free disk first. nova/scheduler/weights/disk.py. */
export class DiskWeigher extends BaseHostWeigher {
  override readonly minval = 0;
  protected override readonly option = 'disk_weight_multiplier';

  weighObject(host: HostState): number {
    return host.freeDiskMb;
  }
}
