import { ethertypeOf } from '../../cloud/network/firewall/ip';
import { addressOf, type LabCase, type LabRouter, type LabServer } from './case';

/** The way that a packet takes, and what becomes of its addresses. */
export interface Route {
  from: LabServer | undefined;
  to: LabServer | undefined;
  /** As it leaves. */
  source: string;
  destination: string;
  /** As it arrives. */
  translated: { source: string; destination: string };
  routers: LabRouter[];
}

/** There is no way; the sentence says why. */
export interface NoRoute {
  problem: string;
}

/**
 * Which way a packet goes: neutron's routers give those inside the router's address or their floating IP when they leave
 * (neutron/agent/l3/router_info.py), and lead a floating IP to its port. IPv6 is routed as it is.
 */
export function routeOf(labCase: LabCase): Route | NoRoute {
  const { traffic, servers, outside } = labCase;
  const { ethertype, byFloating } = traffic;
  const from = servers.find(({ name }) => name === traffic.from);
  const to = servers.find(({ name }) => name === traffic.to);
  if (!from && !to) return { problem: 'Both ends are outside. Take a server for one of them.' };
  if (from === to) return { problem: `${from?.name ?? ''} would talk to itself: that never reaches a port.` };
  const own = from ? addressOf(from, ethertype) : outside[ethertype];
  if (own === undefined) return { problem: `${from?.name ?? ''} has no ${ethertype} address to send from.` };
  const inside = to ? addressOf(to, ethertype) : outside[ethertype];
  if (inside === undefined) return { problem: `${to?.name ?? ''} has no ${ethertype} address.` };
  const source = traffic.source || own;
  if (ethertypeOf(source) !== ethertype) return { problem: `${source} is no ${ethertype} address.` };
  const ends = { from, to, source };
  const direct = { ...ends, destination: inside, translated: { source, destination: inside } };
  const near = from && routerOf(labCase, from);
  const far = to && routerOf(labCase, to);
  if (to && byFloating && ethertype === 'IPv4') {
    if (to.floating === '') return { problem: `${to.name} has no floating IP.` };
    if (!far) return { problem: `${to.network} has no router that could lead ${to.floating} to ${to.name}.` };
    if (from && !near?.outside) return { problem: noWayOut(from) };
    const leaves = from ? from.floating || (near?.outside ?? '') : source;
    const routers = near && near !== far ? [near, far] : [far];
    return {
      ...ends,
      destination: to.floating,
      translated: { source: leaves, destination: inside },
      routers,
    };
  }
  if (from && to) {
    if (from.network === to.network) return { ...direct, routers: [] };
    if (near && near === far) return { ...direct, routers: [near] };
    if (ethertype === 'IPv4' || !near?.outside || !far?.outside)
      return { problem: `No router joins ${from.network} and ${to.network}.` };
    return { ...direct, routers: [near, far] };
  }
  if (to) {
    if (ethertype === 'IPv4')
      return {
        problem: `${inside} is known inside only. From outside ${to.name} has its floating IP, if it has one.`,
      };
    return far?.outside
      ? { ...direct, routers: [far] }
      : { problem: `Nobody outside knows a way to ${to.network}.` };
  }
  if (!from || !near?.outside) return { problem: from ? noWayOut(from) : '' };
  const leaves = ethertype === 'IPv4' ? from.floating || near.outside : source;
  return { ...direct, translated: { source: leaves, destination: inside }, routers: [near] };
}

function noWayOut({ network }: LabServer): string {
  return `${network} has no router with a way out.`;
}

/** The router that a server's network is on. */
function routerOf({ networks, routers }: LabCase, { network }: LabServer): LabRouter | undefined {
  const name = networks.find((each) => each.name === network)?.router;
  return routers.find((router) => router.name === name);
}
