/** `share type access …`: manilaclient/osc/v2/share_type_access.py. */
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand } from '../command';
import { orFail, positional, rows } from './common';
import { TYPES } from './kinds';
import { find, idOf, manila, pathOf } from './manila';
import { typeArgument } from './type';

const project = positional('project_id', '<project_id>', 'Project (ID)');

function access(verb: 'addProjectAccess' | 'removeProjectAccess', failure: string): PlainCommand['run'] {
  return async (app, args) => {
    const client = await manila(app);
    const id = idOf(await find(client, TYPES, args.string('share_type') ?? ''));
    await orFail(
      (why) => `${failure} : ${why}`,
      () =>
        client.send('POST', `${pathOf(TYPES, id)}/action`, {
          [verb]: { project: args.string('project_id') },
        }),
    );
  };
}

/** `openstack share type access create` */
export const createTypeAccess: PlainCommand = {
  name: 'share type access create',
  upstream: 'manilaclient.osc.v2.share_type_access.ShareTypeAccessAllow',
  kind: 'command',
  description: 'Let a project use a private share type',
  arguments: [typeArgument, project],
  run: access('addProjectAccess', 'Failed to add access to share type'),
};

/** `openstack share type access delete` */
export const deleteTypeAccess: PlainCommand = {
  name: 'share type access delete',
  upstream: 'manilaclient.osc.v2.share_type_access.ShareTypeAccessDeny',
  kind: 'command',
  description: 'Let a project use a private share type no more',
  arguments: [typeArgument, project],
  run: access('removeProjectAccess', 'Failed to remove access from share type'),
};

/** `openstack share type access list` */
export const listTypeAccess: ListerCommand = {
  name: 'share type access list',
  upstream: 'manilaclient.osc.v2.share_type_access.ListShareTypeAccess',
  kind: 'lister',
  description: 'List the projects that may use a private share type',
  arguments: [typeArgument],
  async run(app, args) {
    const client = await manila(app);
    const info = await find(client, TYPES, args.string('share_type') ?? '');
    if (info['share_type_access:is_public'])
      throw new CommandError('Forbidden to get access list for public share type.');
    const path = `${pathOf(TYPES, idOf(info))}/${client.atLeast(7) ? '' : 'os-'}share_type_access`.replace(
      'os-share_type_access',
      'os-share-type-access',
    );
    return rows(await client.list('share_type_access', path), ['Project ID']);
  },
};
