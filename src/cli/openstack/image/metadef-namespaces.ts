/** openstackclient/image/v2/metadef_namespaces.py */
import type { MetadefNamespace, MetadefNamespaceCreate, MetadefVisibility } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import type { Cell } from '../../formatters/columns';
import { deleteEach, ignoreMissing, namespaceName } from './metadef-common';

/** What `create` and `set` both take. */
const fieldOptions: readonly ArgumentSpec[] = [
  { names: ['--display-name'], metavar: '<display_name>', help: 'Name that a dashboard shows' },
  { names: ['--description'], metavar: '<description>', help: 'What the definitions are about' },
  visibility('public', 'Everybody in the cloud sees the namespace'),
  visibility('private', 'Only the project that owns the namespace sees it (default)'),
  protection(true, '--protected', 'Let nobody delete the namespace until this is taken back'),
  protection(false, '--unprotected', 'Let the namespace be deleted (default)'),
];

function visibility(name: MetadefVisibility, help: string): ArgumentSpec {
  return {
    names: [`--${name}`],
    action: 'store_const',
    const: name,
    dest: 'visibility',
    exclusive: 'visibility',
    help,
  };
}

function protection(value: boolean, name: string, help: string): ArgumentSpec {
  return {
    names: [name],
    action: 'store_const',
    const: value,
    dest: 'is_protected',
    exclusive: 'protected',
    help,
  };
}

/** `openstack image metadef namespace create` */
export const createMetadefNamespace: ShowOneCommand = {
  name: 'image metadef namespace create',
  upstream: 'openstackclient.image.v2.metadef_namespaces.CreateMetadefNamespace',
  kind: 'show',
  description: 'Make a namespace for metadata definitions',
  arguments: [namespaceName('Name of the namespace'), ...fieldOptions],
  async run(app, args) {
    return sortedFields(formatNamespace(await app.connection.image.metadefs.createNamespace(fieldsOf(args))));
  },
};

/** `openstack image metadef namespace delete` */
export const deleteMetadefNamespace: PlainCommand = {
  name: 'image metadef namespace delete',
  upstream: 'openstackclient.image.v2.metadef_namespaces.DeleteMetadefNamespace',
  kind: 'command',
  description: 'Delete namespaces with all that is in them',
  arguments: [{ ...namespaceName('Namespaces to delete (name)'), nargs: '+' }],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const names = args.list('namespace');
    await deleteEach(app, names, {
      remove: async (name) => {
        await metadefs.getNamespace(name);
        await ignoreMissing(metadefs.deleteNamespace(name));
      },
      failure: (name) => `Failed to delete namespace with name or ID '${name}'`,
      summary: (failed) => `${failed} of ${names.length} namespace failed to delete.`,
    });
  },
};

/** `openstack image metadef namespace list` */
export const listMetadefNamespaces: ListerCommand = {
  name: 'image metadef namespace list',
  upstream: 'openstackclient.image.v2.metadef_namespaces.ListMetadefNamespace',
  kind: 'lister',
  description: 'List the namespaces you can see',
  arguments: [
    { names: ['--resource-types'], metavar: '<resource_types>', help: 'Namespaces about these types only' },
    { names: ['--visibility'], metavar: '<visibility>', help: 'Namespaces of this visibility only' },
  ],
  async run(app, args) {
    const query = {
      resource_types: args.string('resource_types'),
      visibility: args.string('visibility'),
    };
    const rows: Cell[][] = [];
    for await (const { namespace } of app.connection.image.metadefs.namespaces(query)) rows.push([namespace]);
    return { columns: ['namespace'], inList: true, rows };
  },
};

/** `openstack image metadef namespace set` */
export const setMetadefNamespace: PlainCommand = {
  name: 'image metadef namespace set',
  upstream: 'openstackclient.image.v2.metadef_namespaces.SetMetadefNamespace',
  kind: 'command',
  description: 'Change a namespace; fields that are not given are reset',
  arguments: [namespaceName('Namespace to change (name)'), ...fieldOptions],
  async run(app, args) {
    const fields = fieldsOf(args);
    await app.connection.image.metadefs.updateNamespace(fields.namespace, fields);
  },
};

/** `openstack image metadef namespace show` */
export const showMetadefNamespace: ShowOneCommand = {
  name: 'image metadef namespace show',
  upstream: 'openstackclient.image.v2.metadef_namespaces.ShowMetadefNamespace',
  kind: 'show',
  description: 'Show a namespace',
  arguments: [namespaceName('Namespace to show (name)')],
  async run(app, args) {
    const namespace = await app.connection.image.metadefs.getNamespace(args.string('namespace') ?? '');
    return sortedFields(formatNamespace(namespace));
  },
};

function fieldsOf(args: ParsedArgs): MetadefNamespaceCreate {
  const display_name = args.string('display_name');
  const description = args.string('description');
  const isProtected = args.choice('is_protected');
  const given = args.string('visibility');
  return {
    namespace: args.string('namespace') ?? '',
    ...(display_name !== undefined && { display_name }),
    ...(description !== undefined && { description }),
    ...(isProtected !== undefined && { protected: isProtected }),
    ...(given !== undefined && { visibility: given as MetadefVisibility }), // one of the two constants above
  };
}

/** `_format_namespace`: what is there, and of the associations only the names. */
function formatNamespace(namespace: MetadefNamespace): Record<string, Cell> {
  const fields: Record<string, Cell | undefined> = {
    created_at: namespace.created_at,
    description: namespace.description,
    display_name: namespace.display_name,
    namespace: namespace.namespace,
    owner: namespace.owner,
    protected: namespace.protected,
    updated_at: namespace.updated_at,
    visibility: namespace.visibility,
    resource_type_associations: namespace.resource_type_associations?.map(({ name }) => name),
  };
  const shown: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== null && value !== undefined) shown[name] = value;
  return shown;
}
