import { allowAccess, denyAccess, listAccess } from './access';
import { empty, isObject, param, type Call, type Json, type ShareApi, type Versions } from './call';
import {
  badRequest,
  conflict,
  forbidden,
  invalidInput,
  invalidShare,
  ManilaError,
  notFound,
  notModelled,
} from './errors';
import { checkSize } from './extra-specs';
import { SECONDS } from './manager';
import { unmanageShare } from './manage';
import { authorize, checkPolicy } from './policy';
import { checkPerShare, reserve, SIZE_WORDS } from './quotas';
import type { ShareRecord } from './state';
import { deleteShare, softDelete } from './shares';
import { strictBool, wholeNumber } from './validation';

export type Action = (call: Call, values: Json) => Response | Promise<Response>;

/** An action under its name; the older name is of the versions up to 2.6. */
export interface ActionEntry {
  name: string;
  versions?: Versions;
  experimental?: boolean;
  run: Action;
}

/** Does what the first member of a body names: `Resource.get_method`. @throws {@link ManilaError} */
export function runAction(actions: readonly ActionEntry[], call: Call): Response | Promise<Response> {
  const { body, context } = call;
  const [name] = isObject(body) ? Object.keys(body) : [];
  if (name === undefined || !isObject(body)) throw badRequest('Malformed request body');
  const known = actions.filter((action) => action.name === name);
  if (known.length === 0) throw badRequest(`There is no such action: ${name}`);
  const found = known.find(
    ({ versions: [since, until = Infinity] = [0], experimental }) =>
      context.version >= since && context.version <= until && (!experimental || context.experimental),
  );
  if (found === undefined) throw notFound();
  const values = body[name];
  return found.run(call, isObject(values) ? values : {});
}

/** An action that had `os-` before its name up to 2.6. */
export function renamed(name: string, run: Action): ActionEntry[] {
  return [
    { name: `os-${name}`, versions: [0, 6], run },
    { name, versions: [7], run },
  ];
}

export const SHARE_STATUSES = [
  'creating', 'available', 'deleting', 'error', 'error_deleting', 'migrating', 'migrating_to', 'server_migrating',
] as const; // prettier-ignore

/** The new state of a `reset_status`. @throws {@link ManilaError} 400. */
export function statusAsked(
  values: Json,
  valid: readonly (string | null)[],
  attribute = 'status',
): string | null {
  if (!Object.hasOwn(values, attribute)) throw badRequest(`Must specify '${attribute}'`);
  const status = values[attribute];
  const found = valid.find((one) => one === status);
  if (found === undefined)
    throw badRequest(`Invalid state. Valid states: ${valid.map((one) => one ?? 'None').join(', ')}.`);
  return found;
}

const TASK_STATES = [
  'migration_starting', 'migration_in_progress', 'migration_completing', 'migration_success', 'migration_error',
  'migration_cancelled', 'migration_driver_in_progress', 'migration_driver_phase1_done', 'data_copying_starting',
  'data_copying_in_progress', 'data_copying_completing', 'data_copying_completed', 'data_copying_cancelled',
  'data_copying_error', null,
] as const; // prettier-ignore

