/** openstackclient/network/v2/default_security_group_rule.py: what new security groups begin with. */
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt } from '../compute/options';
import { deleteCommand, table, upstream, type Column } from './common';
import { attributes, extraProperties, extraProperty } from './options';
import { everybody, readable, ruleAttributes, ruleFilters, ruleFiltersOf, ruleOptions } from './rule';
import { find, list, network, show, type Wire } from './sdk';
import { DEFAULT_SECURITY_GROUP_RULE as SHAPE } from './shapes';

const thing = 'default security group rule';
const of = (name: string): string =>
  upstream('default_security_group_rule', `${name}DefaultSecurityGroupRule`);
const exclusive = 'remote';

const create: ShowOneCommand = {
  name: `${thing} create`,
  upstream: of('Create'),
  kind: 'show',
  description: 'Have new security groups begin with one more rule',
  arguments: [
    extraProperty,
    ruleOptions.description,
    ruleOptions.icmpType,
    ruleOptions.icmpCode,
    ...ruleOptions.direction,
    ruleOptions.ethertype,
    ruleOptions.remoteIp,
    opt('remote-group', 'Security group that the other side is in (ID, or PARENT for the group itself)', 'group', { exclusive }),
    opt('remote-address-group', 'Address group that the other side is in (ID)', 'group', { exclusive }),
    ruleOptions.dstPort,
    ruleOptions.protocol(),
    flag('for-default-sg', 'In the groups default of new projects', { default: false }),
    flag('for-custom-sg', 'In the groups that people make', { default: false }),
  ], // prettier-ignore
  async run(app, args) {
    const wanted = ruleAttributes(args);
    const remote = attributes(args, {
      remote_group: 'remote_group_id',
      remote_address_group: 'remote_address_group_id',
      remote_ip: 'remote_ip_prefix',
    });
    if (Object.keys(remote).length === 0) remote.remote_ip_prefix = everybody(wanted.ethertype);
    Object.assign(wanted, remote, {
      used_in_default_sg: args.flag('for_default_sg'),
      used_in_non_default_sg: args.flag('for_custom_sg'),
      ...extraProperties(args),
    });
    return show(SHAPE, await network(app).create<Wire>(SHAPE.kind, wanted));
  },
};

const COLUMNS: readonly Column[] = [
  ['ID', 'id'], ['IP Protocol', 'protocol'], ['Ethertype', 'ether_type'], ['IP Range', 'remote_ip_prefix'],
  ['Port Range', 'port_range'], ['Direction', 'direction'], ['Remote Security Group', 'remote_group_id'],
  ['Remote Address Group', 'remote_address_group_id'], ['Used in default Security Group', 'used_in_default_sg'],
  ['Used in custom Security Group', 'used_in_non_default_sg'],
]; // prettier-ignore

const listing: ListerCommand = {
  name: `${thing} list`,
  upstream: of('List'),
  kind: 'lister',
  description: 'List the rules that new security groups begin with',
  arguments: ruleFilters,
  async run(app, args) {
    return table(SHAPE, (await list(app, SHAPE, ruleFiltersOf(args))).map(readable), COLUMNS);
  },
};

/** Commands about the rules that new security groups begin with. */
export const defaultSecurityGroupRuleCommands: readonly Command[] = [
  create,
  deleteCommand(
    SHAPE,
    { thing, dest: 'rule', upstream: of('Delete') },
    {
      by: 'ID',
      told: {
        failed: (name, why) => `Failed to delete default SG rule with ID '${name}': ${why}`,
        total: (failed, all) => `${failed} of ${all} default rules failed to delete.`,
      },
    },
  ),
  listing,
  {
    name: `${thing} show`,
    upstream: of('Show'),
    kind: 'show',
    description: 'Show everything about a rule that new security groups begin with',
    arguments: [arg('rule', 'What to show (ID)')],
    async run(app, args) {
      const rule = await find(app, SHAPE, args.string('rule') ?? '');
      return show(SHAPE, { ...rule, remote_ip_prefix: rule.remote_ip_prefix || everybody(rule.ethertype) });
    },
  },
];
