import { addressesOf } from './addresses';
import type { ComputeApi, NovaRequest } from './api';
import { badRequest, conflict, forbidden, notFound } from './errors';
import { connect, disconnect } from './network-allocation';
import { AMBIGUOUS, availableNetworks } from './networks';
import { Neutron, NeutronClientError, refreshNetworkInfo, type Port, type SecurityGroup } from './neutron';
import { attachInterface } from './schemas/interfaces';
import { anything } from './schemas/actions';
import { actedOn, checkState } from './server-actions';
import { checkUnlocked, getServer } from './servers';
import type { ServerRecord } from './state';

const ATTACHABLE = ['active', 'paused', 'stopped'];

/** Ports of servers: nova/api/openstack/compute/{attach_interfaces,ips,security_groups}.py. */
export function mountAttachInterfaces(api: ComputeApi): void {
  const { nova } = api;
  const find = (request: NovaRequest, action: string): ServerRecord => {
    const server = getServer(api, request, request.param('server_id'));
    request.enforce('reader', action, { projectId: server.project_id });
    return server;
  };
  const show = async (request: NovaRequest, server: ServerRecord, id: string): Promise<object> => {
    const port = await new Neutron(nova).port(request.context.token, id).catch((error: unknown) => {
      if (error instanceof NeutronClientError && error.status === 404)
        throw notFound(`Port id ${id} could not be found.`);
      throw error;
    });
    if (port.device_id !== server.id)
      throw notFound(`Instance ${server.id} does not have a port with id ${id}`);
    return { interfaceAttachment: attachmentView(request, server, port) };
  };

  api.route('/servers/{server_id}/os-interface', {
    GET: {
      async handle(request) {
        const server = find(request, 'os-attach-interfaces:list');
        const ports = await portsOf(api, request, server);
        return { interfaceAttachments: ports.map((port) => attachmentView(request, server, port)) };
      },
    },
    POST: {
      body: attachInterface,
      async handle(request) {
        const server = getServer(api, request, request.param('server_id'));
        request.enforce('member', 'os-attach-interfaces:create', { projectId: server.project_id });
        const id = await attach(api, request, server, request.member('interfaceAttachment'));
        await refreshNetworkInfo(nova, [server]);
        return show(request, server, id);
      },
    },
  });
  api.route('/servers/{server_id}/os-interface/{id}', {
    GET: {
      handle: (request) => show(request, find(request, 'os-attach-interfaces:show'), request.param('id')),
    },
    DELETE: {
      status: 202,
      async handle(request) {
        const server = getServer(api, request, request.param('server_id'));
        request.enforce('member', 'os-attach-interfaces:delete', { projectId: server.project_id });
        checkUnlocked(request, server);
        checkState(server, 'detach_interface', ATTACHABLE);
        await disconnect(nova, server, request.param('id'));
      },
    },
  });

  api.route('/servers/{server_id}/ips', {
    GET: {
      async handle(request) {
        const server = find(request, 'ips:index');
        await refreshNetworkInfo(nova, [server]);
        return { addresses: addressesOf(server, false) };
      },
    },
  });
  api.route('/servers/{server_id}/ips/{id}', {
    GET: {
      async handle(request) {
        const server = find(request, 'ips:show');
        await refreshNetworkInfo(nova, [server]);
        const addresses = addressesOf(server, false);
        const id = request.param('id');
        if (!Object.hasOwn(addresses, id)) throw notFound('Instance is not a member of specified network');
        return { [id]: addresses[id] };
      },
    },
  });

  api.route('/servers/{server_id}/os-security-groups', {
    GET: {
      async handle(request) {
        const server = find(request, 'os-security-groups:list');
        const ports = await portsOf(api, request, server);
        const ids = [...new Set(ports.flatMap(({ security_groups }) => security_groups))];
        const neutron = new Neutron(nova);
        const known =
          ids.length === 0
            ? []
            : await neutron.securityGroups(
                request.context.token,
                ids.map((id) => ['id', id]),
              );
        return { security_groups: known.map((group) => groupView(group, known)) };
      },
    },
  });
  for (const [action, policy] of [
    ['addSecurityGroup', 'add'],
    ['removeSecurityGroup', 'remove'],
  ] as const)
    api.action('/servers/{id}/action', action, {
      status: 202,
      body: anything(action),
      async handle(request) {
        const server = actedOn(api, request, `os-security-groups:${policy}`);
        const member = (request.body as Record<string, { name?: unknown } | null>)[action]; // the schema has said so
        const name = typeof member?.name === 'string' ? member.name.trim() : '';
        if (name === '') throw badRequest('Missing parameter dict');
        await changeGroup(api, request, server, name, action === 'addSecurityGroup');
      },
    });
}

/** A server without ports of nova's has none, and nobody is asked. */
async function portsOf(api: ComputeApi, request: NovaRequest, server: ServerRecord): Promise<Port[]> {
  if ((server.network_info ?? []).length === 0) return [];
  return new Neutron(api.nova).ports(request.context.token, [['device_id', server.id]]);
}

function attachmentView(request: NovaRequest, server: ServerRecord, port: Port): object {
  const tag = server.network_info?.find(({ port_id }) => port_id === port.id)?.tag ?? null;
  return {
    net_id: port.network_id,
    port_id: port.id,
    mac_addr: port.mac_address,
    port_state: port.status,
    fixed_ips: port.fixed_ips,
    ...(request.supports(70) ? { tag } : {}),
  };
}

