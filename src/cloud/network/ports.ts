import { isSet, type Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { badResource, conflict, invalid, portNotFound, securityGroupNotFound } from './errors';
import type { FloatingIps } from './floating-ips';
import { parseMac } from './ip';
import { IpAllocation, type FixedIpRequest } from './ip-allocation';
import type { RequestContext } from './policy';
import { text } from './python';
import { standardView, type Resource } from './resource';
import type { SecurityGroups } from './security-groups';
import type { AddressPair, DhcpOption, NetworkRecord, PortRecord } from './state';
import { ROUTER_INTERFACES } from './router-owners';

/** Ports of the service itself, such as a router's: packets of theirs are nobody's business. */
const isTrusted = (deviceOwner: string): boolean => /^(network|neutron):/.test(deviceOwner);

/** neutron/plugins/ml2/plugin.py: ports. */
export class Ports implements Resource<PortRecord> {
  readonly name = 'port';
  readonly collection = 'ports';
  readonly path = 'ports';
  readonly core = true;
  readonly #ips: IpAllocation;

  constructor(
    readonly db: NetworkDb,
    readonly groups: SecurityGroups,
    readonly floatingIps: FloatingIps,
  ) {
    this.#ips = new IpAllocation(db);
  }

  #sees(context: RequestContext, port: PortRecord): boolean {
    if (this.db.sees(context, port)) return true;
    // the owner of a network sees who is on it
    return this.db.state.networks.some(
      ({ id, project_id }) => id === port.network_id && project_id === context.projectId,
    );
  }

  list(context: RequestContext): PortRecord[] {
    return this.db.state.ports.filter((port) => this.#sees(context, port));
  }

  get(context: RequestContext, id: string): PortRecord {
    const port = this.db.state.ports.find((one) => one.id === id);
    if (port === undefined || !this.#sees(context, port)) throw portNotFound(id);
    return port;
  }

  view(port: PortRecord) {
    return {
      id: port.id,
      name: port.name,
      network_id: port.network_id,
      tenant_id: port.project_id,
      mac_address: port.mac_address,
      admin_state_up: port.admin_state_up,
      status: port.status,
      device_id: port.device_id,
      device_owner: port.device_owner,
      fixed_ips: structuredClone(port.fixed_ips),
      allowed_address_pairs: structuredClone(port.allowed_address_pairs),
      extra_dhcp_opts: structuredClone(port.extra_dhcp_opts),
      security_groups: [...port.security_groups],
      description: port.description,
      'binding:vnic_type': port.vnic_type,
      'binding:profile': structuredClone(port.profile),
      'binding:host_id': port.host_id,
      'binding:vif_type': port.vif_type,
      'binding:vif_details': structuredClone(port.vif_details),
      port_security_enabled: port.port_security_enabled,
      ...standardView(port),
    };
  }

  create(context: RequestContext, body: Body): PortRecord {
    const network = this.db.network(context, body['network_id']);
    const owner = text(body['device_owner'] ?? '');
    this.groups.ensureDefault(context, text(body['project_id']));
    const security = isTrusted(owner)
      ? body['port_security_enabled'] === true
      : body['port_security_enabled'] === undefined
        ? network.port_security_enabled
        : body['port_security_enabled'] === true;
    const pairs = (body['allowed_address_pairs'] ?? []) as Partial<AddressPair>[]; // as the validator has seen
    const wanted = body['security_groups'] as string[] | undefined; // as the validator has seen
    if (!security && pairs.length > 0) throw pairsNeedSecurity();
    if (!security && wanted !== undefined && wanted.length > 0) throw groupsNeedSecurity();
    const mac = this.#macAddress(network, body['mac_address']);
    const groups =
      isTrusted(owner) && wanted === undefined ? [] : this.#groups(context, body, wanted, security);
    const fixed_ips = this.#ips.allocate(
      network,
      { mac_address: mac, device_owner: owner },
      body['fixed_ips'] as FixedIpRequest[] | undefined, // as the validator has seen
    );
    const port: PortRecord = {
      ...this.db.standardAttributes('port', body, 1),
      name: text(body['name'] ?? ''),
      network_id: network.id,
      mac_address: mac,
      admin_state_up: body['admin_state_up'] !== false,
      status: 'DOWN',
      device_id: text(body['device_id'] ?? ''),
      device_owner: owner,
      fixed_ips,
      allowed_address_pairs: completePairs(pairs, mac),
      extra_dhcp_opts: dhcpOptions(body['extra_dhcp_opts']),
      security_groups: groups,
      port_security_enabled: security,
      vnic_type: text(body['binding:vnic_type'] ?? 'normal'),
      profile: (body['binding:profile'] ?? {}) as Record<string, unknown>, // as the validator has seen
      host_id: text(body['binding:host_id'] ?? ''),
      vif_type: 'unbound',
      vif_details: {},
    };
    port.tags = [...((body['tags'] ?? []) as string[])]; // as the validator has seen
    bind(port);
    this.db.state.ports.push(port);
    return port;
  }

  update(context: RequestContext, port: PortRecord, body: Body): void {
    const network = this.db.state.networks.find(({ id }) => id === port.network_id);
    if (network === undefined) return; // a port has one
    const security =
      typeof body['port_security_enabled'] === 'boolean'
        ? body['port_security_enabled']
        : port.port_security_enabled;
    const wanted = body['security_groups'] as string[] | undefined; // as the validator has seen
    const pairs = body['allowed_address_pairs'] as Partial<AddressPair>[] | undefined; // as the validator has seen
    if (!security && (pairs ?? port.allowed_address_pairs).length > 0) throw pairsNeedSecurity();
    const nextGroups = wanted ?? port.security_groups;
    if (!security && nextGroups.length > 0) {
      if (wanted !== undefined) throw groupsNeedSecurity();
      throw conflict(
        'PortSecurityPortHasSecurityGroup',
        'Port has security group associated. Cannot disable port security or IP address until security group is removed.',
      );
    }
    let mac = port.mac_address;
    if (isSet(body['mac_address']) && text(body['mac_address']).toLowerCase() !== mac) {
      if (port.host_id !== '')
        throw conflict(
          'PortBound',
          `Unable to complete operation on port ${port.id}, port is already bound, port type: ${port.vif_type}, old_mac ${port.mac_address}, new_mac ${text(body['mac_address'])}.`,
        );
      mac = this.#macAddress(network, body['mac_address'], port);
    }
    const groups =
      wanted === undefined
        ? port.security_groups
        : this.#groups(context, { ...body, project_id: port.project_id }, wanted, security);
    const owner = typeof body['device_owner'] === 'string' ? body['device_owner'] : port.device_owner;
    const fixedIps = Array.isArray(body['fixed_ips'])
      ? this.#changedIps(network, port, mac, owner, body['fixed_ips'] as FixedIpRequest[]) // as the validator has seen
      : port.fixed_ips;
    this.floatingIps.release(port, fixedIps);
    port.fixed_ips = fixedIps;
    port.security_groups = groups;
    port.port_security_enabled = security;
    port.mac_address = mac;
    port.device_owner = owner;
    if (pairs !== undefined) port.allowed_address_pairs = completePairs(pairs, mac);
    if (typeof body['name'] === 'string') port.name = body['name'];
    if (typeof body['description'] === 'string') port.description = body['description'];
    if (typeof body['device_id'] === 'string') port.device_id = body['device_id'];
    if (typeof body['admin_state_up'] === 'boolean') port.admin_state_up = body['admin_state_up'];
    if (Array.isArray(body['extra_dhcp_opts']))
      port.extra_dhcp_opts = changedOptions(port, body['extra_dhcp_opts']);
    if (typeof body['binding:vnic_type'] === 'string') port.vnic_type = body['binding:vnic_type'];
    if (typeof body['binding:host_id'] === 'string' || body['binding:host_id'] === null)
      port.host_id = body['binding:host_id'] ?? '';
    if ('binding:profile' in body) port.profile = (body['binding:profile'] ?? {}) as Record<string, unknown>; // seen
    bind(port);
    this.db.touch(port);
  }

  delete(_: RequestContext, port: PortRecord): void {
    if ([...ROUTER_INTERFACES, 'network:router_gateway', 'network:floatingip'].includes(port.device_owner)) {
      const { state } = this.db;
      const used =
        port.device_owner === 'network:floatingip'
          ? state.floatingips.some(({ id }) => id === port.device_id)
          : state.routers.some(({ id }) => id === port.device_id);
      if (used)
        throw conflict(
          'ServicePortInUse',
          `Port ${port.id} cannot be deleted directly via the port API: has device owner ${port.device_owner}.`,
        );
    }
    this.drop(port);
  }

  /** Takes a port away without asking. */
  drop(port: PortRecord): void {
    this.floatingIps.release(port, []);
    remove(this.db.state.ports, port);
  }

  tags(port: PortRecord): PortRecord {
    return port;
  }

  #macAddress(network: NetworkRecord, given: unknown, own?: PortRecord): string {
    const taken = new Set(
      this.db.state.ports
        .filter((port) => port.network_id === network.id && port !== own)
        .map(({ mac_address }) => mac_address),
    );
    if (isSet(given)) {
      const mac = parseMac(text(given)) ?? text(given);
      if (taken.has(mac))
        throw conflict(
          'MacAddressInUse',
          `Unable to complete operation for network ${network.id}. The mac address ${mac} is in use.`,
        );
      return mac;
    }
    for (;;) {
      const hex = this.db.ids.hex('mac-address');
      const mac = `fa:16:3e:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
      if (!taken.has(mac)) return mac;
    }
  }

  #groups(
    context: RequestContext,
    body: Body,
    wanted: readonly string[] | undefined,
    security: boolean,
  ): string[] {
    if (wanted === undefined) {
      const id = security ? this.groups.ensureDefault(context, text(body['project_id'])) : undefined;
      return id === undefined ? [] : [id];
    }
    const project = text(body['project_id']);
    const { state } = this.db;
    const groups = state.security_groups.filter(
      (group) =>
        wanted.includes(group.id) &&
        (context.isAdmin ||
          group.project_id === project ||
          this.db.isShared('security_group', group.id, project)),
    );
    const missing = wanted.filter((id) => !groups.some((group) => group.id === id));
    if (missing.length > 0) throw securityGroupNotFound(missing.join(', '));
    if (new Set(groups.map(({ stateful }) => stateful)).size > 1)
      throw conflict(
        'SecurityGroupConflict',
        'Error Cannot apply both stateful and stateless security groups on the same port at the same time while attempting the operation.',
      );
    return groups.map(({ id }) => id).sort();
  }

  /** Addresses that stay, and new ones: `_get_changed_ips_for_port`. */
  #changedIps(
    network: NetworkRecord,
    port: PortRecord,
    mac: string,
    owner: string,
    wanted: readonly FixedIpRequest[],
  ) {
    const left = [...port.fixed_ips];
    const kept = [];
    const added: FixedIpRequest[] = [];
    for (const request of wanted.filter(({ ip_address }) => ip_address !== undefined)) {
      const at = left.findIndex(({ ip_address }) => ip_address === request.ip_address);
      if (at < 0) added.push(request);
      else kept.push(...left.splice(at, 1));
    }
    for (const request of wanted.filter(({ ip_address }) => ip_address === undefined)) {
      if (request.subnet_id === undefined)
        throw badResource('ports', 'IP allocation requires subnet_id or ip_address');
      const at = left.findIndex(({ subnet_id }) => subnet_id === request.subnet_id);
      if (at < 0) added.push(request);
      else kept.push(...left.splice(at, 1));
    }
    return this.#ips.allocate(network, { mac_address: mac, device_owner: owner }, added, kept);
  }
}

/** Every host takes every port: the course's cloud has no agent that could fail. The lab's own driver does the same. */
function bind(port: PortRecord): void {
  if (port.host_id === '') {
    port.vif_type = 'unbound';
    port.vif_details = {};
    if (port.status === 'ACTIVE') port.status = 'DOWN';
    return;
  }
  port.vif_type = 'ovs';
  port.vif_details = { port_filter: true, bound_drivers: { '0': 'lab' } };
  port.status = 'ACTIVE';
}

function completePairs(pairs: readonly Partial<AddressPair>[], mac: string): AddressPair[] {
  return pairs.map((pair) => ({
    mac_address: pair.mac_address === undefined ? mac : (parseMac(pair.mac_address) ?? pair.mac_address),
    ip_address: pair.ip_address ?? '',
  }));
}

function dhcpOptions(given: unknown): DhcpOption[] {
  const options = (given ?? []) as { opt_name: string; opt_value: string | null; ip_version?: number }[]; // as the validator has seen
  return options
    .filter(({ opt_value }) => opt_value !== null)
    .map(({ opt_name, opt_value, ip_version }) => ({ opt_name, opt_value, ip_version: ip_version ?? 4 }));
}

/** An option without a value goes; others stay as they are. */
function changedOptions(port: PortRecord, given: unknown[]): DhcpOption[] {
  const same = (a: DhcpOption, b: DhcpOption) => a.opt_name === b.opt_name && a.ip_version === b.ip_version;
  const changes = (given as DhcpOption[]).map((option) => ({
    ...option,
    ip_version: option.ip_version ?? 4,
  })); // as the validator has seen
  const kept = port.extra_dhcp_opts.filter((option) => !changes.some((change) => same(change, option)));
  return [...kept, ...changes.filter(({ opt_value }) => opt_value !== null)];
}

function pairsNeedSecurity(): Error {
  return conflict(
    'AddressPairAndPortSecurityRequired',
    'Port Security must be enabled in order to have allowed address pairs on a port.',
  );
}

function groupsNeedSecurity(): Error {
  return invalid(
    'PortSecurityAndIPRequiredForSecurityGroups',
    'Port security must be enabled and port must have an IP address in order to use security groups.',
  );
}
