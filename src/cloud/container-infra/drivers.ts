import { badRequest } from './errors';

const NETWORK_DRIVERS = ['flannel', 'calico', 'cilium'];
const VOLUME_DRIVERS = ['cinder'];
/** What the only driver makes, which Magnum 20 still brings, though deprecated: server type, distribution, orchestrator. */
const PROVIDES = 'vm, fedora-coreos, kubernetes';
const DRIVER = 'k8s_fedora_coreos_v1';

/** `K8sValidator.validate_network_driver`, with its default. @throws {@link MagnumError} 400. */
export function networkDriver(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || asked === '') return 'flannel';
  if (!NETWORK_DRIVERS.includes(asked)) throw unsupported('Network', asked, NETWORK_DRIVERS, 'network');
  return asked;
}

/** `_enforce_volume_driver_types`. @throws {@link MagnumError} 400. */
export function checkVolumeDriver(asked: string | null | undefined): void {
  if (asked && !VOLUME_DRIVERS.includes(asked)) throw unsupported('Volume', asked, VOLUME_DRIVERS, 'volume');
}

function unsupported(kind: string, asked: string, drivers: readonly string[], word: string): Error {
  const supported = [...drivers, 'unspecified'].join('/');
  return badRequest(
    `${kind} driver type ${asked} is not supported, expecting a ${supported} ${word} driver.`,
  );
}

/** `_enforce_volume_storage_size`. @throws {@link MagnumError} 400. */
export function checkStorageSize(driver: string | null | undefined, size: number | null | undefined): void {
  if (driver !== 'devicemapper' || (size ?? 0) >= 3) return;
  throw badRequest(
    `docker volume size ${size ?? 'None'} GB is not valid, expecting minimum value 3GB for ${driver} storage driver.`,
  );
}

/** `Driver.get_driver`: whether anything can make such clusters. @throws {@link MagnumError} 400. */
export function checkClusterType(
  serverType: string,
  distro: string,
  coe: string,
  driver?: string | null,
): void {
  if (driver) {
    if (driver !== DRIVER) throw badRequest(`Cluster driver (${driver}) not supported.`);
    return;
  }
  const type = `${serverType}, ${distro}, ${coe}`;
  if (type !== PROVIDES) throw badRequest(`Cluster type (${type}) not supported.`);
}
