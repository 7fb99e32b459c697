/** openstackclient/identity/v3/access_rule.py */
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { refuseUser } from './application-credential';
import { domainOf, failedToDelete, fieldsOf, forEachOf } from './common';

/** `openstack access rule delete` */
export const deleteAccessRule: PlainCommand = {
  name: 'access rule delete',
  upstream: 'openstackclient.identity.v3.access_rule.DeleteAccessRule',
  kind: 'command',
  description: 'Delete access rules that no application credential uses',
  arguments: [
    { names: ['access_rule'], metavar: '<access-rule>', nargs: '+', help: 'Access rules to delete (ID)' },
  ],
  async run(app, args) {
    const { identity } = app.connection;
    await forEachOf(
      app,
      args.list('access_rule'),
      async (id) => identity.deleteAccessRule((await identity.getAccessRule(id)).id),
      failedToDelete('access rule', 'access rules', 'ID'),
    );
  },
};

/** `openstack access rule list` */
export const listAccessRule: ListerCommand = {
  name: 'access rule list',
  upstream: 'openstackclient.identity.v3.access_rule.ListAccessRule',
  kind: 'lister',
  description: 'List the access rules of a user: yours unless you say whose',
  arguments: [
    { names: ['--user'], metavar: '<user>', help: 'User whose to list (name or ID)' },
    domainOf('user'),
  ],
  async run(app, args) {
    refuseUser(args);
    const rules = await app.connection.identity.accessRules();
    return {
      columns: ['ID', 'Service', 'Method', 'Path'],
      rows: rules.map(({ id, service, method, path }) => [id, service, method, path]),
    };
  },
};

/** `openstack access rule show` */
export const showAccessRule: ShowOneCommand = {
  name: 'access rule show',
  upstream: 'openstackclient.identity.v3.access_rule.ShowAccessRule',
  kind: 'show',
  description: 'Show an access rule',
  arguments: [{ names: ['access_rule'], metavar: '<access-rule>', help: 'Access rule to show (ID)' }],
  async run(app, args) {
    const { id, method, path, service } = await app.connection.identity.getAccessRule(
      args.string('access_rule') ?? '',
    );
    return fieldsOf({ ID: id, Method: method, Path: path, Service: service });
  },
};
