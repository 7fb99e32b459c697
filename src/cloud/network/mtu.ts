import { conflict } from './errors';

/** The smallest packets that each version may ask for. */
export const MIN_MTU = { 4: 500, 6: 1280 } as const;

/** neutron/exceptions/mtu.py. */
export function mtuConflict(networkId: string, mtu: number): Error {
  return conflict(
    'NetworkMTUSubnetConflict',
    `MTU of ${networkId} is not valid, subnet requires a minimum of ${mtu}`,
  );
}
