import { DISK_FORMATS } from '../../disk-image/disk-formats';
import type { JsonSchema } from './json-schema';
import { MEMBER_STATUSES, STATUSES } from './state';

export const UUID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';

export const CONTAINER_FORMATS = ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'] as const;

/** The attributes every image has: `get_base_properties` of `glance/api/v2/images.py`, described in our words. */
export const BASE_PROPERTIES: Record<string, JsonSchema> = {
  id: { type: 'string', description: 'The identifier of the image, a UUID', pattern: UUID },
  name: { type: ['null', 'string'], description: 'A name for people; need not be unique', maxLength: 255 },
  status: { type: 'string', readOnly: true, description: 'Where the image is in its life', enum: STATUSES },
  visibility: {
    type: 'string',
    description: 'Who may use the image',
    enum: ['community', 'public', 'private', 'shared'],
  },
  protected: { type: 'boolean', description: 'Whether deleting the image is refused' },
  os_hidden: { type: 'boolean', description: 'Whether the image is left out of lists unless asked for' },
  checksum: {
    type: ['null', 'string'],
    readOnly: true,
    description: 'MD5 of the data, in hexadecimal',
    maxLength: 32,
  },
  os_hash_algo: {
    type: ['null', 'string'],
    readOnly: true,
    description: 'The algorithm that made os_hash_value',
    maxLength: 64,
  },
  os_hash_value: {
    type: ['null', 'string'],
    readOnly: true,
    description: 'Hash of the data, in hexadecimal',
    maxLength: 128,
  },
  owner: { type: ['null', 'string'], description: 'The project that the image belongs to', maxLength: 255 },
  size: { type: ['null', 'integer'], readOnly: true, description: 'Bytes of the data' },
  virtual_size: {
    type: ['null', 'integer'],
    readOnly: true,
    description: 'Bytes of the disk that the data describe',
  },
  container_format: {
    type: ['null', 'string'],
    description: 'What is wrapped around the disk',
    enum: [null, ...CONTAINER_FORMATS],
  },
  disk_format: {
    type: ['null', 'string'],
    description: 'How the disk is laid out in the data',
    enum: [null, ...DISK_FORMATS],
  },
  created_at: { type: 'string', readOnly: true, description: 'When the record was made' },
  updated_at: { type: 'string', readOnly: true, description: 'When the record was last changed' },
  tags: { type: 'array', description: 'Short labels', items: { type: 'string', maxLength: 255 } },
  direct_url: { type: 'string', readOnly: true, description: 'Where the data lie in their store' },
  min_ram: { type: 'integer', description: 'Memory in MB that a server needs to boot it' },
  min_disk: { type: 'integer', description: 'Disk in GB that a server needs to boot it' },
  self: { type: 'string', readOnly: true, description: 'Path of this record' },
  file: { type: 'string', readOnly: true, description: 'Path of the data' },
  stores: {
    type: 'string',
    readOnly: true,
    description: 'Ids of the stores that hold the data, separated by commas',
  },
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
  kernel_id: {
    type: ['null', 'string'],
    pattern: UUID,
    description: 'The image that holds the kernel of an AMI',
    is_base: false,
  },
  ramdisk_id: {
    type: ['null', 'string'],
    pattern: UUID,
    description: 'The image that holds the ramdisk of an AMI',
    is_base: false,
  },
  instance_uuid: { type: 'string', description: 'The server that the image was made from', is_base: false },
  architecture: { description: 'The processor architecture, such as x86_64', type: 'string', is_base: false },
  os_distro: { description: 'The operating system, such as debian', type: 'string', is_base: false },
  os_version: { description: 'The version of the operating system', type: 'string', is_base: false },
  description: { description: 'A text about the image', type: 'string', is_base: false },
  cinder_encryption_key_id: {
    description: 'The key of an encrypted volume made from the image',
    type: 'string',
    is_base: false,
  },
  cinder_encryption_key_deletion_policy: {
    description: 'Whether that key goes when the image goes',
    type: 'string',
    enum: ['on_image_deletion', 'do_not_delete'],
    is_base: false,
  },
};

export const IMAGE_PROPERTIES = { ...BASE_PROPERTIES, ...CUSTOM_PROPERTIES };

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
