/** How the client shows each kind of thing of the Network service: openstackclient/network/v2, openstack/network/v2. */
import { NETWORK_KINDS as KINDS } from '../../../client';
import {
  DictColumn,
  FormattableColumn,
  ListColumn,
  ListDictColumn,
  formatDict,
  type Cell,
} from '../../formatters/columns';
import { dumps, str, type Value } from '../../python';
import type { Fields } from '../compute/sdk';
import type { Shape } from './sdk';

/** A value with words for people. */
class WordsColumn<T extends Value> extends FormattableColumn<T> {
  constructor(
    value: T,
    readonly words: (value: T) => Value,
  ) {
    super(value);
  }

  override humanReadable(): Value {
    return this.words(this.value);
  }
}

/** A formatter that has words for people and leaves the value as it is for programs. */
const words =
  <T extends Value>(say: (value: T) => Value) =>
  (value: T): Cell =>
    new WordsColumn(value, say);

const list = (value: readonly Value[] | null): Cell => new ListColumn(value);
const dicts = (value: readonly Fields[] | null): Cell => new ListDictColumn(value);
const dict = (value: Fields | null): Cell => new DictColumn(value);
export const adminState = words((up) => (up ? 'UP' : 'DOWN'));
const lines = (all: readonly Fields[] | null): Value => all && all.map((one) => formatDict(one)).join('\n');
/** Routes as options have them. */
const routes = words((all: readonly Fields[] | null) =>
  lines(
    all && all.map(({ nexthop, ...rest }) => (nexthop === undefined ? rest : { ...rest, gateway: nexthop })),
  ),
);
export const json = words((value: Value) => dumps(value));

const TAGS = 'tags tags-any not-tags not-tags-any';
const tenant = ['tenant_id'];

export const NETWORK: Shape = {
  kind: KINDS.Network,
  table: `availability_zone_hints availability_zones created_at description dns_domain
    ipv4_address_scope_id=ipv4_address_scope ipv6_address_scope_id=ipv6_address_scope
    is_admin_state_up=admin_state_up|bool is_default|bool is_port_security_enabled=port_security_enabled|bool
    is_router_external=router:external|bool is_shared=shared|bool mtu|int name project_id
    provider_network_type=provider:network_type provider_physical_network=provider:physical_network
    provider_segmentation_id=provider:segmentation_id qos_policy_id segments status subnet_ids=subnets|list updated_at
    is_vlan_transparent=vlan_transparent|bool is_vlan_qinq=vlan_qinq|bool revision_number|int tags|list id location`,
  defaults: { is_port_security_enabled: false, is_router_external: false, tags: [] },
  query: `description name status project_id ipv4_address_scope ipv6_address_scope admin_state_up port_security_enabled router:external shared provider:network_type provider:physical_network provider:segmentation_id ${TAGS}`,
  hidden: tenant,
  names: {
    subnet_ids: 'subnets', is_admin_state_up: 'admin_state_up', is_router_external: 'router:external',
    is_port_security_enabled: 'port_security_enabled', provider_network_type: 'provider:network_type',
    provider_physical_network: 'provider:physical_network', provider_segmentation_id: 'provider:segmentation_id',
    is_shared: 'shared', ipv4_address_scope_id: 'ipv4_address_scope', ipv6_address_scope_id: 'ipv6_address_scope',
  }, // prettier-ignore
  formatters: {
    subnet_ids: list,
    is_admin_state_up: adminState,
    is_router_external: words((external) => (external ? 'External' : 'Internal')),
    availability_zones: list,
    availability_zone_hints: list,
    tags: list,
  },
};

export const SUBNET: Shape = {
  kind: KINDS.Subnet,
  table: `allocation_pools|list cidr created_at description dns_nameservers|list dns_publish_fixed_ip|bool gateway_ip
    host_routes|list ip_version|int ipv6_address_mode ipv6_ra_mode is_dhcp_enabled=enable_dhcp|bool name network_id
    prefix_length=prefixlen project_id=project_id tenant_id segment_id service_types|list subnet_pool_id=subnetpool_id
    updated_at use_default_subnet_pool=use_default_subnetpool|bool revision_number|int tags|list id location`,
  defaults: { tags: [] },
  query: `cidr description gateway_ip ip_version ipv6_address_mode ipv6_ra_mode name network_id segment_id dns_publish_fixed_ip project_id enable_dhcp subnetpool_id use_default_subnetpool ${TAGS}`,
  hidden: ['use_default_subnet_pool', 'prefix_length', ...tenant],
  names: { is_dhcp_enabled: 'enable_dhcp', subnet_pool_id: 'subnetpool_id' },
  formatters: {
    allocation_pools: words((pools: readonly Fields[]) =>
      pools.map(({ start = '', end = '' }) => `${str(start)}-${str(end)}`).join(','),
    ),
    dns_nameservers: words((servers: readonly Value[]) => servers.map(str).join(', ')),
    host_routes: routes,
    service_types: list,
    tags: list,
  },
};

