import { isSet, type Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { conflict, NeutronError } from './errors';
import { overQuota } from './quotas';
import type { RequestContext } from './policy';
import { text } from './python';
import { standardView, type Resource } from './resource';
import { ruleView } from './security-group-rules';
import type { DefaultSecurityGroupRuleRecord, SecurityGroupRecord, SecurityGroupRuleRecord } from './state';

/** How a template says "the group that I am used for". */
export const PARENT_SG = 'PARENT';

/** neutron/db/securitygroups_db.py: security groups. */
export class SecurityGroups implements Resource<SecurityGroupRecord> {
  readonly name = 'security_group';
  readonly collection = 'security_groups';
  readonly path = 'security-groups';
  readonly lenientMarker = true;

  constructor(readonly db: NetworkDb) {}

  /** Every project gets a group `default` as soon as somebody looks. Returns its id. */
  ensureDefault(context: RequestContext, projectId: string): string | undefined {
    if (projectId === '' || (projectId !== context.projectId && !context.isAdmin)) return undefined;
    const { state } = this.db;
    const known = state.security_groups.find((group) => group.is_default && group.project_id === projectId);
    if (known !== undefined) return known.id;
    const body = { project_id: projectId, description: 'Default security group' };
    return this.#add({ ...body, name: 'default', stateful: true }, true).id;
  }

  #add(body: Body, isDefault: boolean): SecurityGroupRecord {
    const group: SecurityGroupRecord = {
      ...this.db.standardAttributes('security-group', body, 1),
      name: text(body['name']),
      stateful: body['stateful'] !== false,
      is_default: isDefault,
    };
    this.db.state.security_groups.push(group);
    for (const template of this.templates()) {
      if (!(isDefault ? template.used_in_default_sg : template.used_in_non_default_sg)) continue;
      const { direction, ethertype, protocol, port_range_min, port_range_max } = template;
      const { remote_ip_prefix, remote_group_id, remote_address_group_id } = template;
      const rule: SecurityGroupRuleRecord = {
        ...this.db.standardAttributes('security-group-rule', { project_id: group.project_id }, 0),
        description: null,
        security_group_id: group.id,
        direction,
        ethertype,
        protocol,
        port_range_min,
        port_range_max,
        remote_ip_prefix,
        remote_group_id: remote_group_id === PARENT_SG ? group.id : remote_group_id,
        remote_address_group_id,
      };
      this.db.state.security_group_rules.push(rule);
    }
    return group;
  }

  /** The templates of new groups; the first four are those that neutron's database begins with. */
  templates(): DefaultSecurityGroupRuleRecord[] {
    this.db.state.default_security_group_rules ??= (['ingress', 'egress'] as const).flatMap((direction) =>
      (['IPv4', 'IPv6'] as const).map((ethertype) => ({
        id: this.db.ids.uuid('default-security-group-rule'),
        description: `Legacy default SG rule for ${direction} traffic`,
        direction,
        ethertype,
        protocol: null,
        port_range_min: null,
        port_range_max: null,
        remote_ip_prefix: null,
        remote_group_id: direction === 'ingress' ? PARENT_SG : null,
        remote_address_group_id: null,
        used_in_default_sg: true,
        used_in_non_default_sg: direction === 'egress',
      })),
    );
    return this.db.state.default_security_group_rules;
  }

  list(context: RequestContext): SecurityGroupRecord[] {
    this.ensureDefault(context, context.projectId);
    return this.db.state.security_groups.filter((group) => this.db.sees(context, group, 'security_group'));
  }

  get(context: RequestContext, id: string): SecurityGroupRecord {
    return this.db.securityGroup(context, id);
  }

  view(group: SecurityGroupRecord, context: RequestContext) {
    const rules = this.db.state.security_group_rules
      .filter((rule) => rule.security_group_id === group.id)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      id: group.id,
      name: group.name,
      stateful: group.stateful,
      tenant_id: group.project_id,
      description: group.description,
      shared: this.db.isShared('security_group', group.id, context.projectId),
      security_group_rules: rules.map((rule) => ruleView(this.db, rule, 'nested')),
      ...standardView(group),
    };
  }

  create(context: RequestContext, body: Body): SecurityGroupRecord {
    this.ensureDefault(context, text(body['project_id']));
    const count = this.templates().filter(({ used_in_non_default_sg }) => used_in_non_default_sg).length;
    if (overQuota(this.db, text(body['project_id']), 'security_group_rule', count)) throw quotaExceeded();
    return this.#add(body, false);
  }

  update(_: RequestContext, group: SecurityGroupRecord, body: Body): void {
    if (typeof body['stateful'] === 'boolean' && body['stateful'] !== group.stateful && this.#isUsed(group))
      throw inUse(group.id);
    if (group.name === 'default' && 'name' in body)
      throw conflict('SecurityGroupCannotUpdateDefault', 'Updating default security group not allowed.');
    if (typeof body['name'] === 'string') group.name = body['name'];
    if (isSet(body['description'])) group.description = text(body['description']);
    if (typeof body['stateful'] === 'boolean') group.stateful = body['stateful'];
    this.db.touch(group);
  }

  delete(context: RequestContext, group: SecurityGroupRecord): void {
    if (this.#isUsed(group)) throw inUse(group.id);
    if (group.name === 'default' && !context.isAdmin)
      throw conflict(
        'SecurityGroupCannotRemoveDefault',
        'Insufficient rights for removing default security group.',
      );
    const { state } = this.db;
    // rules that name the group go with it
    state.security_group_rules = state.security_group_rules.filter(
      (rule) => rule.security_group_id !== group.id && rule.remote_group_id !== group.id,
    );
    this.db.forget('security_group', group.id);
    remove(state.security_groups, group);
  }

  tags(group: SecurityGroupRecord): SecurityGroupRecord {
    return group;
  }

  #isUsed(group: SecurityGroupRecord): boolean {
    return this.db.state.ports.some(({ security_groups }) => security_groups.includes(group.id));
  }
}

function inUse(id: string): NeutronError {
  return conflict('SecurityGroupInUse', `Security Group ${id} in use.`);
}

function quotaExceeded(): NeutronError {
  return conflict('OverQuota', "Quota exceeded for resources: ['security_group_rule'].");
}
