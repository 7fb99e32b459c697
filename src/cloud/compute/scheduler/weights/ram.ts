import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** The host with the most free memory first. nova/scheduler/weights/ram.py. */
export class RAMWeigher extends BaseHostWeigher {
  override readonly minval = 0;
  protected override readonly option = 'ram_weight_multiplier';

  weighObject(host: HostState): number {
    return host.freeRamMb;
  }
}
