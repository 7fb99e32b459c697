import type { NetworkDb } from './db';
import { conflict, invalid, invalidInput, subnetNotFound } from './errors';
import { contains, eui64, firstOf, formatAddress, lastOf, parseAddress, parseNetwork } from './ip';
import type { FixedIp, NetworkRecord, SubnetRecord } from './state';
import { isAutoAddress } from './subnets';
import { ROUTER_INTERFACES } from './router-owners';

/** What somebody wants for a port: a subnet, an address, or both. */
export interface FixedIpRequest {
  subnet_id?: string;
  ip_address?: string;
}

const ROUTER_OWNERS = [...ROUTER_INTERFACES, 'network:router_gateway', ''];

/** Gives ports their addresses: neutron/db/ipam_pluggable_backend.py and neutron/ipam/drivers/neutrondb_ipam/driver.py. */
export class IpAllocation {
  constructor(readonly db: NetworkDb) {}

  /** The addresses of a port. @param kept those that it has already. @throws {@link NeutronError} 400, 404 or 409. */
  allocate(
    network: NetworkRecord,
    port: { mac_address: string; device_owner: string },
    wanted: readonly FixedIpRequest[] | undefined,
    kept: readonly FixedIp[] = [],
  ): FixedIp[] {
    const subnets = this.db
      .subnetsOf(network.id)
      .filter(
        ({ service_types }) =>
          service_types.length === 0 || service_types.some((type) => port.device_owner.startsWith(type)),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const found: FixedIp[] = [...kept];
    if (wanted === undefined) {
      for (const version of [4, 6] as const) {
        const ranges = subnets.filter((subnet) => subnet.ip_version === version && !isAutoAddress(subnet));
        if (ranges.length > 0) found.push(this.#next(network, ranges, found));
      }
    } else for (const request of wanted) found.push(this.#requested(network, port, request, found));
    // addresses that the port makes up by itself come on top
    const isRouter = port.device_owner.startsWith('network:router');
    if (wanted === undefined || (!isRouter && wanted.length > 0))
      for (const subnet of subnets)
        if (isAutoAddress(subnet) && !isRouter && !found.some((ip) => ip.subnet_id === subnet.id))
          found.push(autoAddress(subnet, port.mac_address));
    return found;
  }

  #requested(
    network: NetworkRecord,
    port: { mac_address: string; device_owner: string },
    request: FixedIpRequest,
    taken: readonly FixedIp[],
  ): FixedIp {
    const all = this.db.subnetsOf(network.id);
    if (all.length === 0) throw invalidInput('IP allocation requires subnets for network');
    const { subnet_id, ip_address } = request;
    let subnet: SubnetRecord | undefined;
    if (subnet_id !== undefined) {
      subnet = all.find(({ id }) => id === subnet_id);
      if (subnet === undefined) {
        if (!this.db.state.subnets.some(({ id }) => id === subnet_id)) throw subnetNotFound(subnet_id);
        throw invalidInput(
          `Failed to create port on network ${network.id}, because fixed_ips included invalid subnet ${subnet_id}`,
        );
      }
      if (ip_address !== undefined && !fits(subnet, ip_address, port.device_owner))
        throw invalid(
          'InvalidIpForSubnet',
          `IP address ${ip_address} is not a valid IP for the specified subnet.`,
        );
    } else {
      if (ip_address === undefined) throw invalidInput('IP allocation requires subnet_id or ip_address');
      subnet = all.find((one) => fits(one, ip_address, port.device_owner));
      if (subnet === undefined)
        throw invalid(
          'InvalidIpForNetwork',
          `IP address ${ip_address} is not a valid IP for any of the subnets on the specified network.`,
        );
    }
    if (isAutoAddress(subnet) && !ROUTER_OWNERS.slice(0, -1).includes(port.device_owner)) {
      const own = autoAddress(subnet, port.mac_address);
      if (ip_address !== undefined && ip_address !== own.ip_address)
        throw invalidInput(
          `IPv6 address ${ip_address} can not be directly assigned to a port on subnet ${subnet.id} as the subnet is configured for automatic addresses`,
        );
      return own;
    }
    if (ip_address === undefined) return this.#next(network, [subnet], taken);
    const value = parseAddress(ip_address);
    const address = value === undefined ? ip_address : formatAddress(value);
    if (this.#isTaken(subnet.id, address, taken))
      throw conflict(
        'IpAddressAlreadyAllocated',
        `IP address ${address} already allocated in subnet ${subnet.id}`,
      );
    return { subnet_id: subnet.id, ip_address: address };
  }

  #isTaken(subnetId: string, address: string, taken: readonly FixedIp[]): boolean {
    const has = (ip: FixedIp) => ip.subnet_id === subnetId && ip.ip_address === address;
    return taken.some(has) || this.db.state.ports.some(({ fixed_ips }) => fixed_ips.some(has));
  }

  /** An address out of the pools, anywhere, as neutron takes one: the next in order would be guessed too easily. */
  #next(network: NetworkRecord, subnets: readonly SubnetRecord[], taken: readonly FixedIp[]): FixedIp {
    for (const subnet of subnets) {
      const pools = subnet.allocation_pools.flatMap(({ start, end }) => {
        const [first, last] = [parseAddress(start)?.value, parseAddress(end)?.value];
        return first === undefined || last === undefined ? [] : [{ first, size: last - first + 1n }];
      });
      const total = pools.reduce((sum, { size }) => sum + size, 0n);
      if (total === 0n) continue;
      const seed = BigInt(`0x${this.db.ids.hex('ip-address').slice(0, 12)}`) % total;
      const tries = this.db.state.ports.length + taken.length + 1;
      for (let i = 0n; i < total && i <= BigInt(tries) + 1n; i++) {
        let at = (seed + i) % total;
        const pool = pools.find(({ size }) => {
          if (at < size) return true;
          at -= size;
          return false;
        });
        if (pool === undefined) break;
        const ip_address = formatAddress({ version: subnet.ip_version, value: pool.first + at });
        if (!this.#isTaken(subnet.id, ip_address, taken)) return { subnet_id: subnet.id, ip_address };
      }
    }
    throw conflict('IpAddressGenerationFailure', `No more IP addresses available on network ${network.id}.`);
  }
}

/** `check_subnet_ip`: not the range itself, not its broadcast. */
function fits(subnet: SubnetRecord, ipAddress: string, owner: string): boolean {
  const [net, address] = [parseNetwork(subnet.cidr), parseAddress(ipAddress)];
  if (net === undefined || address === undefined || !contains(net, address)) return false;
  if (net.version === 4)
    return address.value !== firstOf(net) && (address.value !== lastOf(net) || net.prefixlen >= 31);
  return ROUTER_OWNERS.includes(owner) || address.value !== firstOf(net);
}

function autoAddress(subnet: SubnetRecord, mac: string): FixedIp {
  const net = parseNetwork(subnet.cidr);
  const ip_address = net === undefined ? '' : formatAddress(eui64(net, mac));
  return { subnet_id: subnet.id, ip_address };
}
