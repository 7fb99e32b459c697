import { repr } from '../../../python/repr';
import { HTTPError } from '../../http/webob';
import type {
  MetadefObject,
  MetadefState,
  MetadefTag,
  Namespace,
  PropertyType,
  ResourceTypeAssociation,
} from './state';

/** In the order of `glance/api/v2/model/metadef_property_type.py`. */
const PROPERTY_KEYS = [
  'name',
  'type',
  'title',
  'description',
  'operators',
  'default',
  'readonly',
  'minimum',
  'maximum',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'confidential',
  'items',
  'uniqueItems',
  'minItems',
  'maxItems',
  'additionalItems',
];

export const ROOT = '/v2/metadefs/namespaces';

export function propertyView(property: PropertyType): object {
  return Object.fromEntries(
    PROPERTY_KEYS.filter((key) => property[key] !== undefined).map((key) => [key, property[key]]),
  );
}

/** The order in which the database finds properties: that of its index. */
export function sortedProperties(properties: Record<string, PropertyType>): Record<string, PropertyType> {
  return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function propertiesView(properties: Record<string, PropertyType>, prefix = ''): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [prefix + name, propertyView(property)]),
  );
}

/** A property as Glance's model keeps it: a default is always a text, a limit an integer. */
export function modelled(property: PropertyType): PropertyType {
  const allowed = property['enum'];
  // Glance stumbles over choices that are no texts
  if (Array.isArray(allowed) && !allowed.every((choice) => typeof choice === 'string'))
    throw new HTTPError(500);
  const kept = { ...property };
  const given = property['default'];
  if (given !== undefined && typeof given !== 'string') kept['default'] = repr(given);
  for (const limit of ['minimum', 'maximum']) {
    const value = property[limit];
    if (typeof value === 'number') kept[limit] = Math.trunc(value);
  }
  return kept;
}

export function modelledAll(properties: Record<string, PropertyType>): Record<string, PropertyType> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, modelled(property)]));
}

/** An object inside a new namespace: only what was sent. */
export function sentObjectView(object: Partial<MetadefObject>): object {
  const { name, required, description, properties } = object;
  return {
    name,
    ...(required === undefined ? {} : { required }),
    ...(description === undefined ? {} : { description }),
    ...(properties === undefined ? {} : { properties: propertiesView(modelledAll(properties)) }),
  };
}

/** @param sent the body that made it: an answer to it leaves out what it left out. */
export function objectView(
  namespace: string,
  object: MetadefObject,
  prefix = '',
  sent: object = { required: [], properties: {} },
): object {
  return {
    name: object.name,
    ...('required' in sent ? { required: (object.required ?? []).map((name) => prefix + name) } : {}),
    ...(object.description === undefined ? {} : { description: object.description }),
    ...('properties' in sent ? { properties: propertiesView(object.properties, prefix) } : {}),
    ...timesView(object),
    self: `${ROOT}/${namespace}/objects/${object.name}`,
    schema: '/v2/schemas/metadefs/object',
  };
}

/** The order in which the database finds objects: that of its index. */
export function byName(objects: readonly MetadefObject[]): MetadefObject[] {
  return [...objects].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The order in which the database finds associations: that of the types. */
export function associationsView({ resource_types }: MetadefState, namespace: Namespace): object[] {
  const age = new Map(resource_types.map(({ name }, index) => [name, index]));
  return [...namespace.resource_type_associations]
    .sort((a, b) => (age.get(a.name) ?? 0) - (age.get(b.name) ?? 0))
    .map(associationView);
}

export function associationView(association: ResourceTypeAssociation): object {
  const { name, prefix, properties_target } = association;
  return {
    name,
    ...(prefix === undefined ? {} : { prefix }),
    ...(properties_target === undefined ? {} : { properties_target }),
    ...timesView(association),
  };
}

export function tagView(tag: MetadefTag): object {
  return { name: tag.name, ...timesView(tag) };
}

/** What stands in a list: the namespace with its associations. */
export function namespaceView(namespace: Namespace, contents: object = {}): object {
  const { display_name, description } = namespace;
  const { properties, objects, tags, associations = {} } = sections(contents);
  return {
    namespace: namespace.namespace,
    ...(display_name === undefined ? {} : { display_name }),
    ...(description === undefined ? {} : { description }),
    visibility: namespace.visibility,
    protected: namespace.protected,
    owner: namespace.owner,
    ...timesView(namespace),
    ...associations,
    ...properties,
    ...objects,
    ...tags,
    self: `${ROOT}/${namespace.namespace}`,
    schema: '/v2/schemas/metadefs/namespace',
  };
}

/** Sorts what a view is to contain into its place; what is empty is left out. */
function sections(contents: object): Record<'properties' | 'objects' | 'tags' | 'associations', object> {
  const given = new Map<string, unknown>(Object.entries(contents));
  const part = (name: string) => {
    const value = given.get(name);
    const empty = value === undefined || Object.keys(Object(value)).length === 0;
    return empty ? {} : { [name]: value };
  };
  return {
    associations: part('resource_type_associations'),
    properties: part('properties'),
    objects: part('objects'),
    tags: part('tags'),
  };
}

export function timesView(record: { created_at: string; updated_at: string | null }): object {
  return {
    created_at: record.created_at,
    ...(record.updated_at === null ? {} : { updated_at: record.updated_at }),
  };
}
