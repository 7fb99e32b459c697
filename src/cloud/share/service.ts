import type { CloudServices, Service } from '../service';
import { shareApp } from './app';
import { newShareState, type ShareState } from './state';

/** Manila, with what it knew before or new. */
export function shareService(services: CloudServices, saved: ShareState | undefined): Service<ShareState> {
  const state = { ...newShareState(), ...saved };
  const app = shareApp({ ...services, state });
  return {
    fetch: (request) => app.fetch(request),
    settle: () => app.settle(),
    snapshot: () => structuredClone(state),
  };
}
