import { isSet, type Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { badResource, conflict, invalid, invalidInput } from './errors';
import {
  cidrOf,
  contains,
  firstOf,
  formatAddress,
  formatNetwork,
  lastOf,
  overlaps,
  parseAddress,
  parseNetwork,
  type IpNetwork,
  type IpVersion,
} from './ip';
import { MIN_MTU, mtuConflict } from './mtu';
import { text } from './python';
import { allocateSubnet, checkAffinity, poolOf } from './subnet-allocation';
import { standardView, type Resource } from './resource';
import type { AllocationPool, HostRoute, Ipv6Mode, SubnetRecord } from './state';
import { ROUTER_INTERFACES } from './router-owners';

const MAX_DNS_NAMESERVERS = 5;
const MAX_HOST_ROUTES = 20;

/** neutron/db/db_base_plugin_v2.py and ipam_backend_mixin.py: subnets. */
export function subnets(db: NetworkDb): Resource<SubnetRecord> {
  const { state } = db;
  return {
    name: 'subnet',
    collection: 'subnets',
    path: 'subnets',
    core: true,
    list: (context) => state.subnets.filter((subnet) => db.seesSubnet(context, subnet)),
    get: (context, id) => db.subnet(context, id),
    view: (subnet, context) => ({
      id: subnet.id,
      name: subnet.name,
      tenant_id: subnet.project_id,
      network_id: subnet.network_id,
      ip_version: subnet.ip_version,
      subnetpool_id: subnet.subnetpool_id,
      enable_dhcp: subnet.enable_dhcp,
      ipv6_ra_mode: subnet.ipv6_ra_mode,
      ipv6_address_mode: subnet.ipv6_address_mode,
      gateway_ip: subnet.gateway_ip,
      cidr: subnet.cidr,
      allocation_pools: structuredClone(subnet.allocation_pools),
      host_routes: structuredClone(subnet.host_routes),
      dns_nameservers: [...subnet.dns_nameservers],
      // for the policy alone
      shared: db.isShared('network', subnet.network_id, context.projectId),
      description: subnet.description,
      'router:external': state.networks.some(
        ({ id, external }) => id === subnet.network_id && external !== null,
      ),
      service_types: [...subnet.service_types],
      ...standardView(subnet),
    }),
    create(context, body) {
      const network = db.network(context, body['network_id']);
      const version = body['ip_version'] as IpVersion; // as the validator has seen
      if (isSet(body['prefixlen']) && isSet(body['cidr']))
        throw badResource('subnets', 'cidr and prefixlen must not be supplied together');
      const pool = poolOf(db, context, body);
      if (!isSet(body['cidr']) && pool === undefined)
        throw badResource('subnets', 'a subnetpool must be specified in the absence of a cidr');
      const range = isSet(body['cidr']) ? cidrOf(rangeOf(body['cidr'], version)) : undefined;
      if (range !== undefined) checkDhcp(range, body['enable_dhcp'] === true);
      checkCommon(body, version);
      if (range !== undefined && isSet(body['gateway_ip']))
        checkGateway(text(body['gateway_ip']), version, range);
      checkModes(body, version);
      // it names what there is, and not what it takes
      if (network.mtu < (version === 4 ? MIN_MTU[4] : MIN_MTU[6])) throw mtuConflict(network.id, network.mtu);
      if (pool !== undefined && pool.ip_version !== version)
        throw badResource(
          'subnets',
          `Cannot allocate IPv${version} subnet from IPv${pool.ip_version} subnet pool`,
        );
      const net = pool === undefined ? range : allocateSubnet(db, pool, body, range);
      if (net === undefined) throw invalidInput(`${text(body['cidr'])} is not in a CIDR format`); // seen above
      const cidr = formatNetwork(net);
      const gateway = gatewayOf(body, net, range === undefined);
      checkOverlap(db, network.id, net);
      checkAffinity(db, network.id, version, pool);
      const pools = poolsOf(body['allocation_pools'], net, gateway, cidr);
      const subnet: SubnetRecord = {
        ...db.standardAttributes('subnet', body, 0),
        name: text(body['name']),
        network_id: network.id,
        ip_version: version,
        subnetpool_id: pool?.id ?? null,
        enable_dhcp: body['enable_dhcp'] === true,
        ipv6_ra_mode: (body['ipv6_ra_mode'] ?? null) as Ipv6Mode | null, // as the validator has seen
        ipv6_address_mode: (body['ipv6_address_mode'] ?? null) as Ipv6Mode | null,
        gateway_ip: gateway,
        cidr,
        allocation_pools: pools,
        host_routes: (body['host_routes'] ?? []) as HostRoute[], // as the validator has seen
        dns_nameservers: (body['dns_nameservers'] ?? []) as string[],
        service_types: (body['service_types'] ?? []) as string[],
      };
      state.subnets.push(subnet);
      db.touch(network);
      return subnet;
    },
    update(_, subnet, body) {
      const net = parseNetwork(subnet.cidr);
      if (net === undefined) return; // a record's CIDR is one
      checkCommon({ cidr: subnet.cidr, ...body }, subnet.ip_version, subnet.id);
      if (body['enable_dhcp'] === true && !subnet.enable_dhcp) checkDhcp(net, true);
      let gateway = subnet.gateway_ip;
      if ('gateway_ip' in body) {
        gateway = body['gateway_ip'] === null ? null : text(body['gateway_ip']);
        if (gateway !== null) checkGateway(gateway, subnet.ip_version, net);
        const holder = state.ports.find(
          ({ device_owner, fixed_ips }) =>
            ROUTER_INTERFACES.includes(device_owner) &&
            fixed_ips.some((ip) => ip.subnet_id === subnet.id && ip.ip_address === subnet.gateway_ip),
        );
        if (gateway !== subnet.gateway_ip && holder !== undefined)
          throw conflict(
            'GatewayIpInUse',
            `Current gateway ip ${subnet.gateway_ip ?? 'None'} already in use by port ${holder.id}. Unable to update.`,
          );
      }
      const pools =
        'allocation_pools' in body
          ? poolsOf(body['allocation_pools'], net, gateway, subnet.cidr, true)
          : subnet.allocation_pools;
      if (gateway !== null && 'gateway_ip' in body) checkOutOfPools(gateway, pools);
      subnet.gateway_ip = gateway;
      subnet.allocation_pools = pools;
      if (typeof body['name'] === 'string') subnet.name = body['name'];
      if (typeof body['description'] === 'string') subnet.description = body['description'];
      if (typeof body['enable_dhcp'] === 'boolean') subnet.enable_dhcp = body['enable_dhcp'];
      if (Array.isArray(body['dns_nameservers']))
        subnet.dns_nameservers = body['dns_nameservers'] as string[]; // seen
      if (Array.isArray(body['host_routes'])) subnet.host_routes = body['host_routes'] as HostRoute[]; // seen
      if (Array.isArray(body['service_types'])) subnet.service_types = body['service_types'] as string[]; // seen
      db.touch(subnet);
    },
    delete(_, subnet) {
      const used = state.ports.filter(({ fixed_ips }) => fixed_ips.some((ip) => ip.subnet_id === subnet.id));
      const auto = isAutoAddress(subnet);
      const blocking = used.filter(({ device_owner }) => !auto || device_owner.startsWith('network:router'));
      if (blocking.some(({ device_owner }) => device_owner !== 'network:dhcp'))
        throw conflict(
          'SubnetInUse',
          `Unable to complete operation on subnet ${subnet.id}: One or more ports have an IP allocation from this subnet.`,
        );
      for (const port of used) port.fixed_ips = port.fixed_ips.filter((ip) => ip.subnet_id !== subnet.id);
      remove(state.subnets, subnet);
      const network = state.networks.find(({ id }) => id === subnet.network_id);
      if (network !== undefined) db.touch(network);
    },
    tags: (subnet) => subnet,
  };
}

/** Whether ports make up their addresses themselves: neutron/common/ipv6_utils.py `is_auto_address_subnet`. */
export function isAutoAddress(subnet: Pick<SubnetRecord, 'ipv6_ra_mode' | 'ipv6_address_mode'>): boolean {
  const modes = ['slaac', 'dhcpv6-stateless'];
  return modes.includes(subnet.ipv6_address_mode ?? '') || modes.includes(subnet.ipv6_ra_mode ?? '');
}

/** @throws {@link NeutronError} 400. */
function rangeOf(cidr: unknown, version: IpVersion): IpNetwork {
  const range = parseNetwork(cidr);
  if (range === undefined) throw invalidInput(`${text(cidr)} is not in a CIDR format`);
  checkVersion(version, cidr, 'cidr', range.version);
  return range;
}

function checkVersion(version: IpVersion, value: unknown, name: string, actual: IpVersion | undefined): void {
  if (actual !== version)
    throw invalidInput(`${name} '${text(value)}' does not match the ip_version '${version}'`);
}

function checkDhcp(net: IpNetwork, dhcp: boolean): void {
  if (net.version === 6 && net.value === 0n) throw invalidInput("IPv6 subnet '::' is not supported");
  if (!dhcp) return;
  if (net.prefixlen > (net.version === 4 ? 30 : 126))
    throw invalidInput('Subnet has a prefix length that is incompatible with DHCP service enabled');
  const multicast = net.version === 4 ? net.value >> 28n === 0xen : net.value >> 120n === 0xffn;
  if (multicast) throw invalidInput('Multicast IP subnet is not supported if enable_dhcp is True');
  const loopback = net.version === 4 ? net.value >> 24n === 127n : net.value === 1n;
  if (loopback) throw invalidInput('Loopback IP subnet is not supported if enable_dhcp is True');
  if (net.version === 4 && net.value === 0n)
    throw invalidInput("First IP '0.0.0.0' of network is not supported if enable_dhcp is True.");
}

/** What holds for new subnets and for changed ones. */
function checkCommon(body: Body, version: IpVersion, id = 'new subnet'): void {
  const servers = (body['dns_nameservers'] ?? []) as string[]; // as the validator has seen
  if (servers.length > MAX_DNS_NAMESERVERS)
    throw invalid(
      'DNSNameServersExhausted',
      `Unable to complete operation for ${id}. The number of DNS nameservers exceeds the limit ${MAX_DNS_NAMESERVERS}.`,
    );
  for (const server of servers)
    checkVersion(version, server, 'dns_nameserver', parseAddress(server)?.version);
  const routes = (body['host_routes'] ?? []) as HostRoute[]; // as the validator has seen
  if (routes.length > MAX_HOST_ROUTES)
    throw invalid(
      'HostRoutesExhausted',
      `Unable to complete operation for ${id}. The number of host routes exceeds the limit ${MAX_HOST_ROUTES}.`,
    );
  for (const { destination, nexthop } of routes) {
    checkVersion(version, nexthop, 'nexthop', parseAddress(nexthop)?.version);
    checkVersion(version, destination, 'destination', parseNetwork(destination)?.version);
  }
}

/** @param fromPool whether the pool chose the range: then the first address is none, for IPv6 neither. */
function gatewayOf(body: Body, net: IpNetwork, fromPool: boolean): string | null {
  if ('gateway_ip' in body) return body['gateway_ip'] === null ? null : text(body['gateway_ip']);
  const value = net.version === 6 && !fromPool ? net.value : net.value + 1n;
  return formatAddress({ version: net.version, value });
}

function checkGateway(gateway: string, version: IpVersion, net: IpNetwork): void {
  const address = parseAddress(gateway);
  checkVersion(version, gateway, 'gateway_ip', address?.version);
  const edge = address?.value === firstOf(net) || address?.value === lastOf(net);
  if (version === 4 && edge && net.prefixlen < 32) throw invalidInput('Gateway is not valid on subnet');
}

/** `_validate_ipv6_attributes`. */
function checkModes(body: Body, version: IpVersion): void {
  const [ra, address] = [body['ipv6_ra_mode'] ?? null, body['ipv6_address_mode'] ?? null];
  if (version === 4) {
    if (ra !== null) throw invalidInput('ipv6_ra_mode is not valid when ip_version is 4');
    if (address !== null) throw invalidInput('ipv6_address_mode is not valid when ip_version is 4');
    return;
  }
  if (body['enable_dhcp'] !== true && (ra !== null || address !== null))
    throw invalidInput('ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False');
  if (ra !== null && address !== null && ra !== address)
    throw invalidInput(
      `ipv6_ra_mode set to '${text(ra)}' with ipv6_address_mode set to '${text(address)}' is not valid. If both attributes are set, they must be the same value`,
    );
  const auto = isAutoAddress({
    ipv6_ra_mode: ra as Ipv6Mode | null,
    ipv6_address_mode: address as Ipv6Mode | null,
  }); // seen
  const length = parseNetwork(body['cidr'])?.prefixlen;
  if (auto && isSet(body['cidr']) && length !== 64)
    throw invalidInput(
      `Invalid CIDR ${text(body['cidr'])} for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64`,
    );
}

/** Two subnets of one network cannot have addresses in common. */
function checkOverlap(db: NetworkDb, networkId: string, net: IpNetwork): void {
  for (const other of db.subnetsOf(networkId)) {
    const range = parseNetwork(other.cidr);
    if (range === undefined || !overlaps(range, net)) continue;
    throw invalidInput(
      `Requested subnet with cidr: ${formatNetwork(net)} for network: ${networkId} overlaps with another subnet`,
    );
  }
}

/** From where to where ports get addresses: `_prepare_allocation_pools`. */
function poolsOf(
  given: unknown,
  net: IpNetwork,
  gateway: string | null,
  cidr: string,
  isUpdate = false,
): AllocationPool[] {
  if (!Array.isArray(given)) return generatePools(net, gateway);
  const pools = given as AllocationPool[]; // as the validator has seen
  const first = firstOf(net) + (net.version === 6 || net.prefixlen <= 30 ? 1n : 0n);
  const last = lastOf(net) - (net.version === 4 && net.prefixlen <= 30 ? 1n : 0n);
  const ranges = pools.map((pool) => {
    const [start, end] = [parseAddress(pool.start), parseAddress(pool.end)];
    const name = `${pool.start}-${pool.end}`;
    if (start === undefined || end === undefined || start.version !== end.version || start.value > end.value)
      throw invalid('InvalidAllocationPool', `The allocation pool ${text(pool)} is not valid.`);
    if (start.version !== net.version)
      throw invalid('InvalidAllocationPool', `The allocation pool ${name} is not valid.`);
    if (start.value < first || end.value > last)
      throw invalid(
        'OutOfBoundsAllocationPool',
        `The allocation pool ${name} spans beyond the subnet cidr ${cidr}.`,
      );
    return { start: start.value, end: end.value, name };
  });
  ranges.forEach((left, i) => {
    for (const right of ranges.slice(i + 1))
      if (left.start <= right.end && right.start <= left.end)
        throw conflict(
          'OverlappingAllocationPools',
          `Found overlapping allocation pools: ${left.name} ${right.name} for subnet ${cidr}.`,
        );
  });
  if (gateway !== null && !isUpdate) checkOutOfPools(gateway, pools);
  if (gateway !== null && isUpdate) checkOutOfPools(gateway, pools);
  return pools;
}

function checkOutOfPools(gateway: string, pools: readonly AllocationPool[]): void {
  const address = parseAddress(gateway);
  for (const { start, end } of pools) {
    const [first, last] = [parseAddress(start), parseAddress(end)];
    if (address === undefined || first === undefined || last === undefined) continue;
    if (address.version === first.version && address.value >= first.value && address.value <= last.value)
      throw conflict(
        'GatewayConflictWithAllocationPools',
        `Gateway ip ${gateway} conflicts with allocation pool ${start}-${end}.`,
      );
  }
}

/** All addresses of a range but its ends and the gateway: neutron/ipam/utils.py `generate_pools`. */
function generatePools(net: IpNetwork, gateway: string | null): AllocationPool[] {
  let [first, last] = [firstOf(net), lastOf(net)];
  if (first !== last && (net.version === 6 || net.prefixlen <= 30)) {
    first += 1n;
    if (net.version === 4) last -= 1n;
  }
  const pool = (start: bigint, end: bigint): AllocationPool[] =>
    start > end
      ? []
      : [
          {
            start: formatAddress({ version: net.version, value: start }),
            end: formatAddress({ version: net.version, value: end }),
          },
        ];
  const address = gateway === null ? undefined : parseAddress(gateway);
  if (
    address === undefined ||
    !contains(net, address) ||
    address.value < first ||
    address.value > last ||
    first === last
  )
    return pool(first, last);
  return [...pool(first, address.value - 1n), ...pool(address.value + 1n, last)];
}
