import { isNamed, validateAccess } from './access-to';
import { empty, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, forbidden, invalidInput, notFound } from './errors';
import { dictParam, hasAll } from './list';
import { createLock, isRestricted, mayChangeLock } from './locks';
import { SECONDS } from './manager';
import { authorize, checkPolicy, type RequestContext } from './policy';
import type { ShareRepository } from './repository';
import type { AccessRecord, ShareRecord } from './state';
import { checkMetadata } from './validation';

const LEVELS = ['rw', 'ro'];
/** Statuses in which no rule changes: `TRANSITIONAL_STATUSES` of manila/common/constants.py. */
export const TRANSITIONAL = [
  'creating', 'deleting', 'manage_starting', 'unmanage_starting', 'extending', 'shrinking', 'migrating', 'migrating_to',
  'restoring', 'reverting', 'server_migrating', 'server_migrating_to', 'backup_restoring', 'backup_creating', 'ensuring',
]; // prettier-ignore

/** The action `allow_access` of a share: `_allow_access` of manila/api/v1/shares.py. */
export function allowAccess(api: ShareApi, call: Call, values: Json): Response {
  const { repository, views } = api;
  const { context } = call;
  const { version } = context;
  authorize(context, 'share:allow_access');
  const share = repository.share(context, param(call, 'id'));
  if (share.is_soft_deleted)
    throw forbidden(`Cannot allow access for share '${share.id}' since it has been soft deleted.`);
  if (version < 28 && share.access_rules_status === 'error') {
    throw badRequest(
      'Access rules cannot be added while the share or any of its replicas or migration copies has its access_rules_status set to error. Deny any rules in error state and try again.',
    );
  }
  const locks = version >= 82;
  const [lockDeletion, lockVisibility] = [
    locks && Boolean(values['lock_deletion']),
    locks && Boolean(values['lock_visibility']),
  ];
  const reason = locks && values['lock_reason'] ? String(values['lock_reason']) : null;
  if (!lockDeletion && !lockVisibility && reason !== null) {
    throw badRequest(
      'Lock reason can only be specified when locking the visibility or the deletion of an access rule.',
    );
  }
  const { access_type: type, access_to: to, access_level: level } = values;
  if (typeof type !== 'string' || typeof to !== 'string') throw badRequest();
  validateAccess(type, to, { ceph: version >= 13, ipv6: version >= 38 });
  if (level !== undefined && level !== null && !LEVELS.includes(String(level)))
    throw badRequest(`Invalid access rule: Invalid share access level: ${String(level)}.`);
  const metadata = version >= 45 ? checkMetadata(values['metadata']) : {};
  if (isNamed(repository.accessOf(share.id), type, to))
    throw badRequest(`Share access ${type}:${to} exists.`);
  refuseBusy(share, version >= 74, 'New access rules cannot be applied while the share or');
  const rule: AccessRecord = {
    id: repository.ids.uuid('share-access'),
    share_id: share.id,
    access_type: type,
    access_to: to,
    access_level: level === undefined || level === null ? 'rw' : String(level),
    state: 'queued_to_apply',
    metadata,
    created_at: repository.now(),
    updated_at: null,
  };
  repository.state.access_rules.push(rule);
  sync(repository, context, share);
  const target = { resourceType: 'access_rule', resourceId: rule.id, reason } as const;
  if (lockDeletion) {
    const { id } = createLock(repository, context, { ...target, action: 'delete' });
    createLock(repository, context, {
      resourceType: 'share',
      resourceId: share.id,
      action: 'delete',
      reason: `Locked by access lock: ${id}`,
    });
  }
  if (lockVisibility) createLock(repository, context, { ...target, action: 'show' });
  return json({ access: views.access(context, rule, true) });
}

/** The action `deny_access` of a share: `_deny_access` of manila/api/v1/shares.py. */
export function denyAccess({ repository }: ShareApi, call: Call, values: Json): Response {
  const { context } = call;
  authorize(context, 'share:deny_access');
  const shareId = param(call, 'id');
  if (typeof values['access_id'] !== 'string') throw badRequest();
  const accessId = values['access_id'];
  checkRuleLocks(repository, context, shareId, accessId, Boolean(values['unrestrict']));
  const share = repository.share(context, shareId);
  if (share.is_soft_deleted)
    throw forbidden(`Cannot deny access for share '${share.id}' since it has been soft deleted.`);
  const rule = repository.accessOf(shareId).find(({ id }) => id === accessId);
  if (rule === undefined) throw notFound('Resource could not be found.');
  refuseBusy(share, context.version >= 74, 'Access rules cannot be denied while the share,');
  rule.state = 'queued_to_deny';
  rule.updated_at = repository.now();
  sync(repository, context, share);
  return empty(202);
}

/** The action `access_list` of a share, up to 2.44. */
export function listAccess({ repository, views }: ShareApi, call: Call): Response {
  const { context } = call;
  const share = repository.share(context, param(call, 'id'));
  checkPolicy(context, 'share:access_get_all');
  return json({
    access_list: repository.accessOf(share.id).map((rule) => views.access(context, rule, false)),
  });
}

function refuseBusy({ host, status }: ShareRecord, errorIsFine: boolean, begin: string): void {
  if (host !== '' && !TRANSITIONAL.includes(status) && (errorIsFine || status !== 'error')) return;
  throw badRequest(
    `${begin} any of its replicas or migration copies lacks a valid host or is in an invalid state.`,
  );
}

/** What is queued is done soon; until then the rules are not what they should be. */
function sync(repository: ShareRepository, context: RequestContext, share: ShareRecord): void {
  if (share.access_rules_status === 'active') share.access_rules_status = 'syncing';
  repository.later(context, SECONDS.access, { kind: 'access', id: share.id });
}

