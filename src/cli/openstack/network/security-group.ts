/** openstackclient/network/v2/security_group.py */
import type { Command, ShowOneCommand } from '../command';
import { arg, flag, opt, project, projectDomain } from '../compute/options';
import {
  deleteCommand,
  listCommand,
  setCommand,
  showCommand,
  toldBriefly,
  unsetTagsCommand,
  upstream,
} from './common';
import {
  attributes,
  either,
  extraProperties,
  extraProperty,
  projectOf,
  tagFilters,
  tagFiltersOf,
  tagsForCreate,
  tagsForSet,
  updateTags,
} from './options';
import { network, show, type Wire } from './sdk';
import { SECURITY_GROUP } from './shapes';
import { failedToDelete } from '../identity/common';

const words = (name: string) => ({
  thing: 'security group',
  dest: 'group',
  upstream: upstream('security_group', name),
});
const stateful = either(
  ['stateful', 'Replies to what was let through pass by themselves (default)'],
  ['stateless', 'Rules have to let replies through, too'],
);
/** What options say in create and in set. */
const RULES = {
  description: 'description',
  stateful: ['stateful', true],
  stateless: ['stateful', false],
} as const;

const createSecurityGroup: ShowOneCommand = {
  name: 'security group create',
  upstream: upstream('security_group', 'CreateSecurityGroup'),
  kind: 'show',
  description: 'Make a security group, which lets everything out and nothing in',
  arguments: [
    extraProperty,
    arg('name', 'Name of the new group'),
    opt('description', 'What it is for; its name unless given'),
    opt('project', 'Project that it belongs to (name or ID)'),
    ...stateful,
    projectDomain,
    ...tagsForCreate('security group'),
  ],
  run: (app, args) =>
    toldBriefly(async () => {
      const name = args.string('name') ?? '';
      const wanted = {
        name,
        description: name,
        ...attributes(args, RULES),
        ...(await projectOf(app, args)),
        ...extraProperties(args),
      };
      const made = await network(app).create<Wire>(SECURITY_GROUP.kind, wanted);
      return show(SECURITY_GROUP, await updateTags(app, SECURITY_GROUP, made, args));
    }),
};

/** Commands about security groups. */
export const securityGroupCommands: readonly Command[] = [
  createSecurityGroup,
  deleteCommand(SECURITY_GROUP, words('DeleteSecurityGroup'), { told: failedToDelete('group', 'groups') }),
  listCommand(
    SECURITY_GROUP,
    words('ListSecurityGroup'),
    [
      flag('all-projects', '', { default: false, hidden: true }),
      project('Groups of this project only (name or ID)'),
      projectDomain,
      ...tagFilters('security groups'),
    ],
    [['ID', 'id'], ['Name', 'name'], ['Description', 'description'], ['Project', 'project_id'], ['Tags', 'tags']],
    {
      filters: async (app, args) => ({
        ...(await projectOf(app, args, false)),
        ...tagFiltersOf(args),
        fields: ['id', 'name', 'description', 'project_id', 'tags'],
      }),
    },
  ), // prettier-ignore
  setCommand(
    SECURITY_GROUP,
    words('SetSecurityGroup'),
    [
      opt('name', 'New name', 'new-name'),
      opt('description', 'New description'),
      ...stateful,
      ...tagsForSet('security group'),
    ],
    (_app, args) => attributes(args, { name: 'name', ...RULES }),
  ),
  showCommand(SECURITY_GROUP, words('ShowSecurityGroup'), { brief: true }),
  unsetTagsCommand(SECURITY_GROUP, words('UnsetSecurityGroup')),
];
