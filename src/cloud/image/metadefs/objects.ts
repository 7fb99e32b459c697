import { HTTPError } from '../../http/webob';
import { json, noContent } from '../app';
import { rejectBody } from '../request';
import { validate } from '../validate';
import { rejectWideText } from '../wide-text';
import { conflict, enforceAdmin, enforceReader, notFound } from './repository';
import { parsePage, readValid } from './request';
import type { MetadefApi } from './routes';
import { NAMELESS_PROPERTY_SCHEMA, OBJECT_SCHEMA } from './schemas';
import type { MetadefObject, Namespace } from './state';
import { byName, modelledAll, objectView } from './views';

const READ_ONLY = ['self', 'schema', 'created_at', 'updated_at'];

/** Modelled on `glance/api/v2/metadef_objects.py`. */
export function mountObjects({ route, repository }: MetadefApi): void {
  const missing = (name: string) => `Metadata definition namespace=${name} was not found.`;

  route('/v2/metadefs/namespaces/:namespace/objects', {
    GET: async (c, context) => {
      parsePage(new URL(c.req.url).searchParams, ['public', 'private', 'shared'], 1);
      const name = c.req.param('namespace') ?? '';
      const namespace = await repository.get(context, name, missing(name));
      enforceReader(context, 'get_metadef_objects');
      return json({
        // Glance reads limit, marker and what to sort by, and forgets them
        objects: byName(namespace.objects).map((object) => objectView(name, object)),
        schema: 'v2/schemas/metadefs/objects',
      });
    },
    POST: async (c, context) => {
      const body = await readValid(c.req.raw, OBJECT_SCHEMA, READ_ONLY);
      for (const property of Object.values(Object(body['properties'] ?? {})))
        validate(property, NAMELESS_PROPERTY_SCHEMA);
      const name = c.req.param('namespace') ?? '';
      const namespace = await repository.get(context, name, missing(name));
      enforceAdmin(context, 'add_metadef_object');
      const object = newObject(body, repository.now());
      if (namespace.objects.some((other) => other.name === object.name)) {
        throw conflict(
          `A metadata definition object with name=${object.name} already exists in namespace=${name}.`,
        );
      }
      rejectWideText(body, "Couldn't create metadata object: ");
      await repository.changing();
      namespace.objects.unshift(object);
      return json(objectView(name, object, '', body), { status: 201 });
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.deletable(context, c.req.param('namespace') ?? '');
      await repository.changing();
      namespace.objects = [];
      return noContent();
    },
  });

  route('/v2/metadefs/namespaces/:namespace/objects/:object', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', object = '' } = c.req.param();
      const namespace = await repository.get(context, name, missing(name));
      enforceReader(context, 'get_metadef_object');
      return json(objectView(name, lookup(namespace, object)));
    },
    PUT: async (c, context) => {
      const body = await readValid(c.req.raw, OBJECT_SCHEMA, READ_ONLY);
      const { namespace: name = '', object: old = '' } = c.req.param();
      const namespace = await repository.get(context, name, missing(name));
      enforceAdmin(context, 'modify_metadef_object');
      const object = lookup(namespace, old);
      const changed = { ...newObject(body, repository.now()), created_at: object.created_at };
      if (namespace.objects.some((other) => other !== object && other.name === changed.name)) {
        // Glance stumbles
        throw new HTTPError(500);
      }
      rejectWideText(body, "Couldn't update metadata object: ");
      await repository.changing();
      namespace.objects = namespace.objects.map((other) => (other === object ? changed : other));
      return json(objectView(name, changed, '', body));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', object = '' } = c.req.param();
      const namespace = await repository.get(context, name, missing(name));
      enforceAdmin(context, 'delete_metadef_object');
      const gone = lookup(namespace, object);
      if (namespace.protected)
        throw new HTTPError(403, `Metadata definition object ${object} is protected and cannot be deleted.`);
      await repository.changing();
      namespace.objects = namespace.objects.filter((other) => other !== gone);
      return noContent();
    },
  });
}

function newObject(body: Record<string, unknown>, now: string): MetadefObject {
  // the schema has seen to the types
  const { name, description, required, properties } = body as Partial<MetadefObject>;
  return {
    name: name ?? '',
    ...(description === undefined ? {} : { description }),
    ...(required === undefined ? {} : { required }),
    properties: modelledAll(properties ?? {}),
    created_at: now,
    updated_at: now,
  };
}

function lookup({ objects }: Namespace, name: string): MetadefObject {
  const object = objects.find((candidate) => candidate.name === name);
  if (object === undefined) throw notFound(`Could not find metadata object ${name}`);
  return object;
}