/** `attach_interface` of nova/compute/api.py. Returns the port's id. */
async function attach(
  api: ComputeApi,
  request: NovaRequest,
  server: ServerRecord,
  given: Record<string, unknown>,
): Promise<string> {
  const { nova } = api;
  const { token } = request.context;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined);
  const [uuid, port, tag] = [text('net_id'), text('port_id'), text('tag')];
  const [fixed] = (given['fixed_ips'] ?? []) as { ip_address: string }[]; // the schema has said so
  if (uuid !== undefined && port !== undefined)
    throw badRequest('Must not input both network_id and port_id');
  if (fixed !== undefined && uuid === undefined)
    throw badRequest('Must input network_id when request IP address');
  checkUnlocked(request, server);
  checkState(server, 'attach_interface', ATTACHABLE);
  const neutron = new Neutron(nova);
  const asked = { port, tag, fixedIp: fixed?.ip_address };
  if (port !== undefined) {
    const found = await neutron.port(token, port).catch((error: unknown) => {
      if (error instanceof NeutronClientError && error.status === 404)
        throw notFound(`Port id ${port} could not be found.`);
      throw error;
    });
    if (found.device_id !== '') throw conflict(`Port ${port} is still in use.`);
    if (found.tenant_id !== server.project_id)
      throw badRequest(`Port ${port} not usable for instance ${server.id}.`);
    return connect(nova, server, token, asked);
  }
  let network = uuid;
  if (network === undefined) {
    const found = await availableNetworks(nova, token, server.project_id);
    if (found.length > 1) throw badRequest(AMBIGUOUS);
    network = found[0]?.id;
    if (network === undefined)
      throw badRequest(
        `No specific network was requested and none are available for project '${server.project_id}'.`,
      );
  }
  const [found] = await neutron.networks(token, [['id', network]]);
  // the real one stumbles here, and says 500
  if (found === undefined) throw notFound(`Network ${network} could not be found.`);
  if (found['router:external'] && !found.shared && !request.context.isAdmin)
    throw forbidden(`It is not allowed to create an interface on external network ${network}`);
  try {
    return await connect(nova, server, token, { ...asked, uuid: network });
  } catch (error) {
    if (!(error instanceof NeutronClientError)) throw error;
    if (error.type === 'OverQuota') throw forbidden('Maximum number of ports exceeded');
    if (error.type === 'IpAddressAlreadyAllocated' && fixed !== undefined)
      throw conflict(`Fixed IP address ${fixed.ip_address} is already in use on instance ${server.id}.`);
    if (error.type === 'IpAddressGenerationFailure')
      throw badRequest('No fixed IP addresses available for network: ' + network);
    throw badRequest(error.message);
  }
}

/** `add_to_instance` and `remove_from_instance` of nova/network/security_group_api.py. */
async function changeGroup(
  api: ComputeApi,
  request: NovaRequest,
  server: ServerRecord,
  name: string,
  more: boolean,
): Promise<void> {
  const { token } = request.context;
  const neutron = new Neutron(api.nova);
  // nova looks for the server's ports before it looks for the group
  const ports = await portsOf(api, request, server);
  if (ports.length === 0)
    throw notFound(`instance_id ${server.id} could not be found as device id on any ports`);
  const named = await neutron.securityGroups(token, [['name', name]]);
  if (named.length > 1)
    throw conflict(
      `Multiple security_group matches found for name '${name}', use an ID to be more specific.`,
    );
  const [group] = named.length === 1 ? named : await neutron.securityGroups(token, [['id', name]]);
  if (group === undefined)
    throw notFound(`Security group ${name} is not found for project ${request.context.projectId ?? ''}`);
  const having = ports.filter(({ security_groups }) => security_groups.includes(group.id));
  if (!more && having.length === 0)
    throw notFound(`Security group ${name} not associated with the instance ${server.id}`);
  try {
    for (const port of more ? ports : having) {
      const others = port.security_groups.filter((id) => more || id !== group.id);
      await neutron.setSecurityGroups(token, port.id, more ? [...others, group.id] : others);
    }
  } catch (error) {
    if (!(error instanceof NeutronClientError)) throw error;
    throw badRequest(`${error.message}\nNeutron server returns request_ids: ['${error.requestId}']`);
  }
}

/** A group as nova-network once showed it: nova/network/security_group_api.py `_convert_to_nova_security_group_format`. */
function groupView(group: SecurityGroup, known: readonly SecurityGroup[]): object {
  const rules = group.security_group_rules.filter(({ direction }) => direction === 'ingress');
  return {
    id: group.id,
    description: group.description,
    name: group.name,
    tenant_id: group.tenant_id,
    rules: rules.map((rule) => {
      const isWhole = rule.protocol !== null && rule.port_range_min === null && rule.port_range_max === null;
      const hasPorts = ['TCP', 'UDP'].includes(rule.protocol?.toUpperCase() ?? '');
      const remote = known.find(({ id }) => id === rule.remote_group_id);
      const anywhere = rule.ethertype === 'IPv6' ? '::/0' : '0.0.0.0/0';
      return {
        id: rule.id,
        parent_group_id: group.id,
        ip_protocol: rule.protocol,
        from_port: isWhole ? (hasPorts ? 1 : -1) : rule.port_range_min,
        to_port: isWhole ? (hasPorts ? 65535 : -1) : rule.port_range_max,
        group: remote === undefined ? {} : { name: remote.name, tenant_id: remote.tenant_id },
        ip_range: rule.remote_group_id === null ? { cidr: rule.remote_ip_prefix ?? anywhere } : {},
      };
    }),
  };
}
