import type { Json } from './call';
import { badRequest } from './errors';
import { timestamp, type ShareRepository } from './repository';
import type { ShareNetworkSubnetRecord } from './state';
import { textOrNull, wholeNumber } from './validation';

/** `check_net_id_and_subnet_id`. @throws {@link ManilaError} 400. */
export function checkNetAndSubnet(values: Json): void {
  if ('neutron_net_id' in values === 'neutron_subnet_id' in values) return;
  throw badRequest(
    'When creating a new share network subnet you need to specify both neutron_net_id and neutron_subnet_id or none of them.',
  );
}

/** The zone that a subnet is for; null for all. @throws {@link ManilaError} 400. */
export function zoneOf(repository: ShareRepository, values: Json): string | null {
  const asked = textOrNull(values['availability_zone']);
  if (!asked) return null;
  const zone = repository.zone(asked);
  if (zone === undefined) throw badRequest(`The provided availability zone ${asked} does not exist.`);
  return zone;
}

export function newSubnet(
  repository: ShareRepository,
  values: Json,
  zone: string | null,
): ShareNetworkSubnetRecord {
  return {
    id: repository.ids.uuid('share-network-subnet'),
    availability_zone: zone,
    neutron_net_id: textOrNull(values['neutron_net_id']),
    neutron_subnet_id: textOrNull(values['neutron_subnet_id']),
    network_type: textOrNull(values['network_type']),
    segmentation_id: wholeNumber(values['segmentation_id']) ?? null,
    cidr: textOrNull(values['cidr']),
    ip_version: wholeNumber(values['ip_version']) ?? null,
    gateway: textOrNull(values['gateway']),
    mtu: wholeNumber(values['mtu']) ?? null,
    metadata: {},
    created_at: createdAt(repository, values),
    updated_at: null,
  };
}

/** Whatever is said of a new share network is stored, its age included. */
export function createdAt(repository: ShareRepository, values: Json): string {
  const time = Date.parse(`${textOrNull(values['created_at']) ?? ''}Z`);
  return Number.isNaN(time) ? repository.now() : timestamp(new Date(time));
}
