import type { Connection, SecurityGroupRule } from '../../src/client';
import { runAsScript, type ExampleContext } from '../example';

// #region audit
/** A door that stands open to the world. */
export interface Finding {
  group: string;
  ruleId: string;
  /** What it lets in, such as `tcp 22`. */
  opens: string;
  /** How many ports it is in force at; 0 means that nobody stands behind the door yet. */
  ports: number;
}

/**
 * Looks for rules that let the whole world in, in all security groups of the project.
 *
 * @param meantForAll TCP ports that may be open to everybody.
 */
export async function auditOpenGroups(
  { network }: Connection,
  meantForAll: readonly number[] = [80, 443],
): Promise<Finding[]> {
  const [groups, ports] = await Promise.all([network.securityGroups(), network.ports()]);
  return groups.flatMap((group) =>
    group.security_group_rules
      .filter((rule) => isOpenToAll(rule) && !isMeantForAll(rule, meantForAll))
      .map((rule) => ({
        group: group.name,
        ruleId: rule.id,
        opens: wordsFor(rule),
        ports: ports.filter(({ security_groups }) => security_groups.includes(group.id)).length,
      })),
  );
}

function isOpenToAll(rule: SecurityGroupRule): boolean {
  const anyAddress = rule.remote_ip_prefix === null || /\/0$/.test(rule.remote_ip_prefix);
  return rule.direction === 'ingress' && anyAddress && !rule.remote_group_id && !rule.remote_address_group_id;
}

function isMeantForAll(rule: SecurityGroupRule, ports: readonly number[]): boolean {
  const { protocol, port_range_min: first, port_range_max: last } = rule;
  return protocol === 'tcp' && first !== null && first === last && ports.includes(first);
}

function wordsFor({ protocol, port_range_min: first, port_range_max: last }: SecurityGroupRule): string {
  if (protocol === null) return 'everything';
  if (first === null) return `all of ${protocol}`;
  return `${protocol} ${first === last ? first : `${first} to ${last}`}`;
}
// #endregion audit

/** `npm run example security/audit-open-groups` */
export async function main({ cloud }: ExampleContext): Promise<void> {
  const findings = await auditOpenGroups(cloud);
  for (const { group, opens, ports } of findings)
    console.log(`${group} lets the world in: ${opens} (in force at ${ports} ports)`);
  if (findings.length === 0) console.log('No group is open to the world.');
}

await runAsScript(import.meta, main);
