import { empty, json, param, type Call, type ShareApi } from './call';
import { notFound } from './errors';
import { SECONDS } from './manager';
import { authorize } from './policy';
import { renamed, runAction, SHARE_STATUSES, statusAsked, type ActionEntry } from './share-actions';
import type { ShareRecord } from './state';

/** The instances of shares, one each: manila/api/v2/share_instances.py. */
export function mountInstances(api: ShareApi): void {
  const { repository, views } = api;
  const find = (call: Call, message?: string): ShareRecord => {
    const share = repository.state.shares.find(({ instance_id }) => instance_id === param(call, 'id'));
    if (share === undefined) throw notFound(message);
    return share;
  };

  api.route(
    '/share_instances',
    {
      GET: ({ context, query }) => {
        authorize(context, 'share_instance:index');
        const [id, path] =
          context.version >= 35 ? [query.get('export_location_id'), query.get('export_location_path')] : [];
        const found = repository.state.shares.filter(
          ({ export_locations }) =>
            (!id || export_locations.some((one) => one.id === id)) &&
            (!path || export_locations.some((one) => one.path === path)),
        );
        return json({ share_instances: found.map((share) => views.instance(context, share)) });
      },
    },
    [3],
  );
  api.route(
    '/share_instances/:id',
    {
      GET: (call) => {
        authorize(call.context, 'share_instance:show');
        return json({ share_instance: views.instance(call.context, find(call)) });
      },
    },
    [3],
  );
  api.route(
    '/shares/:id/instances',
    {
      GET: ({ context, params }) => {
        authorize(context, 'share_instance:index');
        const share = repository.findShare(context, params['id'] ?? '');
        if (share === undefined) throw notFound();
        return json({ share_instances: [views.instance(context, share)] });
      },
    },
    [3],
  );

  const actions: readonly ActionEntry[] = [
    ...renamed('reset_status', (call, values) => {
      authorize(call.context, 'share_instance:reset_status');
      const status = statusAsked(values, SHARE_STATUSES);
      const id = param(call, 'id');
      Object.assign(find(call, `Share instance ${id} could not be found.`), { status: status ?? '' });
      return empty(202);
    }),
    ...renamed('force_delete', (call) => {
      authorize(call.context, 'share_instance:force_delete');
      const id = param(call, 'id');
      const share = find(call, `Share instance ${id} could not be found.`);
      Object.assign(share, { status: 'deleting', updated_at: repository.now() });
      repository.later(call.context, SECONDS.delete, { kind: 'delete', id: share.id });
      return empty(202);
    }),
  ];
  api.route('/share_instances/:id/action', { POST: (call) => runAction(actions, call) }, [3]);

  const verified = (call: Call): ShareRecord =>
    find(call, `Share instance '${param(call, 'id')}' not found.`);
  api.route(
    '/share_instances/:id/export_locations',
    {
      GET: (call) => {
        authorize(call.context, 'share_instance_export_location:index');
        const { export_locations, instance_id } = verified(call);
        return json({
          export_locations: export_locations.map((one) =>
            views.exportLocation(call.context, one, instance_id, false),
          ),
        });
      },
    },
    [9],
  );
  api.route(
    '/share_instances/:id/export_locations/:location',
    {
      GET: (call) => {
        authorize(call.context, 'share_instance_export_location:show');
        const { export_locations, instance_id } = verified(call);
        const one = export_locations.find(({ id }) => id === param(call, 'location'));
        if (one === undefined)
          throw notFound(`Export location ${param(call, 'location')} could not be found.`);
        return json({ export_location: views.exportLocation(call.context, one, instance_id, true) });
      },
    },
    [9],
  );
}
