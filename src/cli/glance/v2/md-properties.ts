/** The md-property subcommands of glanceclient/v2/shell.py, on PropertyController of glanceclient/v2/metadefs.py. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import type { Glance, Subcommand } from '../command';
import { object } from '../http';
import { printDict, printList } from '../print';
import { model, received, receivedAll, send, withSchema, type Fields } from './md-model';
import { columnWidth, maxColumnWidth, namespace, pathOf, schemaOption } from './md-show';

const property: ArgumentSpec = {
  names: ['property'],
  metavar: '<PROPERTY>',
  help: 'Name of the property',
};
const name: ArgumentSpec = {
  names: ['--name'],
  metavar: '<NAME>',
  help: 'Name of the property, as images carry it',
};
const title: ArgumentSpec = {
  names: ['--title'],
  metavar: '<TITLE>',
  help: 'Name of the property for people',
};
const type: ArgumentSpec = { names: ['--type'], metavar: '<TYPE>', help: 'Kind of its values' };

/** `glance md-property-create` */
export const mdPropertyCreate: Subcommand = {
  name: 'md-property-create',
  upstream: 'glanceclient.v2.shell.do_md_property_create',
  description: 'Define a property in a namespace.',
  arguments: [namespace, ...[name, title, schemaOption, type].map((spec) => ({ ...spec, required: true }))],
  async run(glance, args) {
    const own = Object.fromEntries(['name', 'title', 'type'].map((dest) => [dest, args.string(dest) ?? '']));
    const record = (await model(glance, 'property')).make(withSchema(own, args.string('schema')));
    const made = await send(glance, 'POST', pathOf(args, 'properties'), record);
    glance.output.write(printDict(await received(glance, 'property', made)));
  },
};

/** `glance md-property-update` */
export const mdPropertyUpdate: Subcommand = {
  name: 'md-property-update',
  upstream: 'glanceclient.v2.shell.do_md_property_update',
  description: 'Change a property of a namespace.',
  arguments: [namespace, property, name, title, schemaOption],
  async run(glance, args) {
    const given: Fields = {};
    for (const dest of ['name', 'title']) {
      const value = args.string(dest);
      if (value) given[dest] = value;
    }
    const schema = args.string('schema');
    const changes = schema ? withSchema(given, schema) : given;
    const old = args.string('property') ?? '';
    const record = await fetchProperty(glance, args, old);
    const changed = (await model(glance, 'property')).change(record, changes);
    await send(glance, 'PUT', pathOf(args, 'properties', old), changed);
    glance.output.write(printDict(await fetchProperty(glance, args, String(changed.name))));
  },
};

/** `glance md-property-show` */
export const mdPropertyShow: Subcommand = {
  name: 'md-property-show',
  upstream: 'glanceclient.v2.shell.do_md_property_show',
  description: 'Show a property of a namespace.',
  arguments: [namespace, property, maxColumnWidth],
  async run(glance, args) {
    const found = await fetchProperty(glance, args, args.string('property') ?? '');
    glance.output.write(printDict(found, columnWidth(args)));
  },
};

/** `glance md-property-delete` */
export const mdPropertyDelete: Subcommand = {
  name: 'md-property-delete',
  upstream: 'glanceclient.v2.shell.do_md_property_delete',
  description: 'Delete a property of a namespace.',
  arguments: [namespace, property],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'properties', args.string('property') ?? ''));
  },
};

/** `glance md-namespace-properties-delete` */
export const mdNamespacePropertiesDelete: Subcommand = {
  name: 'md-namespace-properties-delete',
  upstream: 'glanceclient.v2.shell.do_md_namespace_properties_delete',
  description: 'Delete all properties of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'properties'));
  },
};

/** `glance md-property-list` */
export const mdPropertyList: Subcommand = {
  name: 'md-property-list',
  upstream: 'glanceclient.v2.shell.do_md_property_list',
  description: 'List the properties of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    const { properties } = await glance.client.get(pathOf(args, 'properties'));
    const named = Object.entries(object(properties)).map(([key, one]) => ({ ...object(one), name: key }));
    glance.output.write(printList(await receivedAll(glance, 'property', named), ['name', 'title', 'type']));
  },
};

/** A property under the name that was asked for. */
async function fetchProperty(glance: Glance, args: ParsedArgs, wanted: string): Promise<Fields> {
  const body = await glance.client.get(pathOf(args, 'properties', wanted));
  return received(glance, 'property', { ...body, name: wanted });
}
