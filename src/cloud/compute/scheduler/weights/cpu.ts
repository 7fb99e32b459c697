import type { HostState } from '../host-state';
import { BaseHostWeigher } from './base';

/** The host with the most free CPUs first. nova/scheduler/weights/cpu.py. */
export class CPUWeigher extends BaseHostWeigher {
  override readonly minval = 0;
  protected override readonly option = 'cpu_weight_multiplier';

  weighObject(host: HostState): number {
    return host.vcpusTotal * host.cpuAllocationRatio - host.vcpusUsed;
  }
}
