import { firstFailure } from '../../python/jsonschema';
import { repr } from '../../python/repr';
import { empty, isObject, json, member, type Call, type Json, type ShareApi } from './call';
import { badRequest, conflict, forbidden, notFound } from './errors';
import { invalidQuery, page, sortParams, timeParam, type Sortable } from './list';
import { allows, authorize, checkPolicy, type RequestContext } from './policy';
import type { ShareRepository } from './repository';
import type { AccessRecord, LockRecord, ShareRecord } from './state';
import { isUuidLike, queryBool, textOrNull } from './validation';

const BEYOND = 'Resource lock cannot be manipulated by user. Please contact the administrator.';
/** Statuses of shares and rules that it is too late to lock. */
const TOO_LATE: readonly string[] = [
  'deleting', 'error_deleting', 'unmanage_starting', 'manage_error_unmanage_starting', 'unmanage_error', 'queued_to_deny',
  'denying',
]; // prettier-ignore

function lockContext({ isService, isAdmin }: RequestContext): LockRecord['lock_context'] {
  return isService ? 'service' : isAdmin ? 'admin' : 'user';
}

/** `_check_allow_lock_manipulation` of manila/lock/api.py: what a service or an administrator locks stays locked. */
function isBeyond(context: RequestContext, lock: LockRecord): boolean {
  const asks = lockContext(context);
  return (
    (lock.lock_context === 'admin' && asks !== 'admin') ||
    (lock.lock_context === 'service' && asks === 'user')
  );
}

/** Whether somebody may take a lock away, or look past it. */
export function mayChangeLock(
  context: RequestContext,
  lock: LockRecord,
  action: 'update' | 'delete' | 'bypass_locked_show_action',
): boolean {
  return allows(context, `resource_lock:${action}`, lock) && !isBeyond(context, lock);
}

/** Whether a rule's address is hidden from somebody. */
export function isRestricted(repository: ShareRepository, context: RequestContext, ruleId: string): boolean {
  const lock = repository.state.locks.find(
    ({ resource_id, resource_action }) => resource_id === ruleId && resource_action === 'show',
  );
  return lock !== undefined && !mayChangeLock(context, lock, 'bypass_locked_show_action');
}

/** A rule's locks go with it, and those that they put on its share: `share_instance_access_delete`. */
export function dropLocksOf(repository: ShareRepository, ruleId: string): void {
  const { state } = repository;
  const own = state.locks.filter(({ resource_id }) => resource_id === ruleId);
  const reasons = own.map(({ id }) => `Locked by access lock: ${id}`);
  state.locks = state.locks.filter(
    (lock) => !own.includes(lock) && !reasons.includes(lock.lock_reason ?? ''),
  );
}

export function createLock(
  repository: ShareRepository,
  context: RequestContext,
  lock: { resourceType: 'share' | 'access_rule'; resourceId: string; action: string; reason: string | null },
): LockRecord {
  const record: LockRecord = {
    id: repository.ids.uuid('share-lock'),
    user_id: context.userId,
    project_id: context.projectId,
    lock_context: lockContext(context),
    resource_type: lock.resourceType,
    resource_id: lock.resourceId,
    resource_action: lock.action,
    lock_reason: lock.reason,
    created_at: repository.now(),
    updated_at: null,
  };
  repository.state.locks.push(record);
  return record;
}

const VALUES = {
  lock_reason: { type: ['string', 'null'], maxLength: 1023 },
  resource_action: { type: ['string', 'null'], enum: ['delete', 'show', null] },
};
const CREATE = {
  type: 'object',
  properties: {
    resource_lock: {
      type: 'object',
      properties: {
        resource_id: { type: 'string', format: 'uuid' },
        ...VALUES,
        resource_type: { type: ['string', 'null'], enum: ['share', 'access_rule', null] },
      },
      required: ['resource_id'],
      additionalProperties: false,
    },
  },
  required: ['resource_lock'],
  additionalProperties: true,
};
const UPDATE = {
  type: 'object',
  properties: { resource_lock: { type: 'object', properties: VALUES, additionalProperties: false } },
  required: ['resource_lock'],
  additionalProperties: true,
};

/** `_SchemaValidator` of manila/api/validation/validators.py. @throws {@link ManilaError} 400. */
function validate(body: unknown, schema: Json): Json {
  const failure = firstFailure(isObject(body) ? body : {}, schema, { formats: { uuid: isUuidLike } });
  if (failure !== undefined) {
    const field = failure.path.at(-1);
    if (field === undefined) throw badRequest(failure.message);
    const value = typeof failure.instance === 'string' ? failure.instance : repr(failure.instance);
    throw badRequest(`Invalid input for field/attribute ${field}. Value: ${value}. ${failure.message}`);
  }
  return member(body, 'resource_lock') ?? {};
}

