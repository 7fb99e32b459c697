import { bytesToHex } from '@noble/hashes/utils.js';
import { HTTPError } from '../http/webob';
import type { CreateHash, HashAlgorithm } from './hash';
import { ImageData } from './data';
import type { Download } from './import-task';
import type { ImageRepository } from './repository';
import type { ImageRecord } from './state';

/** What POST /v2/images/{id}/locations puts into its task. */
export interface LocationInput {
  image_id: string;
  loc_url: string;
  validation_data: { os_hash_algo?: HashAlgorithm; os_hash_value?: string };
}

/** The store whose images lie on the web. */
const WEB_STORE = 'web';

/**
 * Makes an image of data that lie on the web already. They are read once here, to be hashed and because the sandbox has
 * no web to go back to. Modelled on `glance/async_/flows/location_import.py`.
 */
export async function importLocation(
  image: ImageRecord,
  { loc_url, validation_data }: LocationInput,
  repository: ImageRepository,
  download: Download,
): Promise<void> {
  const algorithm = validation_data.os_hash_algo ?? 'sha512';
  const data = await fetchAll(loc_url, download);
  const sums = await hashes(data, algorithm, repository.createHash);
  if (!repository.has(image)) throw new HTTPError(404);
  if (image.stores.length > 0) throw new HTTPError(409);
  image.stores = [WEB_STORE];
  // an image that fails here keeps its location, and can only be deleted: so it is with the real one
  if (validation_data.os_hash_value !== undefined && validation_data.os_hash_value !== sums.os_hash_value)
    throw new HTTPError(400);
  repository.setData(image.id, data);
  Object.assign(image, sums, { os_hash_algo: algorithm, size: data.size, status: 'active' });
}

async function fetchAll(url: string, download: Download): Promise<ImageData> {
  const response = await download(url).catch(() => undefined);
  if (response?.ok !== true) throw new HTTPError(404);
  return ImageData.fromBlob(await response.blob());
}

async function hashes(
  data: ImageData,
  algorithm: HashAlgorithm,
  createHash: CreateHash,
): Promise<Pick<ImageRecord, 'checksum' | 'os_hash_value'>> {
  const [checksum, multihash] = [createHash('md5'), createHash(algorithm)];
  for await (const chunk of data.chunks()) {
    checksum.update(chunk);
    multihash.update(chunk);
  }
  return { checksum: bytesToHex(checksum.digest()), os_hash_value: bytesToHex(multihash.digest()) };
}
