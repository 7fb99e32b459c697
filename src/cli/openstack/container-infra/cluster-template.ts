/** `coe cluster template …`: magnumclient/osc/v1/cluster_templates.py of python-magnumclient 4.8.1. */
import { int, type ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import { message } from '../../messages';
import type { Cell } from '../../formatters/columns';
import { repr } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { labelsOf, magnum, patchOf, type Info } from './magnum';

const ATTRIBUTES = [
  'insecure_registry', 'labels', 'updated_at', 'floating_ip_enabled', 'fixed_subnet', 'master_flavor_id', 'uuid',
  'no_proxy', 'https_proxy', 'tls_disabled', 'keypair_id', 'public', 'http_proxy', 'docker_volume_size', 'server_type',
  'external_network_id', 'cluster_distro', 'image_id', 'volume_driver', 'registry_enabled', 'docker_storage_driver',
  'apiserver_port', 'name', 'created_at', 'network_driver', 'fixed_network', 'coe', 'flavor_id', 'master_lb_enabled',
  'dns_nameserver', 'project_id', 'hidden', 'tags',
]; // prettier-ignore
const PATH = '/clustertemplates';
const DEPRECATED = ['devicemapper', 'overlay'];

/** An option whose value is a text, shown as `<its-name>`. */
function option(name: string, help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec {
  return { names: [`--${name}`], metavar: `<${name}>`, help, ...more };
}

function flag(name: string, help: string, more: Partial<ArgumentSpec> = {}): ArgumentSpec {
  return { names: [`--${name}`], action: 'store_true', default: false, help, ...more };
}

function pathOf(ident: string): string {
  return `${PATH}/${encodeURI(ident)}`;
}

/** `_show_cluster_template` */
function fieldsOf(info: Info): { columns: readonly string[]; values: Cell[] } {
  return {
    columns: ATTRIBUTES,
    values: ATTRIBUTES.map((name) => (Object.hasOwn(info, name) ? (info[name] ?? '-') : '')),
  };
}

/** `openstack coe cluster template create` */
export const createTemplate: ShowOneCommand = {
  name: 'coe cluster template create',
  upstream: 'magnumclient.osc.v1.cluster_templates.CreateClusterTemplate',
  kind: 'show',
  description: 'Write down what clusters look like',
  arguments: [
    { names: ['name'], metavar: '<name>', help: 'Name of the new template' },
    option('coe', 'What orchestrates the containers: kubernetes', { required: true }),
    option('image', 'Image of the nodes (name or ID); it must have the property os_distro', { required: true }),
    option('external-network', 'Network to the outside (name or ID)', { required: true }),
    option('keypair', 'Key pair that lets you in to the nodes (name)'),
    option('fixed-network', 'Project network for the nodes (name or ID); a new one unless given'),
    option('fixed-subnet', 'Its subnet (name or ID)'),
    option('network-driver', 'What connects the containers, such as flannel or calico'),
    option('volume-driver', 'What gives the containers volumes: cinder'),
    option('dns-nameserver', 'Name servers of the nodes, separated by commas', { default: '8.8.8.8' }),
    option('flavor', 'Flavor of the nodes (name or ID)', { default: 'm1.medium' }),
    option('master-flavor', 'Flavor of the nodes that control the others (name or ID)'),
    option('docker-volume-size', 'Size of a volume for container images in GiB', { type: int }),
    option('docker-storage-driver', 'How container images are stored; devicemapper and overlay are going away', { default: 'overlay2' }),
    option('http-proxy', 'Proxy for HTTP'),
    option('https-proxy', 'Proxy for HTTPS'),
    option('no-proxy', 'What is reached without the proxy'),
    option('labels', 'What the driver goes by; repeat it, or separate pairs with commas', { metavar: '<KEY1=VALUE1,KEY2=VALUE2;KEY3=VALUE3...>', action: 'append', default: [] }),
    flag('tls-disabled', 'Speak to the cluster without encryption'),
    flag('public', 'Let every project use it'),
    flag('registry-enabled', 'Run a registry in the cluster'),
    { names: ['--insecure-registry'], help: 'URL of a registry without encryption' },
    option('server-type', 'What the nodes are: vm or bm', { default: 'vm' }),
    flag('master-lb-enabled', 'Put a load balancer before the nodes that control the others'),
    { names: ['--floating-ip-enabled'], action: 'count', default: 0, help: 'Give the nodes floating IP addresses' },
    { names: ['--floating-ip-disabled'], action: 'count', default: 0, help: 'Give them none' },
    flag('hidden', 'Leave it out of lists'),
    { names: ['--visible'], dest: 'hidden', action: 'store_false', help: 'Show it in lists' },
    { names: ['--tags'], action: 'append', default: [], metavar: '<--tags tag1 --tags tag2,tag3>', help: 'Tags' },
  ], // prettier-ignore
  async run(app, args) {
    const name = args.string('name') ?? '';
    const text = (dest: string): string | null => args.string(dest) ?? null;
    const storage = text('docker_storage_driver');
    const json = {
      name,
      image_id: text('image'),
      keypair_id: text('keypair'),
      external_network_id: text('external_network'),
      coe: text('coe'),
      fixed_network: text('fixed_network'),
      fixed_subnet: text('fixed_subnet'),
      network_driver: text('network_driver'),
      volume_driver: text('volume_driver'),
      dns_nameserver: text('dns_nameserver'),
      flavor_id: text('flavor'),
      master_flavor_id: text('master_flavor'),
      docker_volume_size: args.number('docker_volume_size') ?? null,
      docker_storage_driver: storage,
      http_proxy: text('http_proxy'),
      https_proxy: text('https_proxy'),
      no_proxy: text('no_proxy'),
      labels: labelsOf(args.list('labels')),
      tls_disabled: args.flag('tls_disabled'),
      public: args.flag('public'),
      registry_enabled: args.flag('registry_enabled'),
      insecure_registry: text('insecure_registry'),
      server_type: text('server_type'),
      master_lb_enabled: args.flag('master_lb_enabled'),
      ...(args.flag('hidden') && { hidden: true }),
      ...(args.list('tags').length > 0 && { tags: tagsOf(args.list('tags')) }),
      ...floatingIp(args.number('floating_ip_enabled') ?? 0, args.number('floating_ip_disabled') ?? 0),
    };
    if (storage !== null && DEPRECATED.includes(storage)) {
      app.output.write(
        `WARNING: Docker storage drivers ${repr(DEPRECATED)} are deprecated and will be removed in a future release. Use overlay2 instead.\n`,
      );
    }
    const info = await magnum(app, 'POST', PATH, { json });
    app.output.write(`Request to create cluster template ${name} accepted\n`);
    return fieldsOf(info);
  },
};

/** Each once. The real client's come in any order, which differs from run to run. */
function tagsOf(given: readonly string[]): string {
  return [...new Set(given.join(',').split(','))].join(',');
}

/** @throws {@link CommandError} */
function floatingIp(enabled: number, disabled: number): { floating_ip_enabled?: boolean } {
  if (enabled + disabled > 1) {
    throw new CommandError(
      '--floating-ip-enabled and --floating-ip-disabled are mutually exclusive and should be specified only once.',
    );
  }
  return enabled + disabled === 0 ? {} : { floating_ip_enabled: enabled === 1 };
}

/** `openstack coe cluster template delete` */
export const deleteTemplate: PlainCommand = {
  name: 'coe cluster template delete',
  upstream: 'magnumclient.osc.v1.cluster_templates.DeleteClusterTemplate',
  kind: 'command',
  description: 'Delete cluster templates',
  arguments: [
    {
      names: ['cluster-templates'],
      metavar: '<cluster-templates>',
      nargs: '+',
      help: 'Templates (name or ID)',
    },
  ],
  async run(app, args) {
    for (const ident of args.list('cluster-templates')) {
      try {
        await magnum(app, 'DELETE', pathOf(ident));
        app.output.write(`Request to delete cluster template ${ident} has been accepted.\n`);
      } catch (error) {
        app.output.write(`Delete for cluster template ${ident} failed: ${message(error)}\n`);
      }
    }
  },
};

/** `openstack coe cluster template list` */
export const listTemplate: ListerCommand = {
  name: 'coe cluster template list',
  upstream: 'magnumclient.osc.v1.cluster_templates.ListTemplateCluster',
  kind: 'lister',
  description: 'List cluster templates',
  arguments: [
    option('limit', 'So many at most', { type: int }),
    option('sort-key', 'Field to sort by'),
    option('sort-dir', 'asc: smallest first; desc: largest first', { choices: ['desc', 'asc'] }),
    option('fields', 'Fields to show besides, separated by commas'),
  ],
  async run(app, args) {
    const limit = args.number('limit');
    const [sort_key, sort_dir] = [args.string('sort_key'), args.string('sort_dir')];
    const query = {
      ...(limit !== undefined && { limit }),
      ...(sort_key !== undefined && { sort_key }),
      ...(sort_dir !== undefined && { sort_dir }),
    };
    const fields = args.string('fields');
    const columns = ['uuid', 'name', 'tags', ...(fields ? fields.split(',') : [])];
    const found = (await magnum(app, 'GET', PATH, { query })).clustertemplates as Info[]; // the API's contract
    const rows = found.slice(0, limit).map((info) =>
      columns.map((column) => {
        const field = column.toLowerCase().replaceAll(' ', '_');
        return Object.hasOwn(info, field) ? (info[field] ?? null) : '';
      }),
    );
    return { columns, rows, inList: true };
  },
};

const ident: ArgumentSpec = {
  names: ['cluster-template'],
  metavar: '<cluster-template>',
  help: 'Template (name or ID)',
};

/** `openstack coe cluster template show` */
export const showTemplate: ShowOneCommand = {
  name: 'coe cluster template show',
  upstream: 'magnumclient.osc.v1.cluster_templates.ShowClusterTemplate',
  kind: 'show',
  description: 'Show a cluster template',
  arguments: [ident],
  async run(app, args) {
    return fieldsOf(await magnum(app, 'GET', pathOf(args.string('cluster-template') ?? '')));
  },
};

/** `openstack coe cluster template update` */
export const updateTemplate: ShowOneCommand = {
  name: 'coe cluster template update',
  upstream: 'magnumclient.osc.v1.cluster_templates.UpdateClusterTemplate',
  kind: 'show',
  description: 'Change a cluster template',
  arguments: [
    ident,
    { names: ['op'], metavar: '<op>', choices: ['add', 'replace', 'remove'], help: 'add, replace or remove' },
    {
      names: ['attributes'],
      metavar: '<path=value>',
      nargs: '+',
      help: 'Fields with their new values; to remove one, its name alone',
    },
  ],
  async run(app, args) {
    const json = patchOf(args.string('op') ?? '', args.list('attributes'));
    return fieldsOf(await magnum(app, 'PATCH', pathOf(args.string('cluster-template') ?? ''), { json }));
  },
};
