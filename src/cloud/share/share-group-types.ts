import { empty, isObject, json, member, param, type Call, type ShareApi, type Versions } from './call';
import { badRequest, conflict, notFound, notModelled } from './errors';
import { dictParam, hasAll } from './list';
import { authorize, type RequestContext } from './policy';
import type { ShareGroupTypeRecord } from './state';
import { isPublicParam } from './types';
import { strictBool } from './validation';

/** Up to 2.54 only for those who ask for what is experimental. */
const VERSIONS: Versions = [31];
const GRADUATED = 55;

/** Types of share groups, as records: no back end here makes a group. manila/api/v2/share_group_types.py. */
export function mountShareGroupTypes(api: ShareApi): void {
  const { repository } = api;
  const all = (): ShareGroupTypeRecord[] => (repository.state.group_types ??= []);
  const begin = ({ context }: Call, action: string): void => {
    if (context.version < GRADUATED && !context.experimental) throw notFound();
    authorize(context, `share_group_type:${action}`);
  };
  const view = ({ version }: RequestContext, type: ShareGroupTypeRecord): object => ({
    id: type.id,
    name: type.name,
    is_public: type.is_public,
    group_specs: type.group_specs,
    share_types: type.share_types,
    ...(version >= 46 && { is_default: false }),
  });
  const find = (call: Call, message?: string): ShareGroupTypeRecord => {
    const type = all().find(({ id }) => id === param(call, 'id'));
    if (type === undefined || !(type.is_public || call.context.isAdmin)) throw notFound(message);
    return type;
  };

  const create = ({ context, body }: Call): ShareGroupTypeRecord => {
    const values = member(body, 'share_group_type');
    if (values === undefined) throw badRequest();
    const { name, group_specs: specs, share_types: asked } = values;
    if (!Array.isArray(asked) || asked.length === 0)
      throw badRequest('Supported share types must be provided.');
    if (typeof name !== 'string' || name === '' || name.length > 255)
      throw badRequest('Share group type name is not valid.');
    if (specs !== undefined && specs !== null && !isObject(specs))
      throw badRequest("Group specs can be either of 'None' or 'dict' types.");
    const pairs = Object.entries(specs ?? {}).map(([key, value]): [string, string] => {
      if (typeof value !== 'string') throw badRequest('Group specs keys and values should be strings.');
      return [key, value];
    });
    // in these two manila fills the blanks of another exception
    if (all().some((type) => type.name === name))
      throw conflict('Share group type %(type_id)s already exists.');
    const types = asked.map((one) => {
      const type = repository.findTypeByNameOrId(context, String(one));
      if (type === undefined) throw notFound('Share Type %(share_type)s does not exist.');
      return type.id;
    });
    const type: ShareGroupTypeRecord = {
      id: repository.ids.uuid('share-group-type'),
      name,
      is_public: strictBool(values['is_public'] ?? true) ?? true,
      group_specs: Object.fromEntries(pairs),
      share_types: types,
    };
    all().push(type);
    return type;
  };

  api.route(
    '/share-group-types',
    {
      GET: (call) => {
        begin(call, 'index');
        const { context, query } = call;
        const wanted = isPublicParam(context, query);
        if (query.get('group_specs') && context.version < 66) {
          throw badRequest(
            "Filter by 'group_specs' is not supported by this microversion. Use 2.66 or greater microversion to be able to use filter search by 'group_specs.",
          );
        }
        const specs = query.get('group_specs') ? dictParam(query, 'group_specs', '') : [];
        const found = all().filter(
          (type) => (wanted === undefined || type.is_public === wanted) && hasAll(type.group_specs, specs),
        );
        return json({ share_group_types: found.map((type) => view(context, type)) });
      },
      POST: (call) => {
        begin(call, 'create');
        return json({ share_group_type: view(call.context, create(call)) });
      },
    },
    VERSIONS,
  );
  api.route(
    '/share-group-types/default',
    {
      GET: (call) => {
        begin(call, 'default');
        throw notFound('Default share group type not found.');
      },
    },
    VERSIONS,
  );
  api.route(
    '/share-group-types/:id',
    {
      GET: (call) => {
        begin(call, 'show');
        const type = find(call, `Share group type with id ${param(call, 'id')} not found.`);
        return json({ share_group_type: view(call.context, type) });
      },
      DELETE: (call) => {
        begin(call, 'delete');
        const type = find(call);
        repository.state.group_types = all().filter((one) => one !== type);
        return empty(204);
      },
    },
    VERSIONS,
  );
  const refuse = (): never => {
    throw notModelled('Who may use a share group type, and what it asks for,');
  };
  for (const path of ['action', 'access', 'group-specs'])
    api.route(`/share-group-types/:id/${path}`, { GET: refuse, POST: refuse }, VERSIONS);
}
