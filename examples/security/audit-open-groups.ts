import type { Connection, SecurityGroup, SecurityGroupRule } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region audit
/** A rule to look at. */
export interface Finding {
  group: string;
  ruleId: string;
  why: 'open to the world' | 'no protocol' | 'a rule of yours in default';
  /** What it lets in, such as `tcp 22`. */
  opens: string;
  /** How many ports it is in force at; 0 means that nobody stands behind the door yet. */
  ports: number;
}

/**
 * Looks at what all security groups of the project let in, and names the rules that hardly anybody means.
 *
 * @param meantForAll TCP ports that may be open to everybody.
 */
export async function auditOpenGroups(
  { network }: Connection,
  meantForAll: readonly number[] = [80, 443],
): Promise<Finding[]> {
  const [groups, ports] = await Promise.all([network.securityGroups(), network.ports()]);
  return groups.flatMap((group) =>
    group.security_group_rules.flatMap((rule) => {
      const why = reasonAgainst(rule, group, meantForAll);
      if (why === undefined) return [];
      const inForce = ports.filter(({ security_groups }) => security_groups.includes(group.id));
      return [{ group: group.name, ruleId: rule.id, why, opens: wordsFor(rule), ports: inForce.length }];
    }),
  );
}

function reasonAgainst(
  rule: SecurityGroupRule,
  { id, name }: SecurityGroup,
  meantForAll: readonly number[],
): Finding['why'] | undefined {
  if (rule.direction !== 'ingress' || rule.remote_group_id === id) return undefined;
  if (isOpenToAll(rule) && !isMeantForAll(rule, meantForAll)) return 'open to the world';
  if (rule.protocol === null && !rule.remote_group_id) return 'no protocol';
  return name === 'default' ? 'a rule of yours in default' : undefined;
}

function isOpenToAll(rule: SecurityGroupRule): boolean {
  const anyAddress = rule.remote_ip_prefix === null || rule.remote_ip_prefix.endsWith('/0');
  return anyAddress && !rule.remote_group_id && !rule.remote_address_group_id;
}

function isMeantForAll(rule: SecurityGroupRule, ports: readonly number[]): boolean {
  const { protocol, port_range_min: first, port_range_max: last } = rule;
  return protocol === 'tcp' && first !== null && first === last && ports.includes(first);
}

function wordsFor({ protocol, port_range_min: first, port_range_max: last }: SecurityGroupRule): string {
  if (protocol === null) return 'everything';
  if (first === null) return `all of ${protocol}`;
  if (protocol.includes('icmp')) return `${protocol} type ${first}`;
  return `${protocol} ${first === last ? first : `${first} to ${last}`}`;
}
// #endregion audit

/** `npm run example security/audit-open-groups` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const findings = await auditOpenGroups(cloud);
  for (const { group, why, opens, ports } of findings)
    console.log(`${group}: ${why}: ${opens} (in force at ${ports} ports)`);
  if (findings.length === 0) console.log('Nothing to look at.');
}

await runAsScript(import.meta, main);
