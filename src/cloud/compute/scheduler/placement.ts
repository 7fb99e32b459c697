import { fail, pass, type Decision } from './filters/base';
import type { HostState } from './host-state';
import type { RequestSpec } from './request-spec';
import { traitRequest, type TraitRequest } from './resource-request';

/** What placement is asked for, besides amounts: traits and aggregates. */
export interface PlacementRequest {
  traits: TraitRequest;
  spec: RequestSpec;
}

/** @throws {@link PythonError} where flavor and image contradict each other. */
export function placementRequest(spec: RequestSpec): PlacementRequest {
  const traits = traitRequest(spec);
  for (const [trait, asked] of spec.rootRequired)
    if (!traits.required.has(trait)) traits.required.set(trait, asked);
  for (const [trait, asked] of spec.rootForbidden)
    if (!traits.forbidden.has(trait)) traits.forbidden.set(trait, asked);
  return { traits, spec };
}

/** Whether the host's resource provider has the traits, and not those it must not have. */
export function hasTraits(host: HostState, { traits }: PlacementRequest): Decision {
  for (const [trait, asked] of traits.required)
    if (!host.traits.has(trait))
      return fail(`the host lacks the trait ${trait}, required by ${asked}`, trait, 'required');
  for (const [trait, asked] of traits.forbidden)
    if (host.traits.has(trait))
      return fail(`the host has the trait ${trait}, forbidden by ${asked}`, trait, 'forbidden');
  return pass('the host has the traits that it needs');
}

/** Whether the host is in one of each set of aggregates, and in none that is forbidden. */
export function inAggregates(host: HostState, { spec }: PlacementRequest): Decision {
  const own = new Set(host.aggregates.map(({ uuid }) => uuid));
  const { aggregates, forbiddenAggregates } = spec.destination;
  const missed = aggregates.find(({ uuids }) => !uuids.some((uuid) => own.has(uuid)));
  if (missed) return fail(`the host is in none of the aggregates for ${missed.asked}`, 'member_of');
  const forbidden = [...forbiddenAggregates].find((uuid) => own.has(uuid));
  return forbidden === undefined
    ? pass('the host is in the aggregates that it needs to be in')
    : fail(
        `the host's aggregate ${forbidden} is for requests that require its traits`,
        'member_of',
        forbidden,
      );
}

/** Whether the host has room for the flavor, overcommitment considered. */
export function hasResources(host: HostState, { spec }: PlacementRequest): Decision {
  const { vcpus, memory_mb, root_gb, ephemeral_gb, swap } = spec.flavor;
  const disk = (spec.isBfv ? 0 : root_gb) + ephemeral_gb + Math.ceil(swap / 1024);
  const amounts = [
    [
      'VCPU',
      vcpus,
      host.vcpusTotal,
      host.vcpusTotal * (host.cpuAllocationRatio - 1) + host.vcpusTotal - host.vcpusUsed,
    ],
    [
      'MEMORY_MB',
      memory_mb,
      host.totalUsableRamMb,
      host.totalUsableRamMb * (host.ramAllocationRatio - 1) + host.freeRamMb,
    ],
    [
      'DISK_GB',
      disk,
      host.totalUsableDiskGb,
      host.totalUsableDiskGb * (host.diskAllocationRatio - 1) + host.freeDiskGb,
    ],
  ] as const;
  for (const [resource, wanted, total, free] of amounts)
    if (wanted > 0 && (wanted > total || wanted > Math.floor(free)))
      return fail(
        `the flavor needs ${wanted} ${resource}, the host has ${Math.max(0, Math.floor(free))} left of ${total}`,
        resource,
        String(wanted),
      );
  return pass('the host has room for the flavor');
}

/** Whether placement offers the host for the request. */
export function isCandidate(host: HostState, request: PlacementRequest): Decision {
  for (const check of [hasTraits, inAggregates, hasResources]) {
    const decision = check(host, request);
    if (!decision.passes) return decision;
  }
  return CANDIDATE;
}

const CANDIDATE = pass('placement offers the host: room, traits and aggregates fit');
