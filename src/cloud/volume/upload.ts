import { validationError } from '../../python/jsonschema';
import { json, type Call, type VolumeApi } from './call';
import { badRequest, forbidden, invalidVolume } from './errors';
import { ImageServiceError } from './glance';
import { uploadImage as schema } from './schemas';
import type { VolumeRecord } from './state';
import { boolFromString, validate } from './validation';
import { volumeOf } from './volumes';

/**
 * cinder.conf's default `glance_core_properties`: what a volume knows of its image and does not hand on to an image
 * that is made of it. All else of `volume_image_metadata` becomes properties of the new image.
 */
export const GLANCE_CORE_PROPERTIES = [
  'checksum', 'container_format', 'disk_format', 'image_name', 'image_id', 'min_disk', 'min_ram', 'name', 'size',
]; // prettier-ignore

/** Namespaces that nobody but Glance writes: `GLANCE_RESERVED_NAMESPACES` of cinder/image/image_utils.py. */
const RESERVED = ['os_glance', 'img_signature', 'signature_verified'];

const UPLOAD_SECONDS = 2;

/**
 * `os-volume_upload_image`: makes the image's record at once, and its data a little later.
 *
 * @throws {@link CinderError}
 */
export async function uploadImage(api: VolumeApi, call: Call): Promise<Response> {
  const { repository, glance } = api;
  const { context } = call;
  const params = validate(call.body, schema(context.version), 'os-volume_upload_image');
  const volume = volumeOf(api, call);
  const visibility = context.version >= 1 ? (params.visibility ?? 'private') : undefined;
  if (visibility === 'public' && !context.isAdmin)
    throw forbidden('volume_extension:volume_actions:upload_public');
  // `enable_force_upload` is off by default, and force means nothing then
  if (volume.status !== 'available') throw invalidVolume(`Volume ${volume.id} status must be available`);

  const image = {
    container_format: params.container_format ?? 'bare',
    disk_format: params.disk_format ?? 'raw',
    name: params.image_name,
    ...(visibility !== undefined && { visibility, protected: boolFromString(params.protected) }),
    ...customProperties(volume),
  };
  await checkContainerFormat(api, call, image.container_format);
  try {
    const created = await glance.create(context.token, image);
    if (created['container_format'] === 'compressed')
      throw badRequest('Image compression upload disallowed, but container_format is compressed');
    const answer = {
      id: volume.id,
      updated_at: volume.updated_at,
      status: 'uploading',
      display_description: volume.display_description,
      size: volume.size,
      volume_type: fullType(api, volume),
      image_id: created.id,
      container_format: created['container_format'],
      disk_format: created.disk_format,
      image_name: created.name,
      protected: created['protected'],
      visibility: created['visibility'],
    };
    Object.assign(volume, {
      previous_status: volume.status,
      status: 'uploading',
      updated_at: repository.now(),
    });
    repository.later(UPLOAD_SECONDS, {
      kind: 'upload',
      id: volume.id,
      image: created.id,
      token: context.token,
    });
    return json({ 'os-volume_upload_image': answer }, 202);
  } catch (error) {
    if (error instanceof ImageServiceError) throw badRequest(error.message);
    throw error;
  }
}

/** `_merge_volume_image_meta` of cinder/volume/api.py. */
function customProperties(volume: VolumeRecord): Record<string, string> {
  const given = ['container_format', 'disk_format', 'name', 'visibility', 'protected'];
  return Object.fromEntries(
    Object.entries(volume.glance_metadata).filter(
      ([name]) =>
        !GLANCE_CORE_PROPERTIES.includes(name) &&
        !given.includes(name) &&
        !RESERVED.some((namespace) => name.startsWith(namespace)),
    ),
  );
}

/** python-glanceclient checks what it sends before it sends it, and its words are the answer. */
async function checkContainerFormat(api: VolumeApi, { context }: Call, value: unknown): Promise<void> {
  const why = validationError({ container_format: value }, await api.glance.schema(context.token), 'best');
  if (why !== undefined)
    throw badRequest(`Unable to set 'container_format' to '${String(value)}'. Reason: ${why}`);
}

function fullType({ repository }: VolumeApi, volume: VolumeRecord): object | null {
  const type = repository.state.types.find(({ id }) => id === volume.volume_type_id);
  if (type === undefined) return null;
  const { id, name, description, is_public, extra_specs, created_at, updated_at } = type;
  const rest = { qos_specs_id: null, created_at, updated_at, deleted_at: null, deleted: false };
  return { id, name, description, is_public, extra_specs, ...rest };
}
