import type { ComputeApi, NovaRequest } from './api';
import { NovaError } from './errors';
import { getImage } from './images';
import { isDict, isList, type Dict } from './python/values';

/**
 * What a request asks for, with the disks that its image names: the image of a server that boots from a volume has no data,
 * but snapshots. `_check_and_transform_bdm` of nova/compute/api.py.
 */
export async function withImageMapping(
  api: ComputeApi,
  request: NovaRequest,
  given: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { imageRef, block_device_mapping_v2: asked } = given;
  if (typeof imageRef !== 'string' || imageRef === '') return given;
  const named = await mappingOf(api, request, imageRef);
  if (named.length === 0) return given;
  const hasRoot = named.some(({ boot_index }) => boot_index === 0);
  const own = (Array.isArray(asked) ? (asked as Dict[]) : []) // the schema has said so
    .filter(({ source_type, boot_index }) => !(hasRoot && source_type === 'image' && boot_index === 0));
  const others = named.filter(({ device_name }) => !own.some((each) => each['device_name'] === device_name));
  return { ...given, block_device_mapping_v2: [...others, ...own] };
}

async function mappingOf(api: ComputeApi, request: NovaRequest, imageRef: string): Promise<Dict[]> {
  try {
    const { properties } = await getImage(api.nova, request.context.token, imageRef);
    const mapping = properties['block_device_mapping'];
    return isList(mapping ?? null) ? (mapping as Dict[]).filter(isDict) : []; // the line says so
  } catch (error) {
    // an image that is not there is refused in its turn
    if (error instanceof NovaError) return [];
    throw error;
  }
}
