import { scopeOfNetwork } from './address-scopes';
import type { Body } from './attributes';
import { remove, type NetworkDb } from './db';
import { conflict, invalidInput, NeutronError } from './errors';
import type { FloatingIps } from './floating-ips';
import type { RequestContext } from './policy';
import { text } from './python';
import { MIN_MTU, mtuConflict } from './mtu';
import { standardView, type Resource } from './resource';
import type { SecurityGroups } from './security-groups';
import type { NetworkRecord } from './state';

/** What an overlay takes of every packet. */
const MTU = { vxlan: 1450, other: 1500 };
/** The ids that ml2 has for overlays. */
const MAX_VNI = 1000;

/** neutron/plugins/ml2/plugin.py: networks. */
export function networks(
  db: NetworkDb,
  groups: SecurityGroups,
  floatingIps: Pick<FloatingIps, 'delete'>,
): Resource<NetworkRecord> {
  const { state } = db;
  const view = (network: NetworkRecord, context: RequestContext) => ({
    id: network.id,
    name: network.name,
    tenant_id: network.project_id,
    admin_state_up: network.admin_state_up,
    mtu: network.mtu,
    status: 'ACTIVE',
    subnets: db
      .subnetsOf(network.id)
      .map(({ id }) => id)
      .sort(),
    shared: db.isShared('network', network.id, context.projectId),
    availability_zone_hints: [...network.availability_zone_hints],
    availability_zones: [],
    ipv4_address_scope: scopeOfNetwork(db, network.id, 4),
    ipv6_address_scope: scopeOfNetwork(db, network.id, 6),
    'router:external': network.external !== null,
    description: network.description,
    port_security_enabled: network.port_security_enabled,
    ...(network.external === null ? {} : { is_default: network.external.is_default }),
    ...standardView(network),
    'provider:network_type': network.network_type,
    'provider:physical_network': network.physical_network,
    'provider:segmentation_id': network.segmentation_id,
  });
  return {
    name: 'network',
    collection: 'networks',
    path: 'networks',
    core: true,
    list: (context) => state.networks.filter((network) => db.sees(context, network, 'network')),
    get: (context, id) => db.network(context, id),
    view,
    viewCreated: (network, context) => ({ is_default: false, ...view(network, context) }),
    create(context, body) {
      groups.ensureDefault(context, text(body['project_id']));
      const provider = providerOf(db, body);
      const [hint] = body['availability_zone_hints'] as string[]; // as the validator has seen
      if (hint !== undefined) throw zoneNotFound(hint);
      const standard = db.standardAttributes('network', body, 1);
      const network: NetworkRecord = {
        ...standard,
        name: text(body['name']),
        admin_state_up: body['admin_state_up'] === true,
        mtu: mtuOf(provider.network_type, Number(body['mtu'] ?? 0)),
        port_security_enabled: body['port_security_enabled'] === true,
        availability_zone_hints: [],
        external: body['router:external'] === true ? { is_default: body['is_default'] === true } : null,
        ...provider,
      };
      state.networks.push(network);
      if (body['shared'] === true) db.setWildcard('network', 'access_as_shared', network, true);
      if (network.external !== null) db.setWildcard('network', 'access_as_external', network, true);
      return network;
    },
    update(_, network, body) {
      if (
        ['provider:network_type', 'provider:physical_network', 'provider:segmentation_id'].some(
          (name) => name in body,
        )
      )
        throw invalidInput(
          'Plugin does not support updating the following provider network attributes: provider:network_type, provider:physical_network',
        );
      const mtu = typeof body['mtu'] === 'number' ? mtuOf(network.network_type, body['mtu']) : undefined;
      if (mtu !== undefined) checkMtu(db, network, mtu);
      if (body['shared'] === false) checkUnshare(db, network);
      if (body['router:external'] === false && network.external !== null) {
        const used = state.ports.some(
          (port) =>
            port.network_id === network.id &&
            ['network:router_gateway', 'network:floatingip'].includes(port.device_owner),
        );
        if (used)
          throw conflict(
            'ExternalNetworkInUse',
            `External network ${network.id} cannot be updated to be made non-external, since it has existing gateway ports.`,
          );
      }
      if (typeof body['shared'] === 'boolean')
        db.setWildcard('network', 'access_as_shared', network, body['shared']);
      if (typeof body['router:external'] === 'boolean') {
        network.external = body['router:external'] ? (network.external ?? { is_default: false }) : null;
        db.setWildcard('network', 'access_as_external', network, body['router:external']);
      }
      if (typeof body['is_default'] === 'boolean' && network.external !== null)
        network.external.is_default = body['is_default'];
      if (typeof body['name'] === 'string') network.name = body['name'];
      if (typeof body['description'] === 'string') network.description = body['description'];
      if (typeof body['admin_state_up'] === 'boolean') network.admin_state_up = body['admin_state_up'];
      if (typeof body['port_security_enabled'] === 'boolean')
        network.port_security_enabled = body['port_security_enabled'];
      if (mtu !== undefined) network.mtu = mtu;
      db.touch(network);
    },
    delete(context, network) {
      // addresses that lead nowhere go with their network
      const floating = state.floatingips.filter(
        ({ floating_network_id, port_id }) => floating_network_id === network.id && port_id === null,
      );
      const ids = new Set(floating.map(({ floating_port_id }) => floating_port_id));
      const ports = state.ports.filter(
        (port) => port.network_id === network.id && port.device_owner !== 'network:dhcp' && !ids.has(port.id),
      );
      if (ports.length > 0)
        throw conflict(
          'NetworkInUse',
          `Unable to complete operation on network ${network.id}. There are one or more ports still in use on the network, id for these ports is: ${ports.map(({ id }) => id).join(',')}.`,
        );
      for (const each of floating) floatingIps.delete(context, each);
      state.subnets = state.subnets.filter(({ network_id }) => network_id !== network.id);
      db.forget('network', network.id);
      remove(state.networks, network);
    },
    tags: (network) => network,
  };
}

