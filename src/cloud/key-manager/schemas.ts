/** The schemas of barbican/common/validators.py. */

const text = (maxLength: number) => ({ type: 'string', maxLength });
const nonEmpty = (maxLength: number) => ({ type: 'string', maxLength, minLength: 1 });
const optionalText = { type: ['string', 'null'], maxLength: 255 };

export const NEW_SECRET = {
  type: 'object',
  properties: {
    name: optionalText,
    algorithm: text(255),
    mode: text(255),
    bit_length: { type: 'integer', minimum: 1, maximum: 32767 },
    expiration: text(255),
    payload: { type: 'string' },
    secret_type: {
      ...text(80),
      enum: ['symmetric', 'passphrase', 'private', 'public', 'certificate', 'opaque'],
    },
    payload_content_type: optionalText,
    payload_content_encoding: { ...text(255), enum: ['base64'] },
    transport_key_needed: { type: 'string', enum: ['true', 'false'] },
    transport_key_id: { type: 'string' },
  },
};

export const METADATA = { type: 'object', properties: { metadata: { type: 'object', required: true } } };

export const METADATUM = {
  type: 'object',
  properties: { key: { ...text(255), required: true }, value: { ...text(255), required: true } },
  additionalProperties: false,
};

export const ORDER = {
  type: 'object',
  properties: {
    meta: { type: 'object', required: true },
    type: { type: 'string', required: true, enum: ['key', 'asymmetric'] },
  },
};

export const ACL = {
  type: 'object',
  properties: {
    read: {
      type: 'object',
      properties: {
        // in the schema only the first item has a type
        users: { type: 'array', prefixItems: [text(255)] },
        'project-access': { type: 'boolean' },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const CONTAINER_CONSUMER = {
  type: 'object',
  properties: { URL: nonEmpty(255), name: nonEmpty(36) },
  required: ['name', 'URL'],
};

export const SECRET_CONSUMER = {
  type: 'object',
  properties: {
    service: nonEmpty(255),
    resource_type: nonEmpty(255),
    resource_id: { type: 'string', minLength: 1 },
  },
  required: ['service', 'resource_type', 'resource_id'],
};

export const CONTAINER_SECRET = {
  type: 'object',
  properties: { name: text(255), secret_ref: { type: 'string', minLength: 1 } },
  required: ['secret_ref'],
};

export const CONTAINER = {
  type: 'object',
  properties: {
    name: optionalText,
    type: { type: 'string', enum: ['generic', 'rsa', 'certificate'] },
    secret_refs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['secret_ref'],
        properties: { name: optionalText, secret_ref: { type: 'string', minLength: 1 } },
      },
    },
  },
  required: ['type'],
};

const limit = { type: 'integer' };

export const PROJECT_QUOTA = {
  type: 'object',
  properties: {
    project_quotas: {
      type: 'object',
      properties: { secrets: limit, orders: limit, containers: limit, consumers: limit, cas: limit },
      additionalProperties: false,
    },
  },
  required: ['project_quotas'],
  additionalProperties: false,
};
