import type { ImageData } from '../image/data';
import type { CreateHash } from '../image/hash';
import type { CloudServices, Service } from '../service';
import { objectStoreApp } from './app';
import { Store } from './backend/store';
import { newObjectStoreState, type ObjectStoreState } from './state';

/**
 * The Object Store service.
 *
 * @param data what the objects hold, by key: the cloud keeps them beside its state.
 */
export function objectStoreService(
  services: CloudServices,
  saved: ObjectStoreState | undefined,
  data: Map<string, ImageData>,
  createHash: CreateHash | undefined,
): Service<ObjectStoreState> {
  const store = new Store({ ...newObjectStoreState(), ...saved }, data, services.clock, createHash);
  return {
    fetch: objectStoreApp({ ...services, store }),
    settle: () => store.settle(),
    snapshot: () => store.records(),
  };
}
