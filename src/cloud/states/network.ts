import type { SeededIds } from '../ids';
import { newNetworkState, type NetworkState } from '../network/state';

/** The network side of the start state `course`, embedded or real: `real-cloud/` makes the same. */

/** Where floating IPs come from. Nothing but a name stands behind its physical network. */
export const PUBLIC_NETWORK = {
  name: 'public',
  'router:external': true,
  'provider:network_type': 'flat',
  'provider:physical_network': 'ext',
} as const;

export const PUBLIC_SUBNET = {
  name: 'public-subnet',
  ip_version: 4,
  cidr: '203.0.113.0/24',
  enable_dhcp: false,
  gateway_ip: '203.0.113.1',
  allocation_pools: [{ start: '203.0.113.10', end: '203.0.113.200' }],
} as const;

/**
 * What the Network service knows when its administrator has made {@link PUBLIC_NETWORK} and {@link PUBLIC_SUBNET}, and
 * nobody anything else. Written down and not asked for, because a page should not need the service before its reader does.
 */
export function courseNetwork(ids: SeededIds, projectId: string, time: string): NetworkState {
  const state = newNetworkState();
  const standard = (kind: string) => ({
    id: ids.uuid(kind),
    project_id: projectId,
    description: '',
    tags: [],
    created_at: time,
    updated_at: time,
    standard_attr_id: ++state.standard_attr_id,
  });
  const network = {
    ...standard('network'),
    name: PUBLIC_NETWORK.name,
    revision_number: 2,
    admin_state_up: true,
    mtu: 1500,
    port_security_enabled: true,
    availability_zone_hints: [],
    external: { is_default: false },
    network_type: PUBLIC_NETWORK['provider:network_type'],
    physical_network: PUBLIC_NETWORK['provider:physical_network'],
    segmentation_id: null,
  };
  state.networks.push(network);
  state.rbac_policies.push({
    id: ids.uuid('rbac-policy'),
    project_id: projectId,
    object_type: 'network',
    object_id: network.id,
    action: 'access_as_external',
    target_tenant: '*',
  });
  state.subnets.push({
    ...standard('subnet'),
    ...PUBLIC_SUBNET,
    allocation_pools: PUBLIC_SUBNET.allocation_pools.map((pool) => ({ ...pool })),
    revision_number: 0,
    network_id: network.id,
    subnetpool_id: null,
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
    host_routes: [],
    dns_nameservers: [],
    service_types: [],
  });
  return state;
}
