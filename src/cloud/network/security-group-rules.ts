import type { Body } from './attributes';
import { IP_PROTOCOL_MAP } from './converters';
import { remove, type NetworkDb } from './db';
import { conflict, invalid, notFound, securityGroupNotFound } from './errors';
import { cidrOf, formatNetwork, parseNetwork } from './ip';
import type { RequestContext } from './policy';
import { repr } from '../../python/repr';
import { text } from './python';
import type { Resource } from './resource';
import type { SecurityGroups } from './security-groups';
import type { Direction, Ethertype, RuleMatch, SecurityGroupRule, SecurityGroupRuleRecord } from './state';

/** A rule as the API shows it, by itself or inside of its group. */
export function ruleView(db: NetworkDb, rule: SecurityGroupRuleRecord, where: 'alone' | 'nested' = 'alone') {
  const prefix = parseNetwork(rule.remote_ip_prefix);
  const group = db.state.security_groups.find(({ id }) => id === rule.security_group_id);
  const view: SecurityGroupRule & { standard_attr_id?: number; tags?: string[] } = {
    id: rule.id,
    project_id: rule.project_id,
    tenant_id: rule.project_id,
    security_group_id: rule.security_group_id,
    ethertype: rule.ethertype,
    direction: rule.direction,
    protocol: rule.protocol,
    port_range_min: rule.port_range_min,
    port_range_max: rule.port_range_max,
    remote_ip_prefix: rule.remote_ip_prefix,
    remote_address_group_id: rule.remote_address_group_id,
    normalized_cidr: prefix === undefined ? null : formatNetwork(cidrOf(prefix)),
    remote_group_id: rule.remote_group_id,
    ...(where === 'nested' ? { standard_attr_id: rule.standard_attr_id } : {}),
    belongs_to_default_sg: group?.is_default ?? false,
    description: rule.description,
    ...(where === 'nested' ? { tags: [...rule.tags] } : {}),
    created_at: rule.created_at,
    updated_at: rule.updated_at,
    revision_number: rule.revision_number,
  };
  return view;
}

/** neutron/db/securitygroups_db.py: rules. */
export function securityGroupRules(db: NetworkDb, groups: SecurityGroups): Resource<SecurityGroupRuleRecord> {
  const { state } = db;
  return {
    name: 'security_group_rule',
    collection: 'security_group_rules',
    path: 'security-group-rules',
    lenientMarker: true,
    list(context) {
      groups.ensureDefault(context, context.projectId);
      return state.security_group_rules;
    },
    get(_, id) {
      const rule = state.security_group_rules.find((one) => one.id === id);
      if (rule === undefined) throw ruleNotFound(id);
      return rule;
    },
    view: (rule) => ({ ...ruleView(db, rule) }),
    checkBulk(context, bodies) {
      if (new Set(bodies.map((body) => body['security_group_id'])).size > 1)
        throw invalid(
          'SecurityGroupNotSingleGroupRules',
          'Only allowed to update rules for one security profile at a time',
        );
      if (new Set(bodies.map((body) => body['tenant_id'])).size > 1)
        throw invalid(
          'SecurityGroupRulesNotSingleTenant',
          'Multiple tenant_ids in bulk security group rule create not allowed',
        );
      const keys = bodies.map((body) => ruleKey(matchOf(checked(db, context, { ...body }))));
      if (new Set(keys).size < keys.length)
        throw conflict('DuplicateSecurityGroupRuleInPost', 'Duplicate Security Group Rule in POST.');
      for (const body of bodies) checkDuplicate(db, text(body['security_group_id']), matchOf({ ...body }));
    },
    create(context, body) {
      const match = matchOf(checked(db, context, body));
      const groupId = text(body['security_group_id']);
      checkDuplicate(db, groupId, match);
      const rule: SecurityGroupRuleRecord = {
        ...db.standardAttributes('security-group-rule', body, 0),
        security_group_id: groupId,
        ...match,
      };
      state.security_group_rules.push(rule);
      touchGroup(db, groupId);
      return rule;
    },
    delete(_, rule) {
      remove(state.security_group_rules, rule);
      touchGroup(db, rule.security_group_id);
    },
  };
}

