/** An image as openstacksdk sees it: openstack/image/v2/image.py, and `_format_image` of the client. */
import type { Image } from '../../../client';
import { CommandError } from '../../errors';
import { DictColumn, ListColumn, formatSize, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';

type Convert = (value: Value) => Value;
const int: Convert = (value) => (/^\s*[+-]?\d+\s*$/.test(String(value)) ? Number(value) : null);
const bool: Convert = (value) => Boolean(value);

/** Properties that the SDK knows by name, in its order, and the type it turns them into. */
const KNOWN: Readonly<Record<string, Convert | undefined>> = {
  architecture: undefined,
  hypervisor_type: undefined,
  instance_type_rxtx_factor: (value) => Number(value),
  instance_uuid: undefined,
  img_config_drive: undefined,
  kernel_id: undefined,
  os_distro: undefined,
  os_version: undefined,
  os_secure_boot: undefined,
  os_shutdown_timeout: int,
  ramdisk_id: undefined,
  vm_mode: undefined,
  hw_cpu_sockets: int,
  hw_cpu_cores: int,
  hw_cpu_threads: int,
  hw_disk_bus: undefined,
  hw_cpu_policy: undefined,
  hw_cpu_thread_policy: undefined,
  hw_rng_model: undefined,
  hw_machine_type: undefined,
  hw_scsi_model: undefined,
  hw_serial_port_count: int,
  hw_video_model: undefined,
  hw_video_ram: int,
  hw_watchdog_action: undefined,
  os_command_line: undefined,
  hw_vif_model: undefined,
  hw_vif_multiqueue_enabled: bool,
  hw_boot_menu: bool,
  vmware_adaptertype: undefined,
  vmware_ostype: undefined,
  auto_disk_config: undefined,
  os_type: undefined,
  os_admin_user: undefined,
  hw_qemu_guest_agent: undefined,
  os_require_quiesce: bool,
};

/** The SDK's names for fields that the API calls otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  os_hidden: 'is_hidden',
  protected: 'is_protected',
  os_hash_algo: 'hash_algo',
  os_hash_value: 'hash_value',
  img_config_drive: 'needs_config_drive',
  os_secure_boot: 'needs_secure_boot',
  hw_vif_multiqueue_enabled: 'is_hw_vif_multiqueue_enabled',
  hw_boot_menu: 'is_hw_boot_menu_enabled',
  auto_disk_config: 'has_auto_disk_config',
};

const FIELDS = [
  'checksum', 'container_format', 'created_at', 'disk_format', 'os_hidden', 'protected', 'os_hash_algo', 'os_hash_value', 'id',
  'min_disk', 'min_ram', 'name', 'owner', 'size', 'store', 'status', 'updated_at', 'virtual_size', 'visibility', 'file',
  'locations', 'direct_url', 'url', 'metadata', 'schema', 'tags',
] as const; // prettier-ignore

/** What the SDK calls an API field. */
export function sdkName(field: string): string {
  return RENAMED[field] ?? field;
}

/** The API field behind one of the SDK's own names; undefined for names the SDK does not know. */
export function wireName(name: string): string | undefined {
  const known = [...FIELDS, ...Object.keys(KNOWN)];
  return known.find((field) => sdkName(field) === name) ?? (name === 'owner_id' ? 'owner' : undefined);
}

/** Custom properties that the SDK does not know by name. */
export function otherProperties(image: Image): { [name: string]: Value } {
  const entries = Object.entries(image.properties).filter(([name]) => !(name in KNOWN));
  const { stores } = image;
  return Object.fromEntries([
    ...entries.map(([name, value]) => [name, value ?? null]),
    ...(stores === undefined ? [] : [['stores', stores]]),
  ]);
}

/** A field by the SDK's name, as `--sort` and `--property` of `image list` read it; undefined when there is no such field. */
export function field(image: Image, name: string): Value | undefined {
  if (name === 'properties') return otherProperties(image);
  if (name === 'location') return null;
  const wire = wireName(name);
  if (wire === undefined) return undefined;
  const convert = KNOWN[wire];
  const value =
    wire in KNOWN ? image.properties[wire] : (image as unknown as Record<string, Value | undefined>)[wire]; // an own field, by its name
  return value === undefined || value === null ? null : convert === undefined ? value : convert(value);
}

const SHOWN = [
  'status', 'name', 'container_format', 'created_at', 'size', 'disk_format', 'updated_at', 'visibility', 'min_disk', 'protected',
  'id', 'file', 'checksum', 'owner', 'virtual_size', 'min_ram', 'schema',
]; // prettier-ignore

/** The fields that `image create` and `image show` print; whatever has no row of its own is in `properties`. */
export function formatImage(image: Image, humanReadable = false): Record<string, Cell> {
  const info: Record<string, Cell> = {};
  for (const name of SHOWN) {
    const value = field(image, sdkName(name));
    if (value !== null && value !== undefined) info[name] = value;
  }
  const properties: { [name: string]: Value } = {};
  for (const name of ['os_hidden', 'os_hash_algo', 'os_hash_value', 'locations', 'direct_url']) {
    const value = field(image, sdkName(name));
    if (value !== null && value !== undefined) properties[name] = value;
    if (name === 'os_hash_value') Object.assign(properties, otherProperties(image));
  }
  for (const name of Object.keys(KNOWN)) {
    const value = field(image, sdkName(name));
    if (value !== null && value !== undefined) properties[name] = value;
  }
  if (humanReadable) {
    if (image.size === null) throw new CommandError("'size'"); // a KeyError of the real client
    info.size = formatSize(image.size);
  }
  info.tags = new ListColumn(image.tags);
  info.properties = new DictColumn(properties);
  return info;
}
