/** What there is in the Network API: the resources of openstack/network/v2. */
import type { NetworkKind } from './base';

const kind = (name: string, path: string, key: string, more: Partial<NetworkKind> = {}): NetworkKind => ({
  name, path, key, plural: `${key}s`, ...more,
}); // prettier-ignore

/** Every kind of thing, by the name of its class in openstacksdk. */
export const NETWORK_KINDS = {
  Network: kind('Network', '/networks', 'network'),
  Subnet: kind('Subnet', '/subnets', 'subnet'),
  SubnetPool: kind('SubnetPool', '/subnetpools', 'subnetpool'),
  Port: kind('Port', '/ports', 'port'),
  Router: kind('Router', '/routers', 'router'),
  FloatingIP: kind('FloatingIP', '/floatingips', 'floatingip', {
    nameField: 'floating_ip_address',
    byName: false,
  }),
  SecurityGroup: kind('SecurityGroup', '/security-groups', 'security_group'),
  SecurityGroupRule: kind('SecurityGroupRule', '/security-group-rules', 'security_group_rule', {
    byName: false,
  }),
  DefaultSecurityGroupRule: kind(
    'DefaultSecurityGroupRule',
    '/default-security-group-rules',
    'default_security_group_rule',
    { byName: false },
  ),
  AddressGroup: kind('AddressGroup', '/address-groups', 'address_group'),
  AddressScope: kind('AddressScope', '/address-scopes', 'address_scope'),
  RBACPolicy: kind('RBACPolicy', '/rbac-policies', 'rbac_policy', {
    plural: 'rbac_policies',
    byName: false,
  }),
  NetworkIPAvailability: kind(
    'NetworkIPAvailability',
    '/network-ip-availabilities',
    'network_ip_availability',
    { plural: 'network_ip_availabilities', nameField: 'network_name', byName: false },
  ),
  Extension: kind('Extension', '/extensions', 'extension', { idField: 'alias', byName: false }),
  Agent: kind('Agent', '/agents', 'agent', { byName: false }),
  AvailabilityZone: kind('AvailabilityZone', '/availability_zones', 'availability_zone'),
  ServiceProvider: kind('ServiceProvider', '/service-providers', 'service_provider'),
  AutoAllocatedTopology: kind('AutoAllocatedTopology', '/auto-allocated-topology', 'auto_allocated_topology'),
  Quota: kind('Quota', '/quotas', 'quota'),
  QoSPolicy: kind('QoSPolicy', '/qos/policies', 'policy', { plural: 'policies' }),
  Segment: kind('Segment', '/segments', 'segment'),
  Flavor: kind('Flavor', '/flavors', 'flavor'),
} as const satisfies Record<string, NetworkKind>;

/** The port forwardings of a floating address. */
export function portForwardings(floatingIp: string): NetworkKind {
  return kind('PortForwarding', `/floatingips/${floatingIp}/port_forwardings`, 'port_forwarding', {
    byName: false,
  });
}