function touchGroup(db: NetworkDb, id: string): void {
  const group = db.state.security_groups.find((one) => one.id === id);
  if (group !== undefined) db.touch(group);
}

export function ruleNotFound(id: string): Error {
  return notFound('SecurityGroupRuleNotFound', `Security group rule ${id} does not exist`);
}

/** `_validate_security_group_rule`; writes the body as neutron keeps it. */
function checked(db: NetworkDb, context: RequestContext, body: Body): Body {
  checkRule(body);
  const project = text(body['project_id']);
  const remote = body['remote_group_id'];
  if (remote) checkGroup(db, context, text(remote), project);
  const addressGroup = body['remote_address_group_id'];
  if (addressGroup) {
    const found = db.state.address_groups.find(({ id }) => id === addressGroup);
    if (found === undefined || !db.sees({ ...context, projectId: project }, found, 'address_group'))
      throw notFound('AddressGroupNotFound', `Address group ${text(addressGroup)} could not be found.`);
  }
  checkGroup(db, context, text(body['security_group_id']), project);
  return body;
}

function checkGroup(db: NetworkDb, context: RequestContext, id: string, project: string): void {
  const group = db.state.security_groups.find((one) => one.id === id);
  if (group === undefined || !db.sees({ ...context, projectId: project }, group, 'security_group'))
    throw securityGroupNotFound(id);
}

const ICMP = 1;
const ICMPV6 = 58;
const PORT_PROTOCOLS = { dccp: 33, sctp: 132, tcp: 6, udp: 17, udplite: 136 };
/** Protocols that only IPv6 has, by name and number. */
const IPV6_ONLY = [
  'ipv6-encap', 'ipv6-frag', 'ipv6-icmp', 'icmpv6', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route',
  '41', '44', '58', '59', '60', '43',
]; // prettier-ignore

/**
 * What holds for rules and for templates of rules: `_validate_base_security_group_rule_attributes`.
 *
 * @throws {@link NeutronError} 400.
 */
export function checkRule(body: Body): void {
  if (body['ethertype'] === 'IPv6') {
    if (body['protocol'] === 'icmp' || body['protocol'] === 'icmpv6') body['protocol'] = 'ipv6-icmp';
    else if (body['protocol'] === String(ICMP)) body['protocol'] = String(ICMPV6);
  }
  if (body['port_range_min'] === 1 && body['port_range_max'] === 65535) {
    body['port_range_min'] = null;
    body['port_range_max'] = null;
  }
  checkPorts(body);
  const prefix = body['remote_ip_prefix'];
  const network = prefix ? parseNetwork(prefix) : undefined;
  if (network !== undefined && body['ethertype'] !== `IPv${network.version}`)
    throw invalid(
      'SecurityGroupRuleParameterConflict',
      `Conflicting value ethertype ${text(body['ethertype'])} for CIDR ${text(prefix)}`,
    );
  if (body['ethertype'] === 'IPv4' && IPV6_ONLY.includes(text(body['protocol'])))
    throw invalid(
      'SecurityGroupEthertypeConflictWithProtocol',
      `Invalid ethertype IPv4 for protocol ${text(body['protocol'])}.`,
    );
  const remotes = ['remote_ip_prefix', 'remote_group_id', 'remote_address_group_id'].filter(
    (name) => body[name],
  );
  if (remotes.length > 1)
    throw invalid(
      'SecurityGroupMultipleRemoteEntites',
      'Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.',
    );
}