/** manila/api/v2/resource_locks.py and manila/lock/api.py. */
export function mountLocks(api: ShareApi): void {
  const { repository, views } = api;

  const view = ({ context }: Call, lock: LockRecord): object => ({
    id: lock.id,
    user_id: lock.user_id,
    project_id: lock.project_id,
    lock_context: lock.lock_context,
    resource_type: lock.resource_type,
    resource_id: lock.resource_id,
    resource_action: lock.resource_action,
    lock_reason: lock.lock_reason,
    created_at: lock.created_at,
    updated_at: lock.updated_at,
    links: views.links(context, 'resource_locks', lock.id),
  });

  /** What a lock is put on. @throws {@link ManilaError} 400. */
  const resource = ({ context }: Call, type: string, id: string): ShareRecord | AccessRecord => {
    const share = repository.state.shares.find((one) => one.id === id);
    const rule = repository.state.access_rules.find((one) => one.id === id);
    const found = type === 'share' ? share : rule;
    if (found === undefined) throw badRequest('No such resource found.');
    const owner = type === 'share' ? share : repository.findShare(context, rule?.share_id ?? '');
    if (owner === undefined) throw badRequest('No such resource found.');
    checkPolicy(context, 'resource_lock:create', owner);
    return found;
  };
  const checkState = (found: ShareRecord | AccessRecord, action: string, type: string): void => {
    const state = 'status' in found ? found.status : found.state;
    const late = TOO_LATE.includes(state) || (type === 'access_rule' && state === 'error');
    if (action === 'delete' && late)
      throw conflict('Invalid input received: Resource status not suitable for locking.');
    if ('is_soft_deleted' in found && found.is_soft_deleted) {
      throw conflict('Invalid input received: Resource cannot be locked since it has been soft deleted..');
    }
  };

  api.route(
    '/resource-locks',
    {
      GET: (call) => {
        const { context, query } = call;
        authorize(context, 'resource_lock:get_all');
        invalidQuery(query, ['limit', 'offset']);
        const everybody =
          query.has('all_projects') &&
          queryBool(query, 'all_projects') &&
          allows(context, 'resource_lock:get_all_projects');
        const [since, before] = [timeParam(query, 'created_since'), timeParam(query, 'created_before')];
        const found = repository.state.locks.filter(
          (lock) =>
            (everybody || lock.project_id === context.projectId) &&
            FILTERS.every((name) => !query.has(name) || lock[name] === query.get(name)) &&
            (lock.lock_reason ?? '').includes(query.get('lock_reason~') ?? '') &&
            (since === undefined || lock.created_at >= since) &&
            (before === undefined || lock.created_at <= before),
        );
        const locks = page(query, found, sortParams(query), SORTABLE);
        const links = views.next(context, query, 'resource_locks', locks);
        return json({
          resource_locks: locks.map((lock) => view(call, lock)),
          ...(queryBool(query, 'with_count') && found.length > 0 && { count: found.length }),
          ...(links && { resource_locks_links: links }),
        });
      },
      POST: (call) => {
        const { context, body } = call;
        authorize(context, 'resource_lock:create');
        const values = validate(body, CREATE);
        const type = textOrNull(values['resource_type']) ?? 'share';
        const action = textOrNull(values['resource_action']) ?? 'delete';
        const id = String(values['resource_id']);
        checkAction(type, action);
        const shown = repository.state.locks.some(
          (lock) => lock.resource_id === id && lock.resource_action === 'show',
        );
        if (action === 'show' && shown)
          throw conflict("Resource's visibility is already locked by other user.");
        checkState(resource(call, type, id), action, type);
        const lock = createLock(repository, context, {
          resourceType: type === 'share' ? 'share' : 'access_rule',
          resourceId: id,
          action,
          reason: textOrNull(values['lock_reason']),
        });
        return json({ resource_lock: view(call, lock) });
      },
    },
    [81],
  );

  const find = ({ context, params }: Call): LockRecord => {
    const lock = repository.state.locks.find(({ id }) => id === params['id']);
    if (lock === undefined || !repository.owns(context, lock))
      throw notFound(`Resource lock ${params['id'] ?? ''} could not be found.`);
    return lock;
  };
  const checkMay = (call: Call, lock: LockRecord, action: 'update' | 'delete'): void => {
    checkPolicy(call.context, `resource_lock:${action}`, lock);
    if (isBeyond(call.context, lock)) throw forbidden(BEYOND);
  };
  api.route(
    '/resource-locks/:id',
    {
      GET: (call) => {
        authorize(call.context, 'resource_lock:get');
        return json({ resource_lock: view(call, find(call)) });
      },
      PUT: (call) => {
        const { context, body } = call;
        authorize(context, 'resource_lock:update');
        const values = validate(body, UPDATE);
        const lock = find(call);
        const action = textOrNull(values['resource_action']) ?? 'delete';
        checkAction(lock.resource_type, action);
        checkMay(call, lock, 'update');
        if (textOrNull(values['resource_action']) !== null) {
          checkState(resource(call, lock.resource_type, lock.resource_id), action, lock.resource_type);
          lock.resource_action = action;
        }
        if (Object.hasOwn(values, 'lock_reason')) lock.lock_reason = textOrNull(values['lock_reason']);
        lock.updated_at = repository.now();
        return json({ resource_lock: view(call, lock) });
      },
      DELETE: (call) => {
        authorize(call.context, 'resource_lock:delete');
        const lock = find(call);
        checkMay(call, lock, 'delete');
        repository.state.locks = repository.state.locks.filter((one) => one !== lock);
        return empty(204);
      },
    },
    [81],
  );
}

function checkAction(type: string, action: string): void {
  const known = type === 'share' ? ['delete'] : ['delete', 'show'];
  if (!known.includes(action)) throw badRequest(`'resource_action' can only be one of ${repr(known)}`);
}

const FILTERS = [
  'id', 'user_id', 'project_id', 'lock_context', 'resource_type', 'resource_id', 'resource_action', 'lock_reason',
] as const; // prettier-ignore

const SORTABLE: Sortable<LockRecord> = {
  id: ({ id }) => id,
  created_at: ({ created_at }) => created_at,
  updated_at: ({ updated_at }) => updated_at,
  resource_id: ({ resource_id }) => resource_id,
  resource_type: ({ resource_type }) => resource_type,
  resource_action: ({ resource_action }) => resource_action,
  lock_reason: ({ lock_reason }) => lock_reason,
};
