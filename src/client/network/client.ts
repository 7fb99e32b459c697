/** Network v2.0. Models `openstack/network/v2/_proxy.py`. */
import { NetworkBase, type FindOptions } from './base';
import { NETWORK_KINDS as KINDS } from './kinds';
import type {
  AddressGroup,
  AddressGroupCreate,
  AddressScope,
  AddressScopeCreate,
  DefaultSecurityGroupRule,
  DefaultSecurityGroupRuleCreate,
  FloatingIp,
  FloatingIpCreate,
  Network,
  NetworkCreate,
  NetworkExtension,
  NetworkIpAvailability,
  NetworkPort,
  NetworkPortCreate,
  NetworkQuery,
  NetworkQuota,
  RbacPolicy,
  RbacPolicyCreate,
  Route,
  Router,
  RouterCreate,
  RouterInterface,
  SecurityGroup,
  SecurityGroupCreate,
  SecurityGroupRule,
  SecurityGroupRuleCreate,
  Subnet,
  SubnetCreate,
  SubnetPool,
  SubnetPoolCreate,
  SubnetUpdate,
} from './types';

/**
 * Calls Network v2.0 with a session's token. All calls throw {@link HttpException} and its kinds when Neutron refuses.
 * `find…` takes an id or an exact name and gives undefined, or with `ignoreMissing: false` throws
 * {@link ResourceNotFound}, when there is none; several of a name are a {@link DuplicateResource}.
 *
 * @example
 * const network = await cloud.network.createNetwork({ name: 'inside' });
 * const subnet = await cloud.network.createSubnet({ network_id: network.id, ip_version: 4, cidr: '192.168.10.0/24' });
 */
export class NetworkClient extends NetworkBase {
  /** Your project's networks, and those that are shared or external. `GET /v2.0/networks`. */
  networks(query: NetworkQuery = {}): Promise<Network[]> {
    return this.list(KINDS.Network, query);
  }

  getNetwork(id: string): Promise<Network> {
    return this.get(KINDS.Network, id);
  }

  findNetwork(nameOrId: string, options: { ignoreMissing: false }): Promise<Network>;
  findNetwork(nameOrId: string, options?: FindOptions): Promise<Network | undefined>;
  findNetwork(nameOrId: string, options?: FindOptions): Promise<Network | undefined> {
    return this.find(KINDS.Network, nameOrId, options);
  }

  /** Makes a network, which has no addresses before {@link createSubnet}. */
  createNetwork(network: NetworkCreate = {}): Promise<Network> {
    return this.create(KINDS.Network, network);
  }

  updateNetwork(id: string, changes: NetworkCreate): Promise<Network> {
    return this.update(KINDS.Network, id, changes);
  }

  /** @throws {@link ConflictException} while ports are on it. */
  deleteNetwork(id: string): Promise<void> {
    return this.remove(KINDS.Network, id);
  }

  /** Ranges of addresses. `GET /v2.0/subnets`. */
  subnets(query: NetworkQuery = {}): Promise<Subnet[]> {
    return this.list(KINDS.Subnet, query);
  }

  getSubnet(id: string): Promise<Subnet> {
    return this.get(KINDS.Subnet, id);
  }

  findSubnet(nameOrId: string, options: { ignoreMissing: false }): Promise<Subnet>;
  findSubnet(nameOrId: string, options?: FindOptions): Promise<Subnet | undefined>;
  findSubnet(nameOrId: string, options?: FindOptions): Promise<Subnet | undefined> {
    return this.find(KINDS.Subnet, nameOrId, options);
  }

  /** Gives a network a range of addresses. @throws {@link BadRequestException} for a range that overlaps another one. */
  createSubnet(subnet: SubnetCreate): Promise<Subnet> {
    return this.create(KINDS.Subnet, subnet);
  }

  updateSubnet(id: string, changes: SubnetUpdate): Promise<Subnet> {
    return this.update(KINDS.Subnet, id, changes);
  }

  /** @throws {@link ConflictException} while ports have addresses of it. */
  deleteSubnet(id: string): Promise<void> {
    return this.remove(KINDS.Subnet, id);
  }

  /** What ranges are taken from. `GET /v2.0/subnetpools`. */
  subnetPools(query: NetworkQuery = {}): Promise<SubnetPool[]> {
    return this.list(KINDS.SubnetPool, query);
  }

  getSubnetPool(id: string): Promise<SubnetPool> {
    return this.get(KINDS.SubnetPool, id);
  }

