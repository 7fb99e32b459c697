/** Metadata definitions of Image v2. Models the metadef calls of `openstack/image/v2/_proxy.py`. */
import type {
  MetadefNamespace,
  MetadefNamespaceCreate,
  MetadefNamespaceQuery,
  MetadefNamespaceUpdate,
  MetadefObject,
  MetadefObjectCreate,
  MetadefProperty,
  MetadefPropertyCreate,
  MetadefResourceType,
  MetadefResourceTypeAssociation,
  MetadefResourceTypeAssociationCreate,
  MetadefTag,
} from './metadef-types';
import type { Adapter, Query, RequestOptions } from './session';
import { queryOf, quote } from './url';

const json = { Accept: 'application/json' };
const ROOT = '/metadefs/namespaces';

/**
 * The catalogue of what images, flavors and volumes can be described with. Everybody reads what is public; as shipped,
 * only administrators change it: all others get {@link ForbiddenException}.
 * All calls throw {@link NotFoundException} for what is not there or what you may not see.
 *
 * @example
 * for await (const { namespace } of cloud.image.metadefs.namespaces({ visibility: 'public' })) console.log(namespace);
 * const { enum: buses } = await cloud.image.metadefs.getProperty('OS::Compute::LibvirtImage', 'hw_disk_bus');
 */
export class MetadefClient {
  readonly #adapter: Pick<Adapter, 'request'>;

  /** @param adapter talks to Image v2. */
  constructor(adapter: Pick<Adapter, 'request'>) {
    this.#adapter = adapter;
  }

