import type { ServerRecord } from './state';

/** The addresses of a server by the names of its networks. */
export function addressesOf(server: ServerRecord, isLong: boolean): Record<string, object[]> {
  const found: Record<string, object[]> = {};
  for (const vif of server.network_info ?? []) {
    const view = (address: string, type: 'fixed' | 'floating') => ({
      version: address.includes(':') ? 6 : 4,
      addr: address,
      ...(isLong ? { 'OS-EXT-IPS:type': type, 'OS-EXT-IPS-MAC:mac_addr': vif.mac_address } : {}),
    });
    const list = Object.hasOwn(found, vif.network) ? (found[vif.network] ?? []) : [];
    const fixed = vif.addresses.map(({ address }) => view(address, 'fixed'));
    const floating = vif.addresses.flatMap(({ floating: all }) =>
      all.map((address) => view(address, 'floating')),
    );
    // a network may have any name
    Object.defineProperty(found, vif.network, {
      value: [...list, ...fixed, ...floating],
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return found;
}
