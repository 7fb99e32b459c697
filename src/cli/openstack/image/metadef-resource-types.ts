/** openstackclient/image/v2/metadef_resource_types.py, metadef_resource_type_association.py */
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { deleteEach, namespaceName } from './metadef-common';

/** `openstack image metadef resource type list` */
export const listMetadefResourceTypes: ListerCommand = {
  name: 'image metadef resource type list',
  upstream: 'openstackclient.image.v2.metadef_resource_types.ListMetadefResourceTypes',
  kind: 'lister',
  description: 'List the types of resources that namespaces are about',
  arguments: [],
  async run(app) {
    const types = await app.connection.image.metadefs.resourceTypes();
    return { columns: ['Name'], inList: true, rows: types.map(({ name }) => [name]) };
  },
};

const upstream = 'openstackclient.image.v2.metadef_resource_type_association';
const metadefNamespace = { ...namespaceName('Namespace to look into (name)'), names: ['metadef_namespace'] as const, metavar: '<metadef_namespace>' }; // prettier-ignore

/** `openstack image metadef resource type association create` */
export const createMetadefResourceTypeAssociation: ShowOneCommand = {
  name: 'image metadef resource type association create',
  upstream: `${upstream}.CreateMetadefResourceTypeAssociation`,
  kind: 'show',
  description: 'Say that a namespace is about a type of resources',
  arguments: [
    namespaceName('Namespace (name)'),
    { names: ['name'], metavar: '<name>', help: 'Type of resources, such as OS::Nova::Flavor' },
    {
      names: ['--properties-target'],
      metavar: '<properties_target>',
      help: "Which of the type's metadata is meant, where it has several",
    },
  ],
  async run(app, args) {
    const properties_target = args.string('properties_target');
    const made = await app.connection.image.metadefs.createResourceTypeAssociation(
      args.string('namespace') ?? '',
      { name: args.string('name') ?? '', ...(properties_target && { properties_target }) },
    );
    return sortedFields({
      created_at: made.created_at,
      id: made.name,
      name: made.name,
      prefix: made.prefix ?? null,
      properties_target: made.properties_target ?? null,
      updated_at: made.updated_at ?? null,
    });
  },
};

/** `openstack image metadef resource type association delete` */
export const deleteMetadefResourceTypeAssociation: PlainCommand = {
  name: 'image metadef resource type association delete',
  upstream: `${upstream}.DeleteMetadefResourceTypeAssociation`,
  kind: 'command',
  description: 'Take back that a namespace is about types of resources',
  arguments: [
    metadefNamespace,
    { names: ['name'], metavar: '<name>', nargs: '+', help: 'Types of resources' },
    {
      names: ['--force'],
      action: 'store_true',
      default: false,
      help: 'Do it even if the namespace is protected',
    },
  ],
  async run(app, args) {
    const { metadefs } = app.connection.image;
    const wanted = args.string('metadef_namespace') ?? '';
    await deleteEach(app, args.list('name'), {
      remove: async (type) => {
        const { namespace, protected: wasProtected } = await metadefs.getNamespace(wanted);
        // the changes reset all other fields of the namespace, as the real client's do
        if (wasProtected && args.flag('force'))
          await metadefs.updateNamespace(namespace, { namespace, protected: false });
        try {
          await metadefs.deleteResourceTypeAssociation(namespace, type);
        } finally {
          if (wasProtected) await metadefs.updateNamespace(namespace, { namespace, protected: true });
        }
      },
      failure: (type) => `Failed to delete resource type with name or ID '${type}'`,
      // the real client counts the letters of the namespace
      summary: (failed) => `${failed} of ${[...wanted].length} resource type failed to delete.`,
    });
  },
};

/** `openstack image metadef resource type association list` */
export const listMetadefResourceTypeAssociations: ListerCommand = {
  name: 'image metadef resource type association list',
  upstream: `${upstream}.ListMetadefResourceTypeAssociations`,
  kind: 'lister',
  description: 'List the types of resources that a namespace is about',
  arguments: [metadefNamespace],
  async run(app, args) {
    const associations = await app.connection.image.metadefs.resourceTypeAssociations(
      args.string('metadef_namespace') ?? '',
    );
    return { columns: ['Name'], inList: true, rows: associations.map(({ name }) => [name]) };
  },
};
