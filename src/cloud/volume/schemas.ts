/** What bodies may hold: cinder/api/schemas and cinder/api/validation/parameter_types.py, in their order. */
import type { Schema } from './validation';

const text255 = { type: ['string', 'null'], minLength: 0, maxLength: 255 };
const name255 = { type: 'string', minLength: 1, maxLength: 255, format: 'name' };
const nameFormat = { type: ['string', 'null'], format: 'name_non_mandatory_remove_white_spaces' };
const descriptionFormat = {
  type: ['string', 'null'],
  format: 'description_non_mandatory_remove_white_spaces',
};
const uuid = { type: 'string', format: 'uuid' };
const uuidOrNull = { oneOf: [uuid, { type: 'null' }] };
export const optionalUuid = uuidOrNull;
const boolean = {
  type: ['boolean', 'string'],
  enum: [
    true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes', 'y', 't',
    false, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no', 'n', 'f',
  ],
}; // prettier-ignore
const KEY = '^[a-zA-Z0-9-_:. /]{1,255}$';
const metadataOf = (type: string | string[], value: object) => ({
  type,
  patternProperties: { [KEY]: value },
  additionalProperties: false,
});
const metadata = metadataOf('object', { type: 'string', maxLength: 255 });
const metadataOrNull = metadataOf(['object', 'null'], { type: 'string', maxLength: 255 });
const extraSpecsWithNull = metadataOf('object', { type: ['string', 'null'], maxLength: 255 });
const imageMetadata = metadataOf('object', { type: 'string', format: 'mysql_text' });
const size = { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 1, maximum: 2147483647 };

/** A body with one member that is an object. */
function body(key: string, inner: Schema): Schema {
  return { type: 'object', properties: { [key]: inner }, required: [key], additionalProperties: false };
}

function object(properties: Schema, required: readonly string[] = [], rest: Schema = {}): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...rest,
  };
}

/** `volumes.create` of the version 3.N asked for. */
export function createVolume(version: number): Schema {
  const volume = {
    type: 'object',
    properties: {
      name: nameFormat,
      description: descriptionFormat,
      display_name: nameFormat,
      display_description: descriptionFormat,
      volume_type: text255,
      metadata: metadataOrNull,
      snapshot_id: uuidOrNull,
      source_volid: uuidOrNull,
      consistencygroup_id: uuidOrNull,
      size: { ...size, type: [...size.type, 'null'] },
      availability_zone: { ...text255, minLength: 1 },
      multiattach: { oneOf: [{ type: 'null' }, boolean] },
      image_id: text255,
      imageRef: text255,
      ...(version >= 13 && { group_id: text255 }),
      ...(version >= 47 && { backup_id: uuidOrNull }),
    },
    additionalProperties: version < 53,
  };
  return {
    type: 'object',
    properties: { volume, 'OS-SCH-HNT:scheduler_hints': { type: ['object', 'null'] } },
    required: ['volume'],
    additionalProperties: false,
  };
}

/** `volumes.update`. */
export function updateVolume(version: number): Schema {
  const properties = {
    name: nameFormat,
    description: descriptionFormat,
    display_name: nameFormat,
    display_description: descriptionFormat,
    metadata,
  };
  const anyOf = Object.keys(properties).map((name) => ({ required: [name] }));
  return body('volume', object(properties, [], version >= 53 ? { anyOf } : {}));
}

export const setMetadata = body('metadata', metadata);
export const setMetadataItem = body('meta', metadata);
export const setImageMetadata = body(
  'os-set_image_metadata',
  object({ metadata: imageMetadata }, ['metadata']),
);
export const unsetImageMetadata = body('os-unset_image_metadata', object({ key: name255 }, ['key']));

