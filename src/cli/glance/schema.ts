/** Checking an image against Glance's own schema before it is sent: warlock. */
import { validationError } from '../../python/jsonschema';
import { CommandError } from '../errors';
import { repr, type Value } from '../python';
import { object } from './http';

type Json = Record<string, unknown>;

/** The schema of images as Glance sends it. */
export class ImageSchema {
  readonly #raw: Json;
  readonly #properties: Json;

  constructor(raw: Json) {
    this.#raw = raw;
    this.#properties = object(raw.properties);
  }

  /** Whether the schema knows the field. */
  has(name: string): boolean {
    return name in this.#properties;
  }

  /** Whether it is one of Glance's own, not one an administrator added to schema-image.json. */
  isBase(name: string): boolean {
    return this.has(name) && object(this.#properties[name]).is_base !== false;
  }

  /** @throws {@link CommandError} in the words of warlock when the schema does not allow the value. */
  check(name: string, value: Value): void {
    const failure = validationError({ [name]: value }, this.#raw, 'first');
    if (failure !== undefined)
      throw new CommandError(`Unable to set '${name}' to ${repr(value)}. Reason: ${failure}`);
  }
}
