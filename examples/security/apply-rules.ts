import type { Connection, SecurityGroupRule } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region apply
/** A rule as data. What is left out means any: any address, any port, any protocol. */
export interface RuleSpec {
  direction?: 'ingress' | 'egress';
  ethertype?: 'IPv4' | 'IPv6';
  protocol?: string;
  /** One port, or the first and the last. */
  ports?: number | readonly [number, number];
  /** Addresses on the other side, such as `198.51.100.7/32`. */
  from?: string;
  /** Name of the security group on the other side. */
  fromGroup?: string;
  /** Name of the address group on the other side. */
  fromAddressGroup?: string;
}

/** What {@link applyRules} did. */
export interface Applied {
  created: number;
  deleted: number;
  kept: number;
}

/**
 * Makes a security group have exactly these rules: what is missing is created first, what is too much is deleted then.
 * A second run changes nothing.
 */
export async function applyRules(
  cloud: Connection,
  name: string,
  rules: readonly RuleSpec[],
): Promise<Applied> {
  const { network } = cloud;
  const group = (await network.findSecurityGroup(name)) ?? (await network.createSecurityGroup({ name }));
  const tooMuch = await network.securityGroupRules({ security_group_id: group.id });
  const applied: Applied = { created: 0, deleted: 0, kept: 0 };
  for (const spec of rules) {
    const wanted = await asRule(cloud, spec);
    const at = tooMuch.findIndex((rule) => letsPassTheSame(rule, wanted));
    if (at >= 0) {
      tooMuch.splice(at, 1);
      applied.kept++;
    } else {
      await network.createSecurityGroupRule({ ...wanted, security_group_id: group.id });
      applied.created++;
    }
  }
  for (const { id } of tooMuch) {
    await network.deleteSecurityGroupRule(id);
    applied.deleted++;
  }
  return applied;
}

const PLAIN = [
  'direction', 'ethertype', 'port_range_min', 'port_range_max', 'remote_group_id', 'remote_address_group_id',
] as const; // prettier-ignore
type Wanted = Pick<SecurityGroupRule, (typeof PLAIN)[number] | 'protocol' | 'remote_ip_prefix'>;

async function asRule({ network }: Connection, spec: RuleSpec): Promise<Wanted> {
  const { direction = 'ingress', ethertype = 'IPv4', protocol = null, ports = null, from } = spec;
  const [first, last] = typeof ports === 'number' ? [ports, ports] : (ports ?? [null, null]);
  const known = { ignoreMissing: false } as const;
  const group = spec.fromGroup && (await network.findSecurityGroup(spec.fromGroup, known));
  const list = spec.fromAddressGroup && (await network.findAddressGroup(spec.fromAddressGroup, known));
  return {
    direction,
    ethertype,
    protocol,
    port_range_min: first,
    port_range_max: last,
    remote_ip_prefix: from ?? null,
    remote_group_id: group ? group.id : null,
    remote_address_group_id: list ? list.id : null,
  };
}

function letsPassTheSame(rule: SecurityGroupRule, wanted: Wanted): boolean {
  return (
    PLAIN.every((name) => rule[name] === wanted[name]) &&
    protocolOf(rule) === protocolOf(wanted) &&
    [prefixOf(rule.remote_ip_prefix), prefixOf(rule.normalized_cidr)].includes(
      prefixOf(wanted.remote_ip_prefix),
    )
  );
}

/** Neutron keeps a protocol as it was written: by its name, or by its number. */
function protocolOf({ protocol }: Wanted): string | null {
  const names: Record<string, string> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'ipv6-icmp' };
  return protocol && (names[protocol] ?? protocol);
}

/** "All addresses" is no prefix, or one of length 0; one address may be written without its length. */
function prefixOf(prefix: string | null = null): string | null {
  if (prefix === null || prefix.endsWith('/0')) return null;
  return prefix.includes('/') ? prefix : `${prefix}/${prefix.includes(':') ? 128 : 32}`;
}
// #endregion apply

/** What web servers need: HTTP for all, SSH from the office, and the way out. */
export const WEB_RULES: readonly RuleSpec[] = [
  { direction: 'egress' },
  { direction: 'egress', ethertype: 'IPv6' },
  { protocol: 'tcp', ports: 80 },
  { protocol: 'tcp', ports: 80, ethertype: 'IPv6' },
  { protocol: 'tcp', ports: 22, from: '198.51.100.7/32' },
];

/** `npm run example security/apply-rules` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const name = 'web-servers';
  try {
    console.log('first run:', await applyRules(cloud, name, WEB_RULES));
    console.log('second run:', await applyRules(cloud, name, WEB_RULES));
    console.log('SSH closed:', await applyRules(cloud, name, WEB_RULES.slice(0, -1)));
  } finally {
    const group = await cloud.network.findSecurityGroup(name);
    if (group) await cloud.network.deleteSecurityGroup(group.id);
  }
}

await runAsScript(import.meta, main);
