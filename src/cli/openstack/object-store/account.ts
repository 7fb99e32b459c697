/** SetAccount, ShowAccount and UnsetAccount of openstackclient/object/v1/account.py. */
import { sortedFields, type PlainCommand, type ShowOneCommand } from '../command';
import { accountId, header, properties, request, setProperties, unsetProperties } from './store';

const upstream = 'openstackclient.object.v1.account';

/** `openstack object store account set` */
export const setAccount: PlainCommand = {
  name: 'object store account set',
  upstream: `${upstream}.SetAccount`,
  kind: 'command',
  description: 'Give your account properties',
  arguments: [
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', required: true, help: 'Property to set; repeat it to set several' },
  ], // prettier-ignore
  run: (app, args) => setProperties(app, [], 'X-Account-Meta-', args),
};

/** `openstack object store account show` */
export const showAccount: ShowOneCommand = {
  name: 'object store account show',
  upstream: `${upstream}.ShowAccount`,
  kind: 'show',
  description: 'Show how much your account holds, and its properties',
  arguments: [],
  async run(app) {
    const response = await request(app, [], { method: 'HEAD' });
    return sortedFields({
      ...properties(response, 'x-account-meta-'),
      Containers: header(response, 'x-account-container-count'),
      Objects: header(response, 'x-account-object-count'),
      Bytes: header(response, 'x-account-bytes-used'),
      Account: await accountId(app),
    });
  },
};

/** `openstack object store account unset` */
export const unsetAccount: PlainCommand = {
  name: 'object store account unset',
  upstream: `${upstream}.UnsetAccount`,
  kind: 'command',
  description: 'Take properties from your account',
  arguments: [
    { names: ['--property'], metavar: '<key>', action: 'append', default: [], required: true, help: 'Property to remove; repeat it to remove several' },
  ], // prettier-ignore
  run: (app, args) => unsetProperties(app, [], 'X-Remove-Account-Meta-', args),
};
