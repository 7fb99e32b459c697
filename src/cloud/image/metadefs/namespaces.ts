import { HTTPError } from '../../http/webob';
import { json, noContent } from '../app';
import type { RequestContext } from '../policy';
import { rejectBody } from '../request';
import { rejectWideText } from '../wide-text';
import { conflict, enforceAdmin, enforceReader } from './repository';
import { parsePage, readValid, sorted } from './request';
import { addResourceType } from './resource-types';
import type { MetadefApi } from './routes';
import { NAMESPACE_SCHEMA } from './schemas';
import type { Namespace } from './state';
import {
  associationsView,
  byName,
  modelledAll,
  namespaceView,
  objectView,
  propertiesView,
  ROOT,
  sentObjectView,
  sortedProperties,
} from './views';

const READ_ONLY = ['self', 'schema', 'created_at', 'updated_at'];
/** Glance's defaults `limit_param_default` and `api_limit_max`. */
const LIMIT = 25;
const LIMIT_MAX = 1000;

/** The columns of the database; Glance stumbles over any other name. */
const SORT_KEYS = [
  'id',
  'namespace',
  'display_name',
  'description',
  'visibility',
  'protected',
  'owner',
  'created_at',
  'updated_at',
];

type Json = Record<string, unknown>;

/** Modelled on `glance/api/v2/metadef_namespaces.py`. */
export function mountNamespaces({ route, repository, baseUrl }: MetadefApi): void {
  route('/v2/metadefs/namespaces', {
    GET: async (c, context) => {
      const { searchParams } = new URL(c.req.url);
      // Glance stumbles over a limit that is no number
      if (!/^\s*[+-]?\d+\s*$/.test(searchParams.get('limit') ?? '0')) throw new HTTPError(500);
      const page = parsePage(searchParams, ['public', 'private']);
      if (!SORT_KEYS.includes(page.sortKey)) throw new HTTPError(500);
      const limit = Math.min(page.limit ?? LIMIT, LIMIT_MAX);
      enforceReader(context, 'get_metadef_namespaces');
      let start = 0;
      const wantedTypes = searchParams.get('resource_types')?.split(',');
      const visibility = searchParams.get('visibility');
      const all = sorted(await repository.namespaces(context), page).filter(
        (namespace) =>
          (!visibility || namespace.visibility === visibility) &&
          (!wantedTypes ||
            namespace.resource_type_associations.some(({ name }) => wantedTypes.includes(name))),
      );
      if (page.marker) {
        const { marker } = page;
        await repository.get(context, marker, `Metadata definition namespace=${marker} was not found.`);
        start = all.findIndex(({ namespace }) => namespace === marker) + 1;
      }
      const found = all.slice(start, start + limit);
      const state = await repository.state();
      const params = new URLSearchParams(searchParams);
      params.delete('marker');
      const pairs = [...new Map(params)];
      const last = found.at(-1);
      const url = (more: [string, string][]) => {
        const query = new URLSearchParams([...pairs, ...more]).toString();
        return query === '' ? ROOT : `${ROOT}?${query}`;
      };
      return json({
        namespaces: found.map((namespace) =>
          namespaceView(namespace, {
            resource_type_associations: associationsView(state, namespace),
          }),
        ),
        ...(last !== undefined && found.length === limit ? { next: url([['marker', last.namespace]]) } : {}),
        schema: '/v2/schemas/metadefs/namespaces',
        first: url([]),
      });
    },
    POST: async (c, context) => {
      const body = await readValid(c.req.raw, NAMESPACE_SCHEMA, READ_ONLY);
      enforceAdmin(context, 'add_metadef_namespace');
      const state = await repository.changing();
      const namespace = newNamespace(body, context, repository.now());
      rejectWideText(body, "Couldn't create metadata namespace: ");
      if (state.namespaces.some((other) => other.namespace === namespace.namespace))
        throw conflict(`The metadata definition namespace=${namespace.namespace} already exists.`);
      state.namespaces.unshift(namespace);
      for (const { name } of namespace.resource_type_associations)
        addResourceType(state, name, repository.now());
      return json(namespaceView(namespace, created(namespace, body)), {
        status: 201,
        headers: { Location: `${baseUrl}/image${ROOT}/${encodeURI(namespace.namespace)}` },
      });
    },
  });

  route('/v2/metadefs/namespaces/:namespace', {
    GET: async (c, context) => {
      const { searchParams } = new URL(c.req.url);
      parsePage(new URLSearchParams({ visibility: searchParams.get('visibility') ?? '' }), [
        'public',
        'private',
      ]);
      const name = c.req.param('namespace') ?? '';
      const namespace = await lookup(context, name);
      enforceReader(context, 'get_metadef_namespace');
      const type = searchParams.get('resource_type');
      const prefix = namespace.resource_type_associations.find((a) => a.name === type)?.prefix ?? '';
      const state = await repository.state();
      return json(
        namespaceView(namespace, {
          resource_type_associations: associationsView(state, namespace),
          properties: propertiesView(sortedProperties(namespace.properties), prefix),
          objects: byName(namespace.objects).map((object) => objectView(name, object, prefix)),
          tags: namespace.tags.map((tag) => ({ name: tag.name })),
        }),
      );
    },
    PUT: async (c, context) => {
      const body = await readValid(c.req.raw, NAMESPACE_SCHEMA, READ_ONLY);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceAdmin(context, 'modify_metadef_namespace');
      const state = await repository.changing();
      const changed = newNamespace(body, context, repository.now());
      rejectWideText(body, "Couldn't update metadata namespace: ");
      if (state.namespaces.some((other) => other !== namespace && other.namespace === changed.namespace)) {
        throw new HTTPError(
          409,
          'Invalid update. It would result in a duplicate metadata definition namespace with the same name of ' +
            changed.namespace,
        );
      }
      const { display_name, description } = changed;
      delete namespace.display_name;
      delete namespace.description;
      Object.assign(namespace, {
        namespace: changed.namespace,
        ...(display_name === undefined ? {} : { display_name }),
        ...(description === undefined ? {} : { description }),
        visibility: changed.visibility,
        protected: changed.protected,
        owner: changed.owner,
        updated_at: changed.updated_at,
      });
      return json(namespaceView(namespace));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.deletable(context, c.req.param('namespace') ?? '');
      const state = await repository.changing();
      state.namespaces = state.namespaces.filter((other) => other !== namespace);
      return noContent();
    },
  });

  async function lookup(context: RequestContext, name: string): Promise<Namespace> {
    const message = `Metadata definition namespace=${name} was not found.`;
    const { namespaces } = await repository.state();
    if (!namespaces.some(({ namespace }) => namespace === name)) throw new HTTPError(404, message);
    const visible = (await repository.namespaces(context)).find(({ namespace }) => namespace === name);
    if (visible === undefined) throw new HTTPError(404);
    return visible;
  }
}

