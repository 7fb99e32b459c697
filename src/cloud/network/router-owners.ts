import type { RouterRecord } from './state';

/** What routers' ports on a project's networks call themselves: `ROUTER_INTERFACE_OWNERS` of neutron_lib/constants.py. */
export const ROUTER_INTERFACES: readonly string[] = [
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
];

/** What those of this router do. */
export function interfaceOwner(router: Pick<RouterRecord, 'distributed' | 'ha'>): string {
  if (router.distributed === true) return 'network:router_interface_distributed';
  return router.ha === true ? 'network:ha_router_replicated_interface' : 'network:router_interface';
}
