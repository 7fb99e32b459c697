import { IMAGE_SCHEMA } from './schema';
import { validate } from './validate';

/**
 * Refuses an image that the schema does not allow.
 *
 * @param image a whole image or some attributes of one.
 */
export function validateImage(image: Record<string, unknown>): void {
  validate(image, IMAGE_SCHEMA);
}
