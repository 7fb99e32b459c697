import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserName } from '../testing/test-cloud';
import { TestNetwork } from './testing/test-network';

// TestCloud throws every error that is a bug of the cloud: "answers" means answers, and no bug was hit.

const user = fc.constantFrom<UserName>('admin', 'demo', 'viewer', 'partner');
const collection = fc.constantFrom(
  'networks', 'subnets', 'ports', 'routers', 'floatingips', 'security-groups', 'security-group-rules', 'address-groups',
  'rbac-policies', 'default-security-group-rules', 'quotas', 'extensions', 'agents', 'network-ip-availabilities',
  'auto-allocated-topology', 'floatingip_pools', 'subnetpools', 'service-providers', '__proto__', 'constructor',
); // prettier-ignore
const word = fc.oneof(
  fc.constantFrom('NET', 'SUB', 'PORT', 'ROUTER', 'GROUP', 'PUBLIC', 'tags', 'x', 'add_router_interface', 'remove_router_interface', 'add_addresses', 'add_extraroutes', 'default', 'details'),
  fc.string({ maxLength: 6 }).map(encodeURIComponent),
  fc.constantFrom('%', '%ff', '%2F', '..', '__proto__'),
); // prettier-ignore
const names = fc.constantFrom(
  'network', 'subnet', 'port', 'router', 'floatingip', 'security_group', 'security_group_rule', 'address_group',
  'rbac_policy', 'default_security_group_rule', 'quota', 'ports', 'subnets', 'networks', 'security_group_rules',
); // prettier-ignore
const key = fc.oneof(
  fc.constantFrom(
    'name', 'network_id', 'cidr', 'ip_version', 'gateway_ip', 'allocation_pools', 'start', 'end', 'fixed_ips', 'subnet_id',
    'ip_address', 'port_id', 'direction', 'protocol', 'port_range_min', 'port_range_max', 'remote_ip_prefix', 'ethertype',
    'remote_group_id', 'security_group_id', 'security_groups', 'allowed_address_pairs', 'mac_address', 'routes', 'destination',
    'nexthop', 'external_gateway_info', 'floating_network_id', 'shared', 'router:external', 'mtu', 'tags', 'addresses',
    'object_type', 'object_id', 'action', 'target_tenant', 'tenant_id', 'project_id', 'port', 'enable_dhcp', 'ipv6_ra_mode',
    'host_routes', 'dns_nameservers', 'binding:profile', 'extra_dhcp_opts', 'provider:network_type', 'stateful',
    'used_in_default_sg', 'used_in_non_default_sg', '__proto__', 'constructor', 'toString',
  ),
  names,
); // prettier-ignore
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, false, 0, -1, 1, 4, 6, 22, 1e20, 1.5, 'NET', 'SUB', 'PORT', 'GROUP', 'PUBLIC', 'ingress', 'egress', 'tcp',
    'icmp', 'IPv6', '10.9.0.0/24', '10.9.0.9', '2001:db8::/64', '::', '0.0.0.0/0', 'fa:16:3e:00:00:01', '', [], {}, '*', 'flat',
    'slaac', 'access_as_shared', 'security_group',
  ),
  fc.string(),
); // prettier-ignore
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(key, tie('body'), { maxKeys: 5 }),
    fc.array(tie('body'), { maxLength: 2 }),
  ),
}));
const sent = fc.oneof(
  body,
  fc.tuple(names, fc.dictionary(key, body, { maxKeys: 6 })).map(([name, item]) => ({ [name]: item })),
);
const query = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('limit', 'marker', 'sort_key', 'sort_dir', 'page_reverse', 'fields', 'fixed_ips', 'tags', 'shared', 'name', 'metadata', '__proto__'), fc.string()).map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
); // prettier-ignore

test('whatever is sent to the Network API, it answers, and never with a 500', async () => {
  const network = await TestNetwork.start();
  const { id: sub } = await network.subnet({ cidr: '10.9.0.0/24' });
  const { id: port } = await network.port();
  const { id: group } = await network.group('web');
  const { id: router } = await network.make('routers', 'router', { name: 'r' });
  const ids: Record<string, string> = {
    NET: network.id, SUB: sub, PORT: port, GROUP: group, ROUTER: router, PUBLIC: network.publicId,
  }; // prettier-ignore
  const filled = (text: string) =>
    text.replace(/NET|SUB|PORT|GROUP|ROUTER|PUBLIC/g, (name) => ids[name] ?? name);
  await fc.assert(
    fc.asyncProperty(
      user,
      fc.constantFrom('GET', 'HEAD', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      collection,
      fc.array(word, { maxLength: 3 }),
      query,
      sent,
      async (who, method, first, words, search, given) => {
        const path = filled([first, ...words].join('/')) + search;
        const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
        const json = hasBody ? (JSON.parse(filled(JSON.stringify(given))) as unknown) : undefined;
        const answer = await network.as(who, method, path, json);
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(600);
        expect(answer.status).not.toBe(500);
      },
    ),
    { numRuns: 3000 },
  );
}, 120_000);
