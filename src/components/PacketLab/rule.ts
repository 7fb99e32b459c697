import { ethertypeOf } from '../../cloud/network/firewall/ip';
import type { SecurityGroupRule } from '../../cloud/network/firewall/model';
import { hasPorts, isIcmp, protocolNumber, PROTOCOL_NAMES } from '../../cloud/network/firewall/protocols';
import { parseNetwork } from '../../cloud/network/ip';
import type { LabCase, LabRule } from './case';

/** The parts of `80-90` or `8/0`; undefined if it is not written like that. */
function rangeOf({ ports, protocol }: LabRule): [number, number | null] | undefined {
  const icmp = isIcmp(protocolNumber(protocol || null) ?? -1);
  const [, first, last] =
    (icmp ? /^(\d{1,3})(?:\/(\d{1,3}))?$/ : /^(\d{1,5})(?:[-:](\d{1,5}))?$/).exec(ports) ?? [];
  if (first === undefined) return undefined;
  if (icmp) return [Number(first), last === undefined ? null : Number(last)];
  return [Number(first), Number(last ?? first)];
}

/** What neutron has against a rule; empty if it takes it. */
export function problemOf(
  rule: LabRule,
  { groups, addressGroups }: Pick<LabCase, 'groups' | 'addressGroups'>,
): string {
  const { protocol, ports, remote, ethertype } = rule;
  const isNumber = /^\d{1,3}$/.test(protocol) && Number(protocol) < 256;
  if (protocol !== '' && protocol !== 'any' && !isNumber && !PROTOCOL_NAMES.includes(protocol))
    return `neutron knows no protocol “${protocol}”. Write a name such as tcp, or a number.`;
  const number = protocolNumber(protocol || null);
  if (ethertype === 'IPv4' && (number === 58 || protocol.startsWith('ipv6')))
    return `${protocol} is for IPv6, and the rule is for IPv4.`;
  if (ports !== '') {
    if (number === undefined) return 'Ports need a protocol.';
    const range = rangeOf(rule);
    if (!range)
      return isIcmp(number) ? 'Write a type, or type/code: 8/0.' : 'Write a port, or a range: 80-90.';
    const [first, last] = range;
    if (isIcmp(number) ? first > 255 || (last ?? 0) > 255 : !hasPorts(number))
      return isIcmp(number)
        ? 'Type and code go from 0 to 255.'
        : 'Only TCP, UDP, SCTP, DCCP and UDP-Lite have ports.';
    if (!isIcmp(number) && (first < 1 || (last ?? 0) > 65535)) return 'Ports go from 1 to 65535.';
    if (!isIcmp(number) && first > (last ?? first)) return 'The range begins with the smaller port.';
  }
  if (remote.startsWith('@'))
    return groups.some(({ name }) => name === remote.slice(1)) ? '' : `There is no group ${remote.slice(1)}.`;
  if (remote.startsWith('#'))
    return addressGroups.some(({ name }) => name === remote.slice(1))
      ? ''
      : `There is no address group ${remote.slice(1)}.`;
  if (remote === '') return '';
  if (!parseNetwork(remote)) return `“${remote}” is no address and no network. Write 198.51.100.7/32.`;
  return ethertypeOf(remote) === ethertype
    ? ''
    : `${remote} is ${ethertypeOf(remote)}, and the rule is for ${ethertype}.`;
}

/** The rule as the Network API has it. Only for one that has no problem. */
export function asStored(rule: LabRule, id: string): SecurityGroupRule {
  const { direction, ethertype, protocol, ports, remote } = rule;
  const [first = null, last = null] = ports === '' ? [] : (rangeOf(rule) ?? []);
  const kind = remote.charAt(0);
  return {
    id,
    direction,
    ethertype,
    protocol: protocol === '' || protocol === 'any' ? null : protocol,
    port_range_min: first,
    port_range_max: last,
    remote_ip_prefix: remote === '' || kind === '@' || kind === '#' ? null : remote,
    remote_group_id: kind === '@' ? remote.slice(1) : null,
    remote_address_group_id: kind === '#' ? remote.slice(1) : null,
  };
}

/** A rule of the Network API, as a person writes it; names of groups by their ids. */
export function asWritten(
  rule: Omit<SecurityGroupRule, 'id'>,
  nameOf: (id: string) => string = (id) => id,
): LabRule {
  const { direction, ethertype, port_range_min: first, port_range_max: last } = rule;
  const protocol = rule.protocol ?? '';
  const icmp = isIcmp(protocolNumber(rule.protocol) ?? -1);
  const more = last === null || (!icmp && last === first) ? '' : `${icmp ? '/' : '-'}${last}`;
  const remote = rule.remote_group_id
    ? `@${nameOf(rule.remote_group_id)}`
    : rule.remote_address_group_id
      ? `#${nameOf(rule.remote_address_group_id)}`
      : (rule.remote_ip_prefix ?? '').replace(/^.*\/0$/, ''); // openstack writes anywhere as 0.0.0.0/0
  return { direction, ethertype, protocol, ports: first === null ? '' : `${first}${more}`, remote };
}
