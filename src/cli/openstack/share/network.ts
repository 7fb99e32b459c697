/** `share network …`: manilaclient/osc/v2/share_networks.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { formatDict } from '../../formatters/columns';
import { repr } from '../../python';
import { findProject } from '../identity/common';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { attempts, dictListText, fields, flag, forEachOf, option, positional, rows, several } from './common';
import { NETWORKS, SECURITY_SERVICES } from './kinds';
import { get, idOf, manila, oscFind, pathOf, waitForDelete, type Info, type ManilaClient } from './manila'; // prettier-ignore

export const network = positional('share_network', '<share-network>', 'Share network (name or ID)');

/** `openstack share network list` */
export const listNetwork: ListerCommand = {
  name: 'share network list',
  upstream: 'manilaclient.osc.v2.share_networks.ListShareNetwork',
  kind: 'lister',
  description: 'List share networks',
  arguments: [
    option('--name', 'Share networks of this name only', '<share-network>'),
    { ...option('--name~', 'Share networks with this in their name', '<share-network-name-pattern>'), dest: 'name~' },
    option('--description', 'Share networks of this description only', '<share-network-description>'),
    { ...option('--description~', 'Share networks with this in their description', '<share-network-description-pattern>'), dest: 'description~' },
    flag('--all-projects', 'Share networks of all projects (administrators only)'),
    option('--project', 'Share networks of this project only (name or ID; administrators only)'),
    option('--project-domain', 'Domain of the project (name or ID), where several projects have the same name'),
    option('--created-since', 'Share networks of this day and later only', '<yyyy-mm-dd>'),
    option('--created-before', 'Share networks before this day only', '<yyyy-mm-dd>'),
    option('--security-service', 'Share networks with this security service only (name or ID)'),
    option('--neutron-net-id', 'Share networks in this network only (ID)'),
    option('--neutron-subnet-id', 'Share networks in this subnet only (ID)'),
    option('--network-type', 'Share networks in a network of this type only, such as vlan'),
    option('--segmentation-id', 'Share networks in a network of this number only'),
    option('--cidr', 'Share networks of these addresses only', '<X.X.X.X/X>'),
    { ...option('--ip-version', 'Share networks of this version of IP only, 4 or 6', '4/6'), choices: ['4', '6'] },
    flag('--detail', 'More columns'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const project = args.string('project');
    const project_id = project ? await findProject(app, project, args.string('project_domain')) : undefined;
    const patterns = ['name~', 'description~', 'description'];
    if (patterns.some((key) => args.string(key))) {
      client.require(
        36,
        'Pattern based filtering (name~, description~ and description) is only available with manila API version >= 2.36',
      );
    }
    const plain = ['name', 'created_since', 'created_before', 'neutron_net_id', 'neutron_subnet_id', 'network_type', 'segmentation_id', 'cidr', 'ip_version', 'security_service']; // prettier-ignore
    const infos = await client.list(NETWORKS.listKey, '/share-networks/detail', {
      all_tenants: Boolean(project) || args.flag('all_projects'),
      project_id,
      ...Object.fromEntries([...plain, ...patterns].map((key) => [key, args.string(key)])),
    });
    const columns = [
      'ID',
      'Name',
      ...(args.flag('detail') ? ['Status', 'Created At', 'Updated At', 'Description'] : []),
      ...(args.flag('all_projects') ? ['Project ID'] : []),
    ];
    return rows(infos, columns);
  },
};

/** `openstack share network show` */
export const showNetwork: ShowOneCommand = {
  name: 'share network show',
  upstream: 'manilaclient.osc.v2.share_networks.ShowShareNetwork',
  kind: 'show',
  description: 'Show everything about a share network',
  arguments: [network],
  async run(app, args) {
    const client = await manila(app);
    const info = await oscFind(client, NETWORKS, args.string('share_network') ?? '');
    const isTable = args.string('formatter') === 'table';
    const subnets = ((info.share_network_subnets ?? []) as Info[]).map(({ metadata, ...subnet }) => ({
      ...subnet,
      properties: isTable ? formatDict((metadata ?? {}) as Info) : (metadata ?? {}),
    })); // the API's contract
    const services = await client.list(SECURITY_SERVICES.listKey, '/security-services', {
      share_network_id: idOf(info),
    });
    const security_services = services.map(({ id, name }) => ({
      security_service_name: name ?? null,
      security_service_id: id ?? null,
    }));
    return fields({
      ...info,
      share_network_subnets: isTable ? dictListText(subnets) : subnets,
      security_services: isTable ? dictListText(security_services) : security_services,
    });
  },
};

/** `openstack share network create` */
export const createNetwork: ShowOneCommand = {
  name: 'share network create',
  upstream: 'manilaclient.osc.v2.share_networks.CreateShareNetwork',
  kind: 'show',
  description: 'Say which network a server of shares shall be in',
  arguments: [
    option('--name', 'Name of the new share network', '<share-network>'),
    option('--description', 'What it is for'),
    option('--neutron-net-id', 'Network of the servers (ID)'),
    option('--neutron-subnet-id', 'Subnet of the servers (ID)'),
    option('--availability-zone', 'Availability zone that the network is for; all unless given'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const zone = args.string('availability_zone');
    if (zone) client.require(51, 'Availability zone can be specified only with manila API version >= 2.51');
    const keys = ['neutron_net_id', 'neutron_subnet_id', 'name', 'description', 'availability_zone'];
    const share_network = given(args, keys);
    const info = await client.one('share_network', '/share-networks', 'POST', { share_network });
    const subnets = (info.share_network_subnets ?? []) as Info[]; // the API's contract
    const isTable = args.string('formatter') === 'table';
    return fields({ ...info, share_network_subnets: isTable ? dictListText(subnets) : subnets });
  },
};

/** What was given and is not empty. */
export function given(args: ParsedArgs, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    keys.map((key): [string, string] => [key, args.string(key) ?? '']).filter(([, value]) => value !== ''),
  );
}

/** `openstack share network delete` */
export const deleteNetwork: PlainCommand = {
  name: 'share network delete',
  upstream: 'manilaclient.osc.v2.share_networks.DeleteShareNetwork',
  kind: 'command',
  description: 'Delete share networks',
  arguments: [
    several('share_network', '<share-network>', 'Share networks to delete (name or ID)'),
    flag('--wait', 'Return when they are gone'),
  ],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('share_network'),
      async (name) => {
        const id = idOf(await oscFind(client, NETWORKS, name));
        await client.send('DELETE', pathOf(NETWORKS, id));
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, NETWORKS, id)));
      },
      {
        failed: (name, why) => `Failed to delete share network with name or ID ${name}: ${why}`,
        total: (failed, all) => `${failed} of ${all} share networks failed to be deleted.`,
      },
    );
  },
};

