import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** Hosts on which servers failed to build come last, by far. nova/scheduler/weights/compute.py. */
export class BuildFailureWeigher extends BaseHostWeigher {
  protected override readonly option = 'build_failure_weight_multiplier';

  override weightMultiplier(host: HostState): number {
    return -super.weightMultiplier(host);
  }

  weighObject(host: HostState): number {
    return host.failedBuilds;
  }
}
