import type { HostState } from '../../cloud/compute/scheduler/host-state';
import type { Decision } from '../../cloud/compute/scheduler/filters/base';
import type { Outcome } from './decide';

/** What became of one host, to be shown. */
export interface Verdict {
  kind: 'chosen' | 'passes' | 'fell' | 'unasked';
  /** Two or three words. */
  says: string;
  /** The filter that it fell at. */
  at?: string;
  /** What was asked for: `name=value`, or the name alone where the reason has only that. */
  asked?: string;
  /** Why, in words; empty where there is nothing to explain. */
  because: string;
}

/** What the outcome says about a host. */
export function verdictOn(outcome: Outcome, host: string): Verdict {
  if (!('fell' in outcome)) return { kind: 'unasked', says: 'Not asked', because: '' };
  const fell = outcome.fell.get(host);
  if (fell)
    return {
      kind: 'fell',
      says: `Falls at ${fell.filter}`,
      at: fell.filter,
      ...reasonOf(fell.decision),
    };
  const rank = outcome.rank.get(host);
  if (rank === undefined) return { kind: 'unasked', says: 'Not asked', because: '' };
  if (rank === 0) return { kind: 'chosen', says: 'Chosen', because: '' };
  return { kind: 'passes', says: `Passes, place ${rank + 1}`, because: '' };
}

/** The reason, and what was asked for as the reason names it, so that it can be marked there. */
export function reasonOf({ property, value, because }: Decision): Pick<Verdict, 'asked' | 'because'> {
  if (property === undefined) return { because };
  const asked = value === undefined ? property : `${property}=${value}`;
  if (because.includes(asked)) return { asked, because };
  if (because.includes(property)) return { asked: property, because };
  return { asked, because: `${asked}: ${because}` };
}

/** What a host has left, as placement counts. */
export function roomOf(host: HostState): { ram: string; vcpus: string; disk: string } {
  const vcpus = Math.floor(host.vcpusTotal * host.cpuAllocationRatio - host.vcpusUsed);
  return {
    ram: `${size(host.freeRamMb)} of ${size(host.totalUsableRamMb)}`,
    vcpus: `${vcpus} of ${Math.floor(host.vcpusTotal * host.cpuAllocationRatio)}`,
    disk: `${host.freeDiskGb} of ${host.totalUsableDiskGb} GB`,
  };
}

function size(mb: number): string {
  return mb % 1024 === 0 ? `${mb / 1024} GB` : `${(mb / 1024).toFixed(1)} GB`;
}