const NEWER = ['status', 'check_only', 'restart_check', 'current_security_service'];

/** `openstack share network set` */
export const setNetwork: PlainCommand = {
  name: 'share network set',
  upstream: 'manilaclient.osc.v2.share_networks.SetShareNetwork',
  kind: 'command',
  description: 'Change a share network',
  arguments: [
    network,
    option('--name', 'New name'),
    option('--description', 'New description'),
    { ...option('--status', 'State to write into the database, whatever the truth is (administrators only): active, error, network_change'), choices: ['active', 'error', 'network_change'] },
    option('--neutron-net-id', 'New network of the servers (ID)'),
    option('--neutron-subnet-id', 'New subnet of the servers (ID)'),
    option('--current-security-service', 'Security service to replace (name or ID)', '<security-service>'),
    option('--new-security-service', 'Security service to add, or to replace the current one with (name or ID)', '<security-service>'),
    flag('--check-only', 'Only see whether the security service could be added'),
    flag('--restart-check', 'See again'),
  ], // prettier-ignore
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    if (!client.atLeast(63)) {
      const wrong = NEWER.filter((key) => (args.get(key) ?? null) !== null);
      throw new CommandError(`Use of ${wrong.join(' ')} is only available for API microversions >= 2.63.`);
    }
    const isCheck = args.flag('check_only') || args.flag('restart_check');
    if (isCheck && !args.string('new_security_service'))
      throw new CommandError('Must provide new security service with --check-only and --restart-check.');
    const tries = attempts(app, 'set');
    const keys = ['name', 'description', 'neutron_net_id', 'neutron_subnet_id'];
    const changes = Object.fromEntries(
      keys
        .map((key) => [key, args.string(key)] as const)
        .filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    if (Object.keys(changes).length > 0) {
      await tries.attempt(
        (why) => `Failed to set share network properties ${repr(changes)}: ${why}`,
        () => update(client, id, changes),
      );
    }
    const status = args.string('status');
    if (status) {
      await tries.attempt(
        (why) => `Failed to update share network status to ${status}: ${why}`,
        () => act(client, id, 'reset_status', { status }),
      );
    }
    await setSecurityService(app, client, id, args, tries);
    tries.end();
  },
};

