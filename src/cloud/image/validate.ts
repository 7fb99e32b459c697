import { validationError } from '../../python/jsonschema';
import { HTTPError } from '../http/webob';
import type { JsonSchema } from './json-schema';

/** A schema that Glance shows below /v2/schemas: a JSON Schema with a name. */
export type NamedSchema = JsonSchema & { name: string };

/**
 * Refuses what a schema does not allow, with the 400 that Glance answers: the message of Python's jsonschema.
 * Modelled on `glance/schema.py`.
 */
export function validate(value: unknown, schema: NamedSchema): void {
  const failure = validationError(value, { ...schema }, 'best');
  if (failure !== undefined)
    throw new HTTPError(400, `Provided object does not match schema '${schema.name}': ${failure}`);
}