export const SUBNET_POOL: Shape = {
  kind: KINDS.SubnetPool,
  table: `address_scope_id created_at default_prefix_length=default_prefixlen|int default_quota|int description
    ip_version|int is_default|bool is_shared=shared|bool maximum_prefix_length=max_prefixlen|int
    minimum_prefix_length=min_prefixlen|int name project_id tenant_id prefixes|list revision_number|int updated_at
    tags|list id location`,
  defaults: { tags: [] },
  query: `address_scope_id description ip_version is_default name project_id shared ${TAGS}`,
  hidden: tenant,
  names: {
    default_prefix_length: 'default_prefixlen', is_shared: 'shared', maximum_prefix_length: 'max_prefixlen',
    minimum_prefix_length: 'min_prefixlen',
  }, // prettier-ignore
  formatters: { prefixes: list, tags: list },
};

/** The fields of a port that are shown, and no others. */
const PORT_COLUMNS = `admin_state_up allowed_address_pairs binding_host_id binding_profile binding_vif_details
  binding_vif_type binding_vnic_type created_at data_plane_status description device_id device_owner device_profile
  dns_assignment dns_domain dns_name extra_dhcp_opts fixed_ips hardware_offload_type hints id ip_allocation mac_address
  name network_id numa_affinity_policy port_security_enabled project_id propagate_uplink_status resource_request
  revision_number qos_network_policy_id qos_policy_id security_group_ids status tags trunk_details trusted updated_at`;

export const PORT: Shape & { readonly columns: readonly string[] } = {
  kind: KINDS.Port,
  table: `allowed_address_pairs|list binding_host_id=binding:host_id binding_profile=binding:profile|dict
    binding_vif_details=binding:vif_details|dict binding_vif_type=binding:vif_type
    binding_vnic_type=binding:vnic_type created_at data_plane_status description device_id device_owner device_profile
    dns_assignment dns_domain dns_name extra_dhcp_opts|list fixed_ips|list hardware_offload_type ip_allocation
    is_admin_state_up=admin_state_up|bool is_port_security_enabled=port_security_enabled|bool mac_address name
    network_id numa_affinity_policy project_id tenant_id propagate_uplink_status|bool qos_network_policy_id
    qos_policy_id resource_request|dict security_group_ids=security_groups|list status trunk_details|dict trusted|bool
    updated_at revision_number|int tags|list id location`,
  defaults: { is_port_security_enabled: false, tags: [] },
  query: `binding:host_id binding:profile binding:vif_details binding:vif_type binding:vnic_type description device_id device_owner fields fixed_ips id ip_address mac_address name network_id status subnet_id project_id security_groups admin_state_up port_security_enabled ${TAGS}`,
  columns: PORT_COLUMNS.split(/\s+/),
  names: { is_admin_state_up: 'admin_state_up', is_port_security_enabled: 'port_security_enabled' },
  formatters: {
    is_admin_state_up: adminState,
    allowed_address_pairs: dicts,
    binding_profile: dict,
    binding_vif_details: dict,
    dns_assignment: dicts,
    extra_dhcp_opts: dicts,
    fixed_ips: dicts,
    security_group_ids: list,
    tags: list,
  },
};

export const ROUTER: Shape = {
  kind: KINDS.Router,
  table: `availability_zone_hints|list availability_zones|list created_at description enable_ndp_proxy|bool
    external_gateway_info|dict flavor_id is_admin_state_up=admin_state_up|bool is_distributed=distributed|bool
    is_ha=ha|bool name project_id tenant_id revision_number=revision|int routes|list status updated_at tags|list id
    location`,
  defaults: { tags: [] },
  query: `description flavor_id name status project_id admin_state_up distributed ha ${TAGS}`,
  names: { is_ha: 'ha', is_distributed: 'distributed', is_admin_state_up: 'admin_state_up' },
  formatters: {
    is_admin_state_up: adminState,
    external_gateway_info: json,
    interfaces_info: json,
    availability_zones: list,
    availability_zone_hints: list,
    routes,
    tags: list,
  },
};

