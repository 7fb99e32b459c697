import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** By the number of servers; off unless a setting says otherwise. nova/scheduler/weights/num_instances.py. */
export class NumInstancesWeigher extends BaseHostWeigher {
  protected override readonly option = 'num_instances_weight_multiplier';

  weighObject(host: HostState): number {
    return host.numInstances;
  }
}
