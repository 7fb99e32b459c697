import { isSet, type Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { badResource, conflict, notFound } from './errors';
import { parseAddress } from './ip';
import type { RequestContext } from './policy';
import type { Ports } from './ports';
import { text } from './python';
import { standardView, type Resource } from './resource';
import type { FixedIp, FloatingIpRecord, PortRecord } from './state';
import { ROUTER_INTERFACES } from './router-owners';

/** neutron/db/l3_db.py: floating IPs. */
export class FloatingIps implements Resource<FloatingIpRecord> {
  readonly name = 'floatingip';
  readonly collection = 'floatingips';
  readonly path = 'floatingips';

  constructor(
    readonly db: NetworkDb,
    /** They need each other. */
    readonly ports: () => Ports,
  ) {}

  list(context: RequestContext): FloatingIpRecord[] {
    return this.db.state.floatingips.filter((one) => this.db.sees(context, one));
  }

  get(context: RequestContext, id: string): FloatingIpRecord {
    const found = this.db.state.floatingips.find((one) => one.id === id);
    if (found === undefined || !this.db.sees(context, found))
      throw notFound('FloatingIPNotFound', `Floating IP ${id} could not be found`);
    return found;
  }

  view(floating: FloatingIpRecord) {
    const port = this.db.state.ports.find(({ id }) => id === floating.port_id);
    return {
      id: floating.id,
      tenant_id: floating.project_id,
      floating_ip_address: floating.floating_ip_address,
      floating_network_id: floating.floating_network_id,
      router_id: floating.router_id,
      port_id: floating.port_id,
      fixed_ip_address: floating.fixed_ip_address,
      status: floating.status,
      description: floating.description,
      port_details:
        port === undefined
          ? null
          : {
              name: port.name,
              network_id: port.network_id,
              mac_address: port.mac_address,
              admin_state_up: port.admin_state_up,
              status: port.status,
              device_id: port.device_id,
              device_owner: port.device_owner,
            },
      ...standardView(floating),
    };
  }

  create(context: RequestContext, body: Body): FloatingIpRecord {
    const network = this.db.network(context, body['floating_network_id']);
    if (network.external === null)
      throw badResource('floatingip', `Network ${network.id} is not a valid external network`);
    if (!this.db.subnetsOf(network.id).some(({ ip_version }) => ip_version === 4))
      throw badResource('floatingip', `Network ${network.id} does not contain any IPv4 subnet`);
    const wanted = {
      ...(isSet(body['subnet_id']) ? { subnet_id: body['subnet_id'] } : {}),
      ...(isSet(body['floating_ip_address']) ? { ip_address: body['floating_ip_address'] } : {}),
    };
    const ports = this.ports();
    const port = ports.create(elevated(context), {
      project_id: '',
      network_id: network.id,
      device_id: 'PENDING',
      device_owner: 'network:floatingip',
      ...(Object.keys(wanted).length === 0 ? {} : { fixed_ips: [wanted] }),
    });
    port.status = 'N/A';
    try {
      const address = port.fixed_ips.find((ip) => parseAddress(ip.ip_address)?.version === 4);
      if (address === undefined)
        throw badResource('floatingip', `Network ${network.id} does not contain any IPv4 subnet`);
      const floating: FloatingIpRecord = {
        ...this.db.standardAttributes('floating-ip', body, 0),
        floating_ip_address: address.ip_address,
        floating_network_id: network.id,
        floating_port_id: port.id,
        router_id: null,
        port_id: null,
        fixed_ip_address: null,
        // nothing would ever say that it works: no agent runs
        status: 'DOWN',
      };
      this.#associate(context, floating, body);
      port.device_id = floating.id;
      this.db.state.floatingips.push(floating);
      return floating;
    } catch (error) {
      ports.drop(port);
      throw error;
    }
  }

  update(context: RequestContext, floating: FloatingIpRecord, body: Body): void {
    if (body['fixed_ip_address'] && !body['port_id'])
      throw badResource('floatingip', 'fixed_ip_address cannot be specified without a port_id');
    const given = { ...body };
    // whoever does not speak of the port leaves it
    if (!('port_id' in given) && floating.port_id !== null) given['port_id'] = floating.port_id;
    this.#associate(context, floating, given);
    if (typeof body['description'] === 'string') floating.description = body['description'];
    this.db.touch(floating);
  }

  delete(_: RequestContext, floating: FloatingIpRecord): void {
    remove(this.db.state.floatingips, floating);
    const port = this.db.state.ports.find(({ id }) => id === floating.floating_port_id);
    if (port !== undefined) this.ports().drop(port);
  }

  tags(floating: FloatingIpRecord): FloatingIpRecord {
    return floating;
  }

  /** Floating IPs of addresses that a port loses lead nowhere from now on. */
  release(port: PortRecord, left: readonly FixedIp[]): void {
    for (const floating of this.db.state.floatingips) {
      if (floating.port_id !== port.id) continue;
      if (left.some(({ ip_address }) => ip_address === floating.fixed_ip_address)) continue;
      floating.port_id = null;
      floating.fixed_ip_address = null;
      floating.router_id = null;
      this.db.touch(floating);
    }
  }

  /** `_check_and_get_fip_assoc`. */
  #associate(context: RequestContext, floating: FloatingIpRecord, body: Body): void {
    if (body['fixed_ip_address'] && !body['port_id'])
      throw badResource('floatingip', 'fixed_ip_address cannot be specified without a port_id');
    if (!body['port_id']) {
      floating.port_id = null;
      floating.fixed_ip_address = null;
      floating.router_id = null;
      return;
    }
    const port = this.ports().get(context, text(body['port_id']));
    if (port.project_id !== floating.project_id && !context.isAdmin)
      throw badResource(
        'floatingip',
        `Cannot process floating IP association with Port ${port.id}, since that port is owned by a different tenant`,
      );
    const ip = this.#fixedIp(port, body['fixed_ip_address']);
    const router = this.#router(port, ip.subnet_id, floating.floating_network_id);
    const taken =
      port.id !== floating.port_id &&
      this.db.state.floatingips.some(
        (other) =>
          other.port_id === port.id &&
          other.fixed_ip_address === ip.ip_address &&
          other.floating_network_id === floating.floating_network_id,
      );
    if (taken)
      throw conflict(
        'FloatingIPPortAlreadyAssociated',
        `Cannot associate floating IP ${floating.floating_ip_address} (${floating.id}) with port ${port.id} using fixed IP ${ip.ip_address}, as that fixed IP already has a floating IP on external network ${floating.floating_network_id}.`,
      );
    floating.port_id = port.id;
    floating.fixed_ip_address = ip.ip_address;
    floating.router_id = router;
  }

  #fixedIp(port: PortRecord, wanted: unknown): FixedIp {
    if (port.device_owner.startsWith('network:') || port.device_owner.startsWith('neutron:'))
      throw badResource('floatingip', `Port ${port.id} is unable to be assigned a floating IP`);
    if (wanted) {
      if (parseAddress(wanted)?.version !== 4)
        throw badResource(
          'floatingip',
          `Cannot process floating IP association with ${text(wanted)}, since that is not an IPv4 address`,
        );
      const ip = port.fixed_ips.find(({ ip_address }) => ip_address === wanted);
      if (ip === undefined)
        throw badResource('floatingip', `Port ${port.id} does not have fixed ip ${text(wanted)}`);
      return ip;
    }
    const ips = port.fixed_ips.filter(({ ip_address }) => parseAddress(ip_address)?.version === 4);
    const [ip] = ips;
    if (ip === undefined)
      throw badResource(
        'floatingip',
        `Cannot add floating IP to port ${port.id} that has no fixed IPv4 addresses`,
      );
    if (ips.length > 1)
      throw badResource(
        'floatingip',
        `Port ${port.id} has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP`,
      );
    return ip;
  }

  /** The router between a port's subnet and the external network: `_get_router_for_floatingip`. */
  #router(port: PortRecord, subnetId: string, externalId: string): string {
    const { state } = this.db;
    const subnet = state.subnets.find(({ id }) => id === subnetId);
    if (subnet?.gateway_ip === null)
      throw badResource(
        'floatingip',
        `Cannot add floating IP to port on subnet ${subnetId} which has no gateway_ip`,
      );
    const routers = state.ports
      .filter(
        ({ network_id, device_owner, fixed_ips }) =>
          network_id === port.network_id &&
          ROUTER_INTERFACES.includes(device_owner) &&
          fixed_ips.some((ip) => ip.subnet_id === subnetId),
      )
      .map((one) => ({
        id: one.device_id,
        isGateway: one.fixed_ips.some((ip) => ip.ip_address === subnet?.gateway_ip),
      }))
      .filter(({ id }) => {
        const gateway = state.routers.find((router) => router.id === id)?.gw_port_id;
        return state.ports.some((one) => one.id === gateway && one.network_id === externalId);
      });
    const router = routers.find(({ isGateway }) => isGateway) ?? routers[0];
    if (router !== undefined) return router.id;
    throw notFound(
      'ExternalGatewayForFloatingIPNotFound',
      `External network ${externalId} is not reachable from subnet ${subnetId}.  Therefore, cannot associate Port ${port.id} with a Floating IP.`,
    );
  }
}

/** With the rights of the service: `context.elevated()`. */
export function elevated(context: RequestContext): RequestContext {
  return { ...context, isAdmin: true, roles: [...context.roles, 'admin'] };
}