export const FLOATING_IP: Shape = {
  kind: KINDS.FloatingIP,
  table: `created_at description dns_domain dns_name fixed_ip_address floating_ip_address name=floating_ip_address
    floating_network_id port_details|dict port_id qos_policy_id project_id tenant_id router_id status updated_at
    subnet_id revision_number|int tags|list id location`,
  defaults: { tags: [] },
  query: `description fixed_ip_address floating_ip_address floating_network_id port_id router_id status subnet_id project_id ${TAGS}`,
  hidden: tenant,
};

export const SECURITY_GROUP: Shape = {
  kind: KINDS.SecurityGroup,
  table: `created_at description name stateful project_id security_group_rules|list tenant_id updated_at
    revision_number|int tags|list id location`,
  defaults: { tags: [] },
  query: `description fields id name stateful project_id ${TAGS}`,
  names: { security_group_rules: 'rules', tenant_id: 'project_id' },
  formatters: {
    security_group_rules: words((rules: readonly Fields[] | null) =>
      lines(
        rules &&
          rules.map((rule) =>
            Object.fromEntries(
              Object.entries(rule).filter(
                ([name, value]) =>
                  !isEmpty(value) && !['security_group_id', 'tenant_id', 'project_id'].includes(name),
              ),
            ),
          ),
      ),
    ),
  },
};

/** What is false to Python. */
function isEmpty(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

export const SECURITY_GROUP_RULE: Shape = {
  kind: KINDS.SecurityGroupRule,
  table: `created_at description direction ether_type=ethertype port_range_max|int port_range_min|int project_id protocol
    remote_group_id remote_address_group_id remote_ip_prefix security_group_id tenant_id updated_at
    revision_number|int tags|list id name location`,
  defaults: { tags: [] },
  query: `description direction id protocol remote_group_id security_group_id remote_address_group_id port_range_max port_range_min remote_ip_prefix project_id ethertype ${TAGS}`,
  hidden: tenant,
};

export const DEFAULT_SECURITY_GROUP_RULE: Shape = {
  kind: KINDS.DefaultSecurityGroupRule,
  table: `description remote_group_id remote_address_group_id direction protocol port_range_min|int port_range_max|int
    remote_ip_prefix ether_type=ethertype used_in_default_sg|bool used_in_non_default_sg|bool revision_number|int id
    name location`,
  query: 'description direction protocol',
  hidden: ['name', 'revision_number'],
};

export const ADDRESS_GROUP: Shape = {
  kind: KINDS.AddressGroup,
  table: 'id name description project_id tenant_id addresses|list location',
  query: 'name description project_id',
  hidden: tenant,
};

export const ADDRESS_SCOPE: Shape = {
  kind: KINDS.AddressScope,
  table: 'name project_id tenant_id ip_version|int is_shared=shared|bool id location',
  query: 'name ip_version project_id shared',
  hidden: tenant,
  names: { is_shared: 'shared' },
};

export const RBAC_POLICY: Shape = {
  kind: KINDS.RBACPolicy,
  table: 'object_id target_project_id=target_tenant project_id tenant_id object_type action id name location',
  query: 'action object_id object_type project_id target_tenant',
  hidden: ['name', ...tenant],
};

export const IP_AVAILABILITY: Shape = {
  kind: KINDS.NetworkIPAvailability,
  table: `network_id network_name subnet_ip_availability|list project_id tenant_id total_ips|int used_ips|int id name
    location`,
  query: 'ip_version network_id network_name project_id',
  hidden: ['id', 'name', ...tenant],
  formatters: { subnet_ip_availability: dicts },
};

export const AGENT: Shape = {
  kind: KINDS.Agent,
  table: `agent_type availability_zone binary configuration=configurations created_at description
    last_heartbeat_at=heartbeat_timestamp host is_admin_state_up=admin_state_up|bool is_alive=alive|bool
    resources_synced|bool started_at topic ha_state id name location`,
  query: 'agent_type availability_zone binary description host topic admin_state_up alive',
  hidden: ['name', ...tenant],
  names: { is_admin_state_up: 'admin_state_up', is_alive: 'alive' },
  formatters: { is_admin_state_up: adminState, is_alive: words((alive) => (alive ? ':-)' : 'XXX')) },
};

export const SERVICE_PROVIDER: Shape = {
  kind: KINDS.ServiceProvider,
  table: 'service_type name is_default=default|bool id location',
};

export const AUTO_ALLOCATED_TOPOLOGY: Shape = {
  kind: KINDS.AutoAllocatedTopology,
  table: 'project_id tenant_id id name location',
  hidden: ['name', ...tenant],
};

export const EXTENSION: Shape = {
  kind: KINDS.Extension,
  table: 'alias description links|list name updated_at=updated id location',
  hidden: ['id', 'links'],
};
