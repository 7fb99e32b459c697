import { json, param, type Call, type ShareApi } from './call';
import { forbidden, notFound } from './errors';
import { mountMetadata } from './metadata';
import { authorize, checkPolicy } from './policy';
import type { ExportLocationRecord, ShareRecord } from './state';

/** Where shares are mounted from: manila/api/v2/share_export_locations.py. */
export function mountExportLocations(api: ShareApi): void {
  const { repository, views } = api;
  /** `_verify_share`: here another's share is not hidden, but refused. */
  const shareOf = (call: Call): ShareRecord => {
    const id = param(call, 'id');
    const share = repository.state.shares.find((one) => one.id === id);
    if (share === undefined) throw notFound(`Share '${id}' not found.`);
    if (!share.is_public) checkPolicy(call.context, 'share:get', share);
    return share;
  };
  const locationOf = (call: Call): ExportLocationRecord => {
    const share = shareOf(call);
    const id = param(call, 'location');
    const location = share.export_locations.find((one) => one.id === id);
    if (location === undefined) throw notFound(`Export location '${id}' not found.`);
    return location;
  };

  api.route(
    '/shares/:id/export_locations',
    {
      GET: (call) => {
        const { context } = call;
        authorize(context, 'share_export_location:index');
        const share = shareOf(call);
        const seen = share.export_locations.filter(({ is_admin_only }) => context.isAdmin || !is_admin_only);
        return json({
          export_locations: seen.map((one) => views.exportLocation(context, one, share.instance_id, false)),
        });
      },
    },
    [9],
  );
  api.route(
    '/shares/:id/export_locations/:location',
    {
      GET: (call) => {
        const { context } = call;
        authorize(context, 'share_export_location:show');
        const location = locationOf(call);
        if (location.is_admin_only && !context.isAdmin) throw forbidden();
        return json({
          export_location: views.exportLocation(context, location, shareOf(call).instance_id, true),
        });
      },
    },
    [9],
  );
  mountMetadata(api, {
    path: '/shares/:id/export_locations/:location',
    versions: [87],
    policies: [
      'share_export_location:get_metadata',
      'share_export_location:update_metadata',
      'share_export_location:delete_metadata',
    ],
    find: locationOf,
  });
}
