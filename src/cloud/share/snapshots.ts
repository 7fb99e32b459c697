import { empty, json, member, param, type Call, type ShareApi } from './call';
import { badRequest, forbidden, notFound, unprocessable } from './errors';
import { dictParam, hasAll, page, sortParams, type Sortable } from './list';
import { SECONDS } from './manager';
import { mountMetadata } from './metadata';
import { checkPolicy } from './policy';
import { reserve } from './quotas';
import type { ShareRepository } from './repository';
import type { RequestContext } from './policy';
import { mountSnapshotActions } from './snapshot-actions';
import type { SnapshotRecord } from './state';
import { allTenants, checkDisplayField, checkMetadata, queryBool, textOrNull } from './validation';

/** `/snapshots` and what is right below it: manila/api/v2/share_snapshots.py. */
export function mountSnapshots(api: ShareApi): void {
  const { repository, views } = api;

  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    const aliases = { name: 'display_name', description: 'display_description' };
    const sort = sortParams(query, aliases);
    checkPolicy(context, 'share_snapshot:get_all_snapshots');
    const found = matching(repository, call);
    const snapshots = page(query, found, sort, SORTABLE, { offsetNeedsLimit: true });
    const counted = (detail || context.version >= 79) && queryBool(query, 'with_count');
    const links = views.next(context, query, 'snapshots', snapshots);
    return json({
      snapshots: snapshots.map((snapshot) =>
        detail
          ? views.snapshot(context, snapshot)
          : views.summary(context, 'snapshots', snapshot.id, snapshot.display_name),
      ),
      ...(counted && { count: found.length }),
      ...(links && { share_snapshots_links: links }),
    });
  };

  api.route('/snapshots', {
    GET: (call) => list(call, false),
    POST: ({ context, body }) =>
      json({ snapshot: views.snapshot(context, createSnapshot(repository, context, body)) }, 202),
  });
  api.route('/snapshots/detail', { GET: (call) => list(call, true) });
  api.route('/snapshots/:id', {
    GET: (call) => json({ snapshot: views.snapshot(call.context, snapshotOf(api, call)) }),
    PUT: (call) => {
      const { context, body } = call;
      checkPolicy(context, 'share:snapshot_update');
      const values = member(body, 'snapshot');
      if (values === undefined) throw unprocessable();
      checkDisplayField(values['display_name'], 'display_name');
      checkDisplayField(values['display_description'], 'display_description');
      const snapshot = snapshotOf(api, call);
      if (Object.hasOwn(values, 'display_name')) snapshot.display_name = textOrNull(values['display_name']);
      if (Object.hasOwn(values, 'display_description'))
        snapshot.display_description = textOrNull(values['display_description']);
      snapshot.updated_at = repository.now();
      return json({ snapshot: views.snapshot(context, snapshot) });
    },
    DELETE: (call) => {
      checkPolicy(call.context, 'share:delete_snapshot');
      deleteSnapshot(repository, call.context, snapshotOf(api, call));
      return empty(202);
    },
  });
  mountMetadata(api, {
    path: '/snapshots/:id',
    versions: [73],
    policies: [
      'share_snapshot:get_metadata',
      'share_snapshot:update_metadata',
      'share_snapshot:delete_metadata',
    ],
    find: ({ context, params }) => {
      const snapshot = repository.state.snapshots.find(({ id }) => id === params['id']);
      if (snapshot === undefined || !repository.owns(context, snapshot))
        throw notFound('Share_snapshot not found.');
      return snapshot;
    },
  });
  mountSnapshotActions(api);
}

/** The snapshot that a path names; not there is not there. */
function snapshotOf({ repository }: ShareApi, call: Call): SnapshotRecord {
  checkPolicy(call.context, 'share_snapshot:get_snapshot');
  const snapshot = repository.state.snapshots.find(({ id }) => id === param(call, 'id'));
  if (snapshot === undefined || !repository.owns(call.context, snapshot)) throw notFound();
  return snapshot;
}

