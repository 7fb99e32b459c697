/** Networks of servers: commands of openstackclient/compute/v2/server.py. */
import { HttpException, NETWORK_KINDS, NotFoundException } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { ListDictColumn } from '../../formatters/columns';
import { message } from '../../messages';
import type { App } from '../app';
import type { PlainCommand, ShowOneCommand } from '../command';
import { find, findId, network, update } from '../network/sdk';
import { compute, hasEndpoint, need } from './client';
import { arg, opt, server } from './options';
import type { Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.server';
const tag = opt('tag', 'Tag of the interface, as the metadata service tells it');
const address = (help: string): ArgumentSpec => opt('fixed-ip-address', help, 'ip-address');
const ip = (help: string): ArgumentSpec => arg('ip_address', help, { metavar: '<ip-address>' });

/** A network or port by its id; without a Network service the text stands for itself. */
async function idOf(app: App, kind: 'Network' | 'Port', args: ParsedArgs): Promise<string> {
  const name = args.string(kind.toLowerCase()) ?? '';
  return (await hasEndpoint(app, 'network')) ? findId(app, kind, name) : name;
}

async function serverId(app: App, args: ParsedArgs): Promise<string> {
  return (await compute(app).findServer(args.string('server') ?? '', { ignoreMissing: false })).id;
}

async function tagOf(app: App, args: ParsedArgs): Promise<{ tag?: string }> {
  const text = args.string('tag');
  if (!text) return {};
  await need(app, '2.49', '--os-compute-api-version 2.49 or greater is required to support the --tag option');
  return { tag: text };
}

/** `openstack server add fixed ip` */
export const addFixedIp: ShowOneCommand = {
  name: 'server add fixed ip',
  upstream: `${upstream}.AddFixedIP`,
  kind: 'show',
  description: 'Give a server an address on a network',
  arguments: [server(), arg('network', 'Network (name or ID)'), address('Address to have'), tag],
  async run(app, args) {
    const id = await serverId(app, args);
    const tags = await tagOf(app, args);
    const fixed = args.string('fixed_ip_address');
    const made = await compute(app).createServerInterface(id, {
      net_id: await idOf(app, 'Network', args),
      ...(fixed && { fixed_ips: [{ ip_address: fixed }] }),
      ...tags,
    });
    const fixedIps = new ListDictColumn(made.fixed_ips as unknown as Fields[]); // JSON of the API
    return {
      columns: [
        'Port ID', 'Server ID', 'Network ID', 'MAC Address', 'Port State', 'Fixed IPs',
        ...('tag' in tags ? ['Tag'] : []),
      ],
      values: [
        made.port_id, id, made.net_id, made.mac_addr, made.port_state, fixedIps,
        ...('tag' in tags ? [made.tag ?? null] : []),
      ],
    }; // prettier-ignore
  },
};

/** `openstack server add port` and `openstack server add network` */
const addInterface = (kind: 'Network' | 'Port'): PlainCommand => ({
  name: `server add ${kind.toLowerCase()}`,
  upstream: `${upstream}.Add${kind}`,
  kind: 'command',
  description: kind === 'Port' ? 'Give a port to a server' : 'Put a server on a network',
  arguments: [server(), arg(kind.toLowerCase(), `${kind} (name or ID)`), tag],
  async run(app, args) {
    const id = await serverId(app, args);
    const found = await idOf(app, kind, args);
    const where = kind === 'Port' ? { port_id: found } : { net_id: found };
    await compute(app).createServerInterface(id, { ...where, ...(await tagOf(app, args)) });
  },
});
export const addPort = addInterface('Port');
export const addNetwork = addInterface('Network');

/** `openstack server remove port` */
export const removePort: PlainCommand = {
  name: 'server remove port',
  upstream: `${upstream}.RemovePort`,
  kind: 'command',
  description: 'Take a port from a server',
  arguments: [server(), arg('port', 'Port (name or ID)')],
  async run(app, args) {
    const id = await serverId(app, args);
    await compute(app).deleteServerInterface(id, await idOf(app, 'Port', args));
  },
};

/** `openstack server remove network` */
export const removeNetwork: PlainCommand = {
  name: 'server remove network',
  upstream: `${upstream}.RemoveNetwork`,
  kind: 'command',
  description: 'Take a server off a network',
  arguments: [server(), arg('network', 'Network (name or ID)')],
  async run(app, args) {
    const id = await serverId(app, args);
    const network = await idOf(app, 'Network', args);
    for (const one of await compute(app).serverInterfaces(id))
      if (one.net_id === network) await compute(app).deleteServerInterface(id, one.port_id);
  },
};

/** `openstack server remove fixed ip` */
export const removeFixedIp: PlainCommand = {
  name: 'server remove fixed ip',
  upstream: `${upstream}.RemoveFixedIP`,
  kind: 'command',
  description: 'Take an address from a server',
  arguments: [server(), ip('Address')],
  async run(app, args) {
    await compute(app).act(await serverId(app, args), {
      removeFixedIp: { address: args.string('ip_address') ?? '' },
    });
  },
};

type Port = { id: string; fixed_ips: { ip_address: string }[] };
const FLOATING_IP = { kind: NETWORK_KINDS.FloatingIP };

/** `openstack server add floating ip` */
export const addFloatingIp: PlainCommand = {
  name: 'server add floating ip',
  upstream: `${upstream}.AddFloatingIP`,
  kind: 'command',
  description: 'Let a floating address lead to a server',
  arguments: [server(), ip('Floating address'), address("Which of the server's own addresses it leads to")],
  async run(app, args) {
    const fixed = args.string('fixed_ip_address');
    if (!(await hasEndpoint(app, 'network'))) {
      const addFloatingIp = {
        address: args.string('ip_address') ?? '',
        ...(fixed && { fixed_address: fixed }),
      };
      await compute(app).act(await serverId(app, args), { addFloatingIp });
      return;
    }
    const floating = await find(app, FLOATING_IP, args.string('ip_address') ?? '');
    const query = { device_id: await serverId(app, args) };
    const ports = await network(app).list<Port>(NETWORK_KINDS.Port, query);
    if (ports.length === 0) throw new CommandError('No attached ports found to associate floating IP with');
    if (fixed) {
      const port = ports.find(({ fixed_ips }) => fixed_ips.some(({ ip_address }) => ip_address === fixed));
      if (port === undefined) throw new CommandError(`No port found for fixed IP address ${fixed}`);
      await update(app, FLOATING_IP, floating, { fixed_ip_address: fixed, port_id: port.id });
      return;
    }
    let refusal: unknown;
    for (const { id } of ports) {
      try {
        await update(app, FLOATING_IP, floating, { port_id: id });
        return;
      } catch (error) {
        if (!(error instanceof NotFoundException)) throw error;
        app.log('info', `Skipped port ${id} because it is not attached to an external gateway`);
        refusal = error;
      }
    }
    throw refusal;
  },
};

/** `openstack server remove floating ip` */
export const removeFloatingIp: PlainCommand = {
  name: 'server remove floating ip',
  upstream: `${upstream}.RemoveFloatingIP`,
  kind: 'command',
  description: 'Let a floating address lead nowhere',
  arguments: [server(), ip('Floating address')],
  async run(app, args) {
    if (await hasEndpoint(app, 'network')) {
      const floating = await find(app, FLOATING_IP, args.string('ip_address') ?? '');
      await update(app, FLOATING_IP, floating, { port_id: null });
      return;
    }
    await compute(app).act(await serverId(app, args), {
      removeFloatingIp: { address: args.string('ip_address') ?? '' },
    });
  },
};

/** `openstack server add security group` and its opposite */
const securityGroups = (add: boolean): PlainCommand => ({
  name: `server ${add ? 'add' : 'remove'} security group`,
  upstream: `${upstream}.${add ? 'Add' : 'Remove'}ServerSecurityGroup`,
  kind: 'command',
  description: add ? 'Put a server into security groups' : 'Take a server out of security groups',
  arguments: [
    server(),
    arg('security_groups', 'Security groups (name or ID)', { nargs: '+', metavar: '<security-group>' }),
  ],
  async run(app, args) {
    const id = await serverId(app, args);
    const groups = args.list('security_groups');
    let failed = 0;
    for (const name of groups) {
      try {
        await compute(app).act(id, { [`${add ? 'add' : 'remove'}SecurityGroup`]: { name } });
      } catch (error) {
        if (!(error instanceof HttpException)) throw error;
        failed++;
        app.log(
          'error',
          `Failed to ${add ? 'add' : 'remove'} security group with name or ID '${name}' ${add ? 'to' : 'from'} server '${id}': ${message(error)}`,
        );
      }
    }
    if (failed > 0)
      throw new CommandError(
        `${failed} of ${groups.length} security groups were not ${add ? 'added' : 'removed'}.`,
      );
  },
});
export const addSecurityGroup = securityGroups(true);
export const removeSecurityGroup = securityGroups(false);
