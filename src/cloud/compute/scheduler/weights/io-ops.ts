import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** The host that is busy with the least first: its multiplier is negative. nova/scheduler/weights/io_ops.py. */
export class IoOpsWeigher extends BaseHostWeigher {
  override readonly minval = 0;
  protected override readonly option = 'io_ops_weight_multiplier';

  weighObject(host: HostState): number {
    return host.numIoOps;
  }
}
