/** The md-namespace subcommands of glanceclient/v2/shell.py, on NamespaceController of glanceclient/v2/metadefs.py. */
import { int, type ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import { typeName } from '../../python-dict';
import { loads } from '../../python-json';
import type { Glance, Subcommand } from '../command';
import { object } from '../http';
import { strictBool } from '../options';
import { printList } from '../print';
import { dataFile } from './data';
import { fetchRecord, model, received, schemaOf, send, writable, type Fields } from './md-model';
import { columnWidthOrUsual, maxColumnWidth, namespace, pathOf, ROOT, showNamespace } from './md-show';

/** From the schema of namespaces, in the client's order. */
const fieldOptions: readonly ArgumentSpec[] = [
  { names: ['--owner'], metavar: '<OWNER>', help: 'ID of the project that owns the namespace' },
  {
    names: ['--protected'],
    metavar: '[True|False]',
    type: strictBool,
    help: 'Whether deleting it is refused',
  },
  { names: ['--visibility'], metavar: '<VISIBILITY>', help: 'Who sees it: public or private' },
  { names: ['--description'], metavar: '<DESCRIPTION>', help: 'What the definitions are about' },
  { names: ['--display-name'], metavar: '<DISPLAY_NAME>', help: 'Name that a dashboard shows' },
];

/** `glance md-namespace-create` */
export const mdNamespaceCreate: Subcommand = {
  name: 'md-namespace-create',
  upstream: 'glanceclient.v2.shell.do_md_namespace_create',
  description: 'Make a namespace for metadata definitions.',
  arguments: [
    namespace,
    {
      names: ['--resource-type-associations'],
      metavar: '<RESOURCE_TYPE_ASSOCIATIONS>',
      nargs: '+',
      help: 'Of no use: Glance wants objects here, and these are texts',
    },
    ...fieldOptions,
  ],
  async run(glance, args) {
    const fields = (await schemaOf(glance, 'namespace')).fieldsOf(args);
    glance.output.write(showNamespace(await create(glance, fields)));
  },
};

async function create(glance: Glance, fields: Readonly<Record<string, unknown>>): Promise<Fields> {
  const record = (await model(glance, 'namespace')).make(fields);
  return received(glance, 'namespace', await send(glance, 'POST', ROOT, record));
}

/** `glance md-namespace-import` */
export const mdNamespaceImport: Subcommand = {
  name: 'md-namespace-import',
  upstream: 'glanceclient.v2.shell.do_md_namespace_import',
  description: 'Make a namespace and all that is in it from a JSON file.',
  arguments: [
    {
      names: ['--file'],
      metavar: '<FILEPATH>',
      help: 'File with the namespace; without it, standard input',
    },
  ],
  async run(glance, args) {
    const data = await dataFile(glance, args);
    if (data === undefined)
      throw new CommandError('No metadata definition namespace passed via stdin or --file argument.');
    const fields = parse(await data.text());
    if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) {
      throw new CommandError(
        `glanceclient.v2.metadefs.NamespaceController.create() argument after ** must be a mapping, not ${typeName(fields)}`,
      );
    }
    glance.output.write(showNamespace(await create(glance, object(fields))));
  },
};

function parse(text: string): unknown {
  try {
    return loads(text);
  } catch {
    throw new CommandError('Schema is not a valid JSON object.');
  }
}

/** `glance md-namespace-update` */
export const mdNamespaceUpdate: Subcommand = {
  name: 'md-namespace-update',
  upstream: 'glanceclient.v2.shell.do_md_namespace_update',
  description: 'Change a namespace.',
  arguments: [
    { names: ['id'], metavar: '<NAMESPACE>', help: 'Name of the namespace' },
    ...fieldOptions,
    { names: ['--namespace'], metavar: '<NAMESPACE>', help: 'New name of the namespace' },
  ],
  async run(glance, args) {
    const changes = (await schemaOf(glance, 'namespace')).fieldsOf(args);
    const path = `${ROOT}/${args.string('id') ?? ''}`;
    const record = await fetchRecord(glance, 'namespace', path);
    const changed = (await model(glance, 'namespace')).change(record, changes);
    await send(glance, 'PUT', path, writable(changed));
    glance.output.write(
      showNamespace(await fetchRecord(glance, 'namespace', `${ROOT}/${String(changed.namespace)}`)),
    );
  },
};

