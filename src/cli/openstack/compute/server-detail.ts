/** What is shown of a server: `_prep_server_detail` and the columns of openstackclient/compute/v2/server.py. */
import type { Server } from '../../../client';
import {
  DictColumn,
  FormattableColumn,
  ListColumn,
  ListDictColumn,
  type Cell,
} from '../../formatters/columns';
import { compareStrings, str, type Value } from '../../python';
import type { App } from '../app';
import { sortedFields } from '../command';
import { compute } from './client';
import { SERVER, type Fields } from './sdk';

export const BOOTED_FROM_VOLUME = 'N/A (booted from volume)';

const POWER_STATES = ['NOSTATE', 'Running', '', 'Paused', 'Shutdown', '', 'Crashed', 'Suspended'];

export class PowerStateColumn extends FormattableColumn {
  override humanReadable(): Value {
    return (typeof this.value === 'number' ? POWER_STATES.at(this.value) : undefined) ?? 'N/A';
  }
}

type Addresses = Readonly<Record<string, readonly { addr?: string }[]>>;

/** `private=10.0.0.2; public=172.24.4.6`. */
export class AddressesColumn extends FormattableColumn {
  override humanReadable(): Value {
    if (this.value === null) return 'N/A';
    return Object.entries(this.#addresses())
      .sort(([a], [b]) => compareStrings(a, b))
      .map(([network, list]) => `${network}=${[...list].sort(compareStrings).join(', ')}`)
      .join('; ');
  }

  override machineReadable(): Value {
    return this.#addresses();
  }

  #addresses(): Record<string, string[]> {
    const networks = (this.value ?? {}) as unknown as Addresses; // JSON of the API
    return Object.fromEntries(
      Object.entries(networks).map(([network, list]) => [network, list.flatMap(({ addr }) => addr ?? [])]),
    );
  }
}

/** Names that the client has always had for what the SDK calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  access_ipv4: 'accessIPv4', access_ipv6: 'accessIPv6', admin_password: 'adminPass',
  attached_volumes: 'volumes_attached', availability_zone: 'OS-EXT-AZ:availability_zone',
  compute_host: 'OS-EXT-SRV-ATTR:host', created_at: 'created', disk_config: 'OS-DCF:diskConfig',
  has_config_drive: 'config_drive', host_id: 'hostId', hostname: 'OS-EXT-SRV-ATTR:hostname',
  hypervisor_hostname: 'OS-EXT-SRV-ATTR:hypervisor_hostname', instance_name: 'OS-EXT-SRV-ATTR:instance_name',
  is_locked: 'locked', kernel_id: 'OS-EXT-SRV-ATTR:kernel_id', launch_index: 'OS-EXT-SRV-ATTR:launch_index',
  launched_at: 'OS-SRV-USG:launched_at', power_state: 'OS-EXT-STS:power_state', project_id: 'project_id',
  ramdisk_id: 'OS-EXT-SRV-ATTR:ramdisk_id', reservation_id: 'OS-EXT-SRV-ATTR:reservation_id',
  root_device_name: 'OS-EXT-SRV-ATTR:root_device_name', task_state: 'OS-EXT-STS:task_state',
  terminated_at: 'OS-SRV-USG:terminated_at', updated_at: 'updated', user_data: 'OS-EXT-SRV-ATTR:user_data',
  vm_state: 'OS-EXT-STS:vm_state', metadata: 'properties',
}; // prettier-ignore
const OPTIONAL = ['admin_password', 'fault', 'security_groups'];

/** What the client knows of a server after it asked again: only what is there replaces what was. */
export function refreshed(before: Fields, server: Server): Fields {
  const now = Object.entries(SERVER(server)).filter(([name, value]) => !(name in before) || isTrue(value));
  return { ...before, ...Object.fromEntries(now) };
}

/** `bool(value)` */
function isTrue(value: Value): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** All fields of a server for a show command, sorted. `more` comes beside them. */
export async function serverDetail(
  app: App,
  fields: Fields,
  more: Record<string, Cell> = {},
): Promise<{ columns: string[]; values: Cell[] }> {
  const info: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (OPTIONAL.includes(name) && value === null) continue;
    info[NAMES[name] ?? name] = value;
  }
  info.image = await imageOf(app, (fields.image ?? {}) as Fields); // a table of its own in sdk.ts
  info.flavor = await flavorOf(app, (fields.flavor ?? {}) as Fields); // likewise
  const attached = (fields.attached_volumes ?? []) as Fields[]; // likewise
  info.volumes_attached = new ListDictColumn(
    attached.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null))),
  );
  if ('security_groups' in info) info.security_groups = new ListDictColumn(info.security_groups as Fields[]); // JSON of the API
  info.tags = new ListColumn((fields.tags ?? []) as Value[]); // JSON of the API
  info.addresses = new AddressesColumn(fields.addresses ?? null);
  info.properties = new DictColumn((fields.metadata ?? null) as Fields | null); // JSON of the API
  info['OS-EXT-STS:power_state'] = new PowerStateColumn(fields.power_state ?? null);
  return sortedFields({ ...info, ...more });
}

async function imageOf(app: App, image: Fields): Promise<Cell> {
  if (!isTrue(image.id ?? null)) return BOOTED_FROM_VOLUME;
  const id = str(image.id);
  try {
    return `${(await app.connection.image.getImage(id)).name ?? 'None'} (${id})`;
  } catch {
    return id;
  }
}

async function flavorOf(app: App, flavor: Fields): Promise<Cell> {
  if (flavor.original_name !== null && flavor.original_name !== undefined) return new DictColumn(flavor);
  const id = str(flavor.id ?? '');
  try {
    return `${(await compute(app).findFlavor(id, { ignoreMissing: false })).name} (${id})`;
  } catch {
    return id;
  }
}
