/** The md-resource-type subcommands of glanceclient/v2/shell.py, on ResourceTypeController of glanceclient/v2/metadefs.py. */
import type { Subcommand } from '../command';
import { printDict, printList } from '../print';
import { model, received, receivedAll, schemaOf, send } from './md-model';
import { namespace, pathOf } from './md-show';

/** `glance md-resource-type-associate` */
export const mdResourceTypeAssociate: Subcommand = {
  name: 'md-resource-type-associate',
  upstream: 'glanceclient.v2.shell.do_md_resource_type_associate',
  description: 'Say that a namespace is about a type of resources.',
  arguments: [
    namespace,
    {
      names: ['--properties-target'],
      metavar: '<PROPERTIES_TARGET>',
      help: "Which of the type's metadata is meant, where it has several",
    },
    {
      names: ['--prefix'],
      metavar: '<PREFIX>',
      help: 'What stands before the names of the properties on this type',
    },
    { names: ['--name'], metavar: '<NAME>', help: 'Type of resources, such as OS::Nova::Flavor' },
  ],
  async run(glance, args) {
    const fields = (await schemaOf(glance, 'resource_type')).fieldsOf(args);
    const record = (await model(glance, 'resource_type')).make(fields);
    const made = await send(glance, 'POST', pathOf(args, 'resource_types'), record);
    glance.output.write(printDict(await received(glance, 'resource_type', made)));
  },
};

/** `glance md-resource-type-deassociate` */
export const mdResourceTypeDeassociate: Subcommand = {
  name: 'md-resource-type-deassociate',
  upstream: 'glanceclient.v2.shell.do_md_resource_type_deassociate',
  description: 'Take back that a namespace is about a type of resources.',
  arguments: [namespace, { names: ['resource_type'], metavar: '<RESOURCE_TYPE>', help: 'Name of the type' }],
  async run(glance, args) {
    const type = args.string('resource_type') ?? '';
    await glance.client.request('DELETE', pathOf(args, 'resource_types', type));
  },
};

/** `glance md-resource-type-list` */
export const mdResourceTypeList: Subcommand = {
  name: 'md-resource-type-list',
  upstream: 'glanceclient.v2.shell.do_md_resource_type_list',
  description: 'List the types of resources that namespaces are about.',
  arguments: [],
  async run(glance) {
    const { resource_types } = await glance.client.get('/v2/metadefs/resource_types');
    glance.output.write(printList(await receivedAll(glance, 'resource_type', resource_types), ['name']));
  },
};
