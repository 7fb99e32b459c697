import { isNamed, validateAccess } from './access-to';
import { TRANSITIONAL } from './access';
import { empty, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, conflict, forbidden, notFound, unprocessable } from './errors';
import { SECONDS } from './manager';
import { authorize } from './policy';
import {
  renamed,
  runAction,
  SHARE_STATUSES,
  statusAsked,
  type Action,
  type ActionEntry,
} from './share-actions';
import { deleteSnapshot } from './snapshots';
import type { AccessRecord, SnapshotRecord } from './state';
import { textOrNull } from './validation';

/** The actions, rules and export locations of snapshots: manila/api/v2/share_snapshots.py. */
export function mountSnapshotActions(api: ShareApi): void {
  const { repository, views } = api;
  const { state } = repository;
  const snapshotOf = (call: Call): SnapshotRecord => repository.snapshot(call.context, param(call, 'id'));

  const resetStatus: Action = (call, values) => {
    authorize(call.context, 'share_snapshot:reset_status');
    const status = statusAsked(values, SHARE_STATUSES);
    const snapshot = state.snapshots.find(({ id }) => id === param(call, 'id'));
    if (snapshot === undefined) throw notFound(`Snapshot ${param(call, 'id')} could not be found.`);
    Object.assign(snapshot, { status: status ?? '', updated_at: repository.now() });
    return empty(202);
  };
  const forceDelete: Action = (call) => {
    authorize(call.context, 'share_snapshot:force_delete');
    deleteSnapshot(repository, call.context, snapshotOf(call), true);
    return empty(202);
  };

  /** Only a share whose type says so lets its snapshots be mounted. @throws {@link ManilaError} 400. */
  const checkMount = (call: Call, snapshot: SnapshotRecord): void => {
    const share = repository.share(call.context, snapshot.share_id);
    if (share.mount_snapshot_support) return;
    throw badRequest(
      `Cannot control access to the snapshot ${snapshot.id} since the parent share ${share.id} does not support mounting its snapshots.`,
    );
  };
  const rulesOf = (snapshot: SnapshotRecord): AccessRecord[] =>
    state.snapshot_access_rules.filter(({ share_id }) => share_id === snapshot.id);
  const view = ({ id, access_type, access_to, state: one }: AccessRecord): object => ({
    id,
    access_type,
    access_to,
    state: one,
  });
  const checkAvailable = ({ status }: SnapshotRecord, begin: string): void => {
    if (status === 'available') return;
    throw badRequest(
      `Invalid share snapshot instance: ${begin} while the snapshot or any of its replicas or migration copies lacks a valid host or is not in available state..`,
    );
  };

  const allow: Action = (call, values) => {
    const { context } = call;
    authorize(context, 'share_snapshot:allow_access');
    requireTexts(values, ['access_type', 'access_to']);
    const [type, to] = [String(values['access_type']), String(values['access_to'])];
    validateAccess(type, to, { ceph: false, ipv6: context.version >= 38 });
    const snapshot = snapshotOf(call);
    checkMount(call, snapshot);
    if (isNamed(rulesOf(snapshot), type, to)) throw badRequest(`Share snapshot access ${type}:${to} exists.`);
    checkAvailable(snapshot, 'New access rules cannot be applied');
    const rule: AccessRecord = {
      id: repository.ids.uuid('share-snapshot-access'),
      share_id: snapshot.id,
      access_type: type,
      access_to: to,
      access_level: 'ro',
      state: 'queued_to_apply',
      metadata: {},
      created_at: repository.now(),
      updated_at: null,
    };
    state.snapshot_access_rules.push(rule);
    repository.later(context, SECONDS.access, { kind: 'snapshot-access', id: snapshot.id });
    return json({ snapshot_access: view(rule) }, 202);
  };
  const deny: Action = (call, values) => {
    const { context } = call;
    authorize(context, 'share_snapshot:deny_access');
    requireTexts(values, ['access_id']);
    const snapshot = snapshotOf(call);
    checkMount(call, snapshot);
    const id = String(values['access_id']);
    const rule = state.snapshot_access_rules.find((one) => one.id === id);
    if (rule === undefined) throw notFound('NotFound: Resource could not be found.');
    if (rule.share_id !== snapshot.id)
      throw badRequest('Access rule provided is not associated with given snapshot.');
    checkAvailable(snapshot, 'Access rules cannot be denied');
    rule.state = 'queued_to_deny';
    repository.later(context, SECONDS.access, { kind: 'snapshot-access', id: snapshot.id });
    return empty(202);
  };

  const unmanage: Action = (call) => {
    authorize(call.context, 'share_snapshot:unmanage_snapshot');
    const snapshot = repository.state.snapshots.find(({ id }) => id === param(call, 'id'));
    if (snapshot === undefined) throw notFound(`Snapshot ${param(call, 'id')} could not be found.`);
    if (TRANSITIONAL.includes(snapshot.status)) {
      throw forbidden(
        `Snapshot with transitional state cannot be unmanaged. Snapshot '${snapshot.id}' is in '${snapshot.status}' state.`,
      );
    }
    Object.assign(snapshot, { status: 'unmanage_starting', updated_at: repository.now() });
    repository.later(call.context, SECONDS.unmanage, { kind: 'snapshot-unmanage', id: snapshot.id });
    return empty(202);
  };

  const actions: readonly ActionEntry[] = [
    ...renamed('reset_status', resetStatus),
    ...renamed('force_delete', forceDelete),
    { name: 'unmanage', versions: [12], run: unmanage },
    { name: 'allow_access', versions: [32], run: allow },
    { name: 'deny_access', versions: [32], run: deny },
  ];
  api.route('/snapshots/:id/action', { POST: (call) => runAction(actions, call) });
  api.route(
    '/snapshots/:id/access-list',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot:access_list');
        const snapshot = snapshotOf(call);
        checkMount(call, snapshot);
        return json({ snapshot_access_list: rulesOf(snapshot).map(view) });
      },
    },
    [32],
  );

  const verified = (call: Call): SnapshotRecord => {
    const snapshot = state.snapshots.find(({ id }) => id === param(call, 'id'));
    if (snapshot === undefined || !repository.owns(call.context, snapshot))
      throw notFound(`Snapshot '${param(call, 'id')}' not found.`);
    return snapshot;
  };
  api.route(
    '/snapshots/:id/export-locations',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot_export_location:index');
        const snapshot = verified(call);
        const seen = snapshot.export_locations.filter(
          ({ is_admin_only }) => call.context.isAdmin || !is_admin_only,
        );
        return json({
          share_snapshot_export_locations: seen.map((one) =>
            views.snapshotExportLocation(call.context, one, snapshot.instance_id, false),
          ),
        });
      },
    },
    [32],
  );
  api.route(
    '/snapshots/:id/export-locations/:location',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot_export_location:show');
        const snapshot = verified(call);
        const one = snapshot.export_locations.find(({ id }) => id === param(call, 'location'));
        if (one === undefined)
          throw notFound(
            `ExportLocationNotFound: Export location ${param(call, 'location')} could not be found.`,
          );
        return json({
          share_snapshot_export_location: views.snapshotExportLocation(
            call.context,
            one,
            snapshot.instance_id,
            true,
          ),
        });
      },
    },
    [32],
  );
  api.route('/snapshots/manage', { POST: (call) => manageSnapshot(api, call) }, [12]);
}