/** `POST /shares/{id}/action`: the actions of manila/api/v2/shares.py. */
export function mountShareActions(api: ShareApi): void {
  const { repository } = api;
  const shareOf = (call: Call, message?: string): ShareRecord =>
    repository.share(call.context, param(call, 'id'), message);
  const begin = (share: ShareRecord, status: string): void => {
    Object.assign(share, { status, updated_at: repository.now() });
  };

  const extend: Action = (call, values) => {
    const { context } = call;
    authorize(context, 'share:extend');
    const share = shareOf(call, 'Resource could not be found.');
    const size = newSize(values);
    const asked =
      context.version >= 64 && Object.hasOwn(values, 'force') ? strictBool(values['force']) : false;
    if (asked === undefined) throw badRequest(`Invalid boolean force : ${String(values['force'])}`);
    if (share.is_soft_deleted)
      throw forbidden(`Cannot extend share '${share.id}' since it has been soft deleted.`);
    checkPolicy(context, asked ? 'share:force_extend' : 'share:extend', share);
    if (share.status !== 'available') {
      throw badRequest(
        invalidShare(
          `Share ${share.id} status must be 'available' to extend, but current status is: ${share.status}.`,
        ),
      );
    }
    if (size <= share.size) {
      throw invalidInput(
        `New size for extend must be greater than current size. (current: ${share.size}, extended: ${size}).`,
      );
    }
    checkPerShare(repository, context.projectId, size);
    checkSize(repository.typeOf(share), size, context.isAdmin ? 'admin-extend' : 'extend');
    const whose = { project: share.project_id, user: share.user_id, type: share.share_type_id ?? undefined };
    try {
      reserve(repository, whose, { gigabytes: size - share.size });
    } catch (error) {
      // this one is caught, and loses its class
      if (error instanceof ManilaError && error.code === 413) throw forbidden(SIZE_WORDS);
      throw error;
    }
    begin(share, 'extending');
    repository.later(context, SECONDS.extend, { kind: 'extend', id: share.id, size });
    return empty(202);
  };

  const shrink: Action = (call, values) => {
    const { context } = call;
    authorize(context, 'share:shrink');
    const share = shareOf(call, 'Resource could not be found.');
    const size = newSize(values);
    if (share.is_soft_deleted)
      throw forbidden(`Cannot shrink share '${share.id}' since it has been soft deleted.`);
    const valid = ['available', 'shrinking_possible_data_loss_error'];
    if (!valid.includes(share.status)) {
      throw badRequest(
        invalidShare(
          `Share ${share.id} status must in (${valid.join(', ')}) to shrink, but current status is: ${share.status}.`,
        ),
      );
    }
    if (size >= share.size || size <= 0) {
      throw invalidInput(
        `New size for shrink must be less than current size and greater than 0 (current: ${share.size}, new: ${size})`,
      );
    }
    checkSize(repository.typeOf(share), size, 'shrink');
    checkPolicy(context, 'share:update', share);
    begin(share, 'shrinking');
    repository.later(context, SECONDS.shrink, { kind: 'shrink', id: share.id, size });
    return empty(202);
  };

  const resetStatus: Action = (call, values) => {
    const { context } = call;
    if (context.version >= 7) authorize(context, 'share:reset_status');
    const id = param(call, 'id');
    const share = repository.share(context, id, `Share ${id} not found`);
    if (share.is_soft_deleted)
      throw forbidden(`status cannot be reset for share '${id}' since it has been soft deleted.`);
    authorize(context, 'share:reset_status');
    begin(share, statusAsked(values, SHARE_STATUSES) ?? '');
    return empty(202);
  };

  const forceDelete: Action = (call) => {
    const { context } = call;
    authorize(context, 'share:force_delete');
    deleteShare(repository, context, shareOf(call, 'Resource could not be found.'), true);
    return empty(202);
  };

  const migration = (name: string, since: number): ActionEntry => ({
    name,
    versions: [since],
    experimental: true,
    run: (call) => {
      authorize(call.context, `share:${name}`);
      shareOf(call, `Share ${param(call, 'id')} not found.`);
      throw notModelled('Share migration');
    },
  });

  const actions: readonly ActionEntry[] = [
    ...renamed('reset_status', resetStatus),
    ...renamed('force_delete', forceDelete),
    ...renamed('allow_access', (call, values) => allowAccess(api, call, values)),
    ...renamed('deny_access', (call, values) => denyAccess(api, call, values)),
    { name: 'os-access_list', versions: [0, 6], run: (call) => listAccess(api, call) },
    { name: 'access_list', versions: [7, 44], run: (call) => listAccess(api, call) },
    ...renamed('extend', extend),
    ...renamed('shrink', shrink),
    { name: 'revert', versions: [27], run: (call, values) => revert(api, call, values) },
    {
      name: 'soft_delete',
      versions: [69],
      run: (call) => {
        authorize(call.context, 'share:soft_delete');
        softDelete(repository, shareOf(call, 'The resource could not be found.'));
        return empty(202);
      },
    },
    {
      name: 'restore',
      versions: [69],
      run: (call) => {
        authorize(call.context, 'share:restore');
        const share = shareOf(call, `No share exists with ID ${param(call, 'id')}.`);
        if (!share.is_soft_deleted) return empty(200);
        Object.assign(share, {
          is_soft_deleted: false,
          scheduled_to_be_deleted_at: null,
          updated_at: repository.now(),
        });
        return empty(202);
      },
    },
    { name: 'unmanage', versions: [7], run: (call) => unmanageShare(api, call) },
    {
      name: 'reset_task_state',
      versions: [22],
      experimental: true,
      run: (call, values) => {
        const { context } = call;
        authorize(context, 'share:reset_task_state');
        const id = param(call, 'id');
        const share = repository.share(context, id, `ShareNotFound: Share ${id} could not be found.`);
        share.task_state = statusAsked(values, TASK_STATES, 'task_state');
        return empty(202);
      },
    },
    migration('migration_start', 29),
    migration('migration_complete', 22),
    migration('migration_cancel', 22),
    migration('migration_get_progress', 22),
  ];
  api.route('/shares/:id/action', { POST: (call) => runAction(actions, call) });
}

