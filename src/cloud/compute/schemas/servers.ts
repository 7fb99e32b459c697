import type { Schema } from '../validation';
import {
  boolean,
  description,
  flavorRef,
  fqdn,
  hostname,
  ipAddress,
  metadata,
  multiParams,
  name,
  object,
  PAGINATION,
  positiveInteger,
  tag,
  text,
  trustedCerts,
  uuid,
  volumeSize,
} from './parameter-types';

/** nova/api/openstack/compute/schemas/servers.py: what may be asked for, by microversion. */

const diskConfig = { type: 'string', enum: ['AUTO', 'MANUAL'] };
const personality = multiParams(object({ path: text, contents: { type: 'string', format: 'base64' } }));
const userData = { type: 'string', format: 'base64', maxLength: 65535 };
const short = { type: 'string', maxLength: 255 };

const LEGACY_BDM = {
  virtual_name: short,
  volume_id: uuid,
  snapshot_id: uuid,
  volume_size: volumeSize,
  device_name: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-r/]*$' },
  delete_on_termination: boolean,
  no_device: {},
  connection_info: { type: 'string', maxLength: 16777215 },
};

function blockDeviceMappingV2(version: number): Schema {
  return object({
    ...LEGACY_BDM,
    source_type: { type: 'string', enum: ['volume', 'image', 'snapshot', 'blank'] },
    uuid: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-]*$' },
    image_id: uuid,
    destination_type: { type: 'string', enum: ['local', 'volume'] },
    guest_format: short,
    device_type: short,
    disk_bus: short,
    boot_index: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$' },
    ...(version === 32 || version >= 42 ? { tag } : {}),
    ...(version >= 67 ? { volume_type: { type: ['string', 'null'], minLength: 0, maxLength: 255 } } : {}),
  });
}

function networks(version: number): Schema {
  const list = multiParams(
    object({
      fixed_ip: ipAddress,
      port: { oneOf: [uuid, { type: 'null' }] },
      uuid: version >= 37 ? uuid : text,
      ...((version >= 32 && version <= 36) || version >= 42 ? { tag } : {}),
    }),
  );
  return version < 37 ? list : { oneOf: [list, { type: 'string', enum: ['none', 'auto'] }] };
}

const HINTS = {
  type: 'object',
  properties: {
    group: uuid,
    different_host: { oneOf: [uuid, { type: 'array', items: uuid }] },
    same_host: { type: ['string', 'array'], items: uuid },
    query: { type: ['string', 'object'] },
    target_cell: name,
    different_cell: { type: ['string', 'array'], items: text },
    build_near_host_ip: ipAddress,
    cidr: { type: 'string', pattern: '^/[0-9a-f.:]+$' },
  },
  additionalProperties: true,
};

function hostnameAt(version: number): Schema {
  return version >= 94 ? { hostname: fqdn } : version >= 90 ? { hostname } : {};
}

export function createServer(version: number): Schema {
  const server = object(
    {
      name,
      imageRef: { oneOf: [uuid, { type: 'string', maxLength: 0 }] },
      flavorRef,
      adminPass: text,
      metadata,
      networks: networks(version),
      'OS-DCF:diskConfig': diskConfig,
      accessIPv4: { type: 'string', format: 'ipv4' },
      accessIPv6: { type: 'string', format: 'ipv6' },
      ...(version < 57 ? { personality } : {}),
      availability_zone: name,
      block_device_mapping: multiParams(object(LEGACY_BDM)),
      block_device_mapping_v2: multiParams(blockDeviceMappingV2(version)),
      config_drive: boolean,
      key_name: name,
      min_count: positiveInteger,
      max_count: positiveInteger,
      return_reservation_id: boolean,
      security_groups: multiParams(object({ name })),
      user_data: userData,
      ...(version >= 19 ? { description } : {}),
      ...(version >= 52 ? { tags: { type: 'array', items: tag, maxItems: 50 } } : {}),
      ...(version >= 63 ? { trusted_image_certificates: trustedCerts } : {}),
      ...(version >= 74 ? { host: fqdn, hypervisor_hostname: fqdn } : {}),
      ...hostnameAt(version),
    },
    ['name', 'flavorRef', ...(version >= 37 ? ['networks'] : [])],
  );
  return object({ server, 'os:scheduler_hints': HINTS, 'OS-SCH-HNT:scheduler_hints': HINTS }, ['server']);
}

export function updateServer(version: number): Schema {
  const server = object({
    name,
    'OS-DCF:diskConfig': diskConfig,
    accessIPv4: { type: 'string', format: 'ipv4' },
    accessIPv6: { type: 'string', format: 'ipv6' },
    ...(version >= 19 ? { description } : {}),
    ...hostnameAt(version),
  });
  return object({ server }, ['server']);
}

