import { runAction, type Action } from './actions';
import { json, empty, param, type Call, type VolumeApi } from './call';
import { badRequest, CinderError, notFound } from './errors';
import { listPage, pythonDict } from './list';
import { enforceAdmin, type RequestContext } from './policy';
import { addProjectAccess, createType, extraSpecs, removeProjectAccess, updateType } from './schemas';
import { DEFAULT_TYPE, type VolumeTypeRecord } from './state';
import { boolFromString, textOrNull, texts, validate, type Json } from './validation';
import { visibleSpecs } from './views';

/** `/types`: cinder/api/v3/types.py, and types_manage.py, types_extra_specs.py, volume_type_access.py of contrib. */
export function mountTypes(api: VolumeApi): void {
  const { repository, views } = api;
  const { state } = repository;

  api.route('/types', {
    GET: (call) => {
      const page = listTypes(api, call);
      return json({
        volume_types: page.items.map((type) => views.type(call.context, type, true)),
        ...(page.next !== undefined && { volume_type_links: [{ rel: 'next', href: page.next }] }),
      });
    },
    POST: ({ context, body }) => {
      const wanted = validate(body, createType, 'volume_type');
      enforceAdmin(context, 'volume_extension:type_create');
      const name = String(wanted.name);
      refuseTaken(api, name);
      const type: VolumeTypeRecord = {
        id: api.ids.uuid('volume-type'),
        name,
        description: textOrNull(wanted.description),
        is_public: boolFromString(wanted['os-volume-type-access:is_public'] ?? true),
        extra_specs: texts(wanted.extra_specs),
        projects: [],
        created_at: repository.now(),
        updated_at: repository.now(),
      };
      state.types.push(type);
      return json({
        volume_type: { ...managed(type), 'os-volume-type-access:is_public': type.is_public },
      });
    },
  });

  api.route('/types/:id', {
    GET: (call) => {
      const isDefault = param(call, 'id') === 'default';
      const type = isDefault ? repository.defaultType() : typeOf(api, call);
      return json({ volume_type: views.type(call.context, type, !isDefault) });
    },
    PUT: (call) => {
      const wanted = validate(call.body, updateType, 'volume_type');
      enforceAdmin(call.context, 'volume_extension:type_update');
      const { name, description, is_public } = wanted;
      if (typeof name === 'string' && name !== '' && name.trim() === '')
        throw badRequest('Volume type name can not be empty.');
      if ([name, description, is_public].every((one) => one === undefined || one === null)) {
        throw badRequest('Specify volume type name, description, is_public or a combination thereof.');
      }
      const type = typeOf(api, call);
      if (typeof name === 'string' && name !== type.name) refuseTaken(api, name);
      change(type, wanted);
      type.updated_at = repository.now();
      return json({ volume_type: managed(type) });
    },
    DELETE: (call) => {
      enforceAdmin(call.context, 'volume_extension:type_delete');
      const type = typeOf(api, call);
      if (type.name === DEFAULT_TYPE)
        throw badRequest(`The volume type ${type.id} is a default volume type and cannot be deleted.`);
      if (inUse(api, type)) throw badRequest('Target volume type is still in use.');
      state.types = state.types.filter((one) => one !== type);
      return empty(202);
    },
  });

  mountExtraSpecs(api);
  mountAccess(api);
  api.route('/types/:id/encryption', {
    GET: (call) => {
      enforceAdmin(call.context, 'volume_extension:volume_type_encryption:get');
      typeOf(api, call);
      return json({});
    },
    POST: (call) => {
      enforceAdmin(call.context, 'volume_extension:volume_type_encryption:create');
      typeOf(api, call);
      throw new CinderError(501, 'Encryption of volumes is not part of this cloud.');
    },
  });
}

function mountExtraSpecs(api: VolumeApi): void {
  const shown = ({ context }: Call, type: VolumeTypeRecord): Record<string, string> =>
    context.isAdmin ? type.extra_specs : visibleSpecs(type.extra_specs);
  const refuseInUse = (type: VolumeTypeRecord): void => {
    if (inUse(api, type)) throw badRequest('Volume Type is currently in use.');
  };
  const missing = (type: VolumeTypeRecord, key: string) =>
    notFound(`Volume Type ${type.id} has no extra specs with key ${key}.`);

  api.route('/types/:id/extra_specs', {
    GET: (call) => json({ extra_specs: shown(call, typeOf(api, call)) }),
    POST: (call) => {
      const specs = texts(validate(call.body, extraSpecs, 'extra_specs'));
      enforceAdmin(call.context, 'volume_extension:types_extra_specs:create');
      const type = typeOf(api, call);
      refuseInUse(type);
      const all = { ...type.extra_specs, ...specs };
      if (all['multiattach'] === '<is> True' && all['cacheable'] === '<is> True')
        throw badRequest('cacheable cannot be set with multiattach.');
      type.extra_specs = all;
      return json({ extra_specs: specs });
    },
  });
  api.route('/types/:id/extra_specs/:key', {
    GET: (call) => {
      const type = typeOf(api, call);
      const [specs, key] = [shown(call, type), param(call, 'key')];
      if (!Object.hasOwn(specs, key)) throw missing(type, key);
      return json({ [key]: specs[key] });
    },
    PUT: (call) => {
      const specs = texts(validate({ extra_specs: call.body }, extraSpecs, 'extra_specs'));
      enforceAdmin(call.context, 'volume_extension:types_extra_specs:update');
      const type = typeOf(api, call);
      refuseInUse(type);
      if (!Object.hasOwn(specs, param(call, 'key'))) throw badRequest('Request body and URI mismatch');
      type.extra_specs = { ...type.extra_specs, ...specs };
      return json(specs);
    },
    DELETE: (call) => {
      enforceAdmin(call.context, 'volume_extension:types_extra_specs:delete');
      const [type, key] = [typeOf(api, call), param(call, 'key')];
      refuseInUse(type);
      if (!Object.hasOwn(type.extra_specs, key)) throw missing(type, key);
      const { [key]: _gone, ...rest } = type.extra_specs;
      type.extra_specs = rest;
      return empty(202);
    },
  });
}