/** What the body says, and Glance's defaults for what it leaves out. */
function newNamespace(body: Json, context: RequestContext, now: string): Namespace {
  // the schema has seen to the types
  const given = body as Partial<Namespace>;
  const times = { created_at: now, updated_at: now };
  const { display_name, description } = given;
  return {
    namespace: given.namespace ?? '',
    ...(display_name === undefined ? {} : { display_name }),
    ...(description === undefined ? {} : { description }),
    visibility: given.visibility ?? 'private',
    protected: given.protected ?? false,
    owner: given.owner ?? context.projectId ?? '',
    ...times,
    resource_type_associations: (given.resource_type_associations ?? []).map((a) => ({ ...a, ...times })),
    properties: modelledAll(given.properties ?? {}),
    objects: (given.objects ?? []).map((object) => ({
      ...object,
      properties: modelledAll(object.properties ?? {}),
      ...times,
    })),
    tags: (given.tags ?? []).map(({ name }) => ({ name, ...times })).reverse(), // newest first
  };
}

/** The answer to a POST repeats what the body said, in the order of Glance's model, and has no times in it. */
function created(namespace: Namespace, body: Json): Json {
  const sent = body as Partial<Namespace>; // as above
  return {
    resource_type_associations: sent.resource_type_associations,
    properties: propertiesView(namespace.properties),
    objects: sent.objects?.map((object) => sentObjectView(object)),
    tags: sent.tags,
  };
}