function newSize(values: Json): number {
  const size = wholeNumber(values['new_size']);
  if (size === undefined) throw badRequest('New share size must be specified as an integer.');
  return size;
}

/** `_revert` of manila/api/v2/shares.py. */
function revert({ repository }: ShareApi, call: Call, values: Json): Response {
  const { context } = call;
  authorize(context, 'share:revert_to_snapshot');
  const shareId = param(call, 'id');
  if (!Object.hasOwn(values, 'snapshot_id')) throw badRequest('Required parameter snapshot_id not found.');
  if (!values['snapshot_id']) throw badRequest('Required parameter snapshot_id is empty.');
  const snapshotId = String(values['snapshot_id']);
  const share = repository.share(context, shareId);
  const snapshot = repository.state.snapshots.find(({ id }) => id === snapshotId);
  if (snapshot === undefined || !repository.owns(context, snapshot))
    throw badRequest(`Snapshot ${snapshotId} could not be found.`);
  if (share.is_soft_deleted)
    throw forbidden(`Share '${shareId} cannot revert to snapshot, since it has been soft deleted.`);
  if (!share.revert_to_snapshot_support) {
    throw badRequest(
      `Share ${shareId} may not be reverted to snapshot ${snapshotId}, because the share does not have that capability.`,
    );
  }
  if (share.id !== snapshot.share_id)
    throw badRequest(`Snapshot ${snapshotId} is not associated with share ${shareId}.`);
  if (share.status !== 'available') {
    throw conflict(
      `Share ${shareId} is in '${share.status}' state, but it must be in 'available' state to be reverted to a snapshot.`,
    );
  }
  if (snapshot.status !== 'available') {
    throw conflict(
      `Snapshot ${snapshotId} is in '${snapshot.status}' state, but it must be in 'available' state to be restored.`,
    );
  }
  const latest = repository.snapshotsOf(shareId).at(-1);
  if (latest !== undefined && latest !== snapshot) {
    throw conflict(
      `Snapshot ${snapshotId} may not be restored because it is not the most recent snapshot of share ${shareId}. Currently the latest snapshot is ${latest.id}.`,
    );
  }
  if (share.access_rules_status !== 'active') {
    throw conflict(
      `Snapshot ${snapshotId} belongs to a share ${shareId} which has access rules that are not active.`,
    );
  }
  const whose = { project: share.project_id, user: share.user_id, type: share.share_type_id ?? undefined };
  try {
    reserve(repository, whose, { gigabytes: snapshot.size - share.size });
  } catch (error) {
    if (error instanceof ManilaError && error.code === 413) throw forbidden(SIZE_WORDS);
    throw error;
  }
  Object.assign(share, { status: 'reverting', updated_at: repository.now() });
  snapshot.status = 'restoring';
  repository.later(context, SECONDS.revert, { kind: 'revert', id: share.id, size: snapshot.size });
  return empty(202);
}