/** `_check_for_access_rule_locks`. */
function checkRuleLocks(
  repository: ShareRepository,
  context: RequestContext,
  shareId: string,
  accessId: string,
  unrestrict: boolean,
): void {
  const locks = repository.state.locks.filter(
    ({ resource_id, resource_action }) => resource_id === accessId && resource_action === 'delete',
  );
  if (locks.length === 0) return;
  if (!unrestrict) {
    throw forbidden(
      `Cannot deny access for share '${shareId}' since it has been locked. Please remove the locks and retry the operation`,
    );
  }
  if (!locks.every((lock) => mayChangeLock(context, lock, 'delete')))
    throw forbidden('Unable to drop access rule restrictions that are not placed by you.');
}

/** `/share-access-rules`: manila/api/v2/share_accesses.py and share_access_metadata.py. */
export function mountAccess(api: ShareApi): void {
  const { repository, views } = api;

  const hidden = (context: RequestContext, rule: AccessRecord): boolean =>
    isRestricted(repository, context, rule.id);

  api.route(
    '/share-access-rules',
    {
      GET: (call) => {
        const { context, query } = call;
        authorize(context, 'share_access_rule:index');
        const shareId = query.get('share_id');
        if (shareId === null) throw badRequest("The field 'share_id' has to be specified.");
        const metadata = dictParam(query, 'metadata', 'malformed metadata');
        const filtered = context.version >= 82;
        if (filtered) checkFilters(query);
        const share = repository.findShare(context, shareId);
        if (share === undefined) throw badRequest(`Share ${shareId} not found.`);
        checkPolicy(context, 'share:access_get_all');
        const filters = filtered ? (['access_type', 'access_to', 'access_level'] as const) : [];
        const narrow = query.has('access_to') || query.has('access_key');
        const rules = repository
          .accessOf(share.id)
          .filter(
            (rule) =>
              hasAll(rule.metadata, metadata) &&
              filters.every((name) => !query.has(name) || rule[name] === query.get(name)) &&
              !(filtered && query.has('access_key')) &&
              !(narrow && hidden(context, rule)),
          );
        return json({
          access_list: rules.map((rule) => views.access(context, rule, false, hidden(context, rule))),
        });
      },
    },
    [45],
  );

  /** `access_get`: who may see the share may see its rules. */
  const find = (context: RequestContext, id: string): AccessRecord | undefined => {
    checkPolicy(context, 'share:access_get');
    const rule = repository.state.access_rules.find((one) => one.id === id);
    return rule && repository.findShare(context, rule.share_id) && rule;
  };
  const found = (call: Call): AccessRecord => {
    const rule = find(call.context, param(call, 'id'));
    if (rule === undefined) throw notFound(`Share access rule ${param(call, 'id')} not found.`);
    return rule;
  };
  api.route(
    '/share-access-rules/:id',
    {
      GET: (call) => {
        authorize(call.context, 'share_access_rule:get');
        const rule = found(call);
        return json({ access: views.access(call.context, rule, true, hidden(call.context, rule)) });
      },
    },
    [45],
  );
  api.route(
    '/share-access-rules/:id',
    {
      PUT: (call) => {
        const { context, body } = call;
        authorize(context, 'share_access_rule:update');
        const values = member(body, 'update_access');
        if (values === undefined) throw badRequest();
        const level = values['access_level'];
        if (!level) throw badRequest("Invalid input. Missing 'access_level' in update request.");
        if (!LEVELS.includes(String(level)))
          throw badRequest(`Invalid or unsupported share access level: ${String(level)}.`);
        const rule = found(call);
        if (rule.access_level !== level) {
          const share = repository.share(context, rule.share_id);
          refuseBusy(share, true, 'Access rules cannot be updated while the share,');
          Object.assign(rule, {
            access_level: String(level),
            state: 'queued_to_update',
            updated_at: repository.now(),
          });
          sync(repository, context, share);
        }
        return json({ access: views.access(context, rule, true) });
      },
    },
    [88],
  );

  const metadataOf = (call: Call): AccessRecord => {
    const rule = find(call.context, param(call, 'id'));
    if (rule === undefined) throw notFound('Resource could not be found.');
    return rule;
  };
  api.route(
    '/share-access-rules/:id/metadata',
    {
      PUT: (call) => {
        authorize(call.context, 'share_access_metadata:update');
        const metadata = member(call.body, 'metadata');
        if (metadata === undefined) throw badRequest();
        const rule = metadataOf(call);
        rule.metadata = { ...rule.metadata, ...checkMetadata(metadata) };
        return json({ metadata: rule.metadata });
      },
    },
    [45],
  );
  api.route(
    '/share-access-rules/:id/metadata/:key',
    {
      DELETE: (call) => {
        authorize(call.context, 'share_access_metadata:delete');
        const [rule, key] = [metadataOf(call), param(call, 'key')];
        if (!Object.hasOwn(rule.metadata, key)) throw notFound('Share access rule metadata does not exist.');
        const { [key]: _gone, ...rest } = rule.metadata;
        rule.metadata = rest;
        return empty(200);
      },
    },
    [45],
  );
}

/** `_validate_search_opts`. */
function checkFilters(query: URLSearchParams): void {
  const [type, to, level] = [query.get('access_type'), query.get('access_to'), query.get('access_level')];
  if (type && !['ip', 'user', 'cert', 'cephx'].includes(type))
    throw badRequest(`Invalid or unsupported share access type: ${type}.`);
  if (to && !type)
    throw invalidInput("'access_type' parameter must be provided when specifying 'access_to'.");
  if (type && to) validateAccess(type, to, { ceph: true, ipv6: true });
  if (level && !LEVELS.includes(level))
    throw badRequest(`Invalid or unsupported share access level: ${level}.`);
}
