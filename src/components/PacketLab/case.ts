import type { TcpFlags } from '../../cloud/network/firewall/model';
import type { Direction, Ethertype } from '../../cloud/network/state';

/** A rule as a person writes it. */
export interface LabRule {
  direction: Direction;
  ethertype: Ethertype;
  /** A name or a number; empty is any. */
  protocol: string;
  /** `22`, `80-90`, of ICMP `8` or `8/0`; empty is any. */
  ports: string;
  /** `198.51.100.0/24`, `@web` for the ports of a group, `#office` for an address group; empty is any. */
  remote: string;
}

export interface LabGroup {
  name: string;
  stateful: boolean;
  rules: readonly LabRule[];
}

export interface LabAddressGroup {
  name: string;
  addresses: readonly string[];
}

/** A server with one port. */
export interface LabServer {
  name: string;
  network: string;
  addresses: readonly string[];
  /** Empty for none. */
  floating: string;
  groups: readonly string[];
  portSecurity: boolean;
  /** Addresses that it may send from besides its own. */
  pairs: readonly string[];
}

export interface LabNetwork {
  name: string;
  /** Empty for none. */
  router: string;
}

export interface LabRouter {
  name: string;
  /** Its address outside, empty for none. */
  outside: string;
}

export const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/** Who sends what to whom. */
export interface Traffic {
  /** Name of a server; empty is somebody outside. */
  from: string;
  to: string;
  /** To the floating IP of the server instead of its own address. */
  byFloating: boolean;
  ethertype: Ethertype;
  /** One of {@link PROTOCOLS}, or a number. */
  protocol: string;
  port: number;
  icmpType: number;
  flags: TcpFlags;
  /** What it says where it comes from; empty is the truth. */
  source: string;
}

/** All that decides about a packet. It is what a link carries. */
export interface LabCase {
  traffic: Traffic;
  groups: readonly LabGroup[];
  addressGroups: readonly LabAddressGroup[];
  servers: readonly LabServer[];
  networks: readonly LabNetwork[];
  routers: readonly LabRouter[];
  /** The addresses of somebody outside. */
  outside: Readonly<Record<Ethertype, string>>;
  /** Whether it was taken from the sandbox, whatever was changed since. */
  ofSandbox: boolean;
}

const anyEgress: readonly LabRule[] = (['IPv4', 'IPv6'] as const).map((ethertype) => ({
  direction: 'egress',
  ethertype,
  protocol: '',
  ports: '',
  remote: '',
}));

/** What every group has when it is made. */
export const OUT = anyEgress;

/** The group that neutron gives to ports that name none. */
export const DEFAULT_GROUP: LabGroup = {
  name: 'default',
  stateful: true,
  rules: [
    ...anyEgress,
    ...(['IPv4', 'IPv6'] as const).map((ethertype): LabRule => ({
      direction: 'ingress',
      ethertype,
      protocol: '',
      ports: '',
      remote: '@default',
    })),
  ],
};

/** Two servers behind a router, in the default group, and somebody outside who wants in by SSH. */
export const START: LabCase = {
  traffic: {
    from: '',
    to: 'web',
    byFloating: true,
    ethertype: 'IPv4',
    protocol: 'tcp',
    port: 22,
    icmpType: 8,
    flags: 'SYN',
    source: '',
  },
  groups: [DEFAULT_GROUP],
  addressGroups: [],
  servers: [
    {
      name: 'web',
      network: 'inside',
      addresses: ['192.168.10.11', '2001:db8:10::11'],
      floating: '203.0.113.21',
      groups: ['default'],
      portSecurity: true,
      pairs: [],
    },
    {
      name: 'db',
      network: 'inside',
      addresses: ['192.168.10.12', '2001:db8:10::12'],
      floating: '203.0.113.22',
      groups: ['default'],
      portSecurity: true,
      pairs: [],
    },
  ],
  networks: [{ name: 'inside', router: 'router' }],
  routers: [{ name: 'router', outside: '203.0.113.20' }],
  outside: { IPv4: '198.51.100.7', IPv6: '2001:db8:ffff::7' },
  ofSandbox: false,
};

/** The address of a server of a version of IP; undefined if it has none. */
export function addressOf({ addresses }: LabServer, ethertype: Ethertype): string | undefined {
  return addresses.find((address) => address.includes(':') === (ethertype === 'IPv6'));
}
