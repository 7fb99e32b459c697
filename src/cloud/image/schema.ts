import { pformat, repr } from '../http/python-repr';
import { HTTPError } from '../http/webob';
import { MEMBER_STATUSES, STATUSES } from './state';

/** As much of JSON Schema as Glance's schemas use. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  readOnly?: boolean;
  enum?: readonly (string | null)[];
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  is_base?: boolean;
  writeOnly?: boolean;
}

const UUID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';

export const CONTAINER_FORMATS = ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'] as const;
export const DISK_FORMATS = ['ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'] as const;

/** The attributes every image has: `get_base_properties` of `glance/api/v2/images.py`, described in our words. */
export const BASE_PROPERTIES: Record<string, JsonSchema> = {
  id: { type: 'string', description: 'The identifier of the image, a UUID', pattern: UUID },
  name: { type: ['null', 'string'], description: 'A name for people; need not be unique', maxLength: 255 },
  status: { type: 'string', readOnly: true, description: 'Where the image is in its life', enum: STATUSES },
  visibility: { type: 'string', description: 'Who may use the image', enum: ['community', 'public', 'private', 'shared'] },
  protected: { type: 'boolean', description: 'Whether deleting the image is refused' },
  os_hidden: { type: 'boolean', description: 'Whether the image is left out of lists unless asked for' },
  checksum: { type: ['null', 'string'], readOnly: true, description: 'MD5 of the data, in hexadecimal', maxLength: 32 },
  os_hash_algo: { type: ['null', 'string'], readOnly: true, description: 'The algorithm that made os_hash_value', maxLength: 64 },
  os_hash_value: { type: ['null', 'string'], readOnly: true, description: 'Hash of the data, in hexadecimal', maxLength: 128 },
  owner: { type: ['null', 'string'], description: 'The project that the image belongs to', maxLength: 255 },
  size: { type: ['null', 'integer'], readOnly: true, description: 'Bytes of the data' },
  virtual_size: { type: ['null', 'integer'], readOnly: true, description: 'Bytes of the disk that the data describe' },
  container_format: { type: ['null', 'string'], description: 'What is wrapped around the disk', enum: [null, ...CONTAINER_FORMATS] },
  disk_format: { type: ['null', 'string'], description: 'How the disk is laid out in the data', enum: [null, ...DISK_FORMATS] },
  created_at: { type: 'string', readOnly: true, description: 'When the record was made' },
  updated_at: { type: 'string', readOnly: true, description: 'When the record was last changed' },
  tags: { type: 'array', description: 'Short labels', items: { type: 'string', maxLength: 255 } },
  direct_url: { type: 'string', readOnly: true, description: 'Where the data lie in their store' },
  min_ram: { type: 'integer', description: 'Memory in MB that a server needs to boot it' },
  min_disk: { type: 'integer', description: 'Disk in GB that a server needs to boot it' },
  self: { type: 'string', readOnly: true, description: 'Path of this record' },
  file: { type: 'string', readOnly: true, description: 'Path of the data' },
  stores: { type: 'string', readOnly: true, description: 'Ids of the stores that hold the data, separated by commas' },
  schema: { type: 'string', readOnly: true, description: 'Path of this schema' },
  locations: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        url: { type: 'string', maxLength: 255 },
        metadata: { type: 'object' },
        validation_data: {
          description: 'Hashes that the data must have',
          type: 'object',
          writeOnly: true,
          additionalProperties: false,
          properties: {
            checksum: { type: 'string', minLength: 32, maxLength: 32 },
            os_hash_algo: { type: 'string', maxLength: 64 },
            os_hash_value: { type: 'string', maxLength: 128 },
          },
          required: ['os_hash_algo', 'os_hash_value'],
        },
      },
      required: ['url', 'metadata'],
    },
    description: 'Where the data lie in their stores',
  },
};

/** The properties that `schema-image.json` adds, as shipped. */
const CUSTOM_PROPERTIES: Record<string, JsonSchema> = {
  kernel_id: { type: ['null', 'string'], pattern: UUID, description: 'The image that holds the kernel of an AMI', is_base: false },
  ramdisk_id: { type: ['null', 'string'], pattern: UUID, description: 'The image that holds the ramdisk of an AMI', is_base: false },
  instance_uuid: { type: 'string', description: 'The server that the image was made from', is_base: false },
  architecture: { description: 'The processor architecture, such as x86_64', type: 'string', is_base: false },
  os_distro: { description: 'The operating system, such as debian', type: 'string', is_base: false },
  os_version: { description: 'The version of the operating system', type: 'string', is_base: false },
  description: { description: 'A text about the image', type: 'string', is_base: false },
  cinder_encryption_key_id: { description: 'The key of an encrypted volume made from the image', type: 'string', is_base: false },
  cinder_encryption_key_deletion_policy: {
    description: 'Whether that key goes when the image goes',
    type: 'string',
    enum: ['on_image_deletion', 'do_not_delete'],
    is_base: false,
  },
};

