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
  for (const trait of spec.rootRequired)
    if (!traits.required.has(trait)) traits.required.set(trait, 'a pre-filter');
  for (const trait of spec.rootForbidden)
    if (!traits.forbidden.has(trait)) traits.forbidden.set(trait, 'a pre-filter');
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
  if (aggregates.some((set) => !set.some((uuid) => own.has(uuid))))
    return fail('the host is in none of the aggregates that the request is for', 'member_of');
  const forbidden = [...forbiddenAggregates].find((uuid) => own.has(uuid));
  return forbidden === undefined
    ? pass('the host is in the aggregates that it needs to be in')
    : fail(
        `the host's aggregate ${forbidden} is for requests that require its traits`,
        'member_of',
        forbidden,
      );
}

/** Whether placement offers the host for the request. */
export function isCandidate(host: HostState, request: PlacementRequest): Decision {
  const traits = hasTraits(host, request);
  return traits.passes ? inAggregates(host, request) : traits;
}