function update(client: ManilaClient, id: string, changes: Readonly<Record<string, string>>) {
  const share_network = Object.fromEntries(
    Object.entries(changes).map(([key, value]) => [key, value === '' ? null : value]),
  );
  return client.send('PUT', pathOf(NETWORKS, id), { share_network });
}

/** POST …/action; its name is the same in every version. */
function act(client: ManilaClient, id: string, name: string, info: unknown): Promise<Info> {
  return client.send('POST', `${pathOf(NETWORKS, id)}/action`, { [name]: info });
}

async function setSecurityService(
  app: App,
  client: ManilaClient,
  id: string,
  args: ParsedArgs,
  tries: ReturnType<typeof attempts>,
): Promise<void> {
  const [newer, current] = [args.string('new_security_service'), args.string('current_security_service')];
  const new_id = newer ? idOf(await oscFind(client, SECURITY_SERVICES, newer)) : undefined;
  const current_id = current ? idOf(await oscFind(client, SECURITY_SERVICES, current)) : undefined;
  if (new_id === undefined) return;
  const where = args.string('share_network') ?? '';
  const info = current_id
    ? { current_service_id: current_id, new_service_id: new_id }
    : { security_service_id: new_id };
  const name = current_id ? 'update_security_service' : 'add_security_service';
  await tries.attempt(
    (why) =>
      current_id
        ? `Failed to update security service ${String(current)} on share network ${where}: ${why}`
        : `Failed to add security service  ${String(newer)} to share network ${where}: ${why}`,
    async () => {
      if (!args.flag('check_only')) return act(client, id, name, info);
      const reset_operation = args.flag('restart_check');
      const { compatible } = await act(client, id, `${name}_check`, { ...info, reset_operation });
      const can = compatible ? 'can' : 'cannot';
      app.log(
        'error',
        compatible === null || compatible === undefined
          ? 'Security service check has been successfully initiated, please retry after some time.'
          : current_id
            ? `Security service ${String(current)} ${can} be replaced with security service ${String(newer)} on share network ${where}.`
            : `Security service ${String(newer)} ${can} be added to share network ${where}.`,
      );
      return undefined;
    },
  );
}

/** `openstack share network unset` */
export const unsetNetwork: PlainCommand = {
  name: 'share network unset',
  upstream: 'manilaclient.osc.v2.share_networks.UnsetShareNetwork',
  kind: 'command',
  description: 'Remove the name, the description or a security service of a share network',
  arguments: [
    network,
    flag('--name', 'Remove the name'),
    flag('--description', 'Remove the description'),
    option('--security-service', 'Security service to remove (name or ID)'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const where = args.string('share_network') ?? '';
    const id = idOf(await oscFind(client, NETWORKS, where));
    const service = args.string('security_service');
    const security_service_id = service ? idOf(await oscFind(client, SECURITY_SERVICES, service)) : undefined;
    const tries = attempts(app, 'unset');
    const changes = {
      ...(args.flag('name') && { name: '' }),
      ...(args.flag('description') && { description: '' }),
    };
    if (Object.keys(changes).length > 0) {
      await tries.attempt(
        (why) => `Failed to unset share network properties ${repr(changes)}: ${why}`,
        () => update(client, id, changes),
      );
    }
    if (security_service_id !== undefined) {
      await tries.attempt(
        (why) => `Failed to dissociate security service${String(service)} from ${where}: ${why}`,
        () => act(client, id, 'remove_security_service', { security_service_id }),
      );
    }
    tries.end();
  },
};
