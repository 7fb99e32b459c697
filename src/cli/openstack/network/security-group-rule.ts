/** openstackclient/network/v2/security_group_rule.py */
import type { Command, ListerCommand, ShowOneCommand } from '../command';
import { arg, flag, opt, projectDomain } from '../compute/options';
import { deleteCommand, table, toldBriefly, upstream, type Column } from './common';
import { extraProperties, extraProperty, projectOf } from './options';
import { everybody, readable, ruleAttributes, ruleFilters, ruleFiltersOf, ruleOptions } from './rule';
import { find, findId, list, network, show, type Wire } from './sdk';
import { SECURITY_GROUP_RULE } from './shapes';
import { failedToDelete } from '../identity/common';

const words = (name: string) => ({
  thing: 'security group rule',
  dest: 'rule',
  upstream: upstream('security_group_rule', name),
});
const exclusive = 'remote';

const createRule: ShowOneCommand = {
  name: 'security group rule create',
  upstream: upstream('security_group_rule', 'CreateSecurityGroupRule'),
  kind: 'show',
  description: 'Let something through: a security group drops what no rule lets through',
  arguments: [
    extraProperty,
    arg('group', 'Security group (name or ID)'),
    ruleOptions.remoteIp,
    opt('remote-group', 'Security group that the other side is in (name or ID)', 'group', { exclusive }),
    opt('remote-address-group', 'Address group that the other side is in (name or ID)', 'group', { exclusive }),
    ruleOptions.dstPort,
    ruleOptions.protocol({ exclusive: 'protocol' }),
    opt('proto', '', 'proto', { type: (text) => text.toLowerCase(), exclusive: 'protocol', hidden: true }),
    ruleOptions.description,
    ruleOptions.icmpType,
    ruleOptions.icmpCode,
    ...ruleOptions.direction,
    ruleOptions.ethertype,
    opt('project', 'Project that it belongs to (name or ID)'),
    projectDomain,
  ], // prettier-ignore
  run: (app, args) =>
    toldBriefly(async () => {
      const security_group_id = await findId(app, 'SecurityGroup', args.string('group') ?? '');
      const wanted = ruleAttributes(args);
      const [group, addresses] = [args.string('remote_group'), args.string('remote_address_group')];
      if (group !== undefined) wanted.remote_group_id = await findId(app, 'SecurityGroup', group);
      else if (addresses !== undefined)
        wanted.remote_address_group_id = await findId(app, 'AddressGroup', addresses);
      else wanted.remote_ip_prefix = args.string('remote_ip') ?? everybody(wanted.ethertype);
      Object.assign(wanted, { security_group_id }, await projectOf(app, args), extraProperties(args));
      return show(SECURITY_GROUP_RULE, await network(app).create<Wire>(SECURITY_GROUP_RULE.kind, wanted));
    }),
};

const COLUMNS: readonly Column[] = [
  ['ID', 'id'], ['IP Protocol', 'protocol'], ['Ethertype', 'ether_type'], ['IP Range', 'remote_ip_prefix'],
  ['Port Range', 'port_range'], ['Direction', 'direction'], ['Remote Security Group', 'remote_group_id'],
  ['Remote Address Group', 'remote_address_group_id'],
]; // prettier-ignore

const listRule: ListerCommand = {
  name: 'security group rule list',
  upstream: upstream('security_group_rule', 'ListSecurityGroupRule'),
  kind: 'lister',
  description: 'List rules of one security group, or of all',
  arguments: [
    arg('group', 'Security group (name or ID)', { nargs: '?' }),
    flag('all-projects', '', { default: false, hidden: true }),
    ...ruleFilters,
    flag('long', 'Deprecated: all columns come anyway', { default: false }),
  ],
  async run(app, args) {
    if (args.flag('long'))
      app.log('warning', 'The --long option has been deprecated and is no longer needed');
    const group = args.string('group');
    const filters = ruleFiltersOf(args);
    if (group !== undefined) filters.security_group_id = await findId(app, 'SecurityGroup', group);
    const rules = await list(app, SECURITY_GROUP_RULE, filters);
    const columns =
      group === undefined ? [...COLUMNS, ['Security Group', 'security_group_id'] as const] : COLUMNS;
    return table(SECURITY_GROUP_RULE, rules.map(readable), columns);
  },
};

/** Commands about rules of security groups. */
export const securityGroupRuleCommands: readonly Command[] = [
  createRule,
  deleteCommand(SECURITY_GROUP_RULE, words('DeleteSecurityGroupRule'), {
    by: 'ID',
    told: failedToDelete('rule', 'rules'),
  }),
  listRule,
  {
    name: 'security group rule show',
    upstream: upstream('security_group_rule', 'ShowSecurityGroupRule'),
    kind: 'show',
    description: 'Show everything about a rule of a security group',
    arguments: [arg('rule', 'What to show (ID)')],
    run: (app, args) =>
      toldBriefly(async () => {
        const rule = await find(app, SECURITY_GROUP_RULE, args.string('rule') ?? '');
        const remote = rule.remote_ip_prefix || everybody(rule.ethertype);
        return show(SECURITY_GROUP_RULE, { ...rule, remote_ip_prefix: remote });
      }),
  },
];
