import { SHARE_TYPES } from '../states/share';
import { repr } from '../../python/repr';
import { empty, isObject, json, member, param, type Call, type Json, type ShareApi } from './call';
import { badRequest, conflict, notFound, uncaught } from './errors';
import {
  checkOptional,
  INFERRED,
  isFoundBy,
  requiredOf,
  requiredSpecs,
  specTexts,
  TENANT_VISIBLE,
} from './extra-specs';
import { dictParam } from './list';
import { authorize, type RequestContext } from './policy';
import { runAction, type ActionEntry } from './share-actions';
import type { ShareTypeRecord } from './state';
import { mountExtraSpecs } from './type-extra-specs';
import { isUuidLike, strictBool, textOrNull } from './validation';

/** manila/api/v2/share_types.py and manila/api/v1/share_types_extra_specs.py. */
export function mountTypes(api: ShareApi): void {
  const { repository } = api;
  const { state } = repository;
  const both = (context: RequestContext, type: ShareTypeRecord): object => {
    const view = typeView(context, type);
    return { volume_type: view, share_type: view };
  };
  const typeOf = (call: Call, message?: string): ShareTypeRecord => {
    const type = repository.findType(call.context, param(call, 'id'));
    if (type === undefined) throw notFound(message);
    return type;
  };
  const refuseTaken = (name: string): void => {
    if (state.types.some((type) => type.name === name)) throw conflict(`Share Type ${name} already exists.`);
  };

  api.route('/types', {
    GET: (call) => {
      const { context, query } = call;
      authorize(context, 'share_type:index');
      const wanted = isPublicParam(context, query);
      if (query.get('extra_specs') && context.version < 43) {
        throw badRequest(
          "Filter by 'extra_specs' is not supported by this microversion. Use 2.43 or greater microversion to be able to use filter search by 'extra_specs.",
        );
      }
      const specs = query.get('extra_specs') ? dictParam(query, 'extra_specs', MALFORMED) : [];
      const types = state.types
        .filter(
          (type) =>
            (wanted === undefined ||
              type.is_public === wanted ||
              (wanted && type.projects.includes(context.projectId))) &&
            isFoundBy(type, specs),
        )
        .sort((a, b) => compareNames(a.name, b.name))
        .map((type) => typeView(context, type));
      return json({ volume_types: types, share_types: types });
    },
    POST: ({ context, body }) => {
      authorize(context, 'share_type:create');
      const values = member(body, 'share_type') ?? member(body, 'volume_type');
      if (values === undefined) throw badRequest();
      const name = values['name'];
      const description = textOrNull(values['description']);
      if (description && context.version < 41) {
        throw badRequest(
          "'description' key is not supported by this microversion. Use 2.41 or greater microversion to be able to use 'description' in share type.",
        );
      }
      if (typeof name !== 'string' || name === '' || name.length > 255 || (description?.length ?? 0) > 255)
        throw badRequest('Type name or description is not valid.');
      const specs = isObject(values['extra_specs']) ? { ...values['extra_specs'] } : {};
      if (context.version < 24 && !('snapshot_support' in specs)) specs['snapshot_support'] = true;
      requiredSpecs(specs);
      checkOptional(specs);
      refuseTaken(name);
      const isPublic =
        values['os-share-type-access:is_public'] ?? values['share_type_access:is_public'] ?? true;
      const type: ShareTypeRecord = {
        id: repository.ids.uuid('share-type-made'),
        name,
        description,
        is_public: strictBool(isPublic) ?? true,
        extra_specs: specTexts(specs),
        projects: [],
        created_at: repository.now(),
      };
      state.types.push(type);
      return json(both(context, type));
    },
  });
  api.route('/types/default', {
    GET: ({ context }) => {
      authorize(context, 'share_type:default');
      const type = state.types.find(({ name }) => name === SHARE_TYPES[0].name);
      if (type === undefined) throw notFound('Default share type not found');
      return json(both(context, type));
    },
  });
  api.route('/types/:id', {
    GET: (call) => {
      authorize(call.context, 'share_type:show');
      return json(both(call.context, typeOf(call, 'Share type not found.')));
    },
    DELETE: (call) => {
      authorize(call.context, 'share_type:delete');
      const type = typeOf(call);
      if (state.shares.some(({ share_type_id }) => share_type_id === type.id))
        throw badRequest('Target share type is still in use.');
      state.types = state.types.filter((one) => one !== type);
      return empty(202);
    },
  });
  api.route(
    '/types/:id',
    {
      PUT: (call) => {
        const { context, body } = call;
        authorize(context, 'share_type:update');
        const values = member(body, 'share_type') ?? member(body, 'volume_type');
        if (values === undefined) throw badRequest();
        const { name = null, description = null } = values;
        const asked = values['share_type_access:is_public'] ?? null;
        const isPublic = asked === null ? undefined : strictBool(asked);
        if (asked !== null && isPublic === undefined)
          throw badRequest('share_type_access:is_public has a non-boolean value.');
        if (name !== null && (typeof name !== 'string' || name.trim() === ''))
          throw badRequest('Share type name cannot be empty.');
        if (name !== null && name.length > 255)
          throw badRequest('Share type name cannot be greater than 255 characters in length.');
        if (typeof description === 'string' && description.length > 255)
          throw badRequest('Share type description cannot be greater than 255 characters in length.');
        if (name === null && description === null && isPublic === undefined) {
          throw badRequest(
            'Specify share type name, description, share_type_access:is_public or a combination thereof.',
          );
        }
        const id = param(call, 'id');
        const type = repository.findType(context, id);
        if (type === undefined) throw uncaught('ShareTypeNotFound', `Share type ${id} could not be found.`);
        if (name !== null && name !== type.name) refuseTaken(name);
        if (name !== null) type.name = name;
        if (description !== null) type.description = textOrNull(description) || null;
        if (isPublic !== undefined) type.is_public = isPublic;
        return json(both(context, type));
      },
    },
    [50],
  );
  mountAccess(api);
  mountExtraSpecs(api);
}

