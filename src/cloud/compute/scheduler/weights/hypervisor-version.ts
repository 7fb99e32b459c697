import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** The newest hypervisor first. nova/scheduler/weights/hypervisor_version.py. */
export class HypervisorVersionWeigher extends BaseHostWeigher {
  protected override readonly option = 'hypervisor_version_weight_multiplier';

  weighObject(host: HostState): number {
    return Number(host.hypervisorVersion ?? 0);
  }
}
