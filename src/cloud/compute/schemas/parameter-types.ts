import type { Schema } from '../validation';

/** The parts that nova's schemas are made of: nova/api/validation/parameter_types.py. */

const TRUE = [true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'];
const FALSE = [false, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'];

export const boolean = { type: ['boolean', 'string'], enum: [...TRUE, ...FALSE] };
export const text = { type: 'string' };
export const uuid = { type: 'string', format: 'uuid' };
export const name = { type: 'string', minLength: 1, maxLength: 255, format: 'name' };
export const azName = { ...name, format: 'az_name' };
export const spacedName = { ...name, format: 'name_with_leading_trailing_spaces' };
export const fqdn = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9-._]*$' };
export const hostname = {
  type: 'string',
  minLength: 2,
  maxLength: 63,
  pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$',
};
export const description = { type: ['string', 'null'], minLength: 0, maxLength: 255 };
export const positiveInteger = {
  type: ['integer', 'string'],
  pattern: '^[0-9]*$',
  minimum: 1,
  minLength: 1,
};
export const nonNegativeInteger = { ...positiveInteger, minimum: 0 };
export const volumeSize = {
  type: ['integer', 'string'],
  pattern: '^[0-9]+$',
  minimum: 1,
  maximum: 0x7fffffff,
};
export const flavorParamNonNegative = { ...volumeSize, minimum: 0 };
export const flavorRef = { type: ['string', 'integer'], minLength: 1 };
export const ipAddress = { type: 'string', oneOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
export const tag = { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };
export const trustedCerts = {
  type: ['array', 'null'],
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
  items: { type: 'string', minLength: 1 },
};

/** A dict of texts by the names that metadata may have. */
export function metadataOf(type: string | string[], extra: Schema = {}): Schema {
  return {
    type: 'object',
    patternProperties: { '^[a-zA-Z0-9-_:. ]{1,255}$': { type, maxLength: 255 } },
    additionalProperties: false,
    ...extra,
  };
}

export const metadata = metadataOf('string');

/** A dict with these members and no others. */
export function object(properties: Schema, required: readonly string[] = [], extra: Schema = {}): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...extra,
  };
}

/** A parameter of a query that may be given several times. */
export function multiParams(schema: Schema): Schema {
  return { type: 'array', items: schema };
}

/** A parameter of a query that may be given once. */
export function singleParam(schema: Schema): Schema {
  return { ...multiParams(schema), maxItems: 1 };
}

/** A query in which unknown parameters are ignored, unless `strict`. */
export function querySchema(properties: Schema, strict = false): Schema {
  return { type: 'object', properties, additionalProperties: !strict };
}

export const PAGINATION = { limit: multiParams(nonNegativeInteger), marker: multiParams(text) };
