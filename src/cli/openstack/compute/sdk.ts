/**
 * Things as openstacksdk sees them: names and types of its own for the fields of the API, and all fields there, None
 * where the API has none. Models openstack/resource.py and fields.py; `get_osc_show_columns_for_sdk_resource`.
 */
import type { Cell } from '../../formatters/columns';
import { Float, compareStrings, type Value } from '../../python';

/** A thing by the SDK's names, in the SDK's order. */
export type Fields = Record<string, Value>;

interface Attribute {
  name: string;
  wire: string;
  type: string | undefined;
}

/** A kind of thing. Made by {@link resource}. */
export type Resource = (wire: object) => Fields;

/**
 * Reads a table of attributes: `name=wire|type`, where wire is the API's name if it is another one, and type what the
 * SDK turns values into.
 *
 * @param types of things within things, by name.
 */
export function resource(
  table: string,
  defaults: Readonly<Fields> = {},
  types: Readonly<Record<string, Resource>> = {},
): Resource {
  let attributes: Attribute[] | undefined;
  return (wire) => {
    attributes ??= table.trim().split(/\s+/).map(parse);
    const values = wire as Fields; // JSON of the API
    return Object.fromEntries(
      attributes.map(({ name, wire: key, type }) => {
        const value = values[key] ?? values[name] ?? (key in values ? null : (defaults[name] ?? null));
        return [name, value === null || type === undefined ? value : convert(value, type, types)];
      }),
    );
  };
}

function parse(text: string): Attribute {
  const [rest = '', type] = text.split('|');
  const [name = '', wire = name] = rest.split('=');
  return { name, wire, type };
}

/** `_convert_type` */
function convert(value: Value, type: string, types: Readonly<Record<string, Resource>>): Value {
  switch (type) {
    case 'int':
      if (typeof value === 'string') return /^\d+$/.test(value) ? Number(value) : 0;
      return typeof value === 'number' ? Math.trunc(value) : Number(value === true);
    case 'float':
      return new Float(Number(value));
    case 'bool':
      return Boolean(value);
    case 'list':
      return Array.isArray(value) ? value : [value];
    case 'dict':
      return isDict(value) ? value : {};
  }
  const [, list] = /^list:(.*)$/.exec(type) ?? [];
  const make = types[list ?? type];
  if (make === undefined) return value;
  if (list === undefined) return isDict(value) ? make(value) : {};
  return Array.isArray(value) ? value.map((one) => (isDict(one) ? make(one) : {})) : [];
}

