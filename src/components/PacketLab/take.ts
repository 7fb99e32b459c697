import type { LabCase } from './case';
import { decide } from './decide';
import { firstTraffic } from './first-packet';

/**
 * What the lab shows after the sandbox was taken: the sandbox, and the packet that was sent through it when it was taken
 * before, so that one sees what has become of it. If one of its ends is gone, the packet goes another way.
 */
export function take(before: LabCase, read: LabCase): LabCase {
  if (!before.ofSandbox) return read;
  const { traffic, outside } = before;
  const isThere = (end: string) => end === '' || read.servers.some(({ name }) => name === end);
  const keeps = isThere(traffic.from) && isThere(traffic.to) && !isMakeshift(before);
  return { ...read, outside, traffic: keeps ? traffic : firstTraffic(read, traffic) };
}

/** Whether the lab chose the packet, and found no way for any: perhaps there is one now. */
function isMakeshift(labCase: LabCase): boolean {
  const { from, to } = firstTraffic(labCase, labCase.traffic);
  const { traffic } = labCase;
  return traffic.from === from && traffic.to === to && decide(labCase).kind === 'unreachable';
}