/** `create` of manila/api/v1/share_snapshots.py and `create_snapshot` of manila/share/api.py. */
function createSnapshot(repository: ShareRepository, context: RequestContext, body: unknown): SnapshotRecord {
  const values = member(body, 'snapshot');
  if (values === undefined) throw unprocessable();
  if (!Object.hasOwn(values, 'share_id')) throw badRequest();
  const share = repository.share(context, String(values['share_id']));
  if (!share.snapshot_support) {
    throw unprocessable(
      `Snapshots cannot be created for share '${share.id}' since it does not have that capability.`,
    );
  }
  if (share.is_soft_deleted)
    throw forbidden(`Snapshots cannot be created for share '${share.id}' since it has been soft deleted.`);
  checkDisplayField(values['name'], 'name');
  checkDisplayField(values['description'], 'description');
  checkPolicy(context, 'share:create_snapshot', share);
  const metadata = context.version >= 73 ? checkMetadata(values['metadata']) : {};
  if (share.status !== 'available') throw badRequest('Invalid share: Source share status must be available.');
  const whose = { project: context.projectId, user: context.userId, type: share.share_type_id ?? undefined };
  reserve(repository, whose, { snapshots: 1, snapshot_gigabytes: share.size });
  const snapshot: SnapshotRecord = {
    id: repository.ids.uuid('share-snapshot'),
    instance_id: repository.ids.uuid('share-snapshot-instance'),
    share_id: share.id,
    status: 'creating',
    progress: '0%',
    size: share.size,
    share_size: share.size,
    share_proto: share.share_proto,
    display_name: textOrNull(values['name'] ?? values['display_name']),
    display_description: textOrNull(values['description'] ?? values['display_description']),
    user_id: context.userId,
    project_id: context.projectId,
    provider_location: null,
    metadata,
    export_locations: [],
    created_at: repository.now(),
    updated_at: null,
  };
  repository.state.snapshots.push(snapshot);
  repository.later(context, SECONDS.snapshotCreate, { kind: 'snapshot-create', id: snapshot.id });
  return snapshot;
}

/** `delete_snapshot` of manila/share/api.py. @throws {@link ManilaError} 400 in the wrong state. */
export function deleteSnapshot(
  repository: ShareRepository,
  context: RequestContext,
  snapshot: SnapshotRecord,
  force = false,
): void {
  if (!force && !['available', 'error'].includes(snapshot.status)) {
    throw badRequest("Invalid share snapshot: Share Snapshot status must be one of ('available', 'error')..");
  }
  Object.assign(snapshot, { status: 'deleting', updated_at: repository.now() });
  repository.later(context, SECONDS.snapshotDelete, { kind: 'snapshot-delete', id: snapshot.id });
}

const SORTABLE: Sortable<SnapshotRecord> = {
  id: ({ id }) => id,
  created_at: ({ created_at }) => created_at,
  updated_at: ({ updated_at }) => updated_at,
  display_name: ({ display_name }) => display_name,
  display_description: ({ display_description }) => display_description,
  size: ({ size }) => size,
  share_size: ({ share_size }) => share_size,
  share_id: ({ share_id }) => share_id,
  share_proto: ({ share_proto }) => share_proto,
  status: ({ status }) => status,
  project_id: ({ project_id }) => project_id,
  user_id: ({ user_id }) => user_id,
};

/** What a query asks for: `_get_snapshots` and `_process_snapshot_filters`. */
function matching(repository: ShareRepository, { context, query }: Call): SnapshotRecord[] {
  const { version, isAdmin } = context;
  const all = allTenants(query) && isAdmin;
  const metadata = version >= 73 ? dictParam(query, 'metadata', 'Invalid value for metadata filter.') : [];
  const value = (name: string, since = 0): string | null => (version >= since ? query.get(name) : null);
  const usage = isAdmin ? value('usage') : null;
  const used = new Set(repository.state.shares.map(({ snapshot_id }) => snapshot_id));
  const within = (name: string, text: string | null): boolean => {
    const part = value(`${name}~`, 36);
    return part === null || (text ?? '').toLowerCase().includes(part.toLowerCase());
  };
  const exact: readonly (readonly [string | null, (one: SnapshotRecord) => string | null])[] = [
    [value('name') ?? value('display_name'), ({ display_name }) => display_name],
    [value('description', 36), ({ display_description }) => display_description],
    [value('status'), ({ status }) => status],
    [value('share_id'), ({ share_id }) => share_id],
    [value('size'), ({ size }) => String(size)],
  ];
  return repository.state.snapshots.filter(
    (snapshot) =>
      (all || snapshot.project_id === context.projectId) &&
      exact.every(([wanted, of]) => wanted === null || of(snapshot) === wanted) &&
      within('name', snapshot.display_name) &&
      within('description', snapshot.display_description) &&
      hasAll(snapshot.metadata, metadata) &&
      (usage === null || (usage === 'used') === used.has(snapshot.id)),
  );
}