export const extend = body('os-extend', object({ new_size: size }, ['new_size']));
export const setBootable = body('os-set_bootable', object({ bootable: boolean }, ['bootable']));
export const updateReadonly = body('os-update_readonly_flag', object({ readonly: boolean }, ['readonly']));
export const retype = body(
  'os-retype',
  object(
    {
      new_type: { type: 'string' },
      migration_policy: { type: ['string', 'null'], enum: ['on-demand', 'never'] },
    },
    ['new_type'],
  ),
);
export const attach = body(
  'os-attach',
  object(
    {
      instance_uuid: uuid,
      mountpoint: { type: 'string', minLength: 1, maxLength: 255 },
      host_name: { type: 'string', maxLength: 255 },
      mode: { type: 'string', enum: ['rw', 'ro'] },
    },
    ['mountpoint'],
    { anyOf: [{ required: ['instance_uuid'] }, { required: ['host_name'] }] },
  ),
);
export const detach = body(
  'os-detach',
  object({ attachment_id: uuidOrNull }, [], { type: ['object', 'null'] }),
);
const connector = { connector: { type: ['object', 'string'] } };
export const initializeConnection = body('os-initialize_connection', object(connector, ['connector']));
export const terminateConnection = body(
  'os-terminate_connection',
  object({ connector: { type: ['string', 'object', 'null'] } }, ['connector']),
);
export const resetStatus = body(
  'os-reset_status',
  object(
    {
      status: { type: ['string', 'null'], format: 'volume_status' },
      attach_status: { type: ['string', 'null'], format: 'volume_attach_status' },
      migration_status: { type: ['string', 'null'], format: 'volume_migration_status' },
    },
    [],
    { format: 'validate_volume_reset_body' },
  ),
);
export const resetSnapshotStatus = body(
  'os-reset_status',
  object({ status: { type: 'string', format: 'snapshot_status' } }, ['status']),
);

/** `volume_upload_image`. */
export function uploadImage(version: number): Schema {
  const params = {
    image_name: { type: 'string', minLength: 1, maxLength: 255 },
    force: boolean,
    disk_format: { type: 'string', enum: ['raw', 'vmdk', 'vdi', 'qcow2', 'vhd', 'vhdx', 'ploop'] },
    container_format: text255,
    ...(version >= 1 && {
      visibility: { type: 'string', enum: ['community', 'public', 'private', 'shared'] },
      protected: boolean,
    }),
  };
  return body('os-volume_upload_image', object(params, ['image_name']));
}

export const createSnapshot = body(
  'snapshot',
  object(
    {
      name: text255,
      display_name: text255,
      description: text255,
      volume_id: uuidOrNull,
      force: boolean,
      metadata: metadataOrNull,
    },
    ['volume_id'],
  ),
);
const snapshotFields = {
  name: text255,
  description: text255,
  display_name: text255,
  display_description: text255,
};
export const updateSnapshot = body(
  'snapshot',
  object(snapshotFields, [], { anyOf: Object.keys(snapshotFields).map((name) => ({ required: [name] })) }),
);

export const createType = body(
  'volume_type',
  object(
    {
      name: name255,
      description: text255,
      extra_specs: extraSpecsWithNull,
      'os-volume-type-access:is_public': boolean,
    },
    ['name'],
  ),
);
export const updateType = body(
  'volume_type',
  object({
    name: { type: ['string', 'null'], minLength: 1, maxLength: 255 },
    description: text255,
    is_public: boolean,
  }),
);
export const extraSpecs = body('extra_specs', {
  type: 'object',
  patternProperties: {
    '^[a-zA-Z0-9-_:.]{1,255}$': { type: ['string', 'null'], minLength: 0, maxLength: 255 },
  },
  additionalProperties: false,
});
const project = object({ project: { type: 'string', minLength: 1, maxLength: 255 } }, ['project']);
export const addProjectAccess = body('addProjectAccess', project);
export const removeProjectAccess = body('removeProjectAccess', project);

/** `attachments.create`. */
export function createAttachment(version: number): Schema {
  const properties = {
    instance_uuid: uuid,
    connector: { type: ['object', 'null'] },
    volume_uuid: uuid,
    ...(version >= 54 && { mode: { type: 'string', enum: ['rw', 'ro'] } }),
  };
  return body('attachment', object(properties, ['volume_uuid']));
}
export const updateAttachment = body(
  'attachment',
  object({ connector: { type: 'object', minProperties: 1 } }, ['connector']),
);
