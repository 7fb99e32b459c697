import { repr } from '../../python/repr';
import { SHARE_PROTOCOLS, SHARE_TYPES } from '../states/share';
import { isObject, member, type Json } from './call';
import {
  badRequest,
  forbidden,
  invalidInput,
  notFound,
  notModelled,
  uncaught,
  unprocessable,
} from './errors';
import { attributesOf, checkSize } from './extra-specs';
import { SECONDS } from './manager';
import { allows, authorize, type RequestContext } from './policy';
import { checkPerShare, reserve } from './quotas';
import type { ShareRepository } from './repository';
import type { ShareRecord, ShareTypeRecord } from './state';
import { checkDisplayField, checkMetadata, notBool, strictBool, textOrNull, wholeNumber } from './validation';

/**
 * Makes a share: `_create` of manila/api/v1/shares.py and `create` of manila/share/api.py.
 *
 * @throws {@link ManilaError}
 */
export function createShare(
  context: RequestContext,
  body: unknown,
  repository: ShareRepository,
): ShareRecord {
  const { version } = context;
  authorize(context, 'share:create');
  const share = member(body, 'share');
  if (share === undefined) throw unprocessable();
  const isPublic = publicFlag(context, share, 'share:create_public_share') ?? false;
  const name = given(share, 'name') ?? textOrNull(share['display_name']);
  checkDisplayField(name, 'name');
  const description = given(share, 'description') ?? textOrNull(share['display_description']);
  checkDisplayField(description, 'description');
  if (!Object.hasOwn(share, 'size') || typeof share['share_proto'] !== 'string') throw badRequest();
  const proto = share['share_proto'].toUpperCase();
  const zone = zoneOf(repository, share);
  if (share['share_group_id'] && version >= 31)
    throw uncaught(
      'ShareGroupNotFound',
      `Share group ${String(share['share_group_id'])} could not be found.`,
    );
  const snapshotId = share['snapshot_id'] ? String(share['snapshot_id']) : null;
  const snapshot = snapshotId === null ? undefined : repository.snapshot(context, snapshotId);
  const parent = snapshot && repository.share(context, snapshot.share_id);
  let networkId = share['share_network_id'] ? String(share['share_network_id']) : null;
  if (parent !== undefined) {
    if (networkId !== null && networkId !== parent.share_network_id)
      throw badRequest("Share network ID should be the same as snapshot's parent share's or empty");
    networkId = parent.share_network_id;
    if (version >= 24 && !parent.create_share_from_snapshot_support) {
      throw badRequest(
        `A new share may not be created from snapshot '${snapshotId ?? ''}', because the snapshot's parent share does not have that capability.`,
      );
    }
  }
  checkNetwork(context, repository, networkId, zone);
  const asked = typeName(share);
  let type = asked === undefined ? undefined : typeAskedFor(context, repository, asked);
  if (type === undefined && snapshot === undefined)
    type = repository.state.types.find((one) => one.name === SHARE_TYPES[0].name);
  if (networkId === null && snapshot === undefined && dhss(type))
    throw badRequest('Share network must be set when the driver_handles_share_servers is true.');
  const chosen = type ?? (parent && repository.typeOf(parent));
  const zones = (chosen?.extra_specs['availability_zones'] ?? '').split(',').filter((one) => one !== '');
  if (version >= 48 && zone !== undefined && zones.length > 0 && !zones.includes(zone)) {
    throw badRequest(
      `Share type ${asked ?? `${chosen?.name ?? ''} (from source snapshot)`} is not supported within the availability zone chosen ${zone}.`,
    );
  }

  const metadata = checkMetadata(share['metadata']);
  if (snapshot !== undefined && snapshot.status !== 'available')
    throw badRequest("Invalid share snapshot: status must be 'available'.");
  const size = sizeOf(share['size'], snapshot?.size);
  checkSize(chosen, size);
  if (parent !== undefined && type !== undefined && type.id !== parent.share_type_id) {
    throw invalidInput(
      'Invalid share type specified: the requested share type must match the type of the source share. If a share type is not specified when requesting a new share from a snapshot, the share type of the source share will be applied to the new share.',
    );
  }
  type ??= chosen;
  if (!SHARE_PROTOCOLS.some((one) => one === proto)) {
    throw invalidInput(
      `Invalid share protocol provided: ${proto}. It is either disabled or unsupported. Available protocols: ${repr(SHARE_PROTOCOLS)}`,
    );
  }
  checkPerShare(repository, context.projectId, size);
  const { mount_point_name_support, ...attributes } = attributesOf(type);
  const mountPoint = version >= 84 ? textOrNull(share['mount_point_name']) : null;
  if (mountPoint !== null && !mount_point_name_support)
    throw invalidInput(
      `Setting a mount point name is not supported by the share type used: ${type?.id ?? 'None'}.`,
    );
  if (type?.extra_specs['replication_type'] !== undefined) throw notModelled('A replicated share');
  const whose = { project: context.projectId, user: context.userId, type: type?.id };
  reserve(repository, whose, { shares: 1, gigabytes: size });

  const record: ShareRecord = {
    id: repository.ids.uuid('share'),
    instance_id: repository.ids.uuid('share-instance'),
    status: 'creating',
    size,
    share_proto: proto,
    display_name: name,
    display_description: description,
    user_id: context.userId,
    project_id: context.projectId,
    is_public: isPublic,
    metadata,
    share_type_id: type?.id ?? null,
    snapshot_id: snapshotId,
    share_network_id: networkId,
    availability_zone: zone ?? parent?.availability_zone ?? null,
    // what is made of a snapshot is made where the snapshot is
    host: parent?.host ?? '',
    access_rules_status: 'active',
    task_state: null,
    ...attributes,
    mount_point_name: mountPoint === null ? null : mountPointName(context, type, mountPoint),
    progress: null,
    is_soft_deleted: false,
    scheduled_to_be_deleted_at: null,
    export_locations: [],
    created_at: repository.now(),
    updated_at: null,
  };
  repository.state.shares.push(record);
  const seconds = snapshot === undefined ? SECONDS.create : SECONDS.createFromSnapshot;
  repository.later(context, seconds, { kind: 'create', id: record.id });
  return record;
}

