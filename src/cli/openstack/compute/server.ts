/** ShowServer, DeleteServer, SetServer and UnsetServer of openstackclient/compute/v2/server.py. */
import { NotFoundException, type ServerUpdate } from '../../../client';
import { CommandError } from '../../errors';
import { DictColumn } from '../../formatters/columns';
import type { App } from '../app';
import { sortedFields, type PlainCommand, type ShowOneCommand } from '../command';
import { compute, ignoringMissing, image, needFor } from './client';
import { flag, many, opt, property, server, servers, wait } from './options';
import { SERVER, type Fields } from './sdk';
import { serverDetail } from './server-detail';
import { showProgress } from './wait';

const upstream = 'openstackclient.compute.v2.server';

/** `openstack server show` */
export const showServer: ShowOneCommand = {
  name: 'server show',
  upstream: `${upstream}.ShowServer`,
  kind: 'show',
  description: 'Show a server',
  arguments: [
    server('Server to show (name or ID)'),
    flag('diagnostics', 'What its hypervisor knows of it, instead', { default: false, exclusive: 'what' }),
    flag('topology', 'With how its processors and memory lie on the host', {
      default: false,
      exclusive: 'what',
    }),
  ],
  async run(app, args) {
    const client = compute(app);
    await image(app);
    const one = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    if (args.flag('diagnostics')) return sortedFields(diagnostics(await client.serverDiagnostics(one.id)));
    if (!args.flag('topology')) return serverDetail(app, SERVER(one));
    await needFor(app, '2.78', '--topology');
    // the SDK of this release does not ask for the microversion that it needs
    const response = await client.request(`/servers/${one.id}/topology`);
    return serverDetail(app, SERVER(one), { topology: new DictColumn((await response.json()) as Fields) }); // the API's contract
  },
};

const DIAGNOSTICS =
  'state driver hypervisor hypervisor_os uptime num_cpus num_disks num_nics memory_details cpu_details disk_details nic_details id name location';

function diagnostics(wire: Record<string, unknown>): Fields {
  const values = wire as Fields; // JSON of the API
  const names = DIAGNOSTICS.split(' ').map((name) => [name, values[name] ?? null] as const);
  return Object.fromEntries([['has_config_drive', values.config_drive ?? null], ...names]);
}

/** `openstack server delete` */
export const deleteServer: PlainCommand = {
  name: 'server delete',
  upstream: `${upstream}.DeleteServer`,
  kind: 'command',
  description: 'Delete servers',
  arguments: [
    servers('Servers to delete (name or ID)'),
    flag('force', 'For good, even if the cloud would keep them for a while'),
    flag('all-projects', 'Look for the servers in all projects; administrators may ask for this', {
      default: false,
    }),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    for (const name of args.list('server')) {
      const { id } = await client.findServer(name, {
        ignoreMissing: false,
        allProjects: args.flag('all_projects'),
      });
      if (args.flag('force')) await client.serverAction(id, 'forceDelete');
      else await ignoringMissing(client.deleteServer(id));
      if (args.flag('wait')) await waitForDelete(app, id);
    }
  },
};

/** `wait_for_delete` of the SDK: every two seconds, for two minutes. */
async function waitForDelete(app: App, id: string): Promise<void> {
  for (let seconds = 0; seconds < 120; seconds += 2) {
    try {
      const { status, progress } = await compute(app).getServer(id);
      if (status === 'DELETED') return;
      showProgress(app, progress);
    } catch (error) {
      if (error instanceof NotFoundException) return;
      throw error;
    }
    await app.context.sleep(2000);
  }
  throw new CommandError(`Error deleting server: ${id}`);
}

/** `openstack server set` */
export const setServer: PlainCommand = {
  name: 'server set',
  upstream: `${upstream}.SetServer`,
  kind: 'command',
  description: 'Change a server',
  arguments: [
    server('Server to change (name or ID)'),
    opt('name', 'New name', 'new-name'),
    { names: ['--password'], exclusive: 'password', help: 'New password of its administrator' },
    flag('no-password', 'Forget the password in the cloud; the server keeps it', { exclusive: 'password' }),
    flag('root-password', '', { exclusive: 'password', hidden: true, absent: true }),
    property('Property to set'),
    opt(
      'state',
      'State to say that it is in, whatever it is: active, error; administrators may do this',
      'state',
      {
        choices: ['active', 'error'],
      },
    ),
    opt('description', 'New description'),
    many('tag', 'Tag to add', 'tag', { dest: 'tags' }),
    opt('hostname', 'New host name, as the metadata service tells it'),
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const [name, description, hostname] = ['name', 'description', 'hostname'].map((dest) =>
      args.string(dest),
    );
    if (description) await needFor(app, '2.19', '--description');
    if (args.list('tags').length > 0) await needFor(app, '2.26', '--tag');
    if (hostname) await needFor(app, '2.90', '--hostname');
    if (name || description || hostname) {
      await client.updateServer(id, {
        ...(name && { name }),
        ...(description && { description }),
        // the SDK of this release sends the name that answers have
        ...(hostname && ({ 'OS-EXT-SRV-ATTR:hostname': hostname } as ServerUpdate)),
      });
    }
    const properties = args.pairs('properties');
    if (properties.length > 0) await client.setServerMetadata(id, Object.fromEntries(properties));
    const state = args.string('state');
    if (state) await client.act(id, { 'os-resetState': { state } });
    const password = args.string('password');
    if (password) await client.act(id, { changePassword: { adminPass: password } });
    else if (args.flag('no_password')) await client.clearServerPassword(id);
    for (const tag of args.list('tags'))
      await client.request(`/servers/${id}/tags/${encodeURIComponent(tag)}`, { method: 'PUT' }); // without a microversion, as the SDK
  },
};

/** `openstack server unset` */
export const unsetServer: PlainCommand = {
  name: 'server unset',
  upstream: `${upstream}.UnsetServer`,
  kind: 'command',
  description: 'Take properties, tags or the description from a server',
  arguments: [
    server('Server to change (name or ID)'),
    many('property', 'Property to take away', 'key', { dest: 'properties', exclusive: 'properties' }),
    flag('all-properties', 'Take all properties away', { exclusive: 'properties' }),
    flag('description', 'Take the description away'),
    many('tag', 'Tag to take away', 'tag', { dest: 'tags', exclusive: 'tags' }),
    flag('all-tags', 'Take all tags away', { exclusive: 'tags' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const { id } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const properties = args.list('properties');
    if (properties.length > 0 || args.flag('all_properties'))
      await client.deleteServerMetadata(id, properties.length > 0 ? properties : undefined);
    if (args.flag('description')) {
      await needFor(app, '2.19', '--description');
      await client.updateServer(id, { description: '' });
    }
    if (args.list('tags').length === 0 && !args.flag('all_tags')) return;
    await needFor(app, '2.26', '--tag');
    // without a microversion, as the SDK
    for (const tag of args.list('tags'))
      await client.request(`/servers/${id}/tags/${encodeURIComponent(tag)}`, { method: 'DELETE' });
    if (args.flag('all_tags')) await client.request(`/servers/${id}/tags`, { method: 'DELETE' });
  },
};
