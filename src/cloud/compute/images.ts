import type { Dict, Value } from './python/values';
import { badRequest, NovaError } from './errors';
import type { Nova } from './nova';

/** An image as nova knows it: nova/image/glance.py `_translate_from_glance`. */
export interface Image {
  id: string;
  name: string | null;
  status: string;
  owner: string | null;
  size: number;
  min_ram: number;
  min_disk: number;
  disk_format: string | null;
  container_format: string | null;
  properties: Record<string, Value>;
  /** The image as the Image API describes it. */
  given: Dict;
}

/** What is no property, in what the Image API says of an image. */
const ATTRIBUTES = new Set([
  'id',
  'name',
  'status',
  'visibility',
  'protected',
  'checksum',
  'owner',
  'size',
  'virtual_size',
  'container_format',
  'disk_format',
  'created_at',
  'updated_at',
  'tags',
  'direct_url',
  'min_ram',
  'min_disk',
  'file',
  'schema',
  'self',
  'locations',
  'os_hash_algo',
  'os_hash_value',
  'os_hidden',
  'stores',
]);

/**
 * Asks the Image service for an image.
 *
 * @throws {@link NovaError} 400 in the words that `POST /servers` has for it.
 */
export async function getImage(nova: Nova, token: string, id: string): Promise<Image> {
  const response = await nova.ask(token, 'GET', `/image/v2/images/${encodeURIComponent(id)}`);
  if (response.status === 401 || response.status === 403) throw badRequest(`Not authorized for image ${id}.`);
  if (!response.ok) throw badRequest('Can not find requested image');
  return readImage((await response.json()) as Dict); // JSON of the Image API
}

/** Properties that hold lists, as texts in the Image service: `_CONVERT_PROPS` of nova/image/glance.py. */
const IN_JSON = new Set(['block_device_mapping', 'mappings']);

function fromJson(value: Value): Value {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as Value) : value;
  } catch {
    return value;
  }
}

export function readImage(given: Dict): Image {
  const text = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    id: text('id') ?? '',
    name: text('name'),
    status: text('status') ?? '',
    owner: text('owner'),
    size: Number(given['size'] ?? 0),
    min_ram: Number(given['min_ram'] ?? 0),
    min_disk: Number(given['min_disk'] ?? 0),
    disk_format: text('disk_format'),
    container_format: text('container_format'),
    properties: Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        ATTRIBUTES.has(name) ? [] : [[name, IN_JSON.has(name) ? fromJson(value) : value]],
      ),
    ) as Dict, // pairs of values
    given,
  };
}

/** The form that `ImageMeta.from_dict` reads. */
export function imageDict(image: Image): Dict {
  const fields = [
    'id',
    'name',
    'status',
    'checksum',
    'owner',
    'size',
    'container_format',
    'disk_format',
    'min_ram',
    'min_disk',
  ];
  const own = fields.flatMap((field) =>
    Object.hasOwn(image.given, field) ? [[field, image.given[field]]] : [],
  );
  return { ...(Object.fromEntries(own) as Dict), properties: image.properties }; // from a Dict
}

const SKIPPED = new Set(['img_mappings', 'mappings', 'img_block_device_mapping', 'block_device_mapping']);

/** What nova keeps of an image with a server: nova/utils.py `get_system_metadata_from_image`. */
export function imageProperties(image: Image, rootGb: number, imageRef: string): Record<string, string> {
  const kept = Object.entries(image.properties).flatMap(([key, value]) =>
    SKIPPED.has(key) ? [] : [[key, String(value).slice(0, 255)]],
  );
  const min_disk = image.disk_format === 'vhd' ? rootGb : Math.max(image.min_disk, rootGb);
  return {
    ...(Object.fromEntries(kept) as Record<string, string>), // pairs of texts
    min_ram: String(image.min_ram),
    min_disk: String(min_disk),
    ...(image.disk_format === null ? {} : { disk_format: image.disk_format }),
    ...(image.container_format === null ? {} : { container_format: image.container_format }),
    ...(image.properties['base_image_ref'] === undefined ? { base_image_ref: imageRef } : {}),
  };
}

const GIB = 1024 ** 3;

/**
 * Whether the image fits the flavor: `_validate_flavor_image` of nova/compute/api.py.
 *
 * @param volumeGb the size of the volume that the server boots from, null for the disk of its flavor.
 * @throws {@link NovaError} 400; 403 for a flavor without a disk.
 */
export function checkFlavorImage(
  image: Image,
  flavor: { memory_mb: number; root_gb: number },
  options: { volumeGb?: number | null; mayZeroDisk: boolean },
): void {
  const { volumeGb } = options;
  if (image.status !== 'active' && image.id !== '') throw badRequest(`Image ${image.id} is not active.`);
  const drive = image.properties['img_config_drive'] ?? 'optional';
  if (drive !== 'optional' && drive !== 'mandatory')
    throw badRequest(`Image's config drive option '${String(drive)}' is invalid`);
  if (flavor.memory_mb < image.min_ram) throw badRequest("Flavor's memory is too small for requested image.");
  const minimum = image.min_disk * GIB;
  if (volumeGb !== undefined) {
    const size = (volumeGb ?? Infinity) * GIB;
    if (minimum > size)
      throw badRequest(
        `Volume is smaller than the minimum size specified in image metadata. Volume size is ${size} bytes, ` +
          `minimum size is ${minimum} bytes.`,
      );
    return;
  }
  const size = flavor.root_gb * GIB;
  if (size === 0) {
    if (!options.mayZeroDisk)
      throw new NovaError(403, 'Only volume-backed servers are allowed for flavors with zero disk.');
    return;
  }
  if (image.size > size)
    throw badRequest(
      `Flavor's disk is too small for requested image. Flavor disk is ${size} bytes, image is ${image.size} bytes.`,
    );
  if (minimum > size)
    throw badRequest(
      "Flavor's disk is smaller than the minimum size specified in image metadata. " +
        `Flavor disk is ${size} bytes, minimum size is ${minimum} bytes.`,
    );
}
