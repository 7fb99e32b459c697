/** openstackclient/image/v2/metadef_objects.py */
import { SDKException, type MetadefObject } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { deleteEach, ignoreMissing, namespaceName } from './metadef-common';

const inNamespace = namespaceName('Namespace of the object (name)');
const object: ArgumentSpec = { names: ['object'], metavar: '<object>', help: 'Name of the object' };

/** `openstack image metadef object create` */
export const createMetadefObject: ShowOneCommand = {
  name: 'image metadef object create',
  upstream: 'openstackclient.image.v2.metadef_objects.CreateMetadefObjects',
  kind: 'show',
  description: 'Make an object in a namespace',
  arguments: [
    { names: ['--namespace'], metavar: '<namespace>', help: 'Namespace to make it in (name)' },
    { names: ['name'], metavar: '<metadef-object-name>', help: 'Name of the object' },
  ],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const name = args.string('namespace');
    if (name === undefined) throw new SDKException('Request requires an ID but none was found');
    const { namespace } = await metadefs.getNamespace(name);
    return formatObject(
      namespace,
      await metadefs.createObject(namespace, { name: args.string('name') ?? '' }),
    );
  },
};

/** `openstack image metadef object delete` */
export const deleteMetadefObject: PlainCommand = {
  name: 'image metadef object delete',
  upstream: 'openstackclient.image.v2.metadef_objects.DeleteMetadefObject',
  kind: 'command',
  description: 'Delete objects of a namespace',
  arguments: [
    namespaceName('Namespace of the objects (name)'),
    { names: ['objects'], metavar: '<object>', nargs: '+', help: 'Objects to delete (name)' },
  ],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const namespace = args.string('namespace') ?? '';
    await deleteEach(app, args.list('objects'), {
      remove: async (wanted) => {
        const { name } = await metadefs.getObject(namespace, wanted);
        await ignoreMissing(metadefs.deleteObject(namespace, name));
      },
      failure: (name) => `Failed to delete object with name or ID '${name}'`,
      // the real client counts the letters of the namespace
      summary: (failed) => `${failed} of ${[...namespace].length} object failed to delete.`,
    });
  },
};

/** `openstack image metadef object list` */
export const listMetadefObjects: ListerCommand = {
  name: 'image metadef object list',
  upstream: 'openstackclient.image.v2.metadef_objects.ListMetadefObjects',
  kind: 'lister',
  description: 'List the objects of a namespace',
  arguments: [namespaceName('Namespace to look into (name)')],
  async run(app, args) {
    const objects = await app.connection.image.metadefs.objects(args.string('namespace') ?? '');
    return {
      columns: ['name', 'description'],
      inList: true,
      rows: objects.map(({ name, description }) => [name, description ?? null]),
    };
  },
};

/** `openstack image metadef object show` */
export const showMetadefObject: ShowOneCommand = {
  name: 'image metadef object show',
  upstream: 'openstackclient.image.v2.metadef_objects.ShowMetadefObjects',
  kind: 'show',
  description: 'Show an object of a namespace',
  arguments: [inNamespace, object],
  async run(app, args) {
    const namespace = args.string('namespace') ?? '';
    return formatObject(
      namespace,
      await app.connection.image.metadefs.getObject(namespace, args.string('object') ?? ''),
    );
  },
};

/** `openstack image metadef object update` */
export const updateMetadefObject: PlainCommand = {
  name: 'image metadef object update',
  upstream: 'openstackclient.image.v2.metadef_objects.SetMetadefObject',
  kind: 'command',
  description: 'Rename an object; whatever else it has is lost',
  arguments: [inNamespace, object, { names: ['--name'], help: 'New name of the object' }],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const namespace = args.string('namespace') ?? '';
    const old = args.string('object') ?? '';
    const found = await metadefs.getObject(namespace, old);
    const name = args.string('name');
    if (name) await metadefs.updateObject(namespace, found.name, { name });
  },
};

/** `openstack image metadef object property show` */
export const showMetadefObjectProperty: ShowOneCommand = {
  name: 'image metadef object property show',
  upstream: 'openstackclient.image.v2.metadef_objects.ShowMetadefObjectProperty',
  kind: 'show',
  description: 'Show one property of an object',
  arguments: [
    { names: ['namespace'], metavar: '<namespace_name>', help: 'Namespace of the object (name)' },
    { names: ['object'], metavar: '<object_name>', help: 'Name of the object' },
    { names: ['property'], help: 'Name of the property' },
  ],
  async run(app, args) {
    const [namespace = '', name = '', property = ''] = ['namespace', 'object', 'property'].map((dest) =>
      args.string(dest),
    );
    const { properties = {} } = await app.connection.image.metadefs.getObject(namespace, name);
    const found = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (found === undefined) throw new CommandError(`Property ${property} not found in object ${name}.`);
    return sortedFields({ ...(found as unknown as Record<string, Value>), name: property }); // came as JSON
  },
};

function formatObject(namespace_name: string, object: MetadefObject): { columns: string[]; values: Cell[] } {
  const { created_at, description, name, properties, required, updated_at } = object;
  return sortedFields({
    created_at,
    description: description ?? null,
    name,
    namespace_name,
    properties: (properties ?? null) as Value, // came as JSON
    required: required ?? null,
    updated_at: updated_at ?? null,
  });
}
