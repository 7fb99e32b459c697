/** Between images as the API sends them (one flat object) and as this client hands them out (custom properties apart). */
import { InvalidResponse } from './errors';
import type { Image, ImageCreate, ImageProperties, ImageUpdate, PatchOperation } from './image-types';

/** The fields of Image v2's own; whatever else an image has is a custom property. */
const ownFields = new Set<string>([
  'id', 'name', 'status', 'visibility', 'protected', 'os_hidden', 'owner', 'disk_format', 'container_format', 'size',
  'virtual_size', 'min_disk', 'min_ram', 'checksum', 'os_hash_algo', 'os_hash_value', 'tags', 'created_at', 'updated_at',
  'self', 'file', 'schema', 'stores', 'direct_url', 'locations',
]); // prettier-ignore

/**
 * Gathers an image's custom properties.
 *
 * @throws {@link InvalidResponse} when `body` is no image.
 */
export function fromWire(body: unknown): Image {
  if (typeof body !== 'object' || body === null || !('id' in body))
    throw new InvalidResponse('The answer is not an image');
  const own: Record<string, unknown> = {};
  const properties: ImageProperties = {};
  for (const [name, value] of Object.entries(body)) {
    if (ownFields.has(name)) own[name] = value;
    else if (value !== null && value !== undefined) properties[name] = String(value);
  }
  return { ...own, properties } as Image; // the API's contract
}

/** An image, or what a new one is given, as one flat object. The inverse of {@link fromWire}. */
export function toWire(image: Image | ImageCreate): Record<string, unknown> {
  const { properties, ...own } = image;
  return { ...own, ...properties };
}

/** The JSON patch that makes the changes. `add` also replaces, so a property need not be looked up first. */
export function updatePatch({ properties, ...own }: ImageUpdate): PatchOperation[] {
  const operations: PatchOperation[] = [];
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) operations.push({ op: 'replace', path: pointer(name), value });
  }
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null) operations.push({ op: 'remove', path: pointer(name) });
    else if (value !== undefined) operations.push({ op: 'add', path: pointer(name), value });
  }
  return operations;
}

/** A JSON pointer to a field of the image (RFC 6901). */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