/** As MariaDB orders names: capitals do not count. */
function compareNames(a: string, b: string): number {
  const [one, other] = [a.toUpperCase(), b.toUpperCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect.';

/** `parse_is_public`: undefined means all of them. @throws {@link ManilaError} 400. */
export function isPublicParam(context: RequestContext, query: URLSearchParams): boolean | undefined {
  const text = query.get('is_public');
  if (!context.isAdmin || text === null) return true;
  if (text.toLowerCase() === 'all') return undefined;
  const bool = strictBool(text);
  if (bool === undefined) throw badRequest(`Invalid is_public filter [${text}]`);
  return bool;
}

function typeView({ version, isAdmin }: RequestContext, type: ShareTypeRecord): object {
  const visible = (specs: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    isAdmin
      ? { ...specs }
      : Object.fromEntries(Object.entries(specs).filter(([key]) => TENANT_VISIBLE.includes(key)));
  const specs = visible(type.extra_specs);
  if (version >= 24 && !isAdmin) for (const key of INFERRED) specs[key] ??= false;
  return {
    id: type.id,
    name: type.name,
    extra_specs: specs,
    required_extra_specs: visible(requiredOf(type)),
    ...(version >= 7
      ? { 'share_type_access:is_public': type.is_public }
      : { 'os-share-type-access:is_public': type.is_public }),
    ...(version >= 41 && { description: type.description }),
    ...(version >= 46 && { is_default: type.name === SHARE_TYPES[0].name }),
  };
}

function mountAccess(api: ShareApi): void {
  const { repository } = api;
  const list = (call: Call): Response => {
    authorize(call.context, 'share_type:list_project_access');
    const type = repository.findType(call.context, param(call, 'id'));
    if (type === undefined) throw notFound(`Share type ${param(call, 'id')} not found.`);
    if (type.is_public) throw notFound('Access list not available for public share types.');
    const share_type_access = type.projects.map((project_id) => ({ share_type_id: type.id, project_id }));
    return json({ share_type_access });
  };
  api.route('/types/:id/share_type_access', { GET: list });
  api.route('/types/:id/os-share-type-access', { GET: list });

  const privateType = (call: Call, values: Json): { type: ShareTypeRecord; project: string } => {
    const project = values['project'];
    if (!isUuidLike(project)) {
      throw badRequest(
        `Bad project format: project is not in proper format (${typeof project === 'string' ? project : repr(project)})`,
      );
    }
    const type = repository.findType(call.context, param(call, 'id'));
    if (type === undefined) throw notFound(`Share type ${param(call, 'id')} could not be found.`);
    if (type.is_public) throw conflict('Type access modification is not applicable to public share type.');
    return { type, project: String(project) };
  };
  const actions: readonly ActionEntry[] = [
    {
      name: 'addProjectAccess',
      run: (call, values) => {
        authorize(call.context, 'share_type:add_project_access');
        const { type, project } = privateType(call, values);
        if (type.projects.includes(project))
          throw conflict(
            // manila fills the blanks of another exception
            'Share type access for %(share_type_id)s / %(project_id)s combination already exists.',
          );
        type.projects.push(project);
        return empty(202);
      },
    },
    {
      name: 'removeProjectAccess',
      run: (call, values) => {
        authorize(call.context, 'share_type:remove_project_access');
        const { type, project } = privateType(call, values);
        if (!type.projects.includes(project))
          throw notFound('Share type access not found for %(share_type_id)s / %(project_id)s combination.');
        type.projects = type.projects.filter((one) => one !== project);
        return empty(202);
      },
    },
  ];
  api.route('/types/:id/action', { POST: (call) => runAction(actions, call) });
}
