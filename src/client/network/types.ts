/** What the Network API sends and takes, field for field: neutron-lib's api/definitions. */

/** What most things of the Network API have. */
export interface NetworkThing {
  id: string;
  name: string;
  description: string;
  project_id: string;
  tenant_id: string;
  /** In UTC, such as `2026-11-22T09:00:00Z`. */
  created_at: string;
  updated_at: string;
  /** Grows with every change. */
  revision_number: number;
  tags: string[];
}

/** What every list can be asked for: the value of any field, words of tags, an order, a part. */
export interface NetworkQuery {
  id?: string | undefined;
  name?: string | undefined;
  project_id?: string | undefined;
  /** Having all of these tags, separated by commas. */
  tags?: string | undefined;
  'tags-any'?: string | undefined;
  'not-tags'?: string | undefined;
  'not-tags-any'?: string | undefined;
  /** Only these fields of each. */
  fields?: readonly string[] | undefined;
  sort_key?: string | undefined;
  sort_dir?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  marker?: string | undefined;
  [field: string]: string | number | boolean | readonly string[] | undefined;
}

export type NetworkStatus = 'ACTIVE' | 'BUILD' | 'DOWN' | 'ERROR';

export interface Network extends NetworkThing {
  status: NetworkStatus;
  admin_state_up: boolean;
  mtu: number;
  /** Ids. */
  subnets: string[];
  /** Whether every project may use it. */
  shared: boolean;
  /** Whether routers may have their gateways, and projects their floating addresses, from it. */
  'router:external': boolean;
  is_default?: boolean;
  port_security_enabled: boolean;
  availability_zones: string[];
  availability_zone_hints: string[];
  ipv4_address_scope: string | null;
  ipv6_address_scope: string | null;
  /** For administrators, as the next two. */
  'provider:network_type'?: string;
  'provider:physical_network'?: string | null;
  'provider:segmentation_id'?: number | null;
}

export type NetworkCreate = Partial<
  Pick<
    Network,
    | 'name' | 'description' | 'project_id' | 'admin_state_up' | 'mtu' | 'shared' | 'router:external' | 'is_default'
    | 'port_security_enabled' | 'availability_zone_hints' | 'provider:network_type' | 'provider:physical_network'
    | 'provider:segmentation_id'
  >
>; // prettier-ignore

export interface AllocationPool {
  start: string;
  end: string;
}

/** A way to a range of addresses. */
export interface Route {
  /** CIDR. */
  destination: string;
  nexthop: string;
}

export interface Subnet extends NetworkThing {
  network_id: string;
  ip_version: 4 | 6;
  cidr: string;
  gateway_ip: string | null;
  enable_dhcp: boolean;
  allocation_pools: AllocationPool[];
  dns_nameservers: string[];
  host_routes: Route[];
  service_types: string[];
  subnetpool_id: string | null;
  segment_id?: string | null;
  ipv6_ra_mode: string | null;
  ipv6_address_mode: string | null;
}

/** Needs `cidr`, or a pool to have it from. */
export type SubnetCreate = Pick<Subnet, 'network_id' | 'ip_version'> &
  Partial<
    Pick<
      Subnet,
      | 'name' | 'description' | 'project_id' | 'cidr' | 'gateway_ip' | 'enable_dhcp' | 'allocation_pools'
      | 'dns_nameservers' | 'host_routes' | 'service_types' | 'subnetpool_id' | 'ipv6_ra_mode' | 'ipv6_address_mode'
    >
  > & { prefixlen?: number; use_default_subnetpool?: boolean }; // prettier-ignore

/** Name, description, gateway, pools, name servers, routes, DHCP; not the range. */
export type SubnetUpdate = Partial<Omit<SubnetCreate, 'network_id' | 'ip_version' | 'cidr' | 'project_id'>>;

export interface SubnetPool extends NetworkThing {
  prefixes: string[];
  ip_version: 4 | 6;
  default_prefixlen: string | number;
  min_prefixlen: string | number;
  max_prefixlen: string | number;
  address_scope_id: string | null;
  default_quota: number | null;
  is_default: boolean;
  shared: boolean;
}