function mountAccess(api: VolumeApi): void {
  api.route('/types/:id/os-volume-type-access', {
    GET: (call) => {
      enforceAdmin(call.context, 'volume_extension:volume_type_access:get_all_for_type');
      const type = typeOf(api, call);
      if (type.is_public) throw notFound('Access list not available for public volume types.');
      const volume_type_access = type.projects.map((project_id) => ({ volume_type_id: type.id, project_id }));
      return json({ volume_type_access });
    },
  });
  const actions: Record<string, Action> = {
    addProjectAccess: (call) => {
      const project = String(validate(call.body, addProjectAccess, 'addProjectAccess').project);
      enforceAdmin(call.context, 'volume_extension:volume_type_access:addProjectAccess');
      const type = typeOf(api, call);
      if (type.is_public)
        throw badRequest(
          'Invalid volume type: Type access modification is not applicable to public volume type.',
        );
      if (type.projects.includes(project)) {
        throw new CinderError(
          409,
          `Volume type access for ${type.id} / ${project} combination already exists.`,
        );
      }
      type.projects.push(project);
      return empty(202);
    },
    removeProjectAccess: (call) => {
      const project = String(validate(call.body, removeProjectAccess, 'removeProjectAccess').project);
      enforceAdmin(call.context, 'volume_extension:volume_type_access:removeProjectAccess');
      const type = typeOf(api, call);
      if (type.is_public)
        throw badRequest(
          'Invalid volume type: Type access modification is not applicable to public volume type.',
        );
      if (!type.projects.includes(project))
        throw notFound(`Volume type access not found for ${type.id} / ${project} combination.`);
      type.projects = type.projects.filter((one) => one !== project);
      return empty(202);
    },
  };
  api.route('/types/:id/action', { POST: (call) => runAction(actions, call) });
}

function listTypes(api: VolumeApi, { context, query }: Call) {
  const { repository, views } = api;
  const visible = isPublic(context, query);
  const wantedSpecs = context.version >= 52 ? query.get('extra_specs') : null;
  const specs = wantedSpecs === null ? [] : (pythonDict(wantedSpecs) ?? [['', '']]);
  return listPage<VolumeTypeRecord>(query, {
    items: repository.state.types.filter(
      (type) =>
        (visible === undefined ||
          type.is_public === visible ||
          (visible && repository.mayUse(context, type) && !context.isAdmin)) &&
        specs.every(
          ([key = '', value]) =>
            (context.isAdmin ? type.extra_specs : visibleSpecs(type.extra_specs))[key] === value,
        ),
    ),
    sortable: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      created_at: ({ created_at }) => created_at,
      updated_at: ({ updated_at }) => updated_at,
      description: ({ description }) => description,
      is_public: ({ is_public }) => is_public,
    },
    filters: {},
    marker: (id) => repository.type(context, id),
    url: views.url(context, 'types'),
  });
}

/** `_parse_is_public` of cinder/api/api_utils.py: which types an administrator asks for; undefined means all. */
function isPublic(context: RequestContext, query: URLSearchParams): boolean | undefined {
  const text = query.get('is_public');
  if (!context.isAdmin || text === null) return true;
  if (text.toLowerCase() === 'none') return undefined;
  if (boolFromString(text)) return true;
  if (['0', 'f', 'false', 'off', 'n', 'no'].includes(text.toLowerCase())) return false;
  throw badRequest(`Invalid is_public filter [${text}]`);
}

function typeOf({ repository }: VolumeApi, call: Call): VolumeTypeRecord {
  return repository.type(call.context, param(call, 'id'));
}

function refuseTaken({ repository }: VolumeApi, name: string): void {
  if (repository.state.types.some((type) => type.name === name))
    throw new CinderError(409, `Volume Type ${name} already exists.`);
}

function inUse({ repository }: VolumeApi, type: VolumeTypeRecord): boolean {
  return repository.state.volumes.some(({ volume_type_id }) => volume_type_id === type.id);
}

function change(type: VolumeTypeRecord, { name, description, is_public }: Json): void {
  if (typeof name === 'string') type.name = name;
  if (typeof description === 'string') type.description = description;
  if (is_public !== undefined && is_public !== null) type.is_public = boolFromString(is_public);
}

/** The older view, which still answers whoever makes or changes a type. */
function managed(type: VolumeTypeRecord): object {
  const { id, name, is_public, extra_specs, description } = type;
  return { id, name, is_public, extra_specs, description };
}
