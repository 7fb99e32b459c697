import { IMAGE_PATH } from '../paths';
import type { CloudServices, Service } from '../service';
import { volumeApp } from './app';
import { newVolumeState, type VolumeState } from './state';

/** The Volume service. */
export function volumeService(services: CloudServices, saved?: VolumeState): Service<VolumeState> {
  const state = { ...newVolumeState(), ...saved };
  const app = volumeApp({ ...services, state, imageUrl: services.baseUrl + IMAGE_PATH });
  return { fetch: app.fetch, settle: app.settle, snapshot: () => structuredClone(state) };
}
