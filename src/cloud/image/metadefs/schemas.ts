import type { JsonSchema } from '../json-schema';
import type { NamedSchema } from '../validate';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string', null];
const time = (description: string): JsonSchema => ({
  type: 'string',
  readOnly: true,
  description,
  format: 'date-time',
});
const text = (maxLength: number, description?: string): JsonSchema => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
  maxLength,
});
const LINK: JsonSchema = { readOnly: true, type: 'string' };

const PROPERTY: Record<string, JsonSchema> = {
  name: text(80),
  title: { type: 'string' },
  description: { type: 'string' },
  operators: { type: 'array', items: { type: 'string' } },
  type: { type: 'string', enum: TYPES },
  required: { $ref: '#/definitions/stringArray' },
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  maxLength: { $ref: '#/definitions/positiveInteger' },
  minLength: { $ref: '#/definitions/positiveIntegerDefault0' },
  pattern: { type: 'string', format: 'regex' },
  enum: { type: 'array' },
  readonly: { type: 'boolean' },
  default: {},
  items: { type: 'object', properties: { type: { type: 'string', enum: TYPES }, enum: { type: 'array' } } },
  maxItems: { $ref: '#/definitions/positiveInteger' },
  minItems: { $ref: '#/definitions/positiveIntegerDefault0' },
  uniqueItems: { type: 'boolean', default: false },
  additionalItems: { type: 'boolean' },
};

const INTEGERS: Record<string, JsonSchema> = {
  positiveInteger: { type: 'integer', minimum: 0 },
  positiveIntegerDefault0: { allOf: [{ $ref: '#/definitions/positiveInteger' }, { default: 0 }] },
};
const STRINGS: JsonSchema = { type: 'array', items: { type: 'string' }, uniqueItems: true };
const DEFINITIONS: Record<string, JsonSchema> = {
  ...INTEGERS,
  stringArray: STRINGS,
  property: {
    type: 'object',
    additionalProperties: { type: 'object', required: ['title', 'type'], properties: PROPERTY },
  },
};
const PROPERTY_DEFINITIONS: Record<string, JsonSchema> = {
  ...INTEGERS,
  stringArray: { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
};

const NAMESPACE: Record<string, JsonSchema> = {
  namespace: text(80, 'The name of the namespace, once in the cloud'),
  display_name: text(80, 'The name that a dashboard shows'),
  description: text(500, 'What the definitions are about'),
  visibility: { type: 'string', description: 'Who may see it', enum: ['public', 'private'] },
  protected: { type: 'boolean', description: 'Whether deleting it is refused' },
  owner: text(255, 'The project that the namespace belongs to'),
  created_at: time('When the record was made'),
  updated_at: time('When the record was last changed'),
  schema: LINK,
  self: LINK,
  resource_type_associations: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        prefix: { type: 'string' },
        properties_target: { type: 'string' },
      },
    },
  },
  properties: { $ref: '#/definitions/property' },
  objects: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        description: { type: 'string' },
        required: { $ref: '#/definitions/stringArray' },
        properties: { $ref: '#/definitions/property' },
      },
    },
  },
  tags: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
};

export const NAMESPACE_SCHEMA: NamedSchema = {
  name: 'namespace',
  properties: NAMESPACE,
  additionalProperties: false,
  definitions: DEFINITIONS,
  required: ['namespace'],
};

export const OBJECT_SCHEMA: NamedSchema = {
  name: 'object',
  properties: {
    name: text(80),
    description: { type: 'string' },
    required: { $ref: '#/definitions/stringArray' },
    properties: { $ref: '#/definitions/property' },
    schema: LINK,
    self: LINK,
    created_at: time('When the record was made'),
    updated_at: time('When the record was last changed'),
  },
  additionalProperties: false,
  definitions: DEFINITIONS,
  required: ['name'],
};

const propertySchema = (required: string[]): NamedSchema => ({
  name: 'property',
  properties: PROPERTY,
  additionalProperties: false,
  definitions: PROPERTY_DEFINITIONS,
  required,
});
export const PROPERTY_SCHEMA = propertySchema(['type', 'title', 'name']);
/** For properties of an object: there the name is the key. */
export const NAMELESS_PROPERTY_SCHEMA = propertySchema(['type', 'title']);

export const ASSOCIATION_SCHEMA: NamedSchema = {
  name: 'resource_type_association',
  properties: {
    name: text(80, 'The name of the type, as Heat calls it'),
    prefix: text(80, 'What goes before the names of the properties on this type, its separator included'),
    properties_target: text(80, 'Which of the metadata of this type the properties are for'),
    created_at: time('When the record was made'),
    updated_at: time('When the record was last changed'),
  },
  additionalProperties: false,
  required: ['name'],
};

export const TAG_SCHEMA: NamedSchema = {
  name: 'tag',
  properties: {
    name: text(80),
    created_at: time('When the record was made'),
    updated_at: time('When the record was last changed'),
  },
  additionalProperties: false,
  required: ['name'],
};

/** What POST /v2/metadefs/namespaces/{namespace}/tags takes. */
export const TAG_LIST_SCHEMA: NamedSchema = {
  name: 'tags',
  properties: {
    tags: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

/** `glance/schema.py`: definitions and required move from the items to the collection. */
function collection(name: string, item: NamedSchema, byName = false): NamedSchema {
  const { definitions, ...items } = item;
  return {
    name,
    properties: {
      [name]: byName ? { type: 'object', additionalProperties: items } : { type: 'array', items },
      first: { type: 'string' },
      next: { type: 'string' },
      schema: { type: 'string' },
    },
    links: [
      { rel: 'first', href: '{first}' },
      { rel: 'next', href: '{next}' },
      { rel: 'describedby', href: '{schema}' },
    ],
    ...(definitions === undefined ? {} : { definitions }),
  };
}

/** What stands below /v2/schemas/metadefs. */
export const METADEF_SCHEMAS: Readonly<Record<string, NamedSchema>> = {
  namespace: NAMESPACE_SCHEMA,
  namespaces: collection('namespaces', NAMESPACE_SCHEMA),
  resource_type: ASSOCIATION_SCHEMA,
  resource_types: collection('resource_type_associations', ASSOCIATION_SCHEMA),
  property: PROPERTY_SCHEMA,
  properties: collection('properties', NAMELESS_PROPERTY_SCHEMA, true),
  object: OBJECT_SCHEMA,
  objects: collection('objects', OBJECT_SCHEMA),
  tag: TAG_SCHEMA,
  tags: collection('tags', TAG_SCHEMA),
};