/** Subnets need packets of some size: `_validate_change_network_mtu`. */
function checkMtu(db: NetworkDb, network: NetworkRecord, mtu: number): void {
  const versions = db.subnetsOf(network.id).map(({ ip_version }) => ip_version);
  if (versions.length > 0 && mtu < MIN_MTU[4]) throw mtuConflict(network.id, MIN_MTU[4]);
  if (versions.includes(6) && mtu < MIN_MTU[6]) throw mtuConflict(network.id, MIN_MTU[6]);
}

/** A network that others have ports on cannot become private again. */
function checkUnshare(db: NetworkDb, network: NetworkRecord): void {
  const strangers = db.state.ports.some(
    (port) =>
      port.network_id === network.id &&
      port.project_id !== network.project_id &&
      port.project_id !== '' &&
      !port.device_owner.startsWith('network:'),
  );
  if (strangers)
    throw conflict(
      'InvalidSharedSetting',
      `Unable to reconfigure sharing settings for network ${network.name}. Multiple tenants are using it.`,
    );
}

function zoneNotFound(zone: string): NeutronError {
  return new NeutronError(404, 'AvailabilityZoneNotFound', `AvailabilityZone ${zone} could not be found.`);
}

function mtuOf(type: string, asked: number): number {
  const most = type === 'vxlan' ? MTU.vxlan : MTU.other;
  if (asked > most) throw invalidInput(`Requested MTU is too big, maximum is ${most}`);
  return asked === 0 ? most : asked;
}

type Provider = Pick<NetworkRecord, 'network_type' | 'physical_network' | 'segmentation_id'>;

/** Where the packets of a network go: neutron/plugins/ml2/managers.py and the type drivers. */
function providerOf(db: NetworkDb, body: Body): Provider {
  const [type, physical, segment] = ['network_type', 'physical_network', 'segmentation_id'].map(
    (name) => body[`provider:${name}`] ?? null,
  );
  if (type === null && physical === null && segment === null) return overlay(db, null);
  switch (type) {
    case null:
      throw invalidInput('network_type required');
    case 'local':
    case 'flat': {
      if (type === 'local' && physical !== null)
        throw invalidInput('physical_network prohibited for local provider network');
      if (type === 'flat' && physical === null)
        throw invalidInput('physical_network required for flat provider network');
      if (segment !== null) throw invalidInput(`segmentation_id prohibited for ${type} provider network`);
      if (
        type === 'flat' &&
        db.state.networks.some((one) => one.network_type === type && one.physical_network === physical)
      )
        throw conflict(
          'FlatNetworkInUse',
          `Unable to create the flat network. Physical network ${text(physical)} is in use.`,
        );
      return {
        network_type: text(type),
        physical_network: physical === null ? null : text(physical),
        segmentation_id: null,
      };
    }
    case 'vlan':
      if (physical !== null)
        throw invalidInput(`physical_network '${text(physical)}' unknown for VLAN provider network`);
      throw new NeutronError(
        503,
        'NoNetworkAvailable',
        'Unable to create the network. No tenant network is available for allocation.',
      );
    case 'vxlan':
      if (physical !== null) throw invalidInput(`provider:physical_network specified for vxlan network`);
      return overlay(db, segment === null ? null : Number(segment));
    default:
      throw invalidInput(`network_type value '${text(type)}' not supported`);
  }
}

function overlay(db: NetworkDb, asked: number | null): Provider {
  const taken = new Set(
    db.state.networks
      .filter(({ network_type }) => network_type === 'vxlan')
      .map((one) => one.segmentation_id),
  );
  if (asked !== null && taken.has(asked))
    throw conflict('TunnelIdInUse', `Unable to create the network. The tunnel ID ${asked} is in use.`);
  let id = asked ?? db.state.segmentation_id + 1;
  while (asked === null && taken.has(id)) id++;
  if (asked === null && id > MAX_VNI)
    throw new NeutronError(
      503,
      'NoNetworkAvailable',
      'Unable to create the network. No tenant network is available for allocation.',
    );
  if (asked === null) db.state.segmentation_id = id;
  return { network_type: 'vxlan', physical_network: null, segmentation_id: id };
}
