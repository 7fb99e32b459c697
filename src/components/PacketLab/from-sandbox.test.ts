import { expect, test } from 'vitest';
import { caseOf } from './from-sandbox';
import { decide } from './decide';
import { sentence } from './sentence';
import { TestCloud } from '../../cloud/testing/test-cloud';
import { readSandbox } from './from-sandbox';

test('The sandbox as it is now becomes a case, and its groups decide', async () => {
  const { cloud } = await TestCloud.start('course');
  const { connect } = await import('../../client');
  const client = connect(
    {
      auth: {
        auth_url: `${cloud.baseUrl}/identity/v3`,
        username: 'demo',
        password: 'secret',
        project_name: 'demo',
        user_domain_name: 'Default',
        project_domain_name: 'Default',
      },
    },
    { fetch: (request) => cloud.fetch(request) },
  ).network;
  const network = await client.createNetwork({ name: 'inside' });
  await client.createSubnet({ network_id: network.id, ip_version: 4, cidr: '192.168.10.0/24' });
  const group = await client.createSecurityGroup({ name: 'ssh' });
  await client.createSecurityGroupRule({
    security_group_id: group.id,
    direction: 'ingress',
    protocol: 'tcp',
    port_range_min: 22,
    port_range_max: 22,
    remote_ip_prefix: '192.168.10.0/24',
  });
  await client.createPort({ network_id: network.id, name: 'web', security_groups: [group.id] });
  await client.createPort({ network_id: network.id, name: 'db' });

  const labCase = await readSandbox({ cloud });
  expect(labCase).toEqual(await caseOf(client, new Map()));
  expect(labCase.groups.find(({ name }) => name === 'ssh')?.rules).toContainEqual({
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: 'tcp',
    ports: '22',
    remote: '192.168.10.0/24',
  });
  const traffic = { ...labCase.traffic, byFloating: false };
  expect(sentence(decide({ ...labCase, traffic: { ...traffic, from: 'db', to: 'web' } }))).toBe(
    'It gets from db to web, and the answer comes back.',
  );
  expect(sentence(decide({ ...labCase, traffic: { ...traffic, from: 'web', to: 'db' } }))).toBe(
    'It is dropped on its way into db.',
  );
});
