/** neutron's records, as plain JSON: neutron/db/models_v2.py and its neighbours. */

/** What every resource has: neutron/db/models `StandardAttribute`. */
export interface StandardAttributes {
  id: string;
  project_id: string;
  description: string;
  tags: string[];
  /** Whole seconds, as the API shows them. */
  created_at: string;
  updated_at: string;
  revision_number: number;
  /** Counts all resources of the service. */
  standard_attr_id: number;
}

export interface NetworkRecord extends StandardAttributes {
  name: string;
  admin_state_up: boolean;
  mtu: number;
  port_security_enabled: boolean;
  availability_zone_hints: string[];
  /** Whether floating IPs and gateways come from here; null when it is not. */
  external: { is_default: boolean } | null;
  network_type: string;
  physical_network: string | null;
  segmentation_id: number | null;
}

export interface AllocationPool {
  start: string;
  end: string;
}

export interface HostRoute {
  destination: string;
  nexthop: string;
}

export type Ipv6Mode = 'slaac' | 'dhcpv6-stateful' | 'dhcpv6-stateless';

export interface SubnetRecord extends StandardAttributes {
  name: string;
  network_id: string;
  ip_version: 4 | 6;
  subnetpool_id: string | null;
  enable_dhcp: boolean;
  ipv6_ra_mode: Ipv6Mode | null;
  ipv6_address_mode: Ipv6Mode | null;
  gateway_ip: string | null;
  cidr: string;
  allocation_pools: AllocationPool[];
  host_routes: HostRoute[];
  dns_nameservers: string[];
  service_types: string[];
}

export interface SubnetPoolRecord extends StandardAttributes {
  name: string;
  prefixes: string[];
  ip_version: 4 | 6;
  min_prefixlen: number;
  max_prefixlen: number;
  default_prefixlen: number;
  default_quota: number | null;
  is_default: boolean;
  address_scope_id: string | null;
}

export interface AddressScopeRecord {
  id: string;
  project_id: string;
  name: string;
  ip_version: 4 | 6;
}

export interface FixedIp {
  subnet_id: string;
  ip_address: string;
}

export interface AddressPair {
  ip_address: string;
  mac_address: string;
}

export interface DhcpOption {
  opt_name: string;
  opt_value: string | null;
  ip_version: number;
}

export interface PortRecord extends StandardAttributes {
  name: string;
  network_id: string;
  mac_address: string;
  admin_state_up: boolean;
  status: 'ACTIVE' | 'DOWN' | 'BUILD' | 'N/A';
  device_id: string;
  device_owner: string;
  fixed_ips: FixedIp[];
  allowed_address_pairs: AddressPair[];
  extra_dhcp_opts: DhcpOption[];
  /** Ids. */
  security_groups: string[];
  port_security_enabled: boolean;
  vnic_type: string;
  profile: Record<string, unknown>;
  host_id: string;
  vif_type: string;
  vif_details: Record<string, unknown>;
}

export interface RouterRecord extends StandardAttributes {
  name: string;
  admin_state_up: boolean;
  availability_zone_hints: string[];
  /** Its port on the external network. */
  gw_port_id: string | null;
  enable_snat: boolean;
  routes: HostRoute[];
  /** Only administrators ask for these; here they are no more than words. */
  distributed?: boolean;
  ha?: boolean;
}

export interface FloatingIpRecord extends StandardAttributes {
  floating_ip_address: string;
  floating_network_id: string;
  /** The port that keeps the address. */
  floating_port_id: string;
  router_id: string | null;
  /** The port that the address leads to. */
  port_id: string | null;
  fixed_ip_address: string | null;
  status: 'ACTIVE' | 'DOWN';
}

export interface SecurityGroupRecord extends StandardAttributes {
  name: string;
  stateful: boolean;
  /** Made by the service, one for each project. */
  is_default: boolean;
}

export type Direction = 'ingress' | 'egress';
export type Ethertype = 'IPv4' | 'IPv6';

/** What a rule lets through: what {@link SecurityGroupRule} and the templates have in common. */
export interface RuleMatch {
  direction: Direction;
  ethertype: Ethertype;
  /** A name or a number as text; null is any. */
  protocol: string | null;
  /** The first port, or the type of an ICMP message. */
  port_range_min: number | null;
  /** The last port, or the code of an ICMP message. */
  port_range_max: number | null;
  /** As it was given, host bits included. */
  remote_ip_prefix: string | null;
  remote_group_id: string | null;
  remote_address_group_id: string | null;
}

export interface SecurityGroupRuleRecord extends Omit<StandardAttributes, 'description'>, RuleMatch {
  security_group_id: string;
  /** Null for rules that came from a template. */
  description: string | null;
}

/** A rule as the API shows it. */
export interface SecurityGroupRule extends RuleMatch {
  id: string;
  project_id: string;
  tenant_id: string;
  security_group_id: string;
  /** {@link RuleMatch.remote_ip_prefix} without host bits. */
  normalized_cidr: string | null;
  belongs_to_default_sg: boolean | null;
  description: string | null;
  created_at: string;
  updated_at: string;
  revision_number: number;
}

/** A template of rules that new groups get: neutron/db/models/securitygroup_default_rules.py. */
export interface DefaultSecurityGroupRuleRecord extends RuleMatch {
  id: string;
  description: string;
  used_in_default_sg: boolean;
  used_in_non_default_sg: boolean;
}

export interface AddressGroupRecord extends StandardAttributes {
  name: string;
  /** CIDRs. */
  addresses: string[];
}

export interface RbacPolicyRecord {
  id: string;
  project_id: string;
  object_type: string;
  object_id: string;
  action: string;
  /** A project, or `*`. */
  target_tenant: string;
}

export interface NetworkState {
  networks: NetworkRecord[];
  subnets: SubnetRecord[];
  subnetpools: SubnetPoolRecord[];
  address_scopes: AddressScopeRecord[];
  ports: PortRecord[];
  routers: RouterRecord[];
  floatingips: FloatingIpRecord[];
  security_groups: SecurityGroupRecord[];
  security_group_rules: SecurityGroupRuleRecord[];
  /** Null until somebody asks: the four that neutron's database begins with. */
  default_security_group_rules: DefaultSecurityGroupRuleRecord[] | null;
  address_groups: AddressGroupRecord[];
  rbac_policies: RbacPolicyRecord[];
  /** Limits that were set, by project and resource. */
  quotas: Record<string, Record<string, number>>;
  /** The last number of a standard attribute. */
  standard_attr_id: number;
  /** The last segmentation id of a project's network. */
  segmentation_id: number;
}

/** The service before anybody has done anything. */
export function newNetworkState(): NetworkState {
  return {
    networks: [],
    subnets: [],
    subnetpools: [],
    address_scopes: [],
    ports: [],
    routers: [],
    floatingips: [],
    security_groups: [],
    security_group_rules: [],
    default_security_group_rules: null,
    address_groups: [],
    rbac_policies: [],
    quotas: {},
    standard_attr_id: 0,
    segmentation_id: 0,
  };
}