/** `_validate_port_range`. */
function checkPorts(body: Body): void {
  const min = body['port_range_min'] as number | null; // converted
  const max = body['port_range_max'] as number | null;
  if (min === null && max === null) return;
  if (!body['protocol'])
    throw invalid(
      'SecurityGroupProtocolRequiredWithPorts',
      'Must also specify protocol if port range is given.',
    );
  const protocol = protocolNumber(text(body['protocol']));
  if (Object.values(PORT_PROTOCOLS).includes(protocol)) {
    if (min === 0 || max === 0) throw invalid('SecurityGroupInvalidPortValue', 'Invalid value for port 0');
    if (min === null || max === null || min > max)
      throw invalid(
        'SecurityGroupInvalidPortRange',
        'For TCP/UDP protocols, port_range_min must be <= port_range_max',
      );
  } else if (protocol === ICMP || protocol === ICMPV6) {
    for (const [attr, field, value] of [
      ['port_range_min', 'type', min],
      ['port_range_max', 'code', max],
    ] as const)
      if (value !== null && value > 255)
        throw invalid(
          'SecurityGroupInvalidIcmpValue',
          `Invalid value for ICMP ${field} (${attr}) ${value}. It must be 0 to 255.`,
        );
    if (min === null)
      throw invalid(
        'SecurityGroupMissingIcmpType',
        `ICMP code (port-range-max) ${max ?? 'None'} is provided but ICMP type (port-range-min) is missing.`,
      );
  } else {
    const names = Object.keys(PORT_PROTOCOLS).map((name) => name.toUpperCase());
    throw invalid(
      'SecurityGroupInvalidProtocolForPort',
      `Ports cannot be specified for protocol ${protocol}. Ports are only supported for ${names.join(', ')}.`,
    );
  }
}

/** The number of a protocol, given by name or number. */
export function protocolNumber(protocol: string): number {
  return IP_PROTOCOL_MAP[protocol] ?? Number(protocol);
}

/** A body that has been checked, as a rule. */
export function matchOf(body: Body): RuleMatch {
  const id = (name: string): string | null => (body[name] ? text(body[name]) : null);
  return {
    direction: body['direction'] as Direction, // as the validator has seen
    ethertype: body['ethertype'] as Ethertype,
    protocol: body['protocol'] === null ? null : text(body['protocol']),
    port_range_min: body['port_range_min'] as number | null,
    port_range_max: body['port_range_max'] as number | null,
    remote_ip_prefix: id('remote_ip_prefix'),
    remote_group_id: id('remote_group_id'),
    remote_address_group_id: id('remote_address_group_id'),
  };
}

/** Two rules with the same key are the same rule: `_rule_to_key`. */
export function ruleKey(rule: RuleMatch): string {
  const none = '+';
  const everywhere = [null, '0.0.0.0/0', '::/0'].includes(rule.remote_ip_prefix);
  return [
    rule.direction,
    rule.ethertype,
    rule.port_range_max ?? none,
    rule.port_range_min ?? none,
    rule.protocol === null ? none : repr(nameAndNumber(rule.protocol, rule.ethertype)),
    rule.remote_group_id ?? none,
    rule.remote_address_group_id ?? none,
    everywhere ? none : rule.remote_ip_prefix,
  ].join('_');
}

/** `_get_ip_proto_name_and_num`: one of several names for a number is the one that counts. */
function nameAndNumber(protocol: string, ethertype: Ethertype): [string, string] {
  let name = protocol;
  if (ethertype === 'IPv6') {
    if (name === 'icmp' || name === 'icmpv6') name = 'ipv6-icmp';
    else if (name === String(ICMP)) name = String(ICMPV6);
  }
  const number = IP_PROTOCOL_MAP[name];
  if (number !== undefined) return [name, String(number)];
  // the last name of a number is the one that upstream's table has
  const known = Object.entries(IP_PROTOCOL_MAP)
    .filter(([alias]) => alias !== 'icmpv6')
    .findLast(([, value]) => String(value) === name)?.[0];
  return [known ?? name, name];
}

function checkDuplicate(db: NetworkDb, groupId: string, match: RuleMatch): void {
  const key = ruleKey(match);
  const twin = db.state.security_group_rules
    .filter((rule) => rule.security_group_id === groupId)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .find((rule) => ruleKey(rule) === key);
  if (twin !== undefined)
    throw conflict('SecurityGroupRuleExists', `Security group rule already exists. Rule id is ${twin.id}.`);
}
