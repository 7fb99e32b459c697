/**
 * What a rule of a security group lets through, in options and for people: openstackclient/network/utils.py and what
 * security_group_rule.py and default_security_group_rule.py have in common.
 */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { str, type Value } from '../../python';
import { num, opt } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { attributes, either, range } from './options';

const ICMP = ['icmp', 'icmpv6', 'ipv6-icmp', '1', '58'];
const IPV6 = ['icmpv6', '41', '43', '44', '58', '59', '60'];
const lowercase = (text: string): string => text.toLowerCase();

/** `--dst-port`, `--protocol`, … by name: the two commands have them in different orders. */
export const ruleOptions = {
  description: opt('description', 'What the rule is for'),
  icmpType: num('icmp-type', 'Type of ICMP message'),
  icmpCode: num('icmp-code', 'Code of ICMP message'),
  direction: either(['ingress', 'What comes to the port (default)'], ['egress', 'What the port sends']),
  ethertype: opt('ethertype', 'IPv4 or IPv6; as the protocol has it unless given', undefined, {
    choices: ['IPv4', 'IPv6'],
    type: (text) => ({ ipv4: 'IPv4', ipv6: 'IPv6' })[text.toLowerCase()] ?? text,
  }),
  remoteIp: opt('remote-ip', 'Addresses on the other side (CIDR; all of them unless given)', 'ip-address', {
    exclusive: 'remote',
  }),
  dstPort: {
    names: ['--dst-port'], metavar: '<port-range>', action: 'fold', fold: range,
    help: 'Port that it goes to, or two of them with a colon between: from, to; not for ICMP',
  } as ArgumentSpec, // prettier-ignore
  protocol: (more: Partial<ArgumentSpec> = {}) =>
    opt('protocol', 'Protocol: its name, such as tcp, udp or icmp, its number, or any (default)', undefined, {
      type: lowercase,
      ...more,
    }),
} as const;

/** Which rules a list has. */
export const ruleFilters: readonly ArgumentSpec[] = [
  opt('protocol', 'Rules of this protocol only', undefined, { type: lowercase }),
  opt('ethertype', 'Accepted, but without effect', undefined, { type: lowercase }),
  ...either(['ingress', 'Rules for what comes only'], ['egress', 'Rules for what is sent only']),
];

/** What {@link ruleFilters} ask for. */
export function ruleFiltersOf(args: ParsedArgs): Fields {
  return attributes(args, {
    ingress: ['direction', 'ingress'],
    egress: ['direction', 'egress'],
    protocol: 'protocol',
  });
}

/**
 * What options say a rule is. Who is on the other side is left to the caller.
 *
 * @throws {@link CommandError} for ports and ICMP messages that do not go together.
 */
export function ruleAttributes(args: ParsedArgs): Fields {
  const named = args.string('proto') ?? args.string('protocol') ?? 'any';
  const protocol = named === 'any' ? null : named;
  const isIpv6 = protocol !== null && (protocol.startsWith('ipv6-') || IPV6.includes(protocol));
  const ports = args.get('dst_port') as readonly [number, number] | undefined; // as range makes it
  const [type, code] = [args.number('icmp_type'), args.number('icmp_code')];
  if (ports && (type || code))
    throw new CommandError('Argument --dst-port not allowed with arguments --icmp-type and --icmp-code');
  if (type === undefined && code !== undefined)
    throw new CommandError('Argument --icmp-type required with argument --icmp-code');
  const isIcmp = protocol !== null && ICMP.includes(protocol);
  if (!isIcmp && (type || code))
    throw new CommandError('ICMP IP protocol required with arguments --icmp-type and --icmp-code');
  return {
    protocol,
    ...attributes(args, { description: 'description' }),
    direction: args.flag('egress') ? 'egress' : 'ingress',
    ethertype: args.string('ethertype') ?? (isIpv6 ? 'IPv6' : 'IPv4'),
    ...(ports && !isIcmp && { port_range_min: ports[0], port_range_max: ports[1] }),
    ...(type !== undefined && type >= 0 && { port_range_min: type }),
    ...(code !== undefined && code >= 0 && { port_range_max: code }),
  };
}

/** Everybody, in the words of a kind of address. */
export function everybody(ethertype: Value | undefined): Value {
  return ethertype === 'IPv4' ? '0.0.0.0/0' : ethertype === 'IPv6' ? '::/0' : null;
}

/** A rule by the API's names, with its ports as people read them. */
export function readable(rule: Fields): Fields {
  return { ...rule, port_range: portRange(rule), remote_ip_prefix: rule.remote_ip_prefix ?? everybody(rule.ethertype) };
} // prettier-ignore

/** `type=8:code=0` of ICMP, `80:90` of others. */
function portRange({ protocol = null, port_range_min: min = null, port_range_max: max = null }: Fields): string {
  if (typeof protocol === 'string' && ICMP.includes(protocol))
    return `${min ? `type=${str(min)}` : ''}${max ? `:code=${str(max)}` : ''}`;
  return min || max ? `${str(min ?? max)}:${str(max ?? min)}` : '';
} // prettier-ignore