function isDict(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

/** How some fields are printed, by the SDK's name. */
export type Formatters = Readonly<Record<string, (value: never) => Cell>>;

/**
 * Fields for a show command: some under another name, some hidden, sorted by name.
 *
 * @param names what the client calls fields that the SDK calls otherwise.
 */
export function shown(
  fields: Readonly<Fields>,
  hidden: readonly string[],
  names: Readonly<Record<string, string>> = {},
  formatters: Formatters = {},
): { columns: string[]; values: Cell[] } {
  const columns = new Map<string, string>();
  for (const name of Object.keys(fields)) if (!hidden.includes(name)) columns.set(names[name] ?? name, name);
  for (const [name, column] of Object.entries(names)) if (!columns.has(column)) columns.set(column, name);
  const sorted = [...columns].sort(([a], [b]) => compareStrings(a, b));
  return {
    columns: sorted.map(([column]) => column),
    values: row(
      fields,
      sorted.map(([, name]) => name),
      formatters,
    ),
  };
}

/** Some fields in an order; what is not there is empty. */
export function row(fields: Readonly<Fields>, names: readonly string[], formatters: Formatters = {}): Cell[] {
  return names.map((name) => {
    const value = name in fields ? (fields[name] ?? null) : '';
    const format = formatters[name];
    return format === undefined ? value : format(value as never); // the formatter of this very field
  });
}

export const FLAVOR = resource(
  `name original_name description disk|int is_public=os-flavor-access:is_public|bool ram|int vcpus|int swap|int
  ephemeral=OS-FLV-EXT-DATA:ephemeral|int is_disabled=OS-FLV-DISABLED:disabled|bool rxtx_factor|float extra_specs|dict
  id location`,
  { disk: 0, is_public: true, ram: 0, vcpus: 0, swap: 0, ephemeral: 0, extra_specs: {} },
);

export const HYPERVISOR = resource(
  `cpu_info host_ip hypervisor_type hypervisor_version name=hypervisor_hostname service_details=service|dict servers
  state status uptime current_workload disk_available=disk_available_least local_disk_used=local_gb_used
  local_disk_size=local_gb local_disk_free=free_disk_gb memory_used=memory_mb_used memory_size=memory_mb
  memory_free=free_ram_mb running_vms vcpus_used vcpus id location`,
);

export const SERVICE = resource(
  `availability_zone=zone binary disabled_reason is_forced_down=forced_down|bool host name=binary state status updated_at
  id location`,
);

export const AGGREGATE = resource(
  'availability_zone created_at deleted_at is_deleted=deleted|bool name hosts|list metadata|dict updated_at uuid id location',
);

export const KEYPAIR = resource(
  'created_at is_deleted=deleted|bool fingerprint id=name name private_key public_key type user_id location',
  { type: 'ssh' },
);

export const SERVER_GROUP = resource(
  'name policies policy member_ids=members metadata project_id rules|dict user_id id location',
);

/** A flavor inside a server, which has no id of its own since 2.47. */
const EMBEDDED_FLAVOR: Resource = (wire) => {
  const flavor = FLAVOR(wire);
  const name = flavor.name ?? flavor.original_name ?? null;
  return { ...flavor, name, id: flavor.id ?? name };
};

const ATTACHED = resource(
  'device id volume_id=volumeId attachment_id bdm_id=bdm_uuid tag delete_on_termination name location',
);

/** Without what the client never shows. */
export const SERVER = resource(
  `access_ipv4=accessIPv4 access_ipv6=accessIPv6 addresses|dict admin_password=adminPass
  attached_volumes=os-extended-volumes:volumes_attached|list:attached availability_zone=OS-EXT-AZ:availability_zone
  config_drive compute_host=OS-EXT-SRV-ATTR:host created_at=created description disk_config=OS-DCF:diskConfig
  flavor|flavor has_config_drive=config_drive host_id=hostId fault host_status hostname=OS-EXT-SRV-ATTR:hostname
  hypervisor_hostname=OS-EXT-SRV-ATTR:hypervisor_hostname image|image instance_name=OS-EXT-SRV-ATTR:instance_name
  is_locked=locked|bool kernel_id=OS-EXT-SRV-ATTR:kernel_id key_name launch_index=OS-EXT-SRV-ATTR:launch_index|int
  launched_at=OS-SRV-USG:launched_at locked_reason pinned_availability_zone power_state=OS-EXT-STS:power_state
  progress|int project_id=tenant_id ramdisk_id=OS-EXT-SRV-ATTR:ramdisk_id
  reservation_id=OS-EXT-SRV-ATTR:reservation_id root_device_name=OS-EXT-SRV-ATTR:root_device_name security_groups
  server_groups status task_state=OS-EXT-STS:task_state terminated_at=OS-SRV-USG:terminated_at
  trusted_image_certificates updated_at=updated user_data=OS-EXT-SRV-ATTR:user_data user_id vm_state=OS-EXT-STS:vm_state
  id name metadata|dict tags`,
  { attached_volumes: [], tags: [] },
  { flavor: EMBEDDED_FLAVOR, image: resource('id name'), attached: ATTACHED },
);

export const VOLUME_ATTACHMENT = resource(
  'device id volume_id=volumeId attachment_id bdm_id=bdm_uuid tag delete_on_termination name location server_id=serverId',
);

const EVENT = resource(
  'event start_time finish_time result traceback host host_id=hostId details id name location',
);

export const SERVER_ACTION = resource(
  `action request_id user_id project_id start_time message events|list:event updated_at id name location
  server_id=instance_uuid`,
  {},
  { event: EVENT },
);

export const MIGRATION = resource(
  `created_at dest_compute dest_host dest_node migration_type new_flavor_id=new_instance_type_id
  old_flavor_id=old_instance_type_id project_id server_id=instance_uuid source_compute source_node status updated_at
  user_id uuid id name disk_processed_bytes disk_remaining_bytes disk_total_bytes memory_processed_bytes
  memory_remaining_bytes memory_total_bytes`,
);
