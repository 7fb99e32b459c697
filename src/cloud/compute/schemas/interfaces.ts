import type { Schema } from '../validation';
import { ipAddress, object, tag, uuid } from './parameter-types';

/** nova/api/openstack/compute/schemas/attach_interfaces.py. */
export function attachInterface(version: number): Schema {
  const fixed_ips = {
    type: 'array',
    minItems: 1,
    maxItems: 1,
    items: object({ ip_address: ipAddress }, ['ip_address']),
  };
  return object({
    interfaceAttachment: object({
      net_id: uuid,
      port_id: uuid,
      fixed_ips,
      ...(version >= 49 ? { tag } : {}),
    }),
  });
}
