import { empty, json, member, param, type Call, type ShareApi } from './call';
import { publicFlag } from './create';
import { badRequest, conflict, forbidden, invalidShare, notFound, unprocessable } from './errors';
import { attributesOf } from './extra-specs';
import { SECONDS } from './manager';
import { TRANSITIONAL } from './access';
import { authorize } from './policy';
import { POOL_HOST } from './pools';
import type { ShareRecord } from './state';
import { textOrNull } from './validation';

/** Takes over what a back end has and nobody manages: manila/api/v1/share_manage.py. */
export function mountManage(api: ShareApi): void {
  api.route('/shares/manage', { POST: (call) => manageShare(api, call) }, [7]);
  api.route('/os-share-manage', { POST: (call) => manageShare(api, call) }, [0, 6]);
  api.route(
    '/os-share-unmanage/:id/unmanage',
    {
      POST: (call) => {
        if (call.body !== undefined) throw badRequest();
        return unmanageShare(api, call);
      },
    },
    [0, 6],
  );
}

function manageShare({ repository, views }: ShareApi, { context, body }: Call): Response {
  authorize(context, 'share:manage');
  const values = member(body, 'share');
  if (values === undefined) throw unprocessable('Share entity not found in request body');
  for (const name of ['export_path', 'service_host', 'protocol']) {
    if (!Object.hasOwn(values, name)) throw unprocessable(`Required parameter ${name} not found`);
    if (!values[name]) throw unprocessable(`Required parameter ${name} is empty`);
  }
  const [host, path] = [String(values['service_host']), String(values['export_path'])];
  if (!host.includes('#')) throw badRequest('service_host parameter should contain pool.');
  const [service = ''] = host.split('#');
  if (service !== POOL_HOST.split('#')[0]) throw notFound(`Service ${service} could not be found.`);
  const asked = textOrNull(values['share_type']);
  const type = asked === null ? repository.state.types[0] : repository.findTypeByNameOrId(context, asked);
  if (type === undefined) throw notFound(`Share type ${asked ?? ''} could not be found.`);
  const isPublic =
    context.version >= 8 && (publicFlag(context, values, 'share:create_public_share') ?? false);
  const managed = repository.state.shares.some(
    (share) => share.host === host && share.export_locations.some((one) => one.path === path),
  );
  if (managed) throw conflict(invalidShare('A share already exists with the export path specified.'));
  const { mount_point_name_support: _unused, ...attributes } = attributesOf(type);
  const now = repository.now();
  const share: ShareRecord = {
    id: repository.ids.uuid('share'),
    instance_id: repository.ids.uuid('share-instance'),
    status: 'manage_starting',
    size: 0,
    share_proto: String(values['protocol']).toUpperCase(),
    display_name: textOrNull(values['display_name'] ?? values['name']),
    display_description: textOrNull(values['display_description'] ?? values['description']),
    user_id: context.userId,
    project_id: context.projectId,
    is_public: isPublic,
    metadata: {},
    share_type_id: type.id,
    snapshot_id: null,
    share_network_id: null,
    availability_zone: null,
    host,
    access_rules_status: 'active',
    task_state: null,
    ...attributes,
    mount_point_name: null,
    progress: null,
    is_soft_deleted: false,
    scheduled_to_be_deleted_at: null,
    export_locations: [
      {
        id: repository.ids.uuid('share-export-location'),
        path,
        is_admin_only: false,
        preferred: false,
        metadata: {},
        created_at: now,
        updated_at: null,
      },
    ],
    created_at: now,
    updated_at: null,
  };
  repository.state.shares.push(share);
  repository.later(context, SECONDS.manage, { kind: 'manage', id: share.id });
  return json({ share: views.share(context, share) });
}

/** The action `unmanage` of a share: manila/api/v1/share_unmanage.py. */
export function unmanageShare({ repository }: ShareApi, call: Call): Response {
  const { context } = call;
  authorize(context, 'share:unmanage');
  const id = param(call, 'id');
  const share = repository.share(context, id, 'Resource could not be found.');
  if (share.is_soft_deleted)
    throw forbidden(`Share '${id} cannot be unmanaged, since it has been soft deleted.`);
  if (TRANSITIONAL.includes(share.status)) {
    throw forbidden(
      `Share with transitional state can not be unmanaged. Share '${id}' is in '${share.status}' state.`,
    );
  }
  const snapshots = repository.snapshotsOf(id).length;
  if (snapshots > 0) {
    throw forbidden(
      `Share '${id}' can not be unmanaged because it has '${snapshots}' dependent snapshot(s).`,
    );
  }
  const failed = share.status === 'manage_error';
  Object.assign(share, {
    status: failed ? 'manage_error_unmanage_starting' : 'unmanage_starting',
    updated_at: repository.now(),
  });
  repository.later(context, SECONDS.unmanage, { kind: failed ? 'delete' : 'unmanage', id });
  return empty(202);
}