export type SubnetPoolCreate = Pick<SubnetPool, 'name' | 'prefixes'> &
  Partial<
    Pick<
      SubnetPool,
      | 'description' | 'project_id' | 'default_prefixlen' | 'min_prefixlen' | 'max_prefixlen' | 'address_scope_id'
      | 'default_quota' | 'is_default' | 'shared'
    >
  >; // prettier-ignore

/** An address of a port, and the subnet that it is from. Either will do when a port is made. */
export interface FixedIp {
  subnet_id: string;
  ip_address: string;
}

/** An address that a port may send from beside its own. */
export interface AddressPair {
  ip_address: string;
  mac_address?: string;
}

export interface NetworkPort extends NetworkThing {
  network_id: string;
  mac_address: string;
  fixed_ips: FixedIp[];
  status: NetworkStatus;
  admin_state_up: boolean;
  /** What it belongs to: a server, a router; empty for none. */
  device_id: string;
  /** Such as `compute:nova` and `network:router_interface`. */
  device_owner: string;
  /** Ids of security groups. */
  security_groups: string[];
  /** Without it nothing filters what the port sends and gets. */
  port_security_enabled: boolean;
  allowed_address_pairs: AddressPair[];
  extra_dhcp_opts: { opt_name: string; opt_value: string; ip_version: 4 | 6 }[];
  'binding:vnic_type': string;
  /** For administrators, as all of the binding. */
  'binding:host_id'?: string;
}

export type NetworkPortCreate = Pick<NetworkPort, 'network_id'> &
  Partial<
    Pick<
      NetworkPort,
      | 'name' | 'description' | 'project_id' | 'mac_address' | 'admin_state_up' | 'device_id' | 'device_owner'
      | 'security_groups' | 'port_security_enabled' | 'allowed_address_pairs' | 'extra_dhcp_opts' | 'binding:vnic_type'
      | 'binding:host_id'
    >
  > & { fixed_ips?: Partial<FixedIp>[] }; // prettier-ignore

export interface Router extends NetworkThing {
  status: NetworkStatus;
  admin_state_up: boolean;
  /** Null without a way out. */
  external_gateway_info: ExternalGateway | null;
  routes: Route[];
  availability_zones: string[];
  availability_zone_hints: string[];
  flavor_id: string | null;
  ha?: boolean;
  distributed?: boolean;
}

export interface ExternalGateway {
  network_id: string;
  external_fixed_ips?: Partial<FixedIp>[];
  /** Whether those behind it go out with its address. For administrators. */
  enable_snat?: boolean;
}

export type RouterCreate = Partial<
  Pick<
    Router,
    | 'name' | 'description' | 'project_id' | 'admin_state_up' | 'external_gateway_info' | 'availability_zone_hints'
    | 'flavor_id' | 'ha' | 'distributed'
  >
>; // prettier-ignore

/** What a router is tied to. */
export type RouterInterface = { subnet_id: string } | { port_id: string };

/** An address of an external network, which leads to a port's own. */
export interface FloatingIp extends Omit<NetworkThing, 'name'> {
  floating_ip_address: string;
  floating_network_id: string;
  /** Null while it leads nowhere, as the next two. */
  port_id: string | null;
  fixed_ip_address: string | null;
  router_id: string | null;
  status: 'ACTIVE' | 'DOWN' | 'ERROR';
  port_details?: Record<string, unknown> | null;
}

export type FloatingIpCreate = Pick<FloatingIp, 'floating_network_id'> &
  Partial<
    Pick<FloatingIp, 'floating_ip_address' | 'port_id' | 'fixed_ip_address' | 'description' | 'project_id'>
  > & { subnet_id?: string };

export interface SecurityGroup extends NetworkThing {
  /** Whether replies to what was let through pass by themselves. */
  stateful: boolean;
  shared: boolean;
  security_group_rules: SecurityGroupRule[];
}

export type SecurityGroupCreate = Pick<SecurityGroup, 'name'> &
  Partial<Pick<SecurityGroup, 'description' | 'project_id' | 'stateful'>>;

