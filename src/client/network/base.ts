/** What all calls of the Network client are made of: openstack/resource.py and proxy.py over one adapter. */
import { DuplicateResource, HttpException, ResourceNotFound } from '../errors';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';
import { queryOf, quote } from '../url';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface NetworkClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/network/v2.0`. */
  endpointOverride?: string | undefined;
}

/** A kind of thing, and where it is. */
export interface NetworkKind {
  /** Its word in errors, such as `SecurityGroup`. */
  readonly name: string;
  /** Such as `/security-groups`. */
  readonly path: string;
  /** What one stands under in JSON, and what a list does. */
  readonly key: string;
  readonly plural: string;
  /** The field that people know it by. Default `name`. */
  readonly nameField?: string;
  /** Default `id`. */
  readonly idField?: string;
  /** Whether a list can be asked for a name; otherwise all are looked through. */
  readonly byName?: boolean;
}

export interface FindOptions {
  /** Whether nothing found is undefined and no error. Default true. */
  ignoreMissing?: boolean;
}

type Wire = Record<string, unknown>;

/** The requests of the Network client; its subclass says what there is to request. */
export class NetworkBase {
  readonly #adapter: Adapter;
  readonly #versioned: Promise<boolean> | undefined;

  constructor(
    readonly session: Session,
    options: NetworkClientOptions = {},
  ) {
    const endpointFilter = {
      serviceType: 'network',
      regionName: options.regionName,
      ...(options.interface && { interface: options.interface }),
    };
    this.#adapter = new Adapter(session, { endpointFilter, endpointOverride: options.endpointOverride });
    if (options.endpointOverride !== undefined) this.#versioned = Promise.resolve(true);
  }

  /** Sends any request, its path relative to `/v2.0`. */
  async request(path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#adapter.request((await this.#prefix()) + path, options);
  }

  /** The catalog's URL has a version or not. */
  async #prefix(): Promise<string> {
    if (await this.#versioned) return '';
    const { endpointFilter } = this.#adapter.defaults;
    const base = endpointFilter && (await this.session.getAccess()).urlFor(endpointFilter);
    return /\/v2\.0\/?$/.test(base ?? '') ? '' : '/v2.0';
  }

  async #json(path: string, options: RequestOptions = {}): Promise<Wire> {
    const response = await this.request(path, options);
    const text = await response.text();
    return text === '' ? {} : (JSON.parse(text) as Wire); // the API's contract
  }

  /** One thing by its id. @throws {@link NotFoundException} */
  async get<T>(kind: NetworkKind, id: string, errorMessage?: string): Promise<T> {
    return member<T>(await this.#json(pathOf(kind, id), { errorMessage }), kind.key);
  }

  /** All of a kind, page after page. */
  async list<T>(kind: NetworkKind, query: Query = {}): Promise<T[]> {
    const found: T[] = [];
    let page: Query | undefined = query;
    while (page !== undefined) {
      const body: Wire = await this.#json(kind.path, {
        query: page,
        headers: { Accept: 'application/json' },
      });
      const things = member<T[]>(body, kind.plural);
      found.push(...things);
      const links = (body[`${kind.plural}_links`] ?? []) as { rel: string; href: string }[]; // the API's contract
      const next: string | undefined = links.find(({ rel }) => rel === 'next')?.href;
      page = next === undefined || things.length === 0 ? undefined : queryOf(next);
    }
    return found;
  }

  /**
   * One thing by id or exact name: by id first, then among those of that name.
   *
   * @throws {@link DuplicateResource}, and with `ignoreMissing: false` {@link ResourceNotFound}
   */
  find<T>(kind: NetworkKind, nameOrId: string, options: { ignoreMissing: false }): Promise<T>;
  find<T>(kind: NetworkKind, nameOrId: string, options?: FindOptions): Promise<T | undefined>;
  async find<T>(
    kind: NetworkKind,
    nameOrId: string,
    { ignoreMissing = true }: FindOptions = {},
  ): Promise<T | undefined> {
    try {
      return await this.get<T>(kind, nameOrId);
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
    }
    const { name, nameField = 'name', idField = 'id', byName = true } = kind;
    const all = await this.list<T & Wire>(kind, byName ? { name: nameOrId } : {});
    const [found, second] = all.filter((one) => one[idField] === nameOrId || one[nameField] === nameOrId);
    if (second !== undefined)
      throw new DuplicateResource(`More than one ${name} exists with the name '${nameOrId}'.`);
    if (found === undefined && !ignoreMissing) throw new ResourceNotFound(`No ${name} found for ${nameOrId}`);
    return found;
  }

  async create<T>(kind: NetworkKind, thing: object): Promise<T> {
    const json = { [kind.key]: thing };
    return member<T>(await this.#json(kind.path, { method: 'POST', json }), kind.key);
  }

  async update<T>(kind: NetworkKind, id: string, changes: object): Promise<T> {
    const json = { [kind.key]: changes };
    return member<T>(await this.#json(pathOf(kind, id), { method: 'PUT', json }), kind.key);
  }

  async remove(kind: NetworkKind, id: string): Promise<void> {
    await this.request(pathOf(kind, id), { method: 'DELETE' });
  }

  /** Has a thing do something, such as `add_router_interface`; the answer is under the kind's key, or bare. */
  async act<T>(kind: NetworkKind, id: string, action: string, json: object): Promise<T> {
    const body = await this.#json(`${pathOf(kind, id)}/${action}`, { method: 'PUT', json });
    return member<T>(body, kind.key);
  }

  /** Replaces all tags of a thing. */
  async setTags(kind: NetworkKind, id: string, tags: readonly string[]): Promise<string[]> {
    const body = await this.#json(`${pathOf(kind, id)}/tags`, { method: 'PUT', json: { tags } });
    return body.tags as string[]; // the API's contract
  }
}

function pathOf(kind: NetworkKind, id: string): string {
  return `${kind.path}/${quote(id).replaceAll('?', '%3F').replaceAll('#', '%23')}`;
}

/** What stands under a key of an answer; without the key the answer itself. */
function member<T>(body: Wire, key: string): T {
  return (key in body ? body[key] : body) as T; // the API's contract
}