  findSubnetPool(nameOrId: string, options: { ignoreMissing: false }): Promise<SubnetPool>;
  findSubnetPool(nameOrId: string, options?: FindOptions): Promise<SubnetPool | undefined>;
  findSubnetPool(nameOrId: string, options?: FindOptions): Promise<SubnetPool | undefined> {
    return this.find(KINDS.SubnetPool, nameOrId, options);
  }

  /** Makes a pool that ranges are taken from. */
  createSubnetPool(subnetPool: SubnetPoolCreate): Promise<SubnetPool> {
    return this.create(KINDS.SubnetPool, subnetPool);
  }

  updateSubnetPool(id: string, changes: Partial<SubnetPoolCreate>): Promise<SubnetPool> {
    return this.update(KINDS.SubnetPool, id, changes);
  }

  deleteSubnetPool(id: string): Promise<void> {
    return this.remove(KINDS.SubnetPool, id);
  }

  /** What servers and routers are plugged into. `GET /v2.0/ports`. */
  ports(query: NetworkQuery = {}): Promise<NetworkPort[]> {
    return this.list(KINDS.Port, query);
  }

  getPort(id: string): Promise<NetworkPort> {
    return this.get(KINDS.Port, id);
  }

  findPort(nameOrId: string, options: { ignoreMissing: false }): Promise<NetworkPort>;
  findPort(nameOrId: string, options?: FindOptions): Promise<NetworkPort | undefined>;
  findPort(nameOrId: string, options?: FindOptions): Promise<NetworkPort | undefined> {
    return this.find(KINDS.Port, nameOrId, options);
  }

  /** Makes a port with addresses of the network's subnets, in the project's `default` security group unless others are named. */
  createPort(port: NetworkPortCreate): Promise<NetworkPort> {
    return this.create(KINDS.Port, port);
  }

  updatePort(id: string, changes: Partial<Omit<NetworkPortCreate, 'network_id'>>): Promise<NetworkPort> {
    return this.update(KINDS.Port, id, changes);
  }

  deletePort(id: string): Promise<void> {
    return this.remove(KINDS.Port, id);
  }

  /** `GET /v2.0/routers`. */
  routers(query: NetworkQuery = {}): Promise<Router[]> {
    return this.list(KINDS.Router, query);
  }

  getRouter(id: string): Promise<Router> {
    return this.get(KINDS.Router, id);
  }

  findRouter(nameOrId: string, options: { ignoreMissing: false }): Promise<Router>;
  findRouter(nameOrId: string, options?: FindOptions): Promise<Router | undefined>;
  findRouter(nameOrId: string, options?: FindOptions): Promise<Router | undefined> {
    return this.find(KINDS.Router, nameOrId, options);
  }

  /** Makes a router; {@link addRouterInterface} ties it to a network. */
  createRouter(router: RouterCreate = {}): Promise<Router> {
    return this.create(KINDS.Router, router);
  }

  updateRouter(id: string, changes: Partial<Pick<Router, 'routes'>> & RouterCreate): Promise<Router> {
    return this.update(KINDS.Router, id, changes);
  }

  /** @throws {@link ConflictException} while it is tied to networks. */
  deleteRouter(id: string): Promise<void> {
    return this.remove(KINDS.Router, id);
  }

  /** Your project's floating addresses. `GET /v2.0/floatingips`. */
  ips(query: NetworkQuery = {}): Promise<FloatingIp[]> {
    return this.list(KINDS.FloatingIP, query);
  }

  getIp(id: string): Promise<FloatingIp> {
    return this.get(KINDS.FloatingIP, id);
  }

  findIp(nameOrId: string, options: { ignoreMissing: false }): Promise<FloatingIp>;
  findIp(nameOrId: string, options?: FindOptions): Promise<FloatingIp | undefined>;
  findIp(nameOrId: string, options?: FindOptions): Promise<FloatingIp | undefined> {
    return this.find(KINDS.FloatingIP, nameOrId, options);
  }

  /** Takes an address of an external network. @throws {@link NotFoundException} when no router leads from there to the port. */
  createIp(ip: FloatingIpCreate): Promise<FloatingIp> {
    return this.create(KINDS.FloatingIP, ip);
  }

  updateIp(
    id: string,
    changes: Partial<Pick<FloatingIp, 'port_id' | 'fixed_ip_address' | 'description'>>,
  ): Promise<FloatingIp> {
    return this.update(KINDS.FloatingIP, id, changes);
  }