  /** All namespaces you can see, page after page. `GET /v2/metadefs/namespaces`. */
  async *namespaces(query: MetadefNamespaceQuery = {}): AsyncGenerator<MetadefNamespace, void, undefined> {
    let page: Query | undefined = { ...query };
    while (page !== undefined) {
      const { namespaces, next }: { namespaces: MetadefNamespace[]; next?: string } = await this.#json(ROOT, {
        headers: json,
        query: page,
      });
      yield* namespaces;
      page = namespaces.length > 0 && next !== undefined ? queryOf(next) : undefined;
    }
  }

  /** A namespace with all that is in it. `GET /v2/metadefs/namespaces/{namespace}`. */
  getNamespace(namespace: string): Promise<MetadefNamespace> {
    return this.#json(path(namespace), { errorMessage: `No MetadefNamespace found for ${namespace}` });
  }

  /**
   * Makes a namespace, with contents if there are any. `POST /v2/metadefs/namespaces`.
   *
   * @throws {@link ConflictException} when there is one of that name.
   */
  createNamespace(namespace: MetadefNamespaceCreate): Promise<MetadefNamespace> {
    return this.#json(ROOT, { method: 'POST', json: namespace });
  }

  /** Replaces the namespace's own fields; its contents stay. `PUT /v2/metadefs/namespaces/{namespace}`. */
  updateNamespace(namespace: string, changed: MetadefNamespaceUpdate): Promise<MetadefNamespace> {
    return this.#json(path(namespace), { method: 'PUT', json: changed });
  }

  /** Deletes a namespace and its contents. Throws {@link ForbiddenException} when it is protected. */
  deleteNamespace(namespace: string): Promise<void> {
    return this.#delete(path(namespace));
  }

  /** The types that any namespace is about. `GET /v2/metadefs/resource_types`. */
  async resourceTypes(): Promise<MetadefResourceType[]> {
    const { resource_types } = await this.#json<{ resource_types: MetadefResourceType[] }>(
      '/metadefs/resource_types',
      { headers: json },
    );
    return resource_types;
  }

  /** The types that a namespace is about. */
  async resourceTypeAssociations(namespace: string): Promise<MetadefResourceTypeAssociation[]> {
    const { resource_type_associations } = await this.#json<{
      resource_type_associations: MetadefResourceTypeAssociation[];
    }>(path(namespace, 'resource_types'), { headers: json });
    return resource_type_associations;
  }

  /** Says that a namespace is about a type. Throws {@link ConflictException} when that has been said before. */
  createResourceTypeAssociation(
    namespace: string,
    association: MetadefResourceTypeAssociationCreate,
  ): Promise<MetadefResourceTypeAssociation> {
    return this.#json(path(namespace, 'resource_types'), { method: 'POST', json: association });
  }

  deleteResourceTypeAssociation(namespace: string, resourceType: string): Promise<void> {
    return this.#delete(path(namespace, 'resource_types', resourceType));
  }

  /** The properties of a namespace by name, those of its objects not included. */
  async properties(namespace: string): Promise<Record<string, MetadefProperty>> {
    const { properties } = await this.#json<{ properties: Record<string, MetadefProperty> }>(
      path(namespace, 'properties'),
      { headers: json },
    );
    return properties;
  }

  getProperty(namespace: string, name: string): Promise<MetadefPropertyCreate> {
    return this.#json(path(namespace, 'properties', name), {
      errorMessage: `No MetadefProperty found for ${name}`,
    });
  }

  /** Throws {@link ConflictException} when the namespace has a property of that name. */
  createProperty(namespace: string, property: MetadefPropertyCreate): Promise<MetadefPropertyCreate> {
    return this.#json(path(namespace, 'properties'), { method: 'POST', json: property });
  }

  /** Replaces a property; a new name renames it. */
  updateProperty(
    namespace: string,
    name: string,
    property: MetadefPropertyCreate,
  ): Promise<MetadefPropertyCreate> {
    return this.#json(path(namespace, 'properties', name), { method: 'PUT', json: property });
  }

  deleteProperty(namespace: string, name: string): Promise<void> {
    return this.#delete(path(namespace, 'properties', name));
  }

  deleteAllProperties(namespace: string): Promise<void> {
    return this.#delete(path(namespace, 'properties'));
  }

  async objects(namespace: string): Promise<MetadefObject[]> {
    const { objects } = await this.#json<{ objects: MetadefObject[] }>(path(namespace, 'objects'), {
      headers: json,
    });
    return objects;
  }

  getObject(namespace: string, name: string): Promise<MetadefObject> {
    return this.#json(path(namespace, 'objects', name), {
      errorMessage: 'No MetadefObject found for None', // the SDK gives the object another name than its error does
    });
  }

  /** Throws {@link ConflictException} when the namespace has an object of that name. */
  createObject(namespace: string, object: MetadefObjectCreate): Promise<MetadefObject> {
    return this.#json(path(namespace, 'objects'), { method: 'POST', json: object });
  }

  /** Replaces an object; a new name renames it. */
  updateObject(namespace: string, name: string, object: MetadefObjectCreate): Promise<MetadefObject> {
    return this.#json(path(namespace, 'objects', name), { method: 'PUT', json: object });
  }

  deleteObject(namespace: string, name: string): Promise<void> {
    return this.#delete(path(namespace, 'objects', name));
  }

  deleteAllObjects(namespace: string): Promise<void> {
    return this.#delete(path(namespace, 'objects'));
  }

  async tags(namespace: string): Promise<MetadefTag[]> {
    const { tags } = await this.#json<{ tags: MetadefTag[] }>(path(namespace, 'tags'), { headers: json });
    return tags;
  }

  getTag(namespace: string, name: string): Promise<MetadefTag> {
    return this.#json(path(namespace, 'tags', name));
  }

  /** Throws {@link ConflictException} when the namespace has the tag, in whatever case. */
  createTag(namespace: string, name: string): Promise<MetadefTag> {
    return this.#json(path(namespace, 'tags', name), { method: 'POST' });
  }

  /** Gives a namespace these tags instead of those it has, or with `append` beside them. */
  async createTags(
    namespace: string,
    names: readonly string[],
    options: { append?: boolean } = {},
  ): Promise<MetadefTag[]> {
    const { tags } = await this.#json<{ tags: MetadefTag[] }>(path(namespace, 'tags'), {
      method: 'POST',
      json: { tags: names.map((name) => ({ name })) },
      headers: options.append === true ? { 'X-Openstack-Append': 'True' } : {},
    });
    return tags;
  }

  /** Renames a tag. */
  updateTag(namespace: string, name: string, newName: string): Promise<MetadefTag> {
    return this.#json(path(namespace, 'tags', name), { method: 'PUT', json: { name: newName } });
  }

  deleteTag(namespace: string, name: string): Promise<void> {
    return this.#delete(path(namespace, 'tags', name));
  }

  deleteAllTags(namespace: string): Promise<void> {
    return this.#delete(path(namespace, 'tags'));
  }

  async #json<T>(url: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.#adapter.request(url, options);
    return (await response.json()) as T; // the API's contract
  }

  async #delete(url: string): Promise<void> {
    await this.#adapter.request(url, { method: 'DELETE' });
  }
}

function path(namespace: string, ...rest: string[]): string {
  return [ROOT, ...[namespace, ...rest].map(quote)].join('/');
}
