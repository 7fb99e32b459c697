/** What all calls of the Identity client are made of: openstack/resource.py over one adapter. */
import { DuplicateResource, HttpException, ResourceNotFound } from '../errors';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface IdentityClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/identity/v3`; no discovery then. */
  endpointOverride?: string | undefined;
}

/** How to look something up by id or name. */
export interface FindOptions {
  /** Whether nothing found is undefined and no error. Default true. */
  ignoreMissing?: boolean;
  /** Only in this domain. */
  domain_id?: string | undefined;
}

/** The requests of the Identity client; its subclasses say what there is to request. */
export class IdentityBase {
  readonly #adapter: Adapter;

  constructor(
    readonly session: Session,
    options: IdentityClientOptions = {},
  ) {
    this.#adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: 'identity',
        version: 3,
        regionName: options.regionName,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
    });
  }

  /** Sends any request, its path relative to `/v3`. */
  request(path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#adapter.request(path, options);
  }

  /** `GET` of one thing, which stands under `key` in the answer. */
  protected async fetchOne<T>(key: string, path: string, query?: Query): Promise<T> {
    return this.#member<T>(await this.request(path, query && { query }), key);
  }

  /** {@link fetchOne} whose error names what was looked for, as `_get` of openstack/proxy.py has it. */
  protected async get<T>(kind: string, key: string, path: string, id: string): Promise<T> {
    const errorMessage = `No ${kind} found for ${id}`;
    return this.#member<T>(await this.request(path, { errorMessage }), key);
  }

  protected async list<T>(key: string, path: string, query: Query = {}): Promise<T[]> {
    return this.#member<T[]>(
      await this.request(path, { query, headers: { Accept: 'application/json' } }),
      key,
    );
  }

  protected async create<T>(key: string, path: string, value: object): Promise<T> {
    return this.#member<T>(await this.request(path, { method: 'POST', json: { [key]: value } }), key);
  }

  protected async update<T>(key: string, path: string, changes: object): Promise<T> {
    return this.#member<T>(await this.request(path, { method: 'PATCH', json: { [key]: changes } }), key);
  }

  protected async put(path: string): Promise<void> {
    await this.request(path, { method: 'PUT' });
  }

  protected async remove(path: string): Promise<void> {
    await this.request(path, { method: 'DELETE' });
  }

  /**
   * By id first, then by name, as `openstack.resource.Resource.find` does; a refusal of the first counts as
   * "not there".
   *
   * @param kind the word for it in errors, such as `User`.
   */
  protected async find<T extends { id: string; name?: string }>(
    kind: string,
    nameOrId: string,
    options: FindOptions,
    get: (id: string, query: Query) => Promise<T>,
    list: (query: Query) => Promise<T[]>,
  ): Promise<T | undefined> {
    const query = options.domain_id === undefined ? {} : { domain_id: options.domain_id };
    try {
      return await get(nameOrId, query);
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
    }
    const found = await list({ ...query, name: nameOrId });
    const matches = found.filter(({ id, name }) => id === nameOrId || name === nameOrId);
    if (matches.length > 1)
      throw new DuplicateResource(`More than one ${kind} exists with the name '${nameOrId}'.`);
    if (matches[0] === undefined && options.ignoreMissing === false)
      throw new ResourceNotFound(`No ${kind} found for ${nameOrId}`);
    return matches[0];
  }

  async #member<T>(response: Response, key: string): Promise<T> {
    const body = (await response.json()) as Record<string, T>; // the API's contract
    return body[key] as T; // the API's contract
  }
}

/** The path of one thing in a collection. */
export function pathTo(...parts: string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}
