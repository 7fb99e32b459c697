import { addressOf, START, type LabCase, type LabServer, type Traffic } from './case';
import { decide } from './decide';
import { routeOf } from './route';

/** Of so many ports the first pair is taken; a sandbox with more of them is not tried pair by pair. */
const MOST_PORTS = 12;

/**
 * The packet to send first through a sandbox: from a port to its neighbour, else by a router, else in from outside by
 * a floating IP, else out. Of pairs of a kind the first that gets through; if none does, the first that has a way.
 *
 * @param packet what is sent. Its source and destination do not count, its version of IP is tried first.
 */
export function firstTraffic(labCase: Omit<LabCase, 'traffic'>, packet: Traffic = START.traffic): Traffic {
  const servers = labCase.servers.slice(0, MOST_PORTS);
  const ethertypes = packet.ethertype === 'IPv6' ? (['IPv6', 'IPv4'] as const) : (['IPv4', 'IPv6'] as const);
  const pairs = servers.flatMap((from) => servers.filter((to) => to !== from).map((to) => ({ from, to })));
  const near = ({ from, to }: { from: LabServer; to: LabServer }) => from.network === to.network;
  const kinds: Pick<Traffic, 'from' | 'to' | 'byFloating'>[][] = [
    pairs.filter(near).map(ends),
    pairs.filter((pair) => !near(pair)).map(ends),
    servers.map(({ name, floating }) => ({ from: '', to: name, byFloating: floating !== '' })),
    servers.map(({ name }) => ({ from: name, to: '', byFloating: false })),
  ];
  for (const kind of kinds)
    for (const ethertype of ethertypes) {
      const possible = kind
        .map((each): Traffic => ({ ...packet, ...each, ethertype, source: '' }))
        .filter((traffic) => !('problem' in routeOf({ ...labCase, traffic })));
      const [first] = possible;
      if (first)
        return possible.find((traffic) => decide({ ...labCase, traffic }).kind === 'passes') ?? first;
    }
  const [only] = servers;
  const ethertype = ethertypes.find((each) => only && addressOf(only, each)) ?? packet.ethertype;
  return { ...packet, from: '', to: only?.name ?? '', byFloating: false, ethertype, source: '' };
}

function ends({ from, to }: { from: LabServer; to: LabServer }) {
  return { from: from.name, to: to.name, byFloating: false };
}
