/** openstackclient/image/v2/metadef_properties.py, on openstack/image/v2/metadef_property.py */
import type { MetadefPropertyCreate } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { isList, type Value } from '../../python';
import { updated } from '../../python-dict';
import { JSONDecodeError, loads } from '../../python-json';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { deleteEach, namespaceName } from './metadef-common';

type Fields = Readonly<Record<string, unknown>>;

const fieldOptions: readonly ArgumentSpec[] = [
  { names: ['--name'], help: 'Name of the property, as images carry it' },
  { names: ['--title'], help: 'Name of the property for people' },
  { names: ['--type'], help: 'Kind of its values: array, boolean, integer, number, object, string' },
  { names: ['--schema'], help: 'The rest of its definition, as JSON' },
];
const inNamespace = namespaceName('Namespace of the property (name)');

/** `openstack image metadef property create` */
export const createMetadefProperty: ShowOneCommand = {
  name: 'image metadef property create',
  upstream: 'openstackclient.image.v2.metadef_properties.CreateMetadefProperty',
  kind: 'show',
  description: 'Define a property in a namespace',
  arguments: [
    ...fieldOptions.map((option) => ({ ...option, required: true })),
    { names: ['namespace'], help: 'Namespace to define it in (name)' },
  ],
  async run(app, args) {
    const { name, title, type } = fieldsOf(args);
    const property = toWire(withSchema({ name, title, type }, args.string('schema') ?? ''));
    const { metadefs } = app.connection.image;
    return sortedFields(
      formatProperty(await metadefs.createProperty(args.string('namespace') ?? '', property)),
    );
  },
};

/** `openstack image metadef property delete` */
export const deleteMetadefProperty: PlainCommand = {
  name: 'image metadef property delete',
  upstream: 'openstackclient.image.v2.metadef_properties.DeleteMetadefProperty',
  kind: 'command',
  description: 'Delete properties of a namespace',
  arguments: [
    namespaceName('Namespace of the properties (name)'),
    { names: ['properties'], metavar: '<property>', nargs: '+', help: 'Properties to delete (name)' },
  ],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const namespace = args.string('namespace') ?? '';
    await deleteEach(app, args.list('properties'), {
      remove: (name) => metadefs.deleteProperty(namespace, name),
      failure: (name) => `Failed to delete property with name or ID '${name}' from namespace '${namespace}'`,
      // the real client counts the letters of the namespace
      summary: (failed) => `${failed} of ${[...namespace].length} properties failed to delete.`,
    });
  },
};

/** `openstack image metadef property list` */
export const listMetadefProperties: ListerCommand = {
  name: 'image metadef property list',
  upstream: 'openstackclient.image.v2.metadef_properties.ListMetadefProperties',
  kind: 'lister',
  description: 'List the properties of a namespace',
  arguments: [namespaceName('Namespace to look into (name)')],
  async run(app, args) {
    const properties = await app.connection.image.metadefs.properties(args.string('namespace') ?? '');
    return {
      columns: ['name', 'title', 'type'],
      inList: true,
      rows: Object.entries(properties).map(([key, { name = key, title, type }]) => [name, title, type]),
    };
  },
};

/** `openstack image metadef property set` */
export const setMetadefProperty: PlainCommand = {
  name: 'image metadef property set',
  upstream: 'openstackclient.image.v2.metadef_properties.SetMetadefProperty',
  kind: 'command',
  description: 'Change a property of a namespace',
  arguments: [
    ...fieldOptions,
    { names: ['namespace'], help: 'Namespace of the property (name)' },
    { names: ['property'], help: 'Property to change (name)' },
  ],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const namespace = args.string('namespace') ?? '';
    const property = args.string('property') ?? '';
    // what the client does not print, such as minLength, is lost
    const kept = formatProperty(await metadefs.getProperty(namespace, property));
    const schema = args.string('schema');
    const fields = { ...kept, ...fieldsOf(args) };
    await metadefs.updateProperty(namespace, property, toWire(schema ? withSchema(fields, schema) : fields));
  },
};

/** `openstack image metadef property show` */
export const showMetadefProperty: ShowOneCommand = {
  name: 'image metadef property show',
  upstream: 'openstackclient.image.v2.metadef_properties.ShowMetadefProperty',
  kind: 'show',
  description: 'Show a property of a namespace',
  arguments: [inNamespace, { names: ['property'], metavar: '<property>', help: 'Property to show (name)' }],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    return sortedFields(
      formatProperty(
        await metadefs.getProperty(args.string('namespace') ?? '', args.string('property') ?? ''),
      ),
    );
  },
};

function fieldsOf(args: ParsedArgs): Fields {
  return Object.fromEntries(
    ['name', 'title', 'type'].flatMap((dest) => {
      const value = args.string(dest);
      return value === undefined ? [] : [[dest, value]];
    }),
  );
}

function withSchema(fields: Fields, schema: string): Fields {
  try {
    return updated(fields, loads(schema));
  } catch (error) {
    if (!(error instanceof JSONDecodeError)) throw error;
    throw new CommandError(`Failed to load JSON schema: ${error.message}`);
  }
}

/** What the SDK calls a field, and how Glance does. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  is_readonly: 'readonly',
  min_length: 'minLength',
  max_length: 'maxLength',
  require_unique_items: 'uniqueItems',
  min_items: 'minItems',
  max_items: 'maxItems',
  allow_additional_items: 'additionalItems',
};
const SHOWN = ['name', 'type', 'title', 'description', 'operators', 'default', 'minimum', 'maximum', 'enum', 'pattern', 'items']; // prettier-ignore
const KNOWN = ['id', ...SHOWN, ...Object.values(SDK_NAMES)];

/** The fields that the SDK knows, by the API's names; it drops all others. */
function toWire(fields: Fields): MetadefPropertyCreate {
  const entries = Object.entries(fields)
    .map(([name, value]): [string, unknown] => [SDK_NAMES[name] ?? name, value])
    .filter(([name]) => KNOWN.includes(name));
  return Object.fromEntries(entries) as unknown as MetadefPropertyCreate; // Glance judges what was typed
}

/** `_format_property`: it looks for the SDK's names among the API's, and so finds only those that are the same. */
function formatProperty(property: MetadefPropertyCreate): Record<string, Cell> {
  const fields: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(property as unknown as Record<string, Value>)) {
    if (value === null || !SHOWN.includes(name)) continue;
    fields[name] = name === 'minimum' || name === 'maximum' ? Math.trunc(Number(value)) : converted(value);
  }
  return fields;
}

function converted(value: Value): Value {
  return value !== null && typeof value === 'object' && isList(value) ? [...value] : value;
}
