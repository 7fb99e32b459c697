import type { TcpFlags } from '../../cloud/network/firewall/model';
import { DamagedLink, json, readFragment, writeFragment, type Part } from '../Lab/fragment';
import {
  START,
  type LabAddressGroup,
  type LabCase,
  type LabGroup,
  type LabNetwork,
  type LabRouter,
  type LabRule,
  type LabServer,
  type Traffic,
} from './case';
import { PRESETS } from './presets';

/* Only what differs from the case that the lab starts with is written; of lists, the whole list. */

const FLAGS: readonly TcpFlags[] = ['SYN', 'SYN,ACK', 'ACK', 'FIN,ACK', 'RST'];

/** A list of the case: how an item of it is written and read. */
interface List<Item> {
  of: (labCase: LabCase) => readonly Item[];
  pack: (item: Item) => readonly string[];
  unpack: (texts: readonly string[]) => Item;
}

const groups: List<LabGroup> = {
  of: (labCase) => labCase.groups,
  pack: ({ name, stateful, rules }) => [name, stateful ? '' : 'stateless', ...rules.map(packRule)],
  unpack: ([name = '', kind, ...rules]) => ({
    name,
    stateful: kind !== 'stateless',
    rules: rules.map(unpackRule),
  }),
};

const addressGroups: List<LabAddressGroup> = {
  of: (labCase) => labCase.addressGroups,
  pack: ({ name, addresses }) => [name, ...addresses],
  unpack: ([name = '', ...addresses]) => ({ name, addresses }),
};

const servers: List<LabServer> = {
  of: (labCase) => labCase.servers,
  pack: ({ name, network, addresses, floating, groups: own, portSecurity, pairs }) => [
    name,
    network,
    addresses.join(' '),
    floating,
    own.join('\n'),
    portSecurity ? '' : 'off',
    pairs.join(' '),
  ],
  unpack: ([name = '', network = '', addresses = '', floating = '', own = '', security, pairs = '']) => ({
    name,
    network,
    addresses: words(addresses),
    floating,
    groups: own.split('\n').filter(Boolean),
    portSecurity: security !== 'off',
    pairs: words(pairs),
  }),
};

const networks: List<LabNetwork> = {
  of: (labCase) => labCase.networks,
  pack: ({ name, router }) => [name, router],
  unpack: ([name = '', router = '']) => ({ name, router }),
};

const routers: List<LabRouter> = {
  of: (labCase) => labCase.routers,
  pack: ({ name, outside }) => [name, outside],
  unpack: ([name = '', outside = '']) => ({ name, outside }),
};

