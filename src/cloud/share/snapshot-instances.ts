import { empty, json, param, type Call, type ShareApi } from './call';
import { notFound, resourceNotFound } from './errors';
import { authorize } from './policy';
import { runAction, SHARE_STATUSES, statusAsked, type ActionEntry } from './share-actions';
import type { SnapshotRecord } from './state';

/** The instances of snapshots, one each: manila/api/v2/share_snapshot_instances.py. */
export function mountSnapshotInstances(api: ShareApi): void {
  const { repository, views } = api;
  const { state } = repository;
  const find = (call: Call, message?: string): SnapshotRecord => {
    const snapshot = state.snapshots.find(({ instance_id }) => instance_id === param(call, 'id'));
    if (snapshot === undefined) throw notFound(message);
    return snapshot;
  };
  const detail = (snapshot: SnapshotRecord): object => ({
    id: snapshot.instance_id,
    snapshot_id: snapshot.id,
    created_at: snapshot.created_at,
    updated_at: snapshot.updated_at,
    status: snapshot.status,
    share_id: snapshot.share_id,
    share_instance_id: state.shares.find(({ id }) => id === snapshot.share_id)?.instance_id ?? null,
    progress: snapshot.progress,
    provider_location: snapshot.provider_location,
  });
  const summary = ({ instance_id, id, status }: SnapshotRecord): object => ({
    id: instance_id,
    snapshot_id: id,
    status,
  });
  const list = (
    { context, query }: Call,
    policy: string,
    view: (one: SnapshotRecord) => object,
  ): Response => {
    authorize(context, `share_snapshot_instance:${policy}`);
    const asked = query.get('snapshot_id') ?? '';
    const found = state.snapshots.filter(({ id }) => asked === '' || id === asked);
    return json({ snapshot_instances: found.map(view) });
  };

  api.route('/snapshot-instances', { GET: (call) => list(call, 'index', summary) }, [19]);
  api.route('/snapshot-instances/detail', { GET: (call) => list(call, 'detail', detail) }, [19]);
  api.route(
    '/snapshot-instances/:id',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot_instance:show');
        return json({
          snapshot_instance: detail(find(call, `Snapshot instance ${param(call, 'id')} not found.`)),
        });
      },
    },
    [19],
  );
  const actions: readonly ActionEntry[] = [
    {
      name: 'reset_status',
      run: (call, values) => {
        authorize(call.context, 'share_snapshot_instance:reset_status');
        const status = statusAsked(values, SHARE_STATUSES);
        Object.assign(find(call), { status: status ?? '', updated_at: repository.now() });
        return empty(202);
      },
    },
  ];
  api.route('/snapshot-instances/:id/action', { POST: (call) => runAction(actions, call) }, [19]);

  const verified = (call: Call): SnapshotRecord =>
    find(call, `Snapshot instance '${param(call, 'id')}' not found.`);
  api.route(
    '/snapshot-instances/:id/export-locations',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot_instance_export_location:index');
        const { export_locations } = verified(call);
        return json({
          share_snapshot_export_locations: export_locations.map((one) =>
            views.snapshotExportLocation(call.context, one, verified(call).instance_id, false),
          ),
        });
      },
    },
    [32],
  );
  api.route(
    '/snapshot-instances/:id/export-locations/:location',
    {
      GET: (call) => {
        authorize(call.context, 'share_snapshot_instance_export_location:show');
        const { export_locations, instance_id } = verified(call);
        const one = export_locations.find(({ id }) => id === param(call, 'location'));
        if (one === undefined) throw resourceNotFound();
        return json({
          share_snapshot_export_location: views.snapshotExportLocation(call.context, one, instance_id, true),
        });
      },
    },
    [32],
  );
}
