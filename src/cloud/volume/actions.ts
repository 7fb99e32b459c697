import { adminActions } from './admin-actions';
import { attachActions } from './attach-actions';
import { json, empty, param, type Call, type VolumeApi } from './call';
import { badRequest, CinderError, invalidInput, invalidVolume, notFound } from './errors';
import { checkVolumeSize, reserve } from './quotas';
import { extend, retype, setBootable, setImageMetadata, unsetImageMetadata, updateReadonly } from './schemas';
import type { VolumeRecord } from './state';
import { uploadImage } from './upload';
import { boolFromString, texts, validate } from './validation';
import { volumeOf } from './volumes';

export type Action = (call: Call) => Response | Promise<Response>;

/** Does what the first member of a body names. @throws {@link CinderError} 400 when there is no such action. */
export function runAction(
  actions: Readonly<Record<string, Action>>,
  call: Call,
): Response | Promise<Response> {
  const [name] = Object.keys(Object(call.body) as object);
  if (name === undefined || Array.isArray(call.body)) throw badRequest('Malformed request body');
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw badRequest(
      `There is no such action: ${name}. Verify the request body and Content-Type header and try again.`,
    );
  }
  return action(call);
}

/** `POST /volumes/{id}/action`: cinder/api/contrib/volume_actions.py and volume_image_metadata.py. */
export function mountActions(api: VolumeApi): void {
  const { repository } = api;
  const EXTEND_SECONDS = 1;
  const actions: Record<string, Action> = {
    ...attachActions(api),
    ...adminActions(api),
    'os-volume_upload_image': (call) => uploadImage(api, call),
    'os-extend': (call) => {
      const { new_size } = validate(call.body, extend, 'os-extend');
      const volume = volumeOf(api, call);
      const size = Number(new_size);
      const attached = call.context.version >= 42 && volume.status === 'in-use';
      checkExtend(volume, size, attached ? 'in-use' : 'available');
      checkVolumeSize(repository, call.context.projectId, size);
      reserve(repository, volume.project_id, volume.volume_type_id, { gigabytes: size - volume.size });
      Object.assign(volume, {
        previous_status: volume.status,
        status: 'extending',
        updated_at: repository.now(),
      });
      repository.later(EXTEND_SECONDS, { kind: 'extend', id: volume.id, size });
      return empty(202);
    },
    'os-set_bootable': (call) => {
      const { bootable } = validate(call.body, setBootable, 'os-set_bootable');
      const volume = volumeOf(api, call);
      if (volume.status === 'maintenance')
        throw invalidVolume('The volume cannot be updated during maintenance.');
      Object.assign(volume, { bootable: boolFromString(bootable), updated_at: repository.now() });
      return empty(200);
    },
    'os-update_readonly_flag': (call) => {
      const { readonly } = validate(call.body, updateReadonly, 'os-update_readonly_flag');
      const volume = volumeOf(api, call);
      if (volume.status !== 'available') {
        throw invalidVolume(
          `Volume ${volume.id} status must be available to update readonly flag, but current status is: ${volume.status}.`,
        );
      }
      volume.admin_metadata = {
        ...volume.admin_metadata,
        readonly: boolFromString(readonly) ? 'True' : 'False',
      };
      return empty(202);
    },
    'os-retype': (call) => {
      const { new_type } = validate(call.body, retype, 'os-retype');
      const volume = volumeOf(api, call);
      const type = repository.typeByNameOrId(call.context, String(new_type));
      if (!['available', 'in-use'].includes(volume.status) || type.id === volume.volume_type_id) {
        throw invalidVolume(
          'Retype needs volume to be in available or in-use state, not be part of an active migration or a consistency group, requested type has to be different that the one from the volume, and for in-use volumes front-end qos specs cannot change.',
        );
      }
      Object.assign(volume, {
        previous_status: volume.status,
        status: 'retyping',
        updated_at: repository.now(),
      });
      repository.later(EXTEND_SECONDS, { kind: 'retype', id: volume.id, type: type.id });
      return empty(202);
    },
    'os-set_image_metadata': (call) => {
      const { metadata } = validate(call.body, setImageMetadata, 'os-set_image_metadata');
      const volume = volumeOf(api, call);
      refuseWhileBusy(volume, 'Updating');
      volume.glance_metadata = { ...volume.glance_metadata, ...texts(metadata) };
      return json({ metadata: volume.glance_metadata });
    },
    'os-show_image_metadata': (call) => {
      const volume = volumeOf(api, call);
      if (Object.keys(volume.glance_metadata).length === 0) throw noImageMetadata(volume);
      return json({ metadata: volume.glance_metadata });
    },
    'os-unset_image_metadata': (call) => {
      const { key } = validate(call.body, unsetImageMetadata, 'os-unset_image_metadata');
      const volume = volumeOf(api, call);
      const name = String(key);
      if (!Object.hasOwn(volume.glance_metadata, name)) throw noImageMetadata(volume);
      refuseWhileBusy(volume, 'Deleting');
      const { [name]: _gone, ...rest } = volume.glance_metadata;
      volume.glance_metadata = rest;
      return empty(200);
    },
  };
  api.route('/volumes/:id/action', {
    POST: (call) => {
      if (param(call, 'id') === '') throw new CinderError(404, 'The resource could not be found.');
      return runAction(actions, call);
    },
  });
}

function checkExtend(volume: VolumeRecord, size: number, expected: string): void {
  if (size <= volume.size) {
    throw invalidInput(
      `New size for extend must be greater than current size. (current: ${volume.size}, extended: ${size}).`,
    );
  }
  if (volume.status !== expected) {
    throw invalidVolume(
      `Volume ${volume.id} status must be '{'status': '${expected}'}' to extend, currently ${volume.status}.`,
    );
  }
}

function refuseWhileBusy(volume: VolumeRecord, verb: string): void {
  if (['maintenance', 'uploading'].includes(volume.status))
    throw invalidVolume(`${verb} volume metadata is not allowed for volumes in ${volume.status} status.`);
}

function noImageMetadata(volume: VolumeRecord): CinderError {
  return notFound(`Glance metadata for volume/snapshot ${volume.id} cannot be found.`);
}
