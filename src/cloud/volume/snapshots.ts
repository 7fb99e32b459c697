import { runAction, type Action } from './actions';
import { json, empty, param, type Call, type VolumeApi } from './call';
import { badRequest, invalidSnapshot, invalidVolume, snapshotNotFound } from './errors';
import { inScope, listPage, matchesMetadata } from './list';
import { enforceAdmin } from './policy';
import { reserve } from './quotas';
import { createSnapshot, resetSnapshotStatus, updateSnapshot } from './schemas';
import type { SnapshotRecord } from './state';
import { boolFromString, textOrNull, texts, validate } from './validation';

const SECONDS = 1;
const POLICY = 'volume_extension:snapshot_admin_actions';

/** `/snapshots`: cinder/api/v3/snapshots.py. */
export function mountSnapshots(api: VolumeApi): void {
  const { repository, views } = api;

  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    const name = (snapshot: SnapshotRecord) => snapshot.display_name;
    const page = listPage<SnapshotRecord>(query, {
      items: repository.state.snapshots.filter(({ project_id }) => inScope(context, query, project_id)),
      sortable: {
        id: ({ id }) => id,
        ...(context.version >= 30 && { name }),
        display_name: name,
        status: ({ status }) => status,
        created_at: ({ created_at }) => created_at,
        updated_at: ({ updated_at }) => updated_at,
        volume_id: ({ volume_id }) => volume_id,
        volume_size: ({ volume_size }) => volume_size,
      },
      filters: {
        name: (snapshot, wanted) => snapshot.display_name === wanted,
        status: (snapshot, wanted) => snapshot.status === wanted,
        volume_id: (snapshot, wanted) => snapshot.volume_id === wanted,
        ...(context.version >= 22 && {
          metadata: (snapshot: SnapshotRecord, wanted: string) => matchesMetadata(snapshot.metadata, wanted),
        }),
        ...(context.isAdmin && {
          project_id: (snapshot: SnapshotRecord, wanted: string) => snapshot.project_id === wanted,
        }),
      },
      marker: (id) => {
        const snapshot = repository.state.snapshots.find((one) => one.id === id);
        if (snapshot === undefined || !inScope(context, query, snapshot.project_id))
          throw snapshotNotFound(id);
        return snapshot;
      },
      url: views.url(context, detail ? 'snapshots/detail' : 'snapshots'),
    });
    return json({
      snapshots: page.items.map((snapshot) => views.snapshot(context, snapshot, detail)),
      ...(page.next !== undefined && { snapshots_links: [{ rel: 'next', href: page.next }] }),
      ...(context.version >= 45 && boolFromString(query.get('with_count')) && { count: page.count }),
    });
  };

  api.route('/snapshots', { GET: (call) => list(call, false), POST: (call) => create(api, call) });
  api.route('/snapshots/detail', { GET: (call) => list(call, true) });
  api.route('/snapshots/:id', {
    GET: (call) => json({ snapshot: views.snapshot(call.context, snapshotOf(api, call), true) }),
    PUT: (call) => {
      const wanted = validate(call.body, updateSnapshot, 'snapshot');
      const snapshot = snapshotOf(api, call);
      const name = 'name' in wanted ? wanted.name : wanted.display_name;
      const description = 'description' in wanted ? wanted.description : wanted.display_description;
      if (name !== undefined) snapshot.display_name = textOrNull(name)?.trim() ?? null;
      if (description !== undefined) snapshot.display_description = textOrNull(description)?.trim() ?? null;
      snapshot.updated_at = repository.now();
      return json({ snapshot: views.snapshot(call.context, snapshot, false) });
    },
    DELETE: (call) => {
      deleteSnapshot(api, snapshotOf(api, call), false);
      return empty(202);
    },
  });

  const actions: Record<string, Action> = {
    'os-reset_status': (call) => {
      const { status } = validate(call.body, resetSnapshotStatus, 'os-reset_status');
      const snapshot = snapshotOf(api, call);
      enforceAdmin(call.context, `${POLICY}:reset_status`);
      Object.assign(snapshot, { status: String(status).toLowerCase(), updated_at: repository.now() });
      return empty(202);
    },
    'os-force_delete': (call) => {
      const snapshot = snapshotOf(api, call);
      enforceAdmin(call.context, `${POLICY}:force_delete`);
      deleteSnapshot(api, snapshot, true);
      return empty(202);
    },
  };
  api.route('/snapshots/:id/action', { POST: (call) => runAction(actions, call) });
}

function snapshotOf({ repository }: VolumeApi, call: Call): SnapshotRecord {
  return repository.snapshot(call.context, param(call, 'id'));
}

/** `create_snapshot_in_db` of cinder/volume/api.py. */
function create(api: VolumeApi, call: Call): Response {
  const { repository, views, ids } = api;
  const { context } = call;
  const wanted = validate(call.body, createSnapshot, 'snapshot');
  const volume = repository.volume(context, String(wanted.volume_id));
  const inUseAllowed = context.version >= 66;
  if (inUseAllowed && wanted.force !== undefined && !boolFromString(wanted.force)) {
    throw badRequest(
      "Since microversion 3.66 the 'force' flag is invalid for this request.  For backward compatability, however, when the 'force' flag is passed with a value evaluating to True, it is silently ignored.",
    );
  }
  if (volume.host === null)
    throw invalidVolume('The snapshot cannot be created because volume has not been scheduled to any host.');
  if (volume.status === 'maintenance')
    throw invalidVolume('The snapshot cannot be created when the volume is in maintenance mode.');
  if (volume.status === 'error')
    throw invalidVolume('The snapshot cannot be created when the volume is in error status.');
  const valid = boolFromString(wanted.force) || inUseAllowed ? ['available', 'in-use'] : ['available'];
  if (!valid.includes(volume.status)) {
    throw invalidVolume(
      `Volume ${volume.id} status must be ${valid.join(', ')}, but current status is: ${volume.status}.`,
    );
  }
  reserve(repository, context.projectId, volume.volume_type_id, { snapshots: 1, gigabytes: volume.size });
  const name = 'name' in wanted ? wanted.name : wanted.display_name;
  const snapshot: SnapshotRecord = {
    id: ids.uuid('snapshot'),
    volume_id: volume.id,
    status: 'creating',
    progress: '0%',
    volume_size: volume.size,
    created_at: repository.now(),
    updated_at: null,
    display_name: textOrNull(name)?.trim() ?? null,
    display_description: textOrNull(wanted.description)?.trim() ?? null,
    metadata: texts(wanted.metadata),
    user_id: context.userId,
    project_id: context.projectId,
    volume_type_id: volume.volume_type_id,
    bootable: volume.bootable,
    glance_metadata: { ...volume.glance_metadata },
    content: { ...volume.content },
  };
  repository.state.snapshots.push(snapshot);
  repository.later(SECONDS, { kind: 'snapshot-create', id: snapshot.id });
  return json({ snapshot: views.snapshot(context, snapshot, false) }, 202);
}

function deleteSnapshot({ repository }: VolumeApi, snapshot: SnapshotRecord, force: boolean): void {
  if (!force && !['available', 'error'].includes(snapshot.status))
    throw invalidSnapshot('Snapshot status must be available or error and must not be part of a group.');
  Object.assign(snapshot, { status: 'deleting', updated_at: repository.now() });
  repository.later(SECONDS, { kind: 'snapshot-delete', id: snapshot.id });
}