/** `validate_public_share_policy`. @throws {@link ManilaError} 400, 403. */
export function publicFlag(context: RequestContext, values: Json, policy: string): boolean | undefined {
  if (!Object.hasOwn(values, 'is_public')) return undefined;
  const flag = strictBool(values['is_public']);
  if (flag === undefined) throw badRequest(notBool(values['is_public']));
  if (flag && !allows(context, policy))
    throw forbidden("User is not authorized to set 'is_public' to True in the request.");
  return flag;
}

function given(values: Json, key: string): string | null {
  const value = values[key];
  return value === undefined || value === null || value === '' || isObject(value) ? null : String(value);
}

function zoneOf(repository: ShareRepository, share: Json): string | undefined {
  const asked = given(share, 'availability_zone');
  if (asked === null) return undefined;
  const zone = repository.zone(asked);
  if (zone === undefined) throw notFound(`Availability zone ${asked} could not be found.`);
  return zone;
}

function checkNetwork(
  context: RequestContext,
  repository: ShareRepository,
  id: string | null,
  zone: string | undefined,
): void {
  if (id === null) return;
  const network = repository.network(context, id);
  checkNetworkIsActive(network);
  const fits = (one: { availability_zone: string | null }): boolean =>
    one.availability_zone === null || zone === undefined || one.availability_zone === zone;
  if (zone !== undefined && !network.subnets.some(fits))
    throw badRequest('A share network subnet was not found for the requested availability zone.');
}

/** @throws {@link ManilaError} 400. */
export function checkNetworkIsActive({ id, status }: { id: string; status: string }): void {
  if (status === 'active') return;
  throw badRequest(
    `The share network ${id} used isn't in an 'active' state. Current status is ${status}. The action may be retried after the share network has changed its state.`,
  );
}

function typeName(share: Json): string | undefined {
  if ('share_type' in share && 'volume_type' in share)
    throw badRequest('Cannot specify both share_type and volume_type');
  const asked = share['share_type'] ?? share['volume_type'];
  return asked === undefined || asked === null || asked === '' ? undefined : String(asked);
}

function typeAskedFor(context: RequestContext, repository: ShareRepository, asked: string): ShareTypeRecord {
  const type = repository.findTypeByNameOrId(context, asked);
  if (type === undefined) throw notFound('Share type not found.');
  return type;
}

function dhss(type: ShareTypeRecord | undefined): boolean {
  return strictBool(type?.extra_specs['driver_handles_share_servers']) ?? false;
}

function sizeOf(asked: unknown, snapshotSize: number | undefined): number {
  const size = snapshotSize === undefined ? asked : asked || snapshotSize;
  const number = typeof size === 'number' && !Number.isInteger(size) ? undefined : wholeNumber(size);
  const text = typeof size === 'string' ? size : repr(size);
  if (number === undefined || number <= 0 || typeof size === 'boolean')
    throw invalidInput(`Share size '${text}' must be an integer and greater than 0`);
  if (snapshotSize !== undefined && number < snapshotSize)
    throw invalidInput(`Share size '${number}' must be equal or greater than snapshot size`);
  return number;
}

/** `_prefix_mount_point_name`: `{project_id}_` unless the type says another prefix. @throws {@link ManilaError} 400. */
function mountPointName(context: RequestContext, type: ShareTypeRecord | undefined, name: string): string {
  const prefix = type?.extra_specs['provisioning:mount_point_prefix'] ?? '{project_id}_';
  const full = prefix.replaceAll('{project_id}', context.projectId.replaceAll('-', '')) + name;
  if (!/^[a-zA-Z0-9_-]*$/.test(full) || full.length > 255)
    throw badRequest(`Invalid mount_point_name: ${full}`);
  return full;
}
