import type { ImageRecord } from './state';
import { BASE_PROPERTIES } from './schema';

/** What a client may say about an image, once the schema has been satisfied. */
export type ImageDraft = Partial<
  Pick<
    ImageRecord,
    | 'id'
    | 'name'
    | 'visibility'
    | 'protected'
    | 'os_hidden'
    | 'owner'
    | 'disk_format'
    | 'container_format'
    | 'min_disk'
    | 'min_ram'
    | 'tags'
  >
>;

/**
 * Whether `name` is an attribute that every image has, and not a custom property. `stores` is in the schema, and yet
 * Glance takes a custom property of that name.
 */
export function isAttribute(name: string): boolean {
  return name !== 'stores' && Object.hasOwn(BASE_PROPERTIES, name);
}
