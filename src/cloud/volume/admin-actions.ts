import type { Action } from './actions';
import { empty, type Call, type VolumeApi } from './call';
import { badRequest, CinderError } from './errors';
import { enforceAdmin } from './policy';
import { resetStatus } from './schemas';
import type { VolumeRecord } from './state';
import { textOrNull, validate } from './validation';
import { deleteVolume, volumeOf } from './volumes';

const POLICY = 'volume_extension:volume_admin_actions';

/** What only administrators do to a volume: cinder/api/contrib/admin_actions.py. */
export function adminActions(api: VolumeApi): Record<string, Action> {
  const { repository } = api;
  return {
    'os-reset_status': (call) => {
      const wanted = validate(call.body, resetStatus, 'os-reset_status');
      const volume = volumeOf(api, call);
      enforceAdmin(call.context, `${POLICY}:reset_status`);
      const status = textOrNull(wanted.status)?.toLowerCase() ?? '';
      const attachStatus = textOrNull(wanted.attach_status)?.toLowerCase() ?? '';
      const migrationStatus = textOrNull(wanted.migration_status)?.toLowerCase() ?? '';
      if (status === 'deleting') throw badRequest(`Cannot reset-state to ${status}`);
      if (status === 'in-use' && repository.attachmentsOf(volume.id).length === 0)
        throw badRequest('Cannot reset-state to in-use because volume does not have any attachments.');
      if (status !== '') volume.status = status;
      if (attachStatus !== '') volume.attach_status = attachStatus === 'attached' ? 'attached' : 'detached';
      if (migrationStatus !== '')
        volume.migration_status = migrationStatus === 'none' ? null : migrationStatus;
      volume.updated_at = repository.now();
      if (attachStatus === 'detached') forgetAttachments(api, volume);
      return empty(202);
    },
    'os-force_delete': (call) => {
      const volume = adminsVolume(api, call, 'force_delete');
      deleteVolume(repository, volume, { force: true, cascade: false });
      return empty(202);
    },
    'os-force_detach': (call) => {
      const volume = adminsVolume(api, call, 'force_detach');
      forgetAttachments(api, volume);
      Object.assign(volume, { status: 'available', attach_status: 'detached', updated_at: repository.now() });
      return empty(202);
    },
    'os-migrate_volume': (call) => {
      adminsVolume(api, call, 'migrate_volume');
      const { host } = Object((call.body as Record<string, unknown>)['os-migrate_volume']) as {
        host?: unknown;
      }; // runAction found it
      throw badRequest(`Invalid host: No available service named '${String(host)}'`);
    },
    'os-migrate_volume_completion': (call) => {
      adminsVolume(api, call, 'migrate_volume_completion');
      throw new CinderError(400, 'Invalid volume: The volume is not being migrated.');
    },
    'os-extend_volume_completion': (call) => {
      adminsVolume(api, call, 'extend_volume_completion');
      throw badRequest('Invalid volume: Volume is not being extended.');
    },
  };
}

function adminsVolume(api: VolumeApi, call: Call, action: string): VolumeRecord {
  const volume = volumeOf(api, call);
  enforceAdmin(call.context, `${POLICY}:${action}`);
  return volume;
}

function forgetAttachments({ repository }: VolumeApi, volume: VolumeRecord): void {
  repository.state.attachments = repository.state.attachments.filter(
    ({ volume_id }) => volume_id !== volume.id,
  );
  const { attached_mode: _mode, ...rest } = volume.admin_metadata;
  volume.admin_metadata = rest;
}
