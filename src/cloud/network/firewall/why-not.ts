import { ethertypeOf, isIn } from './ip';
import type { Firewall, Packet, SecurityGroupRule } from './model';
import { hasPorts, isIcmp, protocolName } from './protocols';
import { addressesOf, membersOf, protocolOf, remoteOf, ruleMatches } from './rules';

/** Why a rule does not let a packet pass, as the end of a sentence; empty if it does. */
export function whyNot(rule: SecurityGroupRule, packet: Packet, firewall: Firewall): string {
  if (ruleMatches(rule, packet, firewall)) return '';
  const ethertype = ethertypeOf(packet.source);
  if (rule.ethertype !== ethertype) return `it is for ${rule.ethertype}, and this is ${ethertype}`;
  const protocol = protocolOf(rule);
  if (protocol !== undefined && protocol !== packet.protocol)
    return `it is for ${protocolName(protocol)}, and this is ${protocolName(packet.protocol)}`;
  if (protocol !== undefined && !portsFit(rule, packet))
    return isIcmp(packet.protocol)
      ? `it is for ${icmpWords(rule)}, and this is type ${packet.icmpType ?? 0} code ${packet.icmpCode ?? 0}`
      : `it is for ${portWords(rule)}, and this goes to port ${packet.destinationPort ?? 0}`;
  return remoteWords(rule, packet, firewall);
}

function portsFit(rule: SecurityGroupRule, packet: Packet): boolean {
  const anywhere = { remote_ip_prefix: null, remote_group_id: null, remote_address_group_id: null };
  return ruleMatches({ ...rule, ...anywhere }, packet, { groups: [], addressGroups: [], ports: [] });
}

/** The ports of a rule: `port 22`, `ports 80 to 90`. */
export function portWords({ port_range_min: first, port_range_max: last }: SecurityGroupRule): string {
  if (first === null) return 'any port';
  return last === null || first === last ? `port ${first}` : `ports ${first} to ${last}`;
}

/** The messages of a rule: `type 8`, `type 8 code 0`. */
export function icmpWords({ port_range_min: type, port_range_max: code }: SecurityGroupRule): string {
  if (type === null) return 'any type';
  return code === null ? `type ${type}` : `type ${type} code ${code}`;
}

function remoteWords(rule: SecurityGroupRule, packet: Packet, firewall: Firewall): string {
  const remote = remoteOf(rule.direction, packet);
  if (rule.remote_group_id !== null) {
    const members = membersOf(rule.remote_group_id, rule.ethertype, firewall);
    const group = firewall.groups.find(({ id }) => id === rule.remote_group_id)?.name ?? 'the remote group';
    if (members.length === 0) return `no port of ${group} has an address of ${rule.ethertype}`;
    return `${remote} is no address of a port of ${group}: ${members.join(', ')}`;
  }
  if (rule.remote_address_group_id !== null) {
    const addresses = addressesOf(rule.remote_address_group_id, firewall);
    const name = firewall.addressGroups.find(({ id }) => id === rule.remote_address_group_id)?.name;
    return `${remote} is not in ${name ?? 'the address group'}: ${addresses.join(', ') || 'it is empty'}`;
  }
  const prefix = rule.remote_ip_prefix ?? '';
  return isIn(remote, prefix) ? 'it never matches' : `${remote} is not in ${prefix}`;
}

/** A rule in a line: `in, TCP port 22, from 203.0.113.7/32`. */
export function ruleWords(
  rule: SecurityGroupRule,
  firewall: Pick<Firewall, 'groups' | 'addressGroups'>,
): string {
  const protocol = protocolOf(rule);
  const what =
    protocol === undefined
      ? `all ${rule.ethertype} traffic`
      : [
          protocolName(protocol),
          ...(rule.port_range_min === null ? [] : isIcmp(protocol) ? [icmpWords(rule)] : []),
          ...(rule.port_range_min !== null && hasPorts(protocol) ? [portWords(rule)] : []),
        ].join(' ');
  return `${what} ${rule.direction === 'ingress' ? 'from' : 'to'} ${remoteName(rule, firewall)}`;
}

function remoteName(
  {
    remote_ip_prefix: prefix,
    remote_group_id: group,
    remote_address_group_id: list,
    ethertype,
    protocol,
  }: SecurityGroupRule,
  { groups, addressGroups }: Pick<Firewall, 'groups' | 'addressGroups'>,
): string {
  if (group !== null) return `the ports of ${groups.find(({ id }) => id === group)?.name ?? group}`;
  if (list !== null) return `the addresses of ${addressGroups.find(({ id }) => id === list)?.name ?? list}`;
  if (prefix !== null && !prefix.endsWith('/0')) return prefix;
  return protocol === null ? 'any address' : `any ${ethertype} address`;
}
