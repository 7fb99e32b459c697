import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostWeigher } from './base';

// nova/scheduler/weights/affinity.py

/** How many servers of the group run on the host, if the group has that policy. */
function members(host: HostState, spec: RequestSpec, policy: string): number {
  const group = spec.instanceGroup;
  if (group?.policy !== policy) return 0;
  return new Set((group.members ?? []).filter((uuid) => host.instances.has(uuid))).size;
}

/** Hosts with servers of the group first. */
export class ServerGroupSoftAffinityWeigher extends BaseHostWeigher {
  protected override readonly option = 'soft_affinity_weight_multiplier';

  weighObject(host: HostState, spec: RequestSpec): number {
    return members(host, spec, 'soft-affinity');
  }
}

/** Hosts with servers of the group last. */
export class ServerGroupSoftAntiAffinityWeigher extends BaseHostWeigher {
  protected override readonly option = 'soft_anti_affinity_weight_multiplier';

  weighObject(host: HostState, spec: RequestSpec): number {
    return -members(host, spec, 'soft-anti-affinity');
  }
}