export function rebuildServer(version: number): Schema {
  const rebuild = object(
    {
      name,
      imageRef: uuid,
      adminPass: text,
      metadata,
      preserve_ephemeral: boolean,
      'OS-DCF:diskConfig': diskConfig,
      accessIPv4: { type: 'string', format: 'ipv4' },
      accessIPv6: { type: 'string', format: 'ipv6' },
      ...(version < 57 ? { personality } : {}),
      ...(version >= 19 ? { description } : {}),
      ...(version >= 54 ? { key_name: { oneOf: [name, { type: 'null' }] } } : {}),
      ...(version >= 57 ? { user_data: { oneOf: [userData, { type: 'null' }] } } : {}),
      ...(version >= 63 ? { trusted_image_certificates: trustedCerts } : {}),
      ...hostnameAt(version),
    },
    ['imageRef'],
  );
  return object({ rebuild }, ['rebuild']);
}

export const resizeServer = object(
  { resize: object({ flavorRef, 'OS-DCF:diskConfig': diskConfig }, ['flavorRef']) },
  ['resize'],
);

export const rebootServer = object(
  {
    reboot: object(
      {
        type: { type: 'string', enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] },
      },
      ['type'],
    ),
  },
  ['reboot'],
);

export const createImage = object({ createImage: object({ name, metadata }, ['name']) }, ['createImage']);

export function resetState(_version: number): Schema {
  return object(
    { 'os-resetState': object({ state: { type: 'string', enum: ['active', 'error'] } }, ['state']) },
    ['os-resetState'],
  );
}

const regex = multiParams({ type: 'string', format: 'regex' });
const plain = multiParams(text);
const when = multiParams({ type: 'string', format: 'date-time' });

const SORT_KEYS = [
  'access_ip_v4',
  'access_ip_v6',
  'auto_disk_config',
  'availability_zone',
  'config_drive',
  'created_at',
  'display_description',
  'display_name',
  'host',
  'hostname',
  'image_ref',
  'instance_type_id',
  'kernel_id',
  'key_name',
  'launch_index',
  'launched_at',
  'locked_by',
  'node',
  'power_state',
  'progress',
  'project_id',
  'ramdisk_id',
  'root_device_name',
  'task_state',
  'terminated_at',
  'updated_at',
  'user_id',
  'uuid',
  'vm_state',
];

export const JOINED_TABLES = [
  'block_device_mapping',
  'services',
  'metadata',
  'system_metadata',
  'info_cache',
  'security_groups',
  'pci_devices',
];
const IGNORED_SORT_KEYS = [
  'architecture',
  'cell_name',
  'cleaned',
  'default_ephemeral_device',
  'default_swap_device',
  'deleted',
  'deleted_at',
  'disable_terminate',
  'ephemeral_gb',
  'ephemeral_key_uuid',
  'id',
  'key_data',
  'launched_on',
  'locked',
  'memory_mb',
  'os_type',
  'reservation_id',
  'root_gb',
  'shutdown_terminate',
  'user_data',
  'vcpus',
  'vm_mode',
];

export function listServers(version: number): Schema {
  return {
    type: 'object',
    properties: {
      user_id: plain,
      project_id: plain,
      tenant_id: plain,
      launch_index: plain,
      image_ref: plain,
      image: plain,
      kernel_id: regex,
      ramdisk_id: regex,
      hostname: regex,
      key_name: regex,
      power_state: regex,
      vm_state: plain,
      task_state: plain,
      host: plain,
      node: regex,
      flavor: regex,
      reservation_id: regex,
      launched_at: regex,
      terminated_at: regex,
      availability_zone: regex,
      name: regex,
      display_name: regex,
      description: regex,
      display_description: regex,
      locked_by: regex,
      uuid: plain,
      root_device_name: regex,
      config_drive: regex,
      access_ip_v4: regex,
      access_ip_v6: regex,
      auto_disk_config: regex,
      progress: regex,
      sort_key: multiParams({
        type: 'string',
        enum: [
          ...SORT_KEYS,
          ...(version >= 73 ? ['locked'] : []),
          ...(version < 75 ? IGNORED_SORT_KEYS : []),
        ],
      }),
      sort_dir: plain,
      all_tenants: plain,
      soft_deleted: plain,
      deleted: plain,
      status: plain,
      'changes-since': when,
      ip: regex,
      ip6: regex,
      created_at: regex,
      ...PAGINATION,
      ...(version >= 26 ? { tags: regex, 'tags-any': regex, 'not-tags': regex, 'not-tags-any': regex } : {}),
      ...(version >= 66 ? { 'changes-before': when } : {}),
      ...(version >= 73 ? { locked: plain } : {}),
      ...(version < 75 ? Object.fromEntries(JOINED_TABLES.map((table) => [table, plain])) : {}),
    },
    additionalProperties: version < 75,
    patternProperties: version < 75 ? { '^_': plain } : {},
  };
}
