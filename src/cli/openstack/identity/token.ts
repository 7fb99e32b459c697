/** openstackclient/identity/v3/token.py */
import { HttpException } from '../../../client';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { sortedFields, type PlainCommand, type ShowOneCommand } from '../command';
import { keystoneMessage } from '../../messages';

/** `openstack token issue` */
export const issueToken: ShowOneCommand = {
  name: 'token issue',
  upstream: 'openstackclient.identity.v3.token.IssueToken',
  kind: 'show',
  description: 'Get a token',
  arguments: [],
  async run(app) {
    const access = await app.connection.session.getAccess();
    const fields: Record<string, Cell> = {
      id: access.authToken,
      // Python's %z: no colon, and whole seconds
      expires: access.expires.toISOString().replace(/\.\d+Z$/, '+0000'),
      user_id: access.userId,
    };
    if (access.projectId !== undefined) fields.project_id = access.projectId;
    if (access.token.domain) fields.domain_id = access.token.domain.id;
    if (access.token.system) fields.system = 'all';
    return sortedFields(fields);
  },
};

/** `openstack token revoke` */
export const revokeToken: PlainCommand = {
  name: 'token revoke',
  upstream: 'openstackclient.identity.v3.token.RevokeToken',
  kind: 'command',
  description: 'End a token before its time',
  arguments: [{ names: ['token'], metavar: '<token>', help: 'Token to end' }],
  async run(app, args) {
    try {
      await app.connection.identity.revokeToken(args.string('token') ?? '');
    } catch (error) {
      throw error instanceof HttpException ? new CommandError(keystoneMessage(error)) : error;
    }
  },
};
