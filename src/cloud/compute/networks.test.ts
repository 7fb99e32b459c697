import { expect, test } from 'vitest';
import { TestNetwork } from '../network/testing/test-network';

interface Server {
  id: string;
  status: string;
  addresses: Record<string, { addr: string; 'OS-EXT-IPS:type': string }[]>;
  security_groups?: { name: string }[];
  fault?: { message: string };
}

const VERSION = { 'OpenStack-API-Version': 'compute 2.90' };

async function boot(network: TestNetwork, body: object) {
  const images = await network.cloud.as('demo', 'GET', '/image/v2/images');
  const [image] = images.json['images'] as { id: string }[];
  const server = { name: 's', flavorRef: '1', imageRef: image?.id, ...body };
  return network.cloud.as('demo', 'POST', '/compute/v2.1/servers', { server }, VERSION);
}

async function show(network: TestNetwork, id: string): Promise<Server> {
  const answer = await network.cloud.as('demo', 'GET', `/compute/v2.1/servers/${id}`, undefined, VERSION);
  return answer.json['server'] as Server;
}

async function built(network: TestNetwork, body: object): Promise<Server> {
  const made = await boot(network, body);
  network.cloud.clock.advance(10_000);
  return show(network, (made.json['server'] as Server).id);
}

test('a server on a network has a port there, and the port goes with it', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  await network.group('web');
  const server = await built(network, {
    networks: [{ uuid: network.id }],
    security_groups: [{ name: 'web' }],
  });
  expect(server.status).toBe('ACTIVE');
  expect(server.security_groups).toEqual([{ name: 'web' }]);
  expect(server.addresses['net']).toMatchObject([{ addr: expect.stringMatching(/^10\.9\.0\./) as string }]);
  const ports = async () => (await network.demo('GET', `ports?device_id=${server.id}`)).json['ports'];
  expect(await ports()).toMatchObject([{ device_owner: 'compute:nova', status: 'ACTIVE' }]);
  await network.cloud.as('demo', 'DELETE', `/compute/v2.1/servers/${server.id}`);
  expect(await ports()).toEqual([]);
});

test('a port that somebody brought is free again when the server is gone', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  const { id } = await network.port();
  const server = await built(network, { networks: [{ port: id }] });
  expect((await boot(network, { networks: [{ port: id }] })).text).toContain(`Port ${id} is still in use.`);
  await network.cloud.as('demo', 'DELETE', `/compute/v2.1/servers/${server.id}`);
  const { json } = await network.demo('GET', `ports/${id}`);
  expect(json['port']).toMatchObject({ device_id: '', device_owner: '', status: 'DOWN' });
});

test('a floating IP shows among the addresses of the server', async () => {
  const network = await TestNetwork.start();
  const { id: subnet_id } = await network.subnet({ cidr: '10.9.0.0/24' });
  const { id: router } = await network.make('routers', 'router', {
    external_gateway_info: { network_id: network.publicId },
  });
  await network.demo('PUT', `routers/${router}/add_router_interface`, { subnet_id });
  const { id } = await network.port();
  const server = await built(network, { networks: [{ port: id }] });
  await network.make('floatingips', 'floatingip', { floating_network_id: network.publicId, port_id: id });
  const { addresses } = await show(network, server.id);
  expect(addresses['net']?.map((one) => one['OS-EXT-IPS:type'])).toEqual(['fixed', 'floating']);
});

test('one network is taken by itself, of several somebody has to choose', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  expect(Object.keys((await built(network, { networks: 'auto' })).addresses)).toEqual(['net']);
  await network.make('networks', 'network', { name: 'other' });
  const answer = await boot(network, { networks: 'auto' });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('Multiple possible networks found, use a Network ID to be more specific.');
});

test('what is not there is refused before anything is built', async () => {
  const network = await TestNetwork.start();
  const nosuch = '11111111-1111-4111-8111-111111111111';
  const refused: [object, string][] = [
    [{ networks: [{ uuid: nosuch }] }, `Network ${nosuch} could not be found.`],
    [{ networks: [{ port: nosuch }] }, `Port id ${nosuch} could not be found.`],
    [
      { networks: [{ uuid: network.id }] },
      `Network ${network.id} requires a subnet in order to boot instances on.`,
    ],
    [
      { networks: 'none', security_groups: [{ name: 'nosuch' }] },
      "Unable to find security_group with name or id 'nosuch'",
    ],
  ];
  for (const [body, words] of refused) {
    const answer = await boot(network, body);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  }
});

test('a server on the external network is not built, and says so', async () => {
  const network = await TestNetwork.start();
  const server = await built(network, { networks: [{ uuid: network.publicId }] });
  expect(server).toMatchObject({
    status: 'ERROR',
    fault: {
      message: `Build of instance ${server.id} aborted: Failed to allocate the network(s), not rescheduling.`,
    },
  });
});

test('groups and interfaces come and go on a running server', async () => {
  const network = await TestNetwork.start();
  await network.subnet({ cidr: '10.9.0.0/24' });
  await network.group('web');
  const { id } = await built(network, { networks: [{ uuid: network.id }] });
  const act = (action: object) =>
    network.cloud.as('demo', 'POST', `/compute/v2.1/servers/${id}/action`, action, VERSION);
  expect((await act({ addSecurityGroup: { name: 'web' } })).status).toBe(202);
  expect((await show(network, id)).security_groups).toHaveLength(2);
  expect((await act({ removeSecurityGroup: { name: 'default' } })).status).toBe(202);
  expect((await act({ removeSecurityGroup: { name: 'default' } })).text).toContain(
    `Security group default not associated with the instance ${id}`,
  );
  expect((await show(network, id)).security_groups).toEqual([{ name: 'web' }]);
  const path = `/compute/v2.1/servers/${id}/os-interface`;
  const added = await network.cloud.as(
    'demo',
    'POST',
    path,
    { interfaceAttachment: { net_id: network.id } },
    VERSION,
  );
  const { port_id } = added.json['interfaceAttachment'] as { port_id: string };
  expect((await show(network, id)).addresses['net']).toHaveLength(2);
  expect((await network.cloud.as('demo', 'DELETE', `${path}/${port_id}`, undefined, VERSION)).status).toBe(
    202,
  );
  expect((await show(network, id)).addresses['net']).toHaveLength(1);
});
