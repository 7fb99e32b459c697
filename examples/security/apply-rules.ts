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
  const present = new Map(
    (await network.securityGroupRules({ security_group_id: group.id })).map((rule) => [keyOf(rule), rule]),
  );
  const applied: Applied = { created: 0, deleted: 0, kept: 0 };
  for (const spec of rules) {
    const rule = await asRule(cloud, spec);
    if (present.delete(keyOf(rule))) {
      applied.kept++;
    } else {
      await network.createSecurityGroupRule({ ...rule, security_group_id: group.id });
      applied.created++;
    }
  }
  for (const { id } of present.values()) {
    await network.deleteSecurityGroupRule(id);
    applied.deleted++;
  }
  return applied;
}

type Wanted = Pick<
  SecurityGroupRule,
  | 'direction' | 'ethertype' | 'protocol' | 'port_range_min' | 'port_range_max' | 'remote_ip_prefix' | 'remote_group_id'
>; // prettier-ignore

async function asRule({ network }: Connection, spec: RuleSpec): Promise<Wanted> {
  const { direction = 'ingress', ethertype = 'IPv4', protocol = null, ports = null, from, fromGroup } = spec;
  const [first, last] = typeof ports === 'number' ? [ports, ports] : (ports ?? [null, null]);
  const other =
    fromGroup === undefined
      ? undefined
      : await network.findSecurityGroup(fromGroup, { ignoreMissing: false });
  return {
    direction,
    ethertype,
    protocol,
    port_range_min: first,
    port_range_max: last,
    remote_ip_prefix: from ?? null,
    remote_group_id: other?.id ?? null,
  };
}

/** Two rules with the same key let the same packets pass: "all addresses" is no prefix, or one of length 0. */
function keyOf(rule: Wanted): string {
  const { direction, ethertype, protocol, port_range_min, port_range_max, remote_group_id } = rule;
  const prefix = /\/0$/.test(rule.remote_ip_prefix ?? '') ? null : rule.remote_ip_prefix;
  return JSON.stringify([
    direction,
    ethertype,
    protocol,
    port_range_min,
    port_range_max,
    prefix,
    remote_group_id,
  ]);
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