  /** Gives an address back. */
  deleteIp(id: string): Promise<void> {
    return this.remove(KINDS.FloatingIP, id);
  }

  /** `GET /v2.0/security-groups`. */
  securityGroups(query: NetworkQuery = {}): Promise<SecurityGroup[]> {
    return this.list(KINDS.SecurityGroup, query);
  }

  getSecurityGroup(id: string): Promise<SecurityGroup> {
    return this.get(KINDS.SecurityGroup, id);
  }

  findSecurityGroup(nameOrId: string, options: { ignoreMissing: false }): Promise<SecurityGroup>;
  findSecurityGroup(nameOrId: string, options?: FindOptions): Promise<SecurityGroup | undefined>;
  findSecurityGroup(nameOrId: string, options?: FindOptions): Promise<SecurityGroup | undefined> {
    return this.find(KINDS.SecurityGroup, nameOrId, options);
  }

  /** Makes a group, which lets everything out and nothing in. @throws {@link ConflictException} over quota. */
  createSecurityGroup(securityGroup: SecurityGroupCreate): Promise<SecurityGroup> {
    return this.create(KINDS.SecurityGroup, securityGroup);
  }

  updateSecurityGroup(id: string, changes: Partial<SecurityGroupCreate>): Promise<SecurityGroup> {
    return this.update(KINDS.SecurityGroup, id, changes);
  }

  /** @throws {@link ConflictException} while ports are in it, and for the group `default`. */
  deleteSecurityGroup(id: string): Promise<void> {
    return this.remove(KINDS.SecurityGroup, id);
  }

  /** `GET /v2.0/security-group-rules`. */
  securityGroupRules(query: NetworkQuery = {}): Promise<SecurityGroupRule[]> {
    return this.list(KINDS.SecurityGroupRule, query);
  }

  getSecurityGroupRule(id: string): Promise<SecurityGroupRule> {
    return this.get(KINDS.SecurityGroupRule, id);
  }

  /** Lets something through. @throws {@link ConflictException} when the group has that very rule. */
  createSecurityGroupRule(securityGroupRule: SecurityGroupRuleCreate): Promise<SecurityGroupRule> {
    return this.create(KINDS.SecurityGroupRule, securityGroupRule);
  }

  deleteSecurityGroupRule(id: string): Promise<void> {
    return this.remove(KINDS.SecurityGroupRule, id);
  }

  /** What new security groups begin with. */
  defaultSecurityGroupRules(query: NetworkQuery = {}): Promise<DefaultSecurityGroupRule[]> {
    return this.list(KINDS.DefaultSecurityGroupRule, query);
  }

  getDefaultSecurityGroupRule(id: string): Promise<DefaultSecurityGroupRule> {
    return this.get(KINDS.DefaultSecurityGroupRule, id);
  }

  /** Adds to what new security groups begin with; for administrators. */
  createDefaultSecurityGroupRule(
    defaultSecurityGroupRule: DefaultSecurityGroupRuleCreate,
  ): Promise<DefaultSecurityGroupRule> {
    return this.create(KINDS.DefaultSecurityGroupRule, defaultSecurityGroupRule);
  }

  deleteDefaultSecurityGroupRule(id: string): Promise<void> {
    return this.remove(KINDS.DefaultSecurityGroupRule, id);
  }

  /** `GET /v2.0/address-groups`. */
  addressGroups(query: NetworkQuery = {}): Promise<AddressGroup[]> {
    return this.list(KINDS.AddressGroup, query);
  }

  getAddressGroup(id: string): Promise<AddressGroup> {
    return this.get(KINDS.AddressGroup, id);
  }

  findAddressGroup(nameOrId: string, options: { ignoreMissing: false }): Promise<AddressGroup>;
  findAddressGroup(nameOrId: string, options?: FindOptions): Promise<AddressGroup | undefined>;
  findAddressGroup(nameOrId: string, options?: FindOptions): Promise<AddressGroup | undefined> {
    return this.find(KINDS.AddressGroup, nameOrId, options);
  }

  /** Makes a group of addresses that rules can name. */
  createAddressGroup(addressGroup: AddressGroupCreate): Promise<AddressGroup> {
    return this.create(KINDS.AddressGroup, addressGroup);
  }

  updateAddressGroup(
    id: string,
    changes: Partial<Omit<AddressGroupCreate, 'addresses'>>,
  ): Promise<AddressGroup> {
    return this.update(KINDS.AddressGroup, id, changes);
  }

