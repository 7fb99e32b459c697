import { PLACEMENT_PATH } from '../paths';
import type { CloudServices, Service } from '../service';
import { ComputeApp } from './app';
import { initialComputeState } from './initial-state';
import { placementApp } from './placement/app';
import type { ComputeState } from './state';

/** The Compute service, and Placement, which looks at the same hosts. */
export function computeService(
  services: CloudServices,
  state: ComputeState = initialComputeState(services.ids),
): Service<ComputeState> {
  const compute = new ComputeApp({ ...services, state });
  const placement = placementApp({ ...services, state });
  return {
    fetch: (request) =>
      new URL(request.url).pathname.startsWith(PLACEMENT_PATH) ? placement(request) : compute.fetch(request),
    settle: () => compute.settle(),
    snapshot: () => structuredClone(state),
  };
}
