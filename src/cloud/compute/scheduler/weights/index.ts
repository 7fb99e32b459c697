import type { Conf } from '../conf';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { ServerGroupSoftAffinityWeigher, ServerGroupSoftAntiAffinityWeigher } from './affinity';
import type { BaseHostWeigher } from './base';
import { BuildFailureWeigher } from './compute';
import { CPUWeigher } from './cpu';
import { DiskWeigher } from './disk';
import { HypervisorVersionWeigher } from './hypervisor-version';
import { IoOpsWeigher } from './io-ops';
import { NumInstancesWeigher } from './num-instances';
import { RAMWeigher } from './ram';

/**
 * The weighers that run, by nova's names: nova/scheduler/weights `all_weighers`. Those for metrics, PCI devices, cells and
 * image properties are left out: with nova's defaults and without such things they change nothing.
 */
export const WEIGHERS = {
  BuildFailureWeigher,
  CPUWeigher,
  DiskWeigher,
  HypervisorVersionWeigher,
  IoOpsWeigher,
  NumInstancesWeigher,
  RAMWeigher,
  ServerGroupSoftAffinityWeigher,
  ServerGroupSoftAntiAffinityWeigher,
} as const satisfies Record<string, new (conf: Conf) => BaseHostWeigher>;

/** What one weigher said about one host. */
export interface Weighing {
  weigher: string;
  raw: number;
  /** Between 0 and 1: where the host stands among the others. */
  normalized: number;
  multiplier: number;
}

/** A host with the sum of all `multiplier * normalized`. */
export interface WeighedHost {
  host: HostState;
  weight: number;
  weighings: Weighing[];
}

/**
 * The hosts, best first; equals stay in their order. nova/weights.py `get_weighed_objects`.
 *
 * @example
 * getWeighedObjects(hosts, spec, new Conf())[0]?.host;
 */
export function getWeighedObjects(hosts: readonly HostState[], spec: RequestSpec, conf: Conf): WeighedHost[] {
  const weighed: WeighedHost[] = hosts.map((host) => ({ host, weight: 0, weighings: [] }));
  if (weighed.length <= 1) return weighed;
  for (const [name, Weigher] of Object.entries(WEIGHERS)) {
    const weigher = new Weigher(conf);
    const raw = hosts.map((host) => {
      const weight = weigher.weighObject(host, spec);
      return weigher.minval === undefined ? weight : Math.max(weight, weigher.minval);
    });
    const normalized = normalize(raw, weigher.minval);
    weighed.forEach((each, i) => {
      const multiplier = weigher.weightMultiplier(each.host);
      const share = normalized[i] ?? 0;
      each.weight += multiplier * share;
      each.weighings.push({ weigher: name, raw: raw[i] ?? 0, normalized: share, multiplier });
    });
  }
  return weighed.sort((a, b) => b.weight - a.weight);
}

/** All between 0 and 1; all 0 if they are equal. nova/weights.py `normalize`. */
export function normalize(weights: readonly number[], minval?: number): number[] {
  const highest = weights.reduce((a, b) => Math.max(a, b), -Infinity);
  const lowest = minval ?? weights.reduce((a, b) => Math.min(a, b), Infinity);
  if (highest === lowest) return weights.map(() => 0);
  return weights.map((weight) => (weight - lowest) / (highest - lowest));
}
