import type { IdSource } from '../ids';
import { badRequest, CinderError, invalidInput, invalidSnapshot, invalidVolume } from './errors';
import { ImageServiceError, propertiesOf, type Glance, type Image } from './glance';
import type { RequestContext } from './policy';
import { reserve } from './quotas';
import type { VolumeRepository } from './repository';
import { createVolume as schema } from './schemas';
import type { SnapshotRecord, VolumeRecord, VolumeTypeRecord } from './state';
import { isUuidLike, textOrNull, texts, validate, boolFromString, type Json } from './validation';

const GIB = 1024 ** 3;
/** The only zone there is: cinder's default `storage_availability_zone`. */
export const ZONE = 'nova';

/** Seconds until the scheduler and the volume manager have made a volume, and to get an image. */
const CREATE_SECONDS = 1;
const DOWNLOAD_SECONDS = 1;

interface Tools {
  repository: VolumeRepository;
  glance: Glance;
  ids: IdSource;
}

/**
 * Makes a volume: `create` of cinder/api/v3/volumes.py, cinder/volume/api.py and
 * cinder/volume/flows/api/create_volume.py.
 *
 * @throws {@link CinderError}
 */
export async function createVolume(
  context: RequestContext,
  body: unknown,
  tools: Tools,
): Promise<VolumeRecord> {
  const { repository, glance, ids } = tools;
  const wanted = validate(body, schema(context.version), 'volume');
  const name = textOrNull('name' in wanted ? wanted.name : wanted.display_name)?.trim() ?? null;
  const described = 'description' in wanted ? wanted.description : wanted.display_description;
  const typeName = textOrNull(wanted.volume_type);
  let type = typeName ? repository.typeByNameOrId(context, typeName) : undefined;
  const snapshotId = textOrNull(wanted.snapshot_id);
  const snapshot = snapshotId === null ? undefined : repository.snapshot(context, snapshotId);
  const sourceId = textOrNull(wanted.source_volid);
  const source = sourceId === null ? undefined : repository.volume(context, sourceId);
  if (textOrNull(wanted.consistencygroup_id) !== null || textOrNull(wanted.group_id))
    throw new CinderError(
      404,
      `Group ${String(wanted.consistencygroup_id ?? wanted.group_id)} could not be found.`,
    );
  const ref = textOrNull('image_id' in wanted ? wanted.image_id : wanted.imageRef);
  const imageId = ref === null ? undefined : await imageUuid(context, glance, ref);
  if (textOrNull(wanted.backup_id))
    throw new CinderError(404, `Backup ${String(wanted.backup_id)} could not be found.`);
  if (boolFromString(wanted.multiattach)) {
    throw badRequest(
      'multiattach parameter has been removed. The default behavior is to use multiattach enabled volume types. Contact your administrator to create a multiattach enabled volume type and use it to create multiattach volumes.',
    );
  }
  const size = sizeOf(wanted, snapshot, source);
  if (type !== undefined) checkTypeFits(type, snapshot, source);
  if ([snapshot, imageId, source].filter((one) => one !== undefined).length > 1)
    throw invalidInput('May specify only one of backup, imageRef, snapshot, source volume');
  if (snapshot !== undefined && snapshot.status !== 'available')
    throw invalidSnapshot("Originating snapshot status must be one of 'available' values");
  if (source !== undefined && !['available', 'in-use'].includes(source.status))
    throw invalidVolume("Originating source volume status must be one of 'available, in-use' values");
  checkSourceSize(size, snapshot, source);
  const image = imageId === undefined ? undefined : await shown(context, glance, imageId);
  if (image !== undefined) checkImageMetadata(image, size);
  const imageType = image === undefined ? undefined : propertiesOf(image)['cinder_img_volume_type'];
  type ??= inheritedType(context, repository, source, snapshot, imageType);
  const zone = textOrNull(wanted.availability_zone) ?? ZONE;
  if (zone !== ZONE) throw badRequest(`Availability zone '${zone}' is invalid.`);
  reserve(repository, context.projectId, type.id, { volumes: 1, gigabytes: size });

  const volume: VolumeRecord = {
    id: ids.uuid('volume'),
    status: 'creating',
    previous_status: null,
    size,
    availability_zone: zone,
    created_at: repository.now(),
    updated_at: null,
    display_name: name,
    display_description: textOrNull(described)?.trim() ?? null,
    volume_type_id: type.id,
    snapshot_id: snapshotId,
    source_volid: sourceId,
    metadata: texts(wanted.metadata),
    admin_metadata: {},
    user_id: context.userId,
    project_id: context.projectId,
    bootable: source?.bootable ?? snapshot?.bootable ?? false,
    attach_status: 'detached',
    migration_status: null,
    host: null,
    multiattach: type.extra_specs['multiattach'] === '<is> True',
    glance_metadata: {},
    content: {},
  };
  repository.state.volumes.push(volume);
  if (imageId === undefined) repository.later(CREATE_SECONDS, { kind: 'create', id: volume.id });
  else
    repository.later(DOWNLOAD_SECONDS, {
      kind: 'download',
      id: volume.id,
      image: imageId,
      token: context.token,
    });
  return volume;
}