/** `_validate_parameters`. @throws {@link ManilaError} 400, or another one. */
function requireTexts(values: Json, names: readonly string[], refuse = badRequest): void {
  for (const name of names) {
    if (!Object.hasOwn(values, name)) throw refuse(`Required parameter ${name} not found.`);
    if (!values[name]) throw refuse(`Required parameter ${name} is empty.`);
    if (typeof values[name] !== 'string') throw refuse(`Parameter ${name} must be a string.`);
  }
}

function manageSnapshot({ repository, views }: ShareApi, { context, body }: Call): Response {
  authorize(context, 'share_snapshot:manage_snapshot');
  const values = member(body, 'snapshot');
  if (values === undefined) throw unprocessable('Snapshot entity not found in request body.');
  requireTexts(values, ['share_id', 'provider_location'], unprocessable);
  const share = repository.share(
    context,
    String(values['share_id']),
    `ShareNotFound: Share ${String(values['share_id'])} could not be found.`,
  );
  if (share.is_soft_deleted)
    throw forbidden(`Can not manage snapshot for share '${share.id}' since it has been soft deleted.`);
  const location = String(values['provider_location']);
  const managed = repository.snapshotsOf(share.id).some((one) => one.provider_location === location);
  if (managed) {
    throw conflict(
      `Manage existing share snapshot failed due to invalid share snapshot: A share snapshot ${location} is already managed..`,
    );
  }
  const snapshot: SnapshotRecord = {
    id: repository.ids.uuid('share-snapshot'),
    instance_id: repository.ids.uuid('share-snapshot-instance'),
    share_id: share.id,
    status: 'manage_starting',
    progress: '0%',
    size: share.size,
    share_size: share.size,
    share_proto: share.share_proto,
    display_name: textOrNull(values['display_name'] ?? values['name']),
    display_description: textOrNull(values['display_description'] ?? values['description']),
    user_id: context.userId,
    project_id: context.projectId,
    provider_location: location,
    metadata: {},
    export_locations: [],
    created_at: repository.now(),
    updated_at: null,
  };
  repository.state.snapshots.push(snapshot);
  repository.later(context, SECONDS.manage, { kind: 'snapshot-manage', id: snapshot.id });
  return json({ snapshot: views.snapshot(context, snapshot) }, 202);
}