const IMAGE_PROPERTIES = { ...BASE_PROPERTIES, ...CUSTOM_PROPERTIES };

export const IMAGE_SCHEMA = {
  name: 'image',
  properties: IMAGE_PROPERTIES,
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

export const MEMBER_SCHEMA = {
  name: 'member',
  properties: {
    member_id: { type: 'string', description: 'The project that the image is shared with' },
    image_id: { type: 'string', description: 'The identifier of the image, a UUID', pattern: UUID },
    created_at: { type: 'string', description: 'When the project became a member' },
    updated_at: { type: 'string', description: 'When the status was last changed' },
    status: { type: 'string', description: 'What the project answered', enum: MEMBER_STATUSES },
    schema: { readOnly: true, type: 'string' },
  },
};

/** `minimal()` of a collection, as `glance/schema.py` makes it. */
export const IMAGES_SCHEMA = {
  name: 'images',
  properties: {
    images: { type: 'array', items: IMAGE_SCHEMA },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

export const MEMBERS_SCHEMA = {
  name: 'members',
  properties: {
    members: { type: 'array', items: MEMBER_SCHEMA },
    schema: { type: 'string' },
  },
  links: [{ rel: 'describedby', href: '{schema}' }],
};

interface Failure {
  message: string;
  validator: string;
  schema: unknown;
  schemaPath: (string | number)[];
  instance: unknown;
  path: (string | number)[];
}

/**
 * Refuses an image that the schema does not allow, with the 400 that Glance answers: the message of Python's jsonschema.
 *
 * @param image a whole image or some attributes of one.
 */
export function validateImage(image: Record<string, unknown>): void {
  const failure = firstFailure(image);
  if (failure === undefined) return;
  const index = (container: string, keys: (string | number)[]) => container + keys.map((key) => `[${repr(key)}]`).join('');
  throw new HTTPError(
    400,
    `Provided object does not match schema 'image': ${failure.message}\n\n` +
      `Failed validating ${repr(failure.validator)} in ${index('schema', failure.schemaPath)}:\n` +
      `    ${indent(pformat(failure.schema, 72))}\n\n` +
      `On ${index('instance', failure.path)}:\n    ${indent(pformat(failure.instance, 72))}`,
  );
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

/** jsonschema reports the failure that is most relevant: the shallowest, in the order of the schema. */
function firstFailure(image: Record<string, unknown>): Failure | undefined {
  const failures: Failure[] = [];
  for (const [name, schema] of Object.entries(IMAGE_PROPERTIES)) {
    if (Object.hasOwn(image, name)) failures.push(...failuresOf(image[name], schema, ['properties', name], [name]));
  }
  for (const [name, value] of Object.entries(image)) {
    if (Object.hasOwn(IMAGE_PROPERTIES, name)) continue;
    failures.push(...failuresOf(value, IMAGE_SCHEMA.additionalProperties, ['additionalProperties'], [name]));
  }
  const depth = Math.min(...failures.map(({ path }) => path.length));
  return failures.find(({ path }) => path.length === depth);
}

function failuresOf(value: unknown, schema: JsonSchema, schemaPath: Failure['schemaPath'], path: Failure['path']): Failure[] {
  const fail = (validator: string, message: string): Failure => ({ message, validator, schema, schemaPath, instance: value, path });
  const failures: Failure[] = [];
  // in the order in which the schema names them
  for (const keyword of Object.keys(schema)) {
    switch (keyword) {
      case 'type': {
        const types = [schema.type ?? []].flat();
        if (!types.some((type) => isType(value, type))) {
          failures.push(fail('type', `${repr(value)} is not of type ${types.map(repr).join(', ')}`));
        }
        break;
      }
      case 'enum':
        if (!schema.enum?.some((allowed) => allowed === value)) {
          failures.push(fail('enum', `${repr(value)} is not one of ${repr(schema.enum)}`));
        }
        break;
      case 'maxLength':
        if (typeof value === 'string' && [...value].length > (schema.maxLength ?? Infinity)) {
          failures.push(fail('maxLength', `${repr(value)} is too long`));
        }
        break;
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(schema.pattern ?? '').test(value)) {
          failures.push(fail('pattern', `${repr(value)} does not match ${repr(schema.pattern)}`));
        }
        break;
      case 'items':
        if (Array.isArray(value) && schema.items !== undefined) {
          const { items } = schema;
          value.forEach((item, i) => failures.push(...failuresOf(item, items, [...schemaPath, 'items'], [...path, i])));
        }
        break;
    }
  }
  return failures;
}

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
