import { expect, test } from 'vitest';
import { TestCloud } from '../testing/test-cloud';
import { TestNetwork } from './testing/test-network';

test('the cloud of the course has an external network that everybody sees', async () => {
  const cloud = await TestCloud.start('course');
  const { json } = await cloud.as('demo', 'GET', '/network/v2.0/networks');
  expect(json['networks']).toMatchObject([{ name: 'public', 'router:external': true, shared: false }]);
  expect(json['networks']).not.toMatchObject([{ 'provider:network_type': 'flat' }]);
});

test('a subnet has its gateway first and everything else to give away', async () => {
  const network = await TestNetwork.start();
  const made = await network.subnet({ cidr: '10.9.0.7/24' });
  expect(made).toMatchObject({
    cidr: '10.9.0.0/24',
    gateway_ip: '10.9.0.1',
    allocation_pools: [{ start: '10.9.0.2', end: '10.9.0.254' }],
    enable_dhcp: true,
  });
});

test('a port has an address of the pool and the group default', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  const port = await network.port();
  expect(port).toMatchObject({ status: 'DOWN', device_owner: '', port_security_enabled: true });
  expect(port['fixed_ips']).toMatchObject([
    { ip_address: expect.stringMatching(/^10\.9\.0\.\d+$/) as string },
  ]);
  expect(port['security_groups']).toHaveLength(1);
});

test('a network with ports cannot be deleted', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  const { id } = await network.port();
  const answer = await network.demo('DELETE', `networks/${network.id}`);
  expect(answer.status).toBe(409);
  expect(answer.text).toContain(`id for these ports is: ${String(id)}.`);
});

test('what is for administrators is refused by the name of its rule', async () => {
  const network = await TestNetwork.start();
  const answer = await network.demo('POST', 'networks', { network: { name: 'x', shared: true } });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain(
    '"(rule:create_network and rule:create_network:shared) is disallowed by policy"',
  );
});

test('an external network takes the addresses with it that lead nowhere', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.make('networks', 'network', { name: 'outside', 'router:external': true }, 'admin'); // prettier-ignore
  await network.make(
    'subnets',
    'subnet',
    { network_id: id, ip_version: 4, cidr: '198.51.100.0/24' },
    'admin',
  );
  const floating = await network.make('floatingips', 'floatingip', { floating_network_id: id });
  expect((await network.as('admin', 'DELETE', `networks/${id}`)).status).toBe(204);
  expect((await network.demo('GET', `floatingips/${floating.id}`)).status).toBe(404);
});

test('a router becomes distributed only while it is down, and its ports say so', async () => {
  const network = await TestNetwork.start();
  const subnet = await network.subnet({ cidr: '10.9.0.0/24' });
  const { id } = await network.make('routers', 'router', { name: 'r' });
  await network.demo('PUT', `routers/${id}/add_router_interface`, { subnet_id: subnet.id });
  const change = (router: object) => network.as('admin', 'PUT', `routers/${id}`, { router });
  expect((await change({ distributed: true, admin_state_up: false })).text).toContain(
    "Cannot change the 'distributed' attribute of active routers",
  );
  await change({ admin_state_up: false });
  expect((await change({ distributed: true })).json['router']).toMatchObject({ distributed: true });
  expect((await network.demo('GET', `ports?device_id=${id}`)).json['ports']).toMatchObject([
    { device_owner: 'network:router_interface_distributed' },
  ]);
  expect((await network.demo('DELETE', `subnets/${subnet.id}`)).status).toBe(409);
});

test('packets of a network with subnets may not become too small', async () => {
  const network = await TestNetwork.start();
  const { id } = await network.make('networks', 'network', { name: 'small', mtu: 60 });
  const subnet = (body: object) => network.demo('POST', 'subnets', { subnet: { network_id: id, ...body } });
  const change = (mtu: number) => network.demo('PUT', `networks/${id}`, { network: { mtu } });
  expect((await subnet({ ip_version: 4, cidr: '10.9.0.0/24' })).text).toContain('requires a minimum of 60');
  expect((await change(1000)).status).toBe(200);
  expect((await subnet({ ip_version: 4, cidr: '10.9.0.0/24' })).status).toBe(201);
  expect((await subnet({ ip_version: 6, cidr: '2001:db8::/64' })).status).toBe(409);
  expect((await change(60)).text).toContain('requires a minimum of 500');
});

test('a quota cannot be less than what is used, unless it is forced', async () => {
  const network = await TestNetwork.start();
  const project = String((await network.make('networks', 'network', { name: 'second' }))['project_id']);
  const change = (quota: object) => network.as('admin', 'PUT', `quotas/${project}`, { quota });
  expect((await change({ network: 1, check_limit: true })).text).toContain(
    'Quota limit 1 for network must be greater than or equal to already used 2',
  );
  expect((await change({ network: 1, force: true })).status).toBe(200);
});

test('each address counts as a change of its group', async () => {
  const network = await TestNetwork.start();
  const made = await network.make('address-groups', 'address_group', {
    name: 'group',
    addresses: ['10.0.0.0/8', '192.0.2.7/32'],
  });
  expect(made).toMatchObject({ revision_number: 2 });
  const added = await network.demo('PUT', `address-groups/${made.id}/add_addresses`, {
    addresses: ['10.11.0.0/16', '10.12.0.0/16'],
  });
  expect(added.json['address_group']).toMatchObject({ revision_number: 4 });
});