function sizeOf(wanted: Json, snapshot?: SnapshotRecord, source?: VolumeRecord): number {
  const size = wanted.size ?? snapshot?.volume_size ?? source?.size;
  // the real one stumbles over a size that is nowhere to be had, and says no more than webob does
  if (size === undefined) {
    throw badRequest(
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  }
  return Number(size);
}

/** `_image_uuid_from_ref`: an image's id, or a name that only one image has. */
async function imageUuid(context: RequestContext, glance: Glance, ref: string): Promise<string> {
  const id = ref.split('/').at(-1) ?? '';
  if (isUuidLike(id)) {
    try {
      return (await glance.show(context.token, id)).id;
    } catch (error) {
      if (!(error instanceof ImageServiceError)) throw error;
    }
  }
  let images: Image[] = [];
  try {
    images = await glance.named(context.token, ref);
  } catch (error) {
    if (!(error instanceof ImageServiceError)) throw error;
  }
  if (images.length > 1)
    throw new CinderError(409, `Multiple matches found for '${ref}', use an ID to be more specific.`);
  const [image] = images;
  if (image === undefined) throw badRequest('Invalid image identifier or unable to access requested image.');
  return image.id;
}

async function shown(context: RequestContext, glance: Glance, id: string): Promise<Image> {
  try {
    return await glance.show(context.token, id);
  } catch (error) {
    if (!(error instanceof ImageServiceError)) throw error;
    throw new CinderError(404, `Image ${id} could not be found.`);
  }
}

/** `check_image_metadata` of cinder/volume/volume_utils.py. @throws {@link CinderError} 400. */
export function checkImageMetadata(image: Image, volumeSize: number): void {
  if (image.status !== 'active') throw invalidInput(`Image ${image.id} is not active.`);
  const size = Math.ceil((image.size ?? 0) / GIB);
  if (size > volumeSize)
    throw invalidInput(`Size of specified image ${size}GB is larger than volume size ${volumeSize}GB.`);
  if (volumeSize < image.min_disk) {
    throw invalidInput(
      `Volume size ${volumeSize}GB cannot be smaller than the image minDisk size ${image.min_disk}GB.`,
    );
  }
  const virtual = Math.ceil((image.virtual_size ?? 0) / GIB);
  if (virtual > volumeSize) {
    throw badRequest(
      `Image ${image.id} is unacceptable: Image virtual size is ${virtual}GB and doesn't fit in a volume of size ${volumeSize}GB.`,
    );
  }
}

function checkSourceSize(size: number, snapshot?: SnapshotRecord, source?: VolumeRecord): void {
  if (source !== undefined && size < source.size) {
    throw invalidInput(
      `Volume size '${size}'GB cannot be smaller than original volume size  ${source.size}GB. They must be >= original volume size.`,
    );
  }
  if (snapshot !== undefined && size < snapshot.volume_size) {
    throw invalidInput(
      `Volume size '${size}'GB cannot be smaller than the snapshot size ${snapshot.volume_size}GB. They must be >= original snapshot size.`,
    );
  }
}

/** All types here are of one back end, so only encryption and the like could keep two apart: they never do. */
function checkTypeFits(type: VolumeTypeRecord, snapshot?: SnapshotRecord, source?: VolumeRecord): void {
  const other = source?.volume_type_id ?? snapshot?.volume_type_id;
  const backend = type.extra_specs['volume_backend_name'];
  if (other === undefined || other === type.id || backend === undefined) return;
  const advice = source
    ? 'is not compatible; either match source volume, or omit type argument'
    : 'is not compatible; recommend omitting the type argument';
  throw invalidInput(`Invalid volume_type provided: ${type.id} (requested type ${advice}).`);
}

function inheritedType(
  context: RequestContext,
  repository: VolumeRepository,
  source: VolumeRecord | undefined,
  snapshot: SnapshotRecord | undefined,
  imageType: string | undefined,
): VolumeTypeRecord {
  const id = source?.volume_type_id ?? snapshot?.volume_type_id ?? imageType;
  return id === undefined ? repository.defaultType() : repository.typeByNameOrId(context, id);
}