function words(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

function packRule({ direction, ethertype, protocol, ports, remote }: LabRule): string {
  return [direction === 'ingress' ? 'in' : 'out', ethertype.slice(3), protocol, ports, remote].join(',');
}

function unpackRule(text: string): LabRule {
  const [direction, version, protocol = '', ports = '', ...remote] = text.split(',');
  if ((direction !== 'in' && direction !== 'out') || (version !== '4' && version !== '6'))
    throw new DamagedLink(`“${text}” is no rule`);
  return {
    direction: direction === 'in' ? 'ingress' : 'egress',
    ethertype: `IPv${version}`,
    protocol,
    ports,
    remote: remote.join(','),
  };
}

/** The case as the fragment of a link, without `#`. Empty for the case that the lab starts with. */
export function toFragment(labCase: LabCase): string {
  const { traffic, outside } = labCase;
  const parts: Part[] = [];
  const add = (key: string, value: string, standard: string) => {
    if (value !== standard) parts.push([key, value]);
  };
  add('from', traffic.from, START.traffic.from);
  add('to', traffic.to, START.traffic.to);
  add('by', traffic.byFloating ? 'floating' : 'own', 'floating');
  add('ip', traffic.ethertype.slice(3), '4');
  add('protocol', traffic.protocol, START.traffic.protocol);
  add('port', String(traffic.port), String(START.traffic.port));
  add('type', String(traffic.icmpType), String(START.traffic.icmpType));
  add('flags', traffic.flags, START.traffic.flags);
  add('source', traffic.source, '');
  add('outside', Object.values(outside).join(' '), Object.values(START.outside).join(' '));
  add('of', labCase.ofSandbox ? 'sandbox' : '', '');
  parts.push(
    ...packList('group', groups, labCase),
    ...packList('addresses', addressGroups, labCase),
    ...packList('server', servers, labCase),
    ...packList('network', networks, labCase),
    ...packList('router', routers, labCase),
  );
  return writeFragment(parts);
}

function packList<Item>(key: string, { of, pack }: List<Item>, labCase: LabCase): Part[] {
  const [own, standard] = [labCase, START].map((each) => of(each).map((item) => JSON.stringify(pack(item))));
  if (!own || own.join() === standard?.join()) return [];
  return (own.length === 0 ? [''] : own).map((text) => [key, text]);
}

/**
 * The case of a fragment; undefined if the fragment is about something else, such as a heading of the page.
 *
 * @throws {@link DamagedLink}
 */
export function fromFragment(fragment: string): LabCase | undefined {
  const preset = PRESETS.find(({ id }) => fragment === `preset-${id}`);
  if (preset) return preset.case;
  const parts = readFragment(fragment);
  return parts && build(parts);
}

const LISTS = ['group', 'addresses', 'server', 'network', 'router'];
const TEXTS = ['from', 'to', 'by', 'ip', 'protocol', 'port', 'type', 'flags', 'source', 'outside', 'of'];

function build(parts: readonly Part[]): LabCase {
  const wrong = parts.find(([key]) => !LISTS.includes(key) && !TEXTS.includes(key));
  if (wrong) throw new DamagedLink(`the lab has no “${wrong[0]}”`);
  const text = (key: string) => parts.find((part) => part[0] === key)?.[1];
  const [four = START.outside.IPv4, six = START.outside.IPv6] = words(text('outside') ?? '');
  const labCase: LabCase = {
    traffic: trafficOf(text),
    groups: unpackList('group', groups, parts),
    addressGroups: unpackList('addresses', addressGroups, parts),
    servers: unpackList('server', servers, parts),
    networks: unpackList('network', networks, parts),
    routers: unpackList('router', routers, parts),
    outside: { IPv4: four, IPv6: six },
    ofSandbox: text('of') === 'sandbox',
  };
  for (const things of [groups.of, servers.of]) {
    const names = things(labCase).map(({ name }) => name);
    if (new Set(names).size !== names.length) throw new DamagedLink('two things have the same name');
  }
  return labCase;
}

function trafficOf(text: (key: string) => string | undefined): Traffic {
  const { traffic } = START;
  const number = (key: string, standard: number, most: number): number => {
    const value = text(key);
    if (value === undefined) return standard;
    if (!/^\d{1,5}$/.test(value) || Number(value) > most)
      throw new DamagedLink(`${key} has to be a number up to ${most}, not “${value}”`);
    return Number(value);
  };
  const flags = FLAGS.find((each) => each === (text('flags') ?? traffic.flags));
  if (flags === undefined) throw new DamagedLink(`“${text('flags') ?? ''}” are no flags of TCP`);
  return {
    from: text('from') ?? traffic.from,
    to: text('to') ?? traffic.to,
    byFloating: (text('by') ?? 'floating') === 'floating',
    ethertype: text('ip') === '6' ? 'IPv6' : 'IPv4',
    protocol: text('protocol') ?? traffic.protocol,
    port: number('port', traffic.port, 65535),
    icmpType: number('type', traffic.icmpType, 255),
    flags,
    source: text('source') ?? '',
  };
}

function unpackList<Item>(key: string, { of, unpack }: List<Item>, parts: readonly Part[]): readonly Item[] {
  const own = parts.filter((part) => part[0] === key);
  if (own.length === 0) return of(START);
  return own
    .filter(([, value]) => value !== '')
    .map(([, value]) => {
      const texts = json(key, value);
      const isWhole = (each: unknown): each is string => typeof each === 'string';
      if (!Array.isArray(texts) || !texts.every(isWhole) || texts[0] === '')
        throw new DamagedLink(`a part “${key}” is not whole`);
      return unpack(texts);
    });
}
