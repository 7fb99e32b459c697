/** The md-object subcommands of glanceclient/v2/shell.py, on ObjectController of glanceclient/v2/metadefs.py. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Glance, Subcommand } from '../command';
import { object } from '../http';
import { printDict, printList } from '../print';
import {
  fetchRecord,
  model,
  received,
  receivedAll,
  send,
  withSchema,
  writable,
  type Fields,
} from './md-model';
import {
  columnWidth,
  columnWidthOrUsual,
  maxColumnWidth,
  namespace,
  pathOf,
  schemaOption,
  showObject,
} from './md-show';

const objectName: ArgumentSpec = { names: ['object'], metavar: '<OBJECT>', help: 'Name of the object' };
const name: ArgumentSpec = { names: ['--name'], metavar: '<NAME>', help: 'Name to give the object' };

/** `glance md-object-create` */
export const mdObjectCreate: Subcommand = {
  name: 'md-object-create',
  upstream: 'glanceclient.v2.shell.do_md_object_create',
  description: 'Make an object in a namespace.',
  arguments: [namespace, ...[name, schemaOption].map((spec) => ({ ...spec, required: true }))],
  async run(glance, args) {
    const fields = withSchema({ name: args.string('name') ?? '' }, args.string('schema'));
    const record = (await model(glance, 'object')).make(fields);
    const made = await send(glance, 'POST', pathOf(args, 'objects'), record);
    glance.output.write(showObject(await received(glance, 'object', made)));
  },
};

/** `glance md-object-update` */
export const mdObjectUpdate: Subcommand = {
  name: 'md-object-update',
  upstream: 'glanceclient.v2.shell.do_md_object_update',
  description: 'Change an object of a namespace.',
  arguments: [namespace, objectName, name, schemaOption],
  async run(glance, args) {
    const newName = args.string('name');
    const schema = args.string('schema');
    const given: Fields = newName ? { name: newName } : {};
    const changes = schema ? withSchema(given, schema) : given;
    const path = pathOf(args, 'objects', args.string('object') ?? '');
    const record = await fetchRecord(glance, 'object', path);
    const changed = (await model(glance, 'object')).change(record, changes);
    await send(glance, 'PUT', path, writable(changed));
    glance.output.write(showObject(await fetchObject(glance, args, String(changed.name))));
  },
};

/** `glance md-object-show` */
export const mdObjectShow: Subcommand = {
  name: 'md-object-show',
  upstream: 'glanceclient.v2.shell.do_md_object_show',
  description: 'Show an object of a namespace.',
  arguments: [namespace, objectName, maxColumnWidth],
  async run(glance, args) {
    const found = await fetchObject(glance, args, args.string('object') ?? '');
    glance.output.write(showObject(found, columnWidthOrUsual(args)));
  },
};

/** `glance md-object-property-show` */
export const mdObjectPropertyShow: Subcommand = {
  name: 'md-object-property-show',
  upstream: 'glanceclient.v2.shell.do_md_object_property_show',
  description: 'Show one property of an object.',
  arguments: [
    namespace,
    objectName,
    { names: ['property'], metavar: '<PROPERTY>', help: 'Name of the property' },
    maxColumnWidth,
  ],
  async run(glance, args) {
    const wanted = args.string('object') ?? '';
    const property = args.string('property') ?? '';
    const properties = object((await fetchObject(glance, args, wanted)).properties);
    if (!Object.hasOwn(properties, property))
      throw new CommandError(`Property ${property} not found in object ${wanted}.`);
    const found = { ...object(properties[property]), name: property } as Fields; // came as JSON
    glance.output.write(printDict(found, columnWidth(args)));
  },
};

/** `glance md-object-delete` */
export const mdObjectDelete: Subcommand = {
  name: 'md-object-delete',
  upstream: 'glanceclient.v2.shell.do_md_object_delete',
  description: 'Delete an object of a namespace.',
  arguments: [namespace, objectName],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'objects', args.string('object') ?? ''));
  },
};

/** `glance md-namespace-objects-delete` */
export const mdNamespaceObjectsDelete: Subcommand = {
  name: 'md-namespace-objects-delete',
  upstream: 'glanceclient.v2.shell.do_md_namespace_objects_delete',
  description: 'Delete all objects of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'objects'));
  },
};

/** `glance md-object-list` */
export const mdObjectList: Subcommand = {
  name: 'md-object-list',
  upstream: 'glanceclient.v2.shell.do_md_object_list',
  description: 'List the objects of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    const { objects } = await glance.client.get(pathOf(args, 'objects'));
    const rows = await receivedAll(glance, 'object', objects);
    glance.output.write(printList(rows, ['name', 'description'], { description: 50 }));
  },
};

function fetchObject(glance: Glance, args: ParsedArgs, wanted: string): Promise<Fields> {
  return fetchRecord(glance, 'object', pathOf(args, 'objects', wanted));
}
