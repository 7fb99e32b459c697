import { empty, json, member, param, type Call, type ShareApi } from './call';
import { createShare, publicFlag } from './create';
import { badRequest, forbidden, invalidInput, invalidShare, unprocessable } from './errors';
import { dictParam, hasAll, page, pagination, sortParams, type Sortable } from './list';
import { SECONDS } from './manager';
import { authorize, checkPolicy } from './policy';
import type { ShareRepository } from './repository';
import type { RequestContext } from './policy';
import type { ShareRecord } from './state';
import { allTenants, checkDisplayField, queryBool, strictBool, textOrNull } from './validation';

const DELETABLE = ['available', 'error', 'inactive'];

/** `/shares` and what is right below it: manila/api/v2/shares.py. */
export function mountShares(api: ShareApi): void {
  const { repository, views } = api;

  const list = (call: Call, detail: boolean): Response => {
    const { context, query } = call;
    authorize(context, 'share:get_all');
    const found = matching(repository, call);
    const shares = page(query, found, sortParams(query, { name: 'display_name' }), SORTABLE, {
      offsetNeedsLimit: true,
    });
    const counted = (detail || context.version >= 42) && queryBool(query, 'with_count');
    const links = views.next(context, query, 'shares', shares);
    return json({
      shares: shares.map((share) =>
        detail ? views.share(context, share) : views.summary(context, 'shares', share.id, share.display_name),
      ),
      ...(counted && { count: found.length }),
      ...(links && { shares_links: links }),
    });
  };

  api.route('/shares', {
    GET: (call) => list(call, false),
    POST: ({ context, body }) =>
      json({ share: views.share(context, createShare(context, body, repository)) }),
  });
  api.route('/shares/detail', { GET: (call) => list(call, true) });
  api.route('/shares/:id', {
    GET: ({ context, params }) => {
      authorize(context, 'share:get');
      return json({ share: views.share(context, repository.share(context, params['id'] ?? '', NOT_FOUND)) });
    },
    PUT: (call) => {
      const { context, body } = call;
      authorize(context, 'share:update');
      const values = member(body, 'share');
      if (values === undefined) throw unprocessable();
      checkDisplayField(values['display_name'], 'display_name');
      checkDisplayField(values['display_description'], 'display_description');
      const share = repository.share(context, param(call, 'id'), NOT_FOUND);
      if (share.is_soft_deleted)
        throw forbidden(`Share '${share.id} cannot be updated, since it has been soft deleted.`);
      const isPublic = publicFlag(context, values, 'share:set_public_share');
      checkPolicy(context, 'share:update', share);
      if (Object.hasOwn(values, 'display_name')) share.display_name = textOrNull(values['display_name']);
      if (Object.hasOwn(values, 'display_description'))
        share.display_description = textOrNull(values['display_description']);
      if (isPublic !== undefined) share.is_public = isPublic;
      share.updated_at = repository.now();
      return json({ share: views.share(context, share) });
    },
    DELETE: (call) => {
      const { context } = call;
      authorize(context, 'share:delete');
      const share = repository.share(context, param(call, 'id'), NOT_FOUND);
      deleteShare(repository, context, share);
      return empty(202);
    },
  });
}

const NOT_FOUND = 'The resource could not be found.';

/**
 * `delete` of manila/share/api.py.
 *
 * @throws {@link ManilaError} 403 while a lock, its state or a snapshot keeps from it.
 */
export function deleteShare(
  repository: ShareRepository,
  context: RequestContext,
  share: ShareRecord,
  force = false,
): void {
  checkPolicy(context, 'share:delete', share);
  checkLocks(repository, share);
  if (!force && !DELETABLE.includes(share.status))
    throw forbidden(invalidShare("Share status must be one of ('available', 'error', 'inactive')"));
  checkNoSnapshots(repository, share);
  // one that no host was found for is gone at once
  if (share.host === '') {
    repository.state.shares = repository.state.shares.filter((one) => one !== share);
    repository.state.access_rules = repository.state.access_rules.filter(
      ({ share_id }) => share_id !== share.id,
    );
    return;
  }
  Object.assign(share, { status: 'deleting', updated_at: repository.now() });
  repository.later(context, SECONDS.delete, { kind: 'delete', id: share.id });
}

/** `soft_delete` of manila/share/api.py: into the recycle bin, for seven days. */
export function softDelete(repository: ShareRepository, share: ShareRecord): void {
  checkLocks(repository, share);
  if (share.is_soft_deleted) throw forbidden(invalidShare('The share has been soft deleted already'));
  if (!DELETABLE.includes(share.status))
    throw forbidden(invalidShare("Share status must be one of ('available', 'error', 'inactive')"));
  checkNoSnapshots(repository, share);
  const week = new Date(repository.clock.now().getTime() + 7 * 86400_000).toISOString();
  Object.assign(share, {
    is_soft_deleted: true,
    scheduled_to_be_deleted_at: week.replace(/Z$/, '000'),
    updated_at: repository.now(),
  });
}

