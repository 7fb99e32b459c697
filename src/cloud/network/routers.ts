import { isSet, type Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { badResource, conflict, invalid, notFound } from './errors';
import { elevated } from './floating-ips';
import { contains, formatNetwork, overlaps, parseAddress, parseNetwork } from './ip';
import type { FixedIpRequest } from './ip-allocation';
import type { RequestContext } from './policy';
import type { Ports } from './ports';
import { isDict, text } from './python';
import { standardView, type Resource } from './resource';
import { interfaceOwner, ROUTER_INTERFACES } from './router-owners';
import type { HostRoute, PortRecord, RouterRecord, SubnetRecord } from './state';

const MAX_ROUTES = 30;
const ROUTER_GATEWAY = 'network:router_gateway';

/** neutron/db/l3_db.py and extraroute_db.py: routers. */
export class Routers implements Resource<RouterRecord> {
  readonly name = 'router';
  readonly collection = 'routers';
  readonly path = 'routers';

  constructor(
    readonly db: NetworkDb,
    readonly ports: Ports,
  ) {}

  list(context: RequestContext): RouterRecord[] {
    return this.db.state.routers.filter((router) => this.db.sees(context, router));
  }

  get(context: RequestContext, id: string): RouterRecord {
    const router = this.db.state.routers.find((one) => one.id === id);
    if (router === undefined || !this.db.sees(context, router))
      throw notFound('RouterNotFound', `Router ${id} could not be found`);
    return router;
  }

  gateway(router: RouterRecord): PortRecord | undefined {
    return this.db.state.ports.find(({ id }) => id === router.gw_port_id);
  }

  interfaces(router: RouterRecord): PortRecord[] {
    return this.db.state.ports.filter(
      (port) => port.device_id === router.id && ROUTER_INTERFACES.includes(port.device_owner),
    );
  }

  view(router: RouterRecord) {
    const gateway = this.gateway(router);
    return {
      id: router.id,
      name: router.name,
      tenant_id: router.project_id,
      admin_state_up: router.admin_state_up,
      status: 'ACTIVE',
      external_gateway_info:
        gateway === undefined
          ? null
          : {
              network_id: gateway.network_id,
              external_fixed_ips: structuredClone(gateway.fixed_ips),
              enable_snat: router.enable_snat,
            },
      description: router.description,
      availability_zones: [],
      distributed: router.distributed ?? false,
      ha: router.ha ?? false,
      availability_zone_hints: [...router.availability_zone_hints],
      routes: structuredClone(router.routes),
      flavor_id: null,
      ...standardView(router),
    };
  }

  create(context: RequestContext, body: Body): RouterRecord {
    const [hint] = body['availability_zone_hints'] as string[]; // as the validator has seen
    if (hint !== undefined)
      throw notFound('AvailabilityZoneNotFound', `AvailabilityZone ${hint} could not be found.`);
    if (isSet(body['flavor_id']))
      throw notFound('FlavorNotFound', `Flavor ${text(body['flavor_id'])} could not be found.`);
    const router: RouterRecord = {
      ...this.db.standardAttributes('router', body, 1),
      name: text(body['name']),
      admin_state_up: body['admin_state_up'] !== false,
      availability_zone_hints: [],
      gw_port_id: null,
      enable_snat: true,
      routes: [],
      distributed: body['distributed'] === true,
      ha: body['ha'] === true,
    };
    this.db.state.routers.push(router);
    try {
      if (isDict(body['external_gateway_info']))
        this.#setGateway(context, router, body['external_gateway_info']);
    } catch (error) {
      remove(this.db.state.routers, router);
      throw error;
    }
    return router;
  }

  update(context: RequestContext, router: RouterRecord, body: Body): void {
    const kind = kindOf(router, body);
    if ('external_gateway_info' in body) {
      const info = body['external_gateway_info'];
      this.#setGateway(context, router, isDict(info) ? info : {});
    }
    if (Array.isArray(body['routes'])) {
      const routes = body['routes'] as HostRoute[]; // as the validator has seen
      this.#checkRoutes(router, routes);
      router.routes = routes;
    }
    for (const port of this.interfaces(router)) port.device_owner = interfaceOwner(kind);
    Object.assign(router, kind);
    if (typeof body['name'] === 'string') router.name = body['name'];
    if (typeof body['description'] === 'string') router.description = body['description'];
    if (typeof body['admin_state_up'] === 'boolean') router.admin_state_up = body['admin_state_up'];
    this.db.touch(router);
  }

  delete(_: RequestContext, router: RouterRecord): void {
    const attached = this.interfaces(router).map(({ id }) => id);
    if (attached.length > 0)
      throw conflict('RouterInUse', `Router ${router.id} has ports still attached: ${attached.join(', ')}`);
    this.#dropGateway(router);
    remove(this.db.state.routers, router);
  }

  tags(router: RouterRecord): RouterRecord {
    return router;
  }

  /** `add_extraroutes` and `remove_extraroutes`: some routes more or less. */
  changeRoutes(router: RouterRecord, given: unknown, more: boolean): void {
    const body = isDict(given) ? given['router'] : undefined;
    const routes =
      isDict(body) && Array.isArray(body['routes']) ? (body['routes'] as HostRoute[]) : undefined;
    if (routes === undefined || !routes.every((one) => isDict(one)))
      throw badResource('router', "Cannot update routes: 'routes' must be a list");
    const same = (a: HostRoute, b: HostRoute) => a.destination === b.destination && a.nexthop === b.nexthop;
    const others = router.routes.filter((route) => !routes.some((one) => same(one, route)));
    const next = more ? [...others, ...routes] : others;
    if (more) this.#checkRoutes(router, next);
    router.routes = next.map(({ destination, nexthop }) => ({
      destination: text(destination),
      nexthop: text(nexthop),
    }));
    this.db.touch(router);
  }

  /** `_update_router_gw_info`. */
  #setGateway(context: RequestContext, router: RouterRecord, info: Record<string, unknown>): void {
    const wanted = (info['external_fixed_ips'] ?? []) as FixedIpRequest[]; // as the validator has seen
    const gateway = this.gateway(router);
    if (!info['network_id']) {
      this.#checkGatewayUnused(router);
      this.#dropGateway(router);
      return;
    }
    const network = this.db.network(context, info['network_id']);
    if (network.external === null)
      throw badResource('router', `Network ${network.id} is not an external network`);
    for (const subnet of this.db.subnetsOf(network.id))
      if (subnet.gateway_ip !== null && wanted.some(({ ip_address }) => ip_address === subnet.gateway_ip))
        throw badResource('router', `External IP ${subnet.gateway_ip} is the same as the gateway IP`);
    if (typeof info['enable_snat'] === 'boolean') router.enable_snat = info['enable_snat'];
    if (gateway?.network_id === network.id) {
      if (wanted.length > 0) this.ports.update(elevated(context), gateway, { fixed_ips: wanted });
      return;
    }
    if (gateway !== undefined) this.#checkGatewayUnused(router);
    this.checkSubnets(router, this.db.subnetsOf(network.id));
    this.#dropGateway(router);
    const port = this.ports.create(elevated(context), {
      project_id: '',
      network_id: network.id,
      device_id: router.id,
      device_owner: ROUTER_GATEWAY,
      ...(wanted.length === 0 ? {} : { fixed_ips: wanted }),
    });
    if (port.fixed_ips.length === 0) {
      this.ports.drop(port);
      throw badResource('router', `No IPs available for external network ${network.id}`);
    }
    router.gw_port_id = port.id;
  }

  #checkGatewayUnused(router: RouterRecord): void {
    const gateway = this.gateway(router);
    if (gateway === undefined || !this.db.state.floatingips.some(({ router_id }) => router_id === router.id))
      return;
    throw conflict(
      'RouterExternalGatewayInUseByFloatingIp',
      `Gateway cannot be updated for router ${router.id}, since a gateway to external network ${gateway.network_id} is required by one or more floating IPs.`,
    );
  }

  #dropGateway(router: RouterRecord): void {
    const gateway = this.gateway(router);
    if (gateway !== undefined) this.ports.drop(gateway);
    router.gw_port_id = null;
  }

  /** A router has one way into a subnet, and no two subnets with the same addresses. */
  checkSubnets(router: RouterRecord, subnets: readonly SubnetRecord[], but?: PortRecord): void {
    const attached = [...this.interfaces(router), this.gateway(router) ?? []]
      .flat()
      .filter((port) => port !== but);
    const twice = attached
      .flatMap(({ fixed_ips }) => fixed_ips)
      .find((ip) => subnets.some(({ id }) => id === ip.subnet_id));
    if (twice !== undefined)
      throw badResource('router', `Router already has a port on subnet ${twice.subnet_id}`);
    const known = this.db.state.subnets.filter(({ id, network_id }) =>
      attached.some(
        (port) =>
          port.fixed_ips.some((ip) => ip.subnet_id === id) ||
          (port.device_owner === ROUTER_GATEWAY && port.network_id === network_id),
      ),
    );
    for (const old of known)
      for (const added of subnets) {
        const [a, b] = [parseNetwork(old.cidr), parseNetwork(added.cidr)];
        if (a !== undefined && b !== undefined && overlaps(a, b))
          throw badResource(
            'router',
            `Cidr ${formatNetwork(b)} of subnet ${added.id} overlaps with cidr ${formatNetwork(a)} of subnet ${old.id}`,
          );
      }
  }

  #checkRoutes(router: RouterRecord, routes: readonly HostRoute[]): void {
    if (routes.length > MAX_ROUTES)
      throw invalid(
        'RoutesExhausted',
        `Unable to complete operation for ${router.id}. The number of routes exceeds the maximum ${MAX_ROUTES}.`,
      );
    const ips = this.db.state.ports
      .filter(({ device_id }) => device_id === router.id)
      .flatMap((port) => port.fixed_ips);
    const ranges = ips.map(({ subnet_id }) =>
      parseNetwork(this.db.state.subnets.find(({ id }) => id === subnet_id)?.cidr),
    );
    for (const { nexthop } of routes) {
      const address = parseAddress(nexthop);
      const problem =
        address === undefined || !ranges.some((range) => range !== undefined && contains(range, address))
          ? 'the nexthop is not connected with router'
          : ips.some(({ ip_address }) => ip_address === nexthop)
            ? 'the nexthop is used by router'
            : undefined;
      if (problem !== undefined)
        throw invalid('InvalidRoutes', `Invalid format for routes: ${text(routes)}, ${problem}`);
    }
  }
}

/** A router becomes distributed, or highly available, only while it is down: neutron/db/l3_dvr_db.py, l3_hamode_db.py. */
function kindOf(router: RouterRecord, body: Body): Required<Pick<RouterRecord, 'distributed' | 'ha'>> {
  const { distributed = false, ha = false } = router;
  const next = {
    distributed: typeof body['distributed'] === 'boolean' ? body['distributed'] : distributed,
    ha: typeof body['ha'] === 'boolean' ? body['ha'] : ha,
  };
  const refused = (what: string) =>
    badResource(
      'router',
      `Cannot change ${what} attribute of active routers. Please set router admin_state_up to False prior to upgrade`,
    );
  if (router.admin_state_up && next.distributed !== distributed) throw refused("the 'distributed'");
  if (router.admin_state_up && next.ha !== ha) throw refused('HA');
  return next;
}
