/** The commands about containers of openstackclient/object/v1/container.py. */
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { saveObject } from './save';
import {
  accountId,
  allObjects,
  header,
  list,
  paging,
  properties,
  request,
  rows,
  setProperties,
  unsetProperties,
} from './store';

const upstream = 'openstackclient.object.v1.container';
const container = (help: string) => ({ names: ['container'], metavar: '<container>', help }) as const;

/** `openstack container create` */
export const createContainer: ListerCommand = {
  name: 'container create',
  upstream: `${upstream}.CreateContainer`,
  kind: 'lister',
  description: 'Create containers',
  arguments: [
    { names: ['--public'], action: 'store_true', default: false, help: 'Let anybody read and list them, without a token' },
    { names: ['--storage-policy'], help: 'Storage policy to keep the objects by' },
    { names: ['containers'], metavar: '<container-name>', nargs: '+', help: 'Names of the new containers' },
  ], // prettier-ignore
  async run(app, args) {
    const created = [];
    const policy = args.string('storage_policy');
    const headers = {
      ...(args.flag('public') && { 'x-container-read': '.r:*,.rlistings' }),
      ...(policy !== undefined && { 'x-storage-policy': policy }),
    };
    for (const name of args.list('containers')) {
      const length = [...name].length;
      if (length > 256)
        app.log('warning', `Container name is ${length} characters long, the default limit is 256`);
      const response = await request(app, [name], { method: 'PUT', headers });
      created.push([await accountId(app), name, header(response, 'x-trans-id')]);
    }
    return { columns: ['account', 'container', 'x-trans-id'], rows: created };
  },
};

/** `openstack container delete` */
export const deleteContainer: PlainCommand = {
  name: 'container delete',
  upstream: `${upstream}.DeleteContainer`,
  kind: 'command',
  description: 'Delete containers; they have to be empty',
  arguments: [
    { names: ['--recursive', '-r'], action: 'store_true', default: false, help: 'Delete the objects first' },
    { names: ['containers'], metavar: '<container>', nargs: '+', help: 'Containers to delete' },
  ], // prettier-ignore
  async run(app, args) {
    for (const name of args.list('containers')) {
      if (args.flag('recursive')) {
        for (const object of await allObjects(app, name))
          await request(app, [name, String(object.name)], { method: 'DELETE' });
      }
      if (name !== '') await request(app, [name], { method: 'DELETE' });
    }
  },
};

/** `openstack container list` */
export const listContainer: ListerCommand = {
  name: 'container list',
  upstream: `${upstream}.ListContainer`,
  kind: 'lister',
  description: 'List the containers of your account',
  arguments: [
    { names: ['--prefix'], metavar: '<prefix>', help: 'Only names that begin so' },
    ...paging,
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    { names: ['--all'], action: 'store_true', default: false, help: 'All of them, not only the first 10,000' },
  ], // prettier-ignore
  async run(app, args) {
    const columns = args.flag('long') ? ['Name', 'Bytes', 'Count'] : ['Name'];
    return { columns, rows: rows(await list(app, [], args), columns) };
  },
};

/** `openstack container save` */
export const saveContainer: PlainCommand = {
  name: 'container save',
  upstream: `${upstream}.SaveContainer`,
  kind: 'command',
  description: 'Save all objects of a container as files, below this folder',
  arguments: [container('Container to save')],
  async run(app, args) {
    const name = args.string('container') ?? '';
    for (const object of await allObjects(app, name)) await saveObject(app, name, String(object.name));
  },
};

/** `openstack container set` */
export const setContainer: PlainCommand = {
  name: 'container set',
  upstream: `${upstream}.SetContainer`,
  kind: 'command',
  description: 'Give a container properties',
  arguments: [
    container('Container to change'),
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', required: true, help: 'Property to set; repeat it to set several' },
  ], // prettier-ignore
  run: (app, args) => setProperties(app, [args.string('container') ?? ''], 'X-Container-Meta-', args),
};

/** `openstack container show` */
export const showContainer: ShowOneCommand = {
  name: 'container show',
  upstream: `${upstream}.ShowContainer`,
  kind: 'show',
  description: 'Show what a container holds and who may use it',
  arguments: [container('Container to show')],
  async run(app, args) {
    const name = args.string('container') ?? '';
    const response = await request(app, [name], { method: 'HEAD' });
    const optional = {
      read_acl: 'x-container-read',
      write_acl: 'x-container-write',
      sync_to: 'x-container-sync-to',
      sync_key: 'x-container-sync-key',
    };
    return sortedFields({
      account: await accountId(app),
      container: name,
      object_count: header(response, 'x-container-object-count'),
      bytes_used: header(response, 'x-container-bytes-used'),
      storage_policy: header(response, 'x-storage-policy'),
      ...Object.fromEntries(
        Object.entries(optional)
          .filter(([, key]) => response.headers.has(key))
          .map(([field, key]) => [field, header(response, key)]),
      ),
      ...properties(response, 'x-container-meta-'),
    });
  },
};

/** `openstack container unset` */
export const unsetContainer: PlainCommand = {
  name: 'container unset',
  upstream: `${upstream}.UnsetContainer`,
  kind: 'command',
  description: 'Take properties from a container',
  arguments: [
    container('Container to change'),
    { names: ['--property'], metavar: '<key>', action: 'append', default: [], required: true, help: 'Property to remove; repeat it to remove several' },
  ], // prettier-ignore
  run: (app, args) =>
    unsetProperties(app, [args.string('container') ?? ''], 'X-Remove-Container-Meta-', args),
};
