import { exchange } from './exchange';
import type { Firewall, Packet } from './model';
import type { Verdict } from './port-filter';

/** A cloud and a packet, as a line of JSON: what real-cloud/packet-oracle.py reads too. */
export interface FirewallCase extends Firewall {
  id: number;
  /** Id of a port; null is outside. */
  from: string | null;
  to: string | null;
  packet: Packet;
  translated?: { source?: string; destination?: string };
}

/** What became of the packet at a port. */
export interface Step {
  at: 'out' | 'in' | 'answerOut' | 'answerIn';
  accepted: boolean;
  by: string;
  /** Its id, if a rule decided. */
  rule?: string;
}

/** What becomes of the packet of a case, and of the answer, at each port that filters. */
export function decideCase(given: FirewallCase): Step[] {
  const port = (id: string | null) => given.ports.find((each) => each.id === id);
  const { from, to, packet, translated } = given;
  const found = exchange({ from: port(from), to: port(to), packet, translated }, given);
  return (['out', 'in', 'answerOut', 'answerIn'] as const).flatMap((at): Step[] => {
    const verdict = found[at];
    return verdict === undefined || verdict.by === 'outside' ? [] : [stepOf(at, verdict)];
  });
}

function stepOf(at: Step['at'], verdict: Verdict): Step {
  const { accepted, by } = verdict;
  return verdict.by === 'rule' ? { at, accepted, by, rule: verdict.rule.id } : { at, accepted, by };
}
