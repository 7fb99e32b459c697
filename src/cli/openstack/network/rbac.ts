/** openstackclient/network/v2/network_rbac.py */
import type { NETWORK_KINDS } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import type { App } from '../app';
import type { Command, ShowOneCommand } from '../command';
import { arg, flag, opt } from '../compute/options';
import type { Fields } from '../compute/sdk';
import { findProject } from '../identity/common';
import { deleteCommand, listCommand, long, setCommand, showCommand, upstream } from './common';
import { attributes, extraProperties, extraProperty, owner, projectOf } from './options';
import { findId, network, show, type Wire } from './sdk';
import { RBAC_POLICY } from './shapes';

const words = (name: string) => ({
  thing: 'network rbac',
  dest: 'rbac_policy',
  upstream: upstream('network_rbac', name),
});

/** What can be shared, and what kind of thing it is. */
const TYPES: Readonly<Record<string, keyof typeof NETWORK_KINDS>> = {
  address_group: 'AddressGroup',
  address_scope: 'AddressScope',
  security_group: 'SecurityGroup',
  subnetpool: 'SubnetPool',
  qos_policy: 'QoSPolicy',
  network: 'Network',
};
const choices = Object.keys(TYPES);
const ACTIONS = ['access_as_external', 'access_as_shared'];
const target = opt('target-project', 'Project that may use it (name or ID)');
const targetDomain = opt('target-project-domain', 'Domain of that project (name or ID)');

async function targetOf(app: App, args: ParsedArgs): Promise<string> {
  const project = args.string('target_project');
  return project === undefined ? '*' : findProject(app, project, args.string('target_project_domain'));
}

const createRbac: ShowOneCommand = {
  name: 'network rbac create',
  upstream: upstream('network_rbac', 'CreateNetworkRBAC'),
  kind: 'show',
  description: 'Let another project use something of yours',
  arguments: [
    extraProperty,
    arg('rbac_object', 'What to share (name or ID)'),
    opt('type', `What kind of thing it is: ${choices.join(', ')}`, 'type', { required: true, choices }),
    opt('action', `How it may be used: ${ACTIONS.join(', ')}`, 'action', { required: true, choices: ACTIONS }),
    { ...target, exclusive: 'target', exclusiveRequired: true },
    flag('target-all-projects', 'Every project may use it', { exclusive: 'target', exclusiveRequired: true }),
    targetDomain,
    ...owner,
  ], // prettier-ignore
  async run(app, args) {
    const { object_type = '', action = '' } = attributes(args, { type: 'object_type', action: 'action' });
    const wanted: Fields = {
      object_type,
      action,
      object_id: await findId(app, TYPES[String(object_type)] ?? 'Network', args.string('rbac_object') ?? ''),
      target_tenant: await targetOf(app, args),
      ...(await projectOf(app, args)),
      ...extraProperties(args),
    };
    return show(RBAC_POLICY, await network(app).create<Wire>(RBAC_POLICY.kind, wanted));
  },
};

/** Commands about who else may use what. */
export const rbacCommands: readonly Command[] = [
  createRbac,
  deleteCommand(RBAC_POLICY, words('DeleteNetworkRBAC'), {
    by: 'ID',
    told: {
      failed: (name, why) => `Failed to delete RBAC policy with ID '${name}': ${why}`,
      total: (failed, all) => `${failed} of ${all} RBAC policies failed to delete.`,
    },
  }),
  listCommand(
    RBAC_POLICY,
    { ...words('ListNetworkRBAC'), description: 'List who else may use what' },
    [
      opt('type', `Things of this kind only: ${choices.join(', ')}`, 'type', { choices }),
      opt('action', `What may be used in this way only: ${ACTIONS.join(', ')}`, 'action', { choices: ACTIONS }),
      opt('target-project', 'What this project may use only (name or ID; * for what all may use)'),
      long,
    ],
    [['ID', 'id'], ['Object Type', 'object_type'], ['Object ID', 'object_id']],
    {
      long: [['Action', 'action']],
      filters: async (app, args) => ({
        ...attributes(args, { type: 'object_type', action: 'action' }),
        ...(args.string('target_project') !== undefined && {
          target_tenant: args.string('target_project') === '*' ? '*' : await targetOf(app, args),
        }),
      }),
    },
  ), // prettier-ignore
  setCommand(
    RBAC_POLICY,
    words('SetNetworkRBAC'),
    [target, targetDomain],
    async (app, args) => (args.string('target_project') ? { target_tenant: await targetOf(app, args) } : {}),
    { tags: false },
  ),
  showCommand(RBAC_POLICY, words('ShowNetworkRBAC'), { by: 'ID' }),
];
