import type { ComputeApi, NovaRequest } from './api';
import { boolFromString, strictBool } from './bool';
import { imageProperties, type Image } from './images';
import { isList, type Value } from './python/values';
import { nextNumber, type FlavorRecord, type ServerRecord } from './state';

/** What a request has come to, for one of its servers. */
export interface NewServer {
  index: number;
  count: number;
  flavor: FlavorRecord;
  image: Image | undefined;
  imageRef: string;
  keyName: string | null;
  hints: Record<string, Value>;
  zone: string | null;
  reservation: string;
}

/** A server that nobody has scheduled yet: `create_db_entry_for_new_instance` of nova/compute/api.py. */
export function newServer(
  api: ComputeApi,
  request: NovaRequest,
  given: Record<string, unknown>,
  made: NewServer,
): ServerRecord {
  const { nova, ids } = api;
  const { context } = request;
  const { index, count, flavor, image } = made;
  const now = nova.now();
  const text = (name: string): string | null => (typeof given[name] === 'string' ? given[name] : null);
  const id = ids.uuid('server');
  const name = String(given['name']).trim();
  const suffix = count > 1 ? `-${index + 1}` : '';
  const clean = sanitizeHostname(name);
  const autoDisk = given['OS-DCF:diskConfig'] ?? image?.properties['auto_disk_config'];
  return {
    number: nextNumber(nova.state, 'server'),
    id,
    name: name + suffix,
    description: request.supports(19) ? text('description') : name,
    hostname: text('hostname') ?? (clean === '' ? `Server-${id}` : clean + suffix),
    project_id: context.projectId ?? '',
    user_id: context.userId,
    image_ref: made.imageRef,
    image_properties: image === undefined ? {} : imageProperties(image, flavor.root_gb, made.imageRef),
    system_metadata: {
      boot_roles: context.roles.join(','),
      owner_user_name: context.userName,
      owner_project_name: context.projectName ?? '',
    },
    flavor: structuredClone(flavor),
    vm_state: 'building',
    task_state: 'scheduling',
    power_state: 0,
    host: null,
    node: null,
    claimed: null,
    created_at: now,
    updated_at: now,
    launched_at: null,
    terminated_at: null,
    deleted: false,
    metadata: { ...(given['metadata'] as Record<string, string> | undefined) }, // the schema has said so
    tags: [...new Set(given['tags'] as string[] | undefined)], // the schema has said so
    key_name: made.keyName,
    user_data: text('user_data'),
    config_drive: strictBool(given['config_drive'] ?? false) === true ? 'True' : '',
    locked_by: null,
    locked_reason: null,
    progress: 0,
    access_ip_v4: text('accessIPv4'),
    access_ip_v6: text('accessIPv6'),
    auto_disk_config: autoDisk === 'AUTO' || (autoDisk !== 'MANUAL' && boolFromString(autoDisk ?? false)),
    reservation_id: made.reservation,
    launch_index: index,
    kernel_id: String(image?.properties['kernel_id'] ?? ''),
    ramdisk_id: String(image?.properties['ramdisk_id'] ?? ''),
    root_device_name: null,
    pinned_availability_zone: made.zone,
    scheduler_hints: listed(made.hints),
    security_groups: [],
    volumes: [],
    fault: null,
    actions: [],
    task: null,
    old_flavor: null,
    old_host: null,
  };
}

function listed(hints: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(hints).map(([hint, value]) => [hint, isList(value) ? value : [value]]),
  );
}

/** A name that DNS takes: nova/utils.py `sanitize_hostname`. */
export function sanitizeHostname(name: string): string {
  return name
    .replace(/[^\0-\xff]/g, '')
    .slice(0, 63)
    .replace(/[ _.]/g, '-')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '')
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, '');
}

/** Names all servers of one request: nova/utils.py `generate_uid`. */
export function reservationId(api: ComputeApi): string {
  return `r-${letters(api, 'reservation', 8, 'abcdefghijklmnopqrstuvwxyz0123456789')}`;
}

/** Twelve letters and digits that are hard to mistake for each other: nova/utils.py `generate_password`. */
export function password(api: ComputeApi): string {
  return letters(api, 'admin-password', 12, '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
}

function letters(api: ComputeApi, kind: string, length: number, alphabet: string): string {
  const digits = api.ids.hex(kind) + api.ids.hex(kind);
  return Array.from({ length }, (_, i) => {
    const number = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
    return alphabet[number % alphabet.length] ?? '';
  }).join('');
}
