import { HTTPError } from '../../http/webob';
import { json, noContent } from '../app';
import { rejectBody } from '../request';
import { rejectWideText } from '../wide-text';
import { conflict, enforceAdmin, enforceReader, notFound } from './repository';
import { readValid } from './request';
import type { MetadefApi } from './routes';
import { PROPERTY_SCHEMA } from './schemas';
import type { Namespace, PropertyType } from './state';
import { modelled, propertiesView, propertyView, sortedProperties } from './views';

/** Modelled on `glance/api/v2/metadef_properties.py`. */
export function mountProperties({ route, repository }: MetadefApi): void {
  route('/v2/metadefs/namespaces/:namespace/properties', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceReader(context, 'get_metadef_properties');
      return json({ properties: propertiesView(sortedProperties(namespace.properties)) });
    },
    POST: async (c, context) => {
      const { name, property } = named(await readValid(c.req.raw, PROPERTY_SCHEMA));
      const namespace = await repository.get(context, c.req.param('namespace') ?? '');
      enforceAdmin(context, 'add_metadef_property');
      rejectWideText({ name, property }, "Couldn't create metadata property: ");
      if (Object.hasOwn(namespace.properties, name)) {
        throw conflict(
          `A metadata definition property with name=${name} already exists in namespace=${namespace.namespace}.`,
        );
      }
      await repository.changing();
      namespace.properties = sortedProperties({ ...namespace.properties, [name]: property });
      return json(propertyView(property), { status: 201 });
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const namespace = await repository.deletable(context, c.req.param('namespace') ?? '');
      await repository.changing();
      namespace.properties = {};
      return noContent();
    },
  });

  route('/v2/metadefs/namespaces/:namespace/properties/:property', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', property = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceReader(context, 'get_metadef_property');
      const type = c.req.query('resource_type');
      const { resource_types } = await repository.state();
      if (type && !resource_types.some((known) => known.name === type))
        throw notFound(`The metadata definition resource-type with name=${type}, was not found.`);
      const wanted = type ? withoutPrefix(namespace, property, type) : property;
      return json(propertyView({ ...lookup(namespace, wanted), name: wanted }));
    },
    PUT: async (c, context) => {
      const { name, property } = named(await readValid(c.req.raw, PROPERTY_SCHEMA));
      const { namespace: namespaceName = '', property: old = '' } = c.req.param();
      const namespace = await repository.get(context, namespaceName);
      enforceAdmin(context, 'modify_metadef_property');
      lookup(namespace, old);
      rejectWideText({ name, property }, "Couldn't update metadata property: ");
      if (name !== old && Object.hasOwn(namespace.properties, name)) {
        // Glance stumbles
        throw new HTTPError(500);
      }
      await repository.changing();
      const { [old]: _, ...others } = namespace.properties;
      namespace.properties = sortedProperties({ ...others, [name]: property });
      return json(propertyView(property));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { namespace: name = '', property = '' } = c.req.param();
      const namespace = await repository.get(context, name);
      enforceAdmin(context, 'remove_metadef_property');
      lookup(namespace, property);
      if (namespace.protected)
        throw new HTTPError(
          403,
          `Metadata definition property ${property} is protected and cannot be deleted.`,
        );
      await repository.changing();
      delete namespace.properties[property];
      return noContent();
    },
  });
}

/** A property keeps its name when it comes alone, and has none where the name is the key. */
function named(body: Record<string, unknown>): { name: string; property: PropertyType } {
  // Glance's model of a property does not know what its schema allows
  if ('required' in body) throw new HTTPError(500);
  // the schema has seen to the types
  return { name: body['name'] as string, property: modelled(body) };
}

function lookup({ properties }: Namespace, name: string): PropertyType {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property === undefined) throw notFound(`Could not find property ${name}`);
  return property;
}

/** The property that is called so on a resource of this type. */
function withoutPrefix(namespace: Namespace, property: string, type: string): string {
  const association = namespace.resource_type_associations.find(({ name }) => name === type);
  if (association === undefined) {
    throw notFound(
      `The metadata definition resource-type association of resource-type=${type} to ` +
        `namespace=${namespace.namespace}, was not found.`,
    );
  }
  const { prefix } = association;
  if (!prefix || !property.startsWith(prefix)) {
    throw notFound(
      `Property ${property} does not start with the expected resource type association prefix of '${prefix ?? 'None'}'.`,
    );
  }
  return property.slice(prefix.length);
}
