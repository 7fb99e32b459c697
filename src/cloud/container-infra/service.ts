import type { CloudServices, Service } from '../service';
import { containerInfraApp } from './app';
import { newContainerInfraState, type ContainerInfraState } from './state';

/** Magnum, with what it knew before or new. */
export function containerInfraService(
  services: CloudServices,
  saved: ContainerInfraState | undefined,
): Service<ContainerInfraState> {
  const state = { ...newContainerInfraState(), ...saved };
  const app = containerInfraApp({ ...services, state });
  return { fetch: (request) => app.fetch(request), snapshot: () => structuredClone(state) };
}