/** What a security group lets through. All that no rule lets through is dropped. */
export interface SecurityGroupRule extends Omit<NetworkThing, 'name' | 'tags'> {
  security_group_id: string;
  /** Seen from the port. */
  direction: 'ingress' | 'egress';
  ethertype: 'IPv4' | 'IPv6';
  /** Name or number; null is any. */
  protocol: string | null;
  /** For ICMP its type. */
  port_range_min: number | null;
  /** For ICMP its code. */
  port_range_max: number | null;
  /** Who may be on the other side: at most one of this and the next two. */
  remote_ip_prefix: string | null;
  remote_group_id: string | null;
  remote_address_group_id: string | null;
  /** What a server makes of `remote_ip_prefix`, its host bits cleared. */
  normalized_cidr?: string | null;
  belongs_to_default_sg?: boolean;
}

type RuleOptions = Partial<
  Pick<
    SecurityGroupRule,
    | 'ethertype' | 'protocol' | 'port_range_min' | 'port_range_max' | 'remote_ip_prefix' | 'remote_group_id'
    | 'remote_address_group_id' | 'description'
  >
>; // prettier-ignore

export type SecurityGroupRuleCreate = Pick<SecurityGroupRule, 'security_group_id' | 'direction'> &
  RuleOptions & { project_id?: string };

/** A rule that new security groups begin with. */
export interface DefaultSecurityGroupRule extends Omit<
  SecurityGroupRule,
  | 'security_group_id' | 'project_id' | 'tenant_id' | 'created_at' | 'updated_at' | 'revision_number'
  | 'normalized_cidr' | 'belongs_to_default_sg'
> {
  /** In the groups `default` of new projects. */
  used_in_default_sg: boolean;
  /** In the groups that people make. */
  used_in_non_default_sg: boolean;
} // prettier-ignore

export type DefaultSecurityGroupRuleCreate = Pick<DefaultSecurityGroupRule, 'direction'> &
  RuleOptions & { used_in_default_sg?: boolean; used_in_non_default_sg?: boolean };

/** Addresses under a name, for rules. */
export interface AddressGroup extends Pick<
  NetworkThing,
  'id' | 'name' | 'description' | 'project_id' | 'tenant_id'
> {
  /** CIDRs. */
  addresses: string[];
}

export type AddressGroupCreate = Pick<AddressGroup, 'name' | 'addresses'> &
  Partial<Pick<AddressGroup, 'description' | 'project_id'>>;

export interface AddressScope extends Pick<NetworkThing, 'id' | 'name' | 'project_id' | 'tenant_id'> {
  ip_version: 4 | 6;
  shared: boolean;
}

export type AddressScopeCreate = Pick<AddressScope, 'name' | 'ip_version'> &
  Partial<Pick<AddressScope, 'shared' | 'project_id'>>;

/** Lets another project use something. */
export interface RbacPolicy {
  id: string;
  project_id: string;
  tenant_id: string;
  object_type: 'network' | 'security_group' | 'address_group' | 'address_scope' | 'subnetpool' | 'qos_policy';
  object_id: string;
  action: 'access_as_shared' | 'access_as_external';
  /** A project's id, or `*` for all. */
  target_tenant: string;
}

export type RbacPolicyCreate = Omit<RbacPolicy, 'id' | 'project_id' | 'tenant_id'> & { project_id?: string };

export interface NetworkIpAvailability {
  network_id: string;
  network_name: string;
  project_id: string;
  tenant_id: string;
  total_ips: number;
  used_ips: number;
  subnet_ip_availability: {
    subnet_id: string;
    subnet_name: string;
    ip_version: 4 | 6;
    cidr: string;
    total_ips: number;
    used_ips: number;
  }[];
}

export interface NetworkExtension {
  alias: string;
  name: string;
  description: string;
  updated: string;
  links: unknown[];
}

/** How many a project may have of each kind; -1 is without end. */
export type NetworkQuota = Record<
  | 'network' | 'subnet' | 'subnetpool' | 'port' | 'router' | 'floatingip' | 'rbac_policy' | 'security_group'
  | 'security_group_rule',
  number
>; // prettier-ignore
