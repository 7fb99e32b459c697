/** The commands about objects of openstackclient/object/v1/object.py. */
import { CommandError } from '../../errors';
import { osError } from '../../os-error';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import type { App } from '../app';
import { saveObject } from './save';
import {
  accountId,
  header,
  list,
  paging,
  properties,
  request,
  rows,
  setProperties,
  unsetProperties,
} from './store';

const upstream = 'openstackclient.object.v1.object';
const container = (help: string) => ({ names: ['container'], metavar: '<container>', help }) as const;
const object = (help: string) => ({ names: ['object'], metavar: '<object>', help }) as const;

/** `openstack object create` */
export const createObject: ListerCommand = {
  name: 'object create',
  upstream: `${upstream}.CreateObject`,
  kind: 'lister',
  description: 'Upload files as objects, named as they are',
  arguments: [
    container('Container to upload to'),
    { names: ['objects'], metavar: '<filename>', nargs: '+', help: 'Files to upload' },
    { names: ['--name'], metavar: '<name>', help: "Another name than the file's; for one file only" },
  ], // prettier-ignore
  async run(app, args) {
    const name = args.string('name');
    const to = args.string('container') ?? '';
    if (name && args.list('objects').length > 1)
      throw new CommandError('Attempting to upload multiple objects and using --name is not permitted');
    const created = [];
    for (const file of args.list('objects')) {
      const length = [...file].length;
      if (length > 1024)
        app.log('warning', `Object name is ${length} characters long, default limit is 1024`);
      const response = await request(app, [to, name || file], { method: 'PUT', body: await open(app, file) });
      created.push([name || file, to, header(response, 'etag')]);
    }
    return { columns: ['object', 'container', 'etag'], rows: created };
  },
};

async function open(app: App, file: string): Promise<Blob> {
  try {
    return await app.context.files.open(file);
  } catch (error) {
    throw osError(error, file);
  }
}

/** `openstack object delete` */
export const deleteObject: PlainCommand = {
  name: 'object delete',
  upstream: `${upstream}.DeleteObject`,
  kind: 'command',
  description: 'Delete objects',
  arguments: [
    container('Container to delete from'),
    { names: ['objects'], metavar: '<object>', nargs: '+', help: 'Objects to delete' },
  ],
  async run(app, args) {
    for (const name of args.list('objects'))
      await request(app, [args.string('container') ?? '', name], { method: 'DELETE' });
  },
};

/** `openstack object list` */
export const listObject: ListerCommand = {
  name: 'object list',
  upstream: `${upstream}.ListObject`,
  kind: 'lister',
  description: 'List the objects of a container',
  arguments: [
    container('Container to list'),
    { names: ['--prefix'], metavar: '<prefix>', help: 'Only names that begin so' },
    { names: ['--delimiter'], metavar: '<delimiter>', help: 'Roll up names at this text, as if it parted folders' },
    ...paging,
    { names: ['--long'], action: 'store_true', default: false, help: 'More columns' },
    { names: ['--all'], action: 'store_true', default: false, help: 'All of them, not only the first 10,000' },
  ], // prettier-ignore
  async run(app, args) {
    const columns = args.flag('long') ? ['Name', 'Bytes', 'Hash', 'Content Type', 'Last Modified'] : ['Name'];
    return { columns, rows: rows(await list(app, [args.string('container') ?? ''], args), columns) };
  },
};

/** `openstack object save` */
export const saveObjectCommand: PlainCommand = {
  name: 'object save',
  upstream: `${upstream}.SaveObject`,
  kind: 'command',
  description: 'Save an object as a file',
  arguments: [
    { names: ['--file'], metavar: '<filename>', help: "The file, or - for standard output; the object's name unless given" },
    container('Container to download from'),
    object('Object to save'),
  ], // prettier-ignore
  run: (app, args) =>
    saveObject(app, args.string('container') ?? '', args.string('object') ?? '', args.string('file')),
};

/** `openstack object set` */
export const setObject: PlainCommand = {
  name: 'object set',
  upstream: `${upstream}.SetObject`,
  kind: 'command',
  description: 'Give an object these properties instead of those it has',
  arguments: [
    container('Container of the object'),
    object('Object to change'),
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', required: true, help: 'Property to set; repeat it to set several' },
  ], // prettier-ignore
  run: (app, args) =>
    setProperties(app, [args.string('container') ?? '', args.string('object') ?? ''], 'X-Object-Meta-', args),
};

/** `openstack object show` */
export const showObject: ShowOneCommand = {
  name: 'object show',
  upstream: `${upstream}.ShowObject`,
  kind: 'show',
  description: 'Show what is known of an object',
  arguments: [container('Container of the object'), object('Object to show')],
  async run(app, args) {
    const [where, name] = [args.string('container') ?? '', args.string('object') ?? ''];
    const response = await request(app, [where, name], { method: 'HEAD' });
    const optional = ['content-length', 'last-modified', 'etag', 'x-object-manifest'];
    return sortedFields({
      account: await accountId(app),
      container: where,
      object: name,
      'content-type': header(response, 'content-type'),
      ...Object.fromEntries(
        optional.filter((key) => response.headers.has(key)).map((key) => [key, header(response, key)]),
      ),
      ...properties(response, 'x-object-meta-'),
    });
  },
};

/** `openstack object unset` */
export const unsetObject: PlainCommand = {
  name: 'object unset',
  upstream: `${upstream}.UnsetObject`,
  kind: 'command',
  description: 'Take properties from an object; the others go as well',
  arguments: [
    container('Container of the object'),
    object('Object to change'),
    { names: ['--property'], metavar: '<key>', action: 'append', default: [], required: true, help: 'Property to remove; repeat it to remove several' },
  ], // prettier-ignore
  run: (app, args) =>
    unsetProperties(
      app,
      [args.string('container') ?? '', args.string('object') ?? ''],
      'X-Remove-Object-Meta-',
      args,
    ),
};
