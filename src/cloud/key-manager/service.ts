import type { CloudServices, Service } from '../service';
import { keyManagerApp } from './app';
import { newKeyManagerState, type KeyManagerState } from './state';

/** Barbican with its state. @param saved the state it had; without one it starts as after its installation. */
export function keyManagerService(
  services: CloudServices,
  saved: KeyManagerState | undefined,
): Service<KeyManagerState> {
  const state = { ...newKeyManagerState(), ...saved };
  return { fetch: keyManagerApp({ ...services, state }), snapshot: () => structuredClone(state) };
}
