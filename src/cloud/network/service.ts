import type { CloudServices, Service } from '../service';
import { networkApp } from './app';
import { newNetworkState, type NetworkState } from './state';

/** Neutron with its state. @param saved the state it had; without one nobody has made anything yet. */
export function networkService(
  services: CloudServices,
  saved: NetworkState | undefined,
): Service<NetworkState> {
  const state = { ...newNetworkState(), ...saved };
  return { fetch: networkApp({ ...services, state }), snapshot: () => structuredClone(state) };
}
