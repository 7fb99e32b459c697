import { remove, type NetworkDb } from './db';
import { conflict, notFound } from './errors';
import { text } from './python';
import type { Resource } from './resource';
import { checkRule, matchOf, ruleKey } from './security-group-rules';
import type { SecurityGroups } from './security-groups';
import type { DefaultSecurityGroupRuleRecord } from './state';

/** The templates of new groups: neutron/db/securitygroups_db.py. */
export function defaultSecurityGroupRules(
  db: NetworkDb,
  groups: SecurityGroups,
): Resource<DefaultSecurityGroupRuleRecord> {
  return {
    name: 'default_security_group_rule',
    collection: 'default_security_group_rules',
    path: 'default-security-group-rules',
    lenientMarker: true,
    list: () => groups.templates(),
    get(_, id) {
      const rule = groups.templates().find((one) => one.id === id);
      if (rule === undefined)
        throw notFound(
          'DefaultSecurityGroupRuleNotFound',
          `Default Security Group rule ${id} does not exist`,
        );
      return rule;
    },
    view: (rule) => ({
      id: rule.id,
      ethertype: rule.ethertype,
      direction: rule.direction,
      protocol: rule.protocol,
      port_range_min: rule.port_range_min,
      port_range_max: rule.port_range_max,
      remote_ip_prefix: rule.remote_ip_prefix,
      remote_address_group_id: rule.remote_address_group_id,
      remote_group_id: rule.remote_group_id,
      description: rule.description,
      used_in_default_sg: rule.used_in_default_sg,
      used_in_non_default_sg: rule.used_in_non_default_sg,
    }),
    create(_, body) {
      checkRule(body);
      const rule: DefaultSecurityGroupRuleRecord = {
        id: db.ids.uuid('default-security-group-rule'),
        ...matchOf(body),
        description: text(body['description']),
        used_in_default_sg: body['used_in_default_sg'] === true,
        used_in_non_default_sg: body['used_in_non_default_sg'] === true,
      };
      // upstream looks for the flags in the wrong place: only templates of other groups than default are compared
      const twin = groups
        .templates()
        .find((other) => other.used_in_non_default_sg && ruleKey(other) === ruleKey(rule));
      if (twin !== undefined)
        throw conflict(
          'DefaultSecurityGroupRuleExists',
          `Default Security group rule already exists. Rule id is ${twin.id}.`,
        );
      groups.templates().push(rule);
      return rule;
    },
    delete(_, rule) {
      remove(groups.templates(), rule);
    },
  };
}
