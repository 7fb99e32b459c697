import type { Action } from './actions';
import { empty, json, type VolumeApi } from './call';
import { badRequest, invalidVolume, notFound } from './errors';
import { connectionInfo, releaseVolume } from './attachments';
import { attach, detach, initializeConnection, terminateConnection } from './schemas';
import { textOrNull, validate } from './validation';
import { volumeOf } from './volumes';

/**
 * The way to attach a volume before there were attachments (API 3.27): cinder/api/contrib/volume_actions.py. nova goes by
 * attachments today; this is for whoever does by hand what nova did.
 */
export function attachActions(api: VolumeApi): Record<string, Action> {
  const { repository } = api;
  return {
    'os-reserve': (call) => {
      const volume = volumeOf(api, call);
      const expected = volume.multiattach ? ['available', 'in-use'] : ['available'];
      if (!expected.includes(volume.status)) {
        throw invalidVolume(
          `Volume status must be ${expected.join(' or ')} to reserve, but the status is ${volume.status}.`,
        );
      }
      Object.assign(volume, { status: 'attaching', updated_at: repository.now() });
      return empty(202);
    },
    'os-unreserve': (call) => {
      const volume = volumeOf(api, call);
      if (volume.status === 'attaching')
        volume.status = repository.attachmentsOf(volume.id).length > 0 ? 'in-use' : 'available';
      return empty(202);
    },
    'os-begin_detaching': (call) => {
      const volume = volumeOf(api, call);
      if (volume.status !== 'in-use' || volume.attach_status !== 'attached') {
        throw invalidVolume(
          "Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.",
        );
      }
      volume.status = 'detaching';
      return empty(202);
    },
    'os-roll_detaching': (call) => {
      const volume = volumeOf(api, call);
      if (volume.status === 'detaching') volume.status = 'in-use';
      return empty(202);
    },
    'os-attach': (call) => {
      const wanted = validate(call.body, attach, 'os-attach');
      const volume = volumeOf(api, call);
      const mode = textOrNull(wanted.mode) ?? 'rw';
      if (volume.status === 'maintenance')
        throw invalidVolume('The volume cannot be attached in maintenance mode.');
      if (volume.admin_metadata['readonly'] === 'True' && mode !== 'ro')
        throw badRequest(`Invalid attaching mode '${mode}' for volume ${volume.id}.`);
      if (!['available', 'attaching'].includes(volume.status)) {
        throw badRequest(
          `Error attaching volume - InvalidVolume: Invalid volume: volume ${volume.id} is already attached`,
        );
      }
      repository.state.attachments.push({
        id: api.ids.uuid('attachment'),
        volume_id: volume.id,
        project_id: volume.project_id,
        instance_uuid: textOrNull(wanted.instance_uuid),
        attach_status: 'attached',
        attach_mode: mode,
        attached_host: textOrNull(wanted.host_name),
        mountpoint: textOrNull(wanted.mountpoint),
        attach_time: repository.now(),
        created_at: repository.now(),
        connector: null,
      });
      volume.admin_metadata = { readonly: 'False', ...volume.admin_metadata, attached_mode: mode };
      Object.assign(volume, { status: 'in-use', attach_status: 'attached', updated_at: repository.now() });
      return empty(202);
    },
    'os-detach': (call) => {
      const { attachment_id } = validate(call.body, detach, 'os-detach');
      const volume = volumeOf(api, call);
      const attachments = repository.attachmentsOf(volume.id);
      const id = textOrNull(attachment_id);
      const attachment = id === null ? attachments[0] : attachments.find((one) => one.id === id);
      if (attachment === undefined && id !== null)
        throw notFound(`Volume attachment could not be found with filter: attachment_id = ${id}.`);
      if (attachment === undefined && volume.attach_status === 'attached') volume.attach_status = 'detached';
      if (attachment !== undefined) releaseVolume(repository, attachment);
      return empty(202);
    },
    'os-initialize_connection': (call) => {
      validate(call.body, initializeConnection, 'os-initialize_connection');
      const volume = volumeOf(api, call);
      return json({ connection_info: connectionInfo(volume, null) });
    },
    'os-terminate_connection': (call) => {
      validate(call.body, terminateConnection, 'os-terminate_connection');
      volumeOf(api, call);
      return empty(202);
    },
  };
}