/** `prevent_locked_action_on_share`. */
function checkLocks(repository: ShareRepository, share: ShareRecord): void {
  const locks = repository.state.locks.filter(
    ({ resource_id, resource_action }) => resource_id === share.id && resource_action === 'delete',
  );
  if (locks.length === 0) return;
  throw forbidden(`Resource lock/s [${locks.map(({ id }) => id).join(', ')}] prevent delete action.`);
}

function checkNoSnapshots(repository: ShareRepository, share: ShareRecord): void {
  const count = repository.snapshotsOf(share.id).length;
  if (count > 0) throw forbidden(invalidShare(`Share still has ${count} dependent snapshots.`));
}

const SORTABLE: Sortable<ShareRecord> = {
  id: ({ id }) => id,
  created_at: ({ created_at }) => created_at,
  updated_at: ({ updated_at }) => updated_at,
  display_name: ({ display_name }) => display_name,
  display_description: ({ display_description }) => display_description,
  size: ({ size }) => size,
  status: ({ status }) => status,
  share_proto: ({ share_proto }) => share_proto,
  project_id: ({ project_id }) => project_id,
  user_id: ({ user_id }) => user_id,
  snapshot_id: ({ snapshot_id }) => snapshot_id,
  is_public: ({ is_public }) => is_public,
  share_type_id: ({ share_type_id }) => share_type_id,
  share_network_id: ({ share_network_id }) => share_network_id,
  host: ({ host }) => host,
  availability_zone: ({ availability_zone }) => availability_zone,
};

/** What a query asks for: `_get_shares` and `_process_share_filters`. */
function matching(repository: ShareRepository, { context, query }: Call): ShareRecord[] {
  const { version } = context;
  pagination(query);
  const softDeleted = version >= 69 && queryBool(query, 'is_soft_deleted');
  const metadata = dictParam(query, 'metadata', WRONG);
  const specs = dictParam(query, 'extra_specs', WRONG);
  if (query.has('extra_specs')) checkPolicy(context, 'share_types_extra_spec:index');
  const isPublic = strictBool(query.get('is_public') ?? 'False');
  if (isPublic === undefined) throw badRequest(WRONG);
  const all = allTenants(query) && context.isAdmin;
  if (query.has('host')) checkPolicy(context, 'share:list_by_host');
  if (query.has('share_server_id')) checkPolicy(context, 'share:list_by_share_server_id');
  if (query.get('sort_key') === '') throw invalidInput("Wrong sort_key filter provided: ''.");
  const value = (name: string, since = 0): string | null => (version >= since ? query.get(name) : null);
  const exact: readonly (readonly [string | null, (share: ShareRecord) => string | null])[] = [
    [value('name') ?? value('display_name'), ({ display_name }) => display_name],
    [value('description', 36), ({ display_description }) => display_description],
    [value('status'), ({ status }) => status],
    [value('share_type_id'), ({ share_type_id }) => share_type_id],
    [value('snapshot_id'), ({ snapshot_id }) => snapshot_id],
    [value('share_network_id'), ({ share_network_id }) => share_network_id],
    [value('share_group_id'), () => null],
    [value('share_server_id'), () => null],
    [value('host'), ({ host }) => host],
    // only administrators' queries get here with it
    [
      context.isAdmin ? value('project_id') : null,
      all ? ({ project_id }) => project_id : () => query.get('project_id'),
    ],
  ];
  const within = (name: string, text: string | null): boolean => {
    const part = value(`${name}~`, 36);
    return part === null || (text ?? '').toLowerCase().includes(part.toLowerCase());
  };
  const [locationId, locationPath] = [value('export_location_id', 35), value('export_location_path', 35)];
  return repository.state.shares.filter(
    (share) =>
      (all || share.project_id === context.projectId || (isPublic && share.is_public)) &&
      (version < 69 || share.is_soft_deleted === softDeleted || !query.has('is_soft_deleted')) &&
      (query.has('is_soft_deleted') || !share.is_soft_deleted) &&
      exact.every(([wanted, of]) => wanted === null || of(share) === wanted) &&
      within('name', share.display_name) &&
      within('description', share.display_description) &&
      hasAll(share.metadata, metadata) &&
      (specs.length === 0 || hasAll(repository.typeOf(share)?.extra_specs ?? {}, specs)) &&
      (locationId === null || share.export_locations.some(({ id }) => id === locationId)) &&
      (locationPath === null || share.export_locations.some(({ path }) => path === locationPath)),
  );
}

const WRONG =
  'The server could not comply with the request since it is either malformed or otherwise incorrect.';