/** `glance md-namespace-show` */
export const mdNamespaceShow: Subcommand = {
  name: 'md-namespace-show',
  upstream: 'glanceclient.v2.shell.do_md_namespace_show',
  description: 'Show a namespace and the names of all that is in it.',
  arguments: [
    namespace,
    {
      names: ['--resource-type'],
      metavar: '<RESOURCE_TYPE>',
      help: 'Call the properties as they are called on this type',
    },
    maxColumnWidth,
  ],
  async run(glance, args) {
    const type = args.string('resource_type');
    const query = type ? `?${new URLSearchParams({ resource_type: type }).toString()}` : '';
    const record = await fetchRecord(glance, 'namespace', pathOf(args) + query);
    glance.output.write(showNamespace(record, columnWidthOrUsual(args)));
  },
};

/** `glance md-namespace-list` */
export const mdNamespaceList: Subcommand = {
  name: 'md-namespace-list',
  upstream: 'glanceclient.v2.shell.do_md_namespace_list',
  description: 'List the namespaces you can see.',
  arguments: [
    {
      names: ['--resource-types'],
      metavar: '<RESOURCE_TYPES>',
      action: 'append',
      help: 'Namespaces about this type only; repeat it for several',
    },
    { names: ['--visibility'], metavar: '<VISIBILITY>', help: 'Namespaces of this visibility only' },
    { names: ['--page-size'], metavar: '<SIZE>', type: int, help: 'So many namespaces a request' },
  ],
  async run(glance, args) {
    const filters = new URLSearchParams();
    if (args.get('resource_types') !== undefined && args.get('resource_types') !== null)
      filters.set('resource_types', args.list('resource_types').join(','));
    const visibility = args.string('visibility');
    if (visibility !== undefined) filters.set('visibility', visibility);
    filters.set('limit', String(args.number('page_size') || 20));
    glance.output.write(printList(await list(glance, `${ROOT}?${filters.toString()}`), ['namespace']));
  },
};

/** Page after page; of each page the first record is checked. */
async function list(glance: Glance, first: string): Promise<Fields[]> {
  const found: Fields[] = [];
  let url: string | undefined = first;
  while (url !== undefined) {
    const page: Record<string, unknown> = await glance.client.get(url);
    const namespaces = (Array.isArray(page.namespaces) ? page.namespaces : []) as Fields[]; // the API's contract
    const [one] = namespaces;
    if (one !== undefined) await received(glance, 'namespace', one);
    found.push(...namespaces);
    url = typeof page.next === 'string' ? page.next : undefined;
  }
  return found;
}

/** `glance md-namespace-delete` */
export const mdNamespaceDelete: Subcommand = {
  name: 'md-namespace-delete',
  upstream: 'glanceclient.v2.shell.do_md_namespace_delete',
  description: 'Delete a namespace with all that is in it.',
  arguments: [namespace],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args));
  },
};

/** `glance md-namespace-resource-type-list` */
export const mdNamespaceResourceTypeList: Subcommand = {
  name: 'md-namespace-resource-type-list',
  upstream: 'glanceclient.v2.shell.do_md_namespace_resource_type_list',
  description: 'List the types of resources that a namespace is about.',
  arguments: [namespace],
  async run(glance, args) {
    const { resource_type_associations: list } = await glance.client.get(pathOf(args, 'resource_types'));
    const rows: Fields[] = [];
    for (const one of Array.isArray(list) ? (list as Value[]) : [])
      // the API's contract
      rows.push((await model(glance, 'resource_type')).make(object(one)));
    glance.output.write(printList(rows, ['name', 'prefix', 'properties_target']));
  },
};
