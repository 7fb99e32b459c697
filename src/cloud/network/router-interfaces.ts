import { badResource, conflict, invalid, NeutronError, notFound } from './errors';
import { elevated } from './floating-ips';
import { contains, parseAddress, parseNetwork } from './ip';
import type { RequestContext } from './policy';
import { isDict, text } from './python';
import { interfaceOwner } from './router-owners';
import type { Routers } from './routers';
import type { PortRecord, RouterRecord } from './state';

/** neutron/db/l3_db.py: a router's ways into subnets. */
export class RouterInterfaces {
  constructor(private readonly routers: Routers) {}

  /** `add_router_interface`. */
  add(context: RequestContext, router: RouterRecord, info: unknown) {
    const { portId, subnetId } = interfaceInfo(info);
    if (portId !== undefined && subnetId !== undefined)
      throw badResource('router', 'Cannot specify both subnet-id and port-id');
    const port =
      portId === undefined
        ? this.#addBySubnet(context, router, subnetId ?? '')
        : this.#addByPort(context, router, portId);
    this.routers.db.touch(router);
    const ids = portId === undefined ? [subnetId ?? ''] : port.fixed_ips.map(({ subnet_id }) => subnet_id);
    return interfaceView(router, port, ids.at(-1) ?? '', ids);
  }

  #addByPort(context: RequestContext, router: RouterRecord, id: string): PortRecord {
    const port = this.routers.ports.get(context, id);
    if (port.device_id !== '')
      throw conflict(
        'PortInUse',
        `Unable to complete operation on port ${port.id} for network ${port.network_id}. Port already has an attached device ${port.device_id}.`,
      );
    if (port.fixed_ips.length === 0)
      throw badResource('router', 'Router port must have at least one fixed IP');
    const subnets = this.routers.db.state.subnets.filter((subnet) =>
      port.fixed_ips.some((ip) => ip.subnet_id === subnet.id),
    );
    this.routers.checkSubnets(router, subnets, port);
    if (subnets.filter(({ ip_version }) => ip_version === 4).length > 1)
      throw badResource('router', 'Cannot have multiple IPv4 subnets on router port');
    port.device_id = router.id;
    port.device_owner = interfaceOwner(router);
    this.routers.db.touch(port);
    return port;
  }

  #addBySubnet(context: RequestContext, router: RouterRecord, id: string): PortRecord {
    const subnet = this.routers.db.subnet(context, id);
    if (subnet.gateway_ip === null)
      throw badResource('router', 'Subnet for router interface must have a gateway IP');
    const allowed =
      context.isAdmin ||
      subnet.project_id === context.projectId ||
      this.routers.db.isShared('network', subnet.network_id, context.projectId);
    if (!allowed)
      throw badResource(
        'router',
        `Cannot add interface to router because subnet ${id} is not owned by project making the request`,
      );
    this.routers.checkSubnets(router, [subnet]);
    const own = { subnet_id: subnet.id, ip_address: subnet.gateway_ip };
    const sibling =
      subnet.ip_version === 6
        ? this.routers
            .interfaces(router)
            .find(
              ({ network_id, fixed_ips }) =>
                network_id === subnet.network_id &&
                fixed_ips.some((ip) => parseAddress(ip.ip_address)?.version === 6),
            )
        : undefined;
    if (sibling !== undefined) {
      this.routers.ports.update(elevated(context), sibling, { fixed_ips: [...sibling.fixed_ips, own] });
      return sibling;
    }
    return this.routers.ports.create(elevated(context), {
      project_id: router.project_id,
      network_id: subnet.network_id,
      fixed_ips: [own],
      device_id: router.id,
      device_owner: interfaceOwner(router),
    });
  }

  /** `remove_router_interface`. */
  remove(context: RequestContext, router: RouterRecord, info: unknown) {
    const { portId, subnetId } = interfaceInfo(info);
    const interfaces = this.routers.interfaces(router);
    if (portId !== undefined) {
      const port = interfaces.find(({ id }) => id === portId);
      if (port === undefined)
        throw notFound(
          'RouterInterfaceNotFound',
          `Router ${router.id} does not have an interface with id ${portId}`,
        );
      const ids = port.fixed_ips.map(({ subnet_id }) => subnet_id);
      if (subnetId !== undefined && !ids.includes(subnetId))
        throw invalid(
          'SubnetMismatchForPort',
          `Subnet on port ${portId} does not match the requested subnet ${subnetId}.`,
        );
      for (const id of ids) this.#checkInterfaceUnused(router, id);
      this.routers.ports.drop(port);
      this.routers.db.touch(router);
      return interfaceView(router, port, ids[0] ?? '', ids);
    }
    const subnet = this.routers.db.subnet(context, subnetId);
    const port = interfaces.find(({ fixed_ips }) => fixed_ips.some((ip) => ip.subnet_id === subnet.id));
    if (port === undefined)
      throw notFound(
        'RouterInterfaceNotFoundForSubnet',
        `Router ${router.id} has no interface on subnet ${subnet.id}`,
      );
    this.#checkInterfaceUnused(router, subnet.id);
    if (port.fixed_ips.length > 1) port.fixed_ips = port.fixed_ips.filter((ip) => ip.subnet_id !== subnet.id);
    else this.routers.ports.drop(port);
    this.routers.db.touch(router);
    return interfaceView(router, port, subnet.id, [subnet.id]);
  }

  /** Neither floating IPs nor routes may need it. */
  #checkInterfaceUnused(router: RouterRecord, subnetId: string): void {
    const range = parseNetwork(this.routers.db.state.subnets.find(({ id }) => id === subnetId)?.cidr);
    if (range === undefined) return;
    const inRange = (ip: string | null) => {
      const address = parseAddress(ip);
      return address !== undefined && contains(range, address);
    };
    if (router.routes.some(({ nexthop }) => inRange(nexthop)))
      throw inUse('RouterInterfaceInUseByRoute', router.id, subnetId, 'routes');
    if (
      this.routers.db.state.floatingips.some(
        (one) => one.router_id === router.id && inRange(one.fixed_ip_address),
      )
    )
      throw inUse('RouterInterfaceInUseByFloatingIP', router.id, subnetId, 'floating IPs');
  }
}

function inUse(type: string, router: string, subnet: string, by: string): NeutronError {
  return conflict(
    type,
    `Router interface for subnet ${subnet} on router ${router} cannot be deleted, as it is required by one or more ${by}.`,
  );
}

function interfaceInfo(info: unknown): { portId: string | undefined; subnetId: string | undefined } {
  const given = isDict(info) ? info : {};
  if (!('port_id' in given) && !('subnet_id' in given))
    throw badResource('router', 'Either subnet_id or port_id must be specified');
  const idOf = (name: string): string | undefined => {
    if (!(name in given)) return undefined;
    const id = text(given[name]);
    if (typeof given[name] !== 'string' || !/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(id))
      throw badResource('router', `'${id}' is not a valid UUID`);
    return id;
  };
  return { portId: idOf('port_id'), subnetId: idOf('subnet_id') };
}

function interfaceView(
  router: RouterRecord,
  port: PortRecord,
  subnetId: string,
  subnetIds: readonly string[],
) {
  return {
    id: router.id,
    tenant_id: port.project_id,
    port_id: port.id,
    network_id: port.network_id,
    subnet_id: subnetId,
    subnet_ids: subnetIds,
  };
}
