import { beforeEach, describe, expect, it } from 'vitest';
import { TestNetwork } from './testing/test-network';

let net: TestNetwork;
beforeEach(async () => {
  net = await TestNetwork.start();
});

const pool = (body: object = {}) =>
  net.make('subnetpools', 'subnetpool', { name: 'pool', prefixes: ['10.0.0.0/24', '10.8.0.0/16'], ...body });
const type = (json: Record<string, unknown>) => (json['NeutronError'] as { type: string }).type; // the Network API's contract

describe('a subnet pool', () => {
  it('joins ranges that touch, and says its lengths as text', async () => {
    const made = await pool({ prefixes: ['10.0.1.0/24', '10.0.0.0/24', '10.0.0.128/25'] });
    expect(made).toMatchObject({ prefixes: ['10.0.0.0/23'], min_prefixlen: '8', default_prefixlen: '8' });
  });

  it('cuts subnets from the smallest range that is large enough', async () => {
    const { id } = await pool({ default_prefixlen: 26 });
    const subnet = (body: object = {}) => net.subnet({ subnetpool_id: id, ...body });
    expect(await subnet()).toMatchObject({ cidr: '10.0.0.0/26', gateway_ip: '10.0.0.1' });
    expect(await subnet({ prefixlen: 20 })).toMatchObject({ cidr: '10.8.0.0/20' });
    expect(await subnet({ prefixlen: 28, gateway_ip: null })).toMatchObject({
      cidr: '10.0.0.64/28',
      gateway_ip: null,
      allocation_pools: [{ start: '10.0.0.65', end: '10.0.0.78' }],
    });
    const taken = await net.demo('POST', 'subnets', {
      subnet: { network_id: net.id, ip_version: 4, subnetpool_id: id, cidr: '10.8.1.0/24' },
    });
    expect(taken.status).toBe(500);
    expect(type(taken.json)).toBe('SubnetAllocationError');
  });

  it('keeps the subnets of a network to itself', async () => {
    const { id } = await pool();
    await net.subnet({ subnetpool_id: id, prefixlen: 24 });
    const other = { subnet: { network_id: net.id, ip_version: 4, cidr: '192.168.0.0/24' } };
    expect(type((await net.demo('POST', 'subnets', other)).json)).toBe('NetworkSubnetPoolAffinityError');
    expect(type((await net.demo('DELETE', `subnetpools/${id}`)).json)).toBe('SubnetPoolDeleteError');
  });

  it('is the one for everybody if an administrator says so', async () => {
    await net.make('subnetpools', 'subnetpool', { name: 'all', prefixes: ['10.77.0.0/16'], is_default: true, shared: true }, 'admin'); // prettier-ignore
    expect(await net.subnet({ use_default_subnetpool: true, prefixlen: 24 })).toMatchObject({
      cidr: '10.77.0.0/24',
    });
    expect((await net.demo('POST', 'subnetpools', { subnetpool: { name: 'b', prefixes: ['10.0.0.0/8'], is_default: true } })).status).toBe(403); // prettier-ignore
  });

  it('may grow, and not shrink', async () => {
    const { id } = await pool();
    const change = (prefixes: string[]) => net.demo('PUT', `subnetpools/${id}`, { subnetpool: { prefixes } });
    expect((await change(['10.0.0.0/24', '10.8.0.0/16', '10.64.0.0/16'])).status).toBe(200);
    expect(type((await change(['10.0.0.0/24'])).json)).toBe('IllegalSubnetPoolPrefixUpdate');
  });
});

describe('an address scope', () => {
  it('is that of the networks whose pools are in it, and takes no range twice', async () => {
    const scope = await net.make('address-scopes', 'address_scope', { name: 's', ip_version: 4 });
    const { id } = await pool({ address_scope_id: scope.id });
    await net.subnet({ subnetpool_id: id, prefixlen: 24 });
    expect((await net.demo('GET', `networks/${net.id}`)).json['network']).toMatchObject({
      ipv4_address_scope: scope.id,
      ipv6_address_scope: null,
    });
    const twice = { subnetpool: { name: 'b', prefixes: ['10.8.128.0/17'], address_scope_id: scope.id } };
    expect(type((await net.demo('POST', 'subnetpools', twice)).json)).toBe('AddressScopePrefixConflict');
    expect(type((await net.demo('DELETE', `address-scopes/${scope.id}`)).json)).toBe('AddressScopeInUse');
  });
});