  /** @throws {@link ConflictException} while a rule names it. */
  deleteAddressGroup(id: string): Promise<void> {
    return this.remove(KINDS.AddressGroup, id);
  }

  /** `GET /v2.0/address-scopes`. */
  addressScopes(query: NetworkQuery = {}): Promise<AddressScope[]> {
    return this.list(KINDS.AddressScope, query);
  }

  getAddressScope(id: string): Promise<AddressScope> {
    return this.get(KINDS.AddressScope, id);
  }

  findAddressScope(nameOrId: string, options: { ignoreMissing: false }): Promise<AddressScope>;
  findAddressScope(nameOrId: string, options?: FindOptions): Promise<AddressScope | undefined>;
  findAddressScope(nameOrId: string, options?: FindOptions): Promise<AddressScope | undefined> {
    return this.find(KINDS.AddressScope, nameOrId, options);
  }

  /** Makes a scope, within which no addresses overlap. */
  createAddressScope(addressScope: AddressScopeCreate): Promise<AddressScope> {
    return this.create(KINDS.AddressScope, addressScope);
  }

  updateAddressScope(
    id: string,
    changes: Partial<Omit<AddressScopeCreate, 'ip_version'>>,
  ): Promise<AddressScope> {
    return this.update(KINDS.AddressScope, id, changes);
  }

  deleteAddressScope(id: string): Promise<void> {
    return this.remove(KINDS.AddressScope, id);
  }

  /** Who else may use what. `GET /v2.0/rbac-policies`. */
  rbacPolicies(query: NetworkQuery = {}): Promise<RbacPolicy[]> {
    return this.list(KINDS.RBACPolicy, query);
  }

  getRbacPolicy(id: string): Promise<RbacPolicy> {
    return this.get(KINDS.RBACPolicy, id);
  }

  /** Lets another project use something of yours. */
  createRbacPolicy(rbacPolicy: RbacPolicyCreate): Promise<RbacPolicy> {
    return this.create(KINDS.RBACPolicy, rbacPolicy);
  }

  updateRbacPolicy(id: string, changes: Pick<RbacPolicy, 'target_tenant'>): Promise<RbacPolicy> {
    return this.update(KINDS.RBACPolicy, id, changes);
  }

  deleteRbacPolicy(id: string): Promise<void> {
    return this.remove(KINDS.RBACPolicy, id);
  }

  /** Ties a router to a subnet, as its gateway, or to a port. @throws {@link BadRequestException} when it is tied already. */
  async addRouterInterface(router: string, to: RouterInterface): Promise<void> {
    await this.act(KINDS.Router, router, 'add_router_interface', to);
  }

  /** @throws {@link ConflictException} while floating addresses go through there. */
  async removeRouterInterface(router: string, from: RouterInterface): Promise<void> {
    await this.act(KINDS.Router, router, 'remove_router_interface', from);
  }

  /** Adds routes; those that are there already do no harm. */
  addExtraRoutes(router: string, routes: readonly Route[]): Promise<Router> {
    return this.act(KINDS.Router, router, 'add_extraroutes', { router: { routes } });
  }

  removeExtraRoutes(router: string, routes: readonly Route[]): Promise<Router> {
    return this.act(KINDS.Router, router, 'remove_extraroutes', { router: { routes } });
  }

  /** @param addresses CIDRs. */
  addAddresses(group: string, addresses: readonly string[]): Promise<AddressGroup> {
    return this.act(KINDS.AddressGroup, group, 'add_addresses', { addresses });
  }

  removeAddresses(group: string, addresses: readonly string[]): Promise<AddressGroup> {
    return this.act(KINDS.AddressGroup, group, 'remove_addresses', { addresses });
  }

  /** How many addresses each network has, and how many are taken. */
  networkIpAvailabilities(query: NetworkQuery = {}): Promise<NetworkIpAvailability[]> {
    return this.list(KINDS.NetworkIPAvailability, query);
  }

  /** What this cloud's Network service can do beyond the least. */
  extensions(): Promise<NetworkExtension[]> {
    return this.list(KINDS.Extension);
  }

  getQuota(project: string): Promise<NetworkQuota> {
    return this.get(KINDS.Quota, project);
  }

  /** For administrators. */
  updateQuota(project: string, quota: Partial<NetworkQuota>): Promise<NetworkQuota> {
    return this.update(KINDS.Quota, project, quota);
  }

  /** Back to the default. */
  deleteQuota(project: string): Promise<void> {
    return this.remove(KINDS.Quota, project);
  }
}
