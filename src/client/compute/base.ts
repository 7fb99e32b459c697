/** What all calls of the Compute client are made of: openstack/resource.py and proxy.py over one adapter. */
import { fetchVersions, type VersionData } from '../discover';
import { DuplicateResource, HttpException, ResourceNotFound, SDKException } from '../errors';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';
import { queryOf } from '../url';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface ComputeClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/compute/v2.1`. */
  endpointOverride?: string | undefined;
  /**
   * The microversion of every call, such as `2.79`. Unless given, each call asks for the newest one that both this
   * client and the service know.
   */
  defaultMicroversion?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** How to look something up by id or name. */
export interface ComputeFindOptions {
  /** Whether nothing found is undefined and no error. Default true. */
  ignoreMissing?: boolean;
}

/** A kind of thing: where it is, and the newest microversion in which the client knows it. */
export interface Kind {
  /** Its word in errors, such as `Flavor`. */
  readonly name: string;
  readonly path: string;
  readonly key: string;
  readonly plural: string;
  readonly maxMicroversion?: string;
}

/** Options of one call. */
export interface ComputeRequestOptions extends RequestOptions {
  microversion?: string | undefined;
}

const acceptJson = { Accept: 'application/json' };

/** The requests of the Compute client; its subclasses say what there is to request. */
export class ComputeBase {
  readonly defaultMicroversion: string | undefined;
  readonly #adapter: Adapter;
  readonly #endpoint: () => Promise<string>;
  #version: Promise<VersionData | undefined> | undefined;

  constructor(
    readonly session: Session,
    options: ComputeClientOptions = {},
  ) {
    const { regionName, endpointOverride, signal } = options;
    const endpointFilter = {
      serviceType: 'compute',
      version: 2,
      regionName,
      ...(options.interface && { interface: options.interface }),
    };
    this.#adapter = new Adapter(session, { endpointFilter, endpointOverride, signal });
    this.#endpoint = async () => endpointOverride ?? session.getEndpoint(endpointFilter);
    this.defaultMicroversion = options.defaultMicroversion;
  }

  /**
   * Sends any request, its path relative to `/v2.1`. Without a microversion it goes with the default one, or with
   * none, which is 2.1.
   */
  async request(path: string, options: ComputeRequestOptions = {}): Promise<Response> {
    const { microversion = this.defaultMicroversion, headers, ...rest } = options;
    if (this.defaultMicroversion !== undefined) await this.#checkDefault(this.defaultMicroversion);
    const versions = microversion !== undefined && {
      'OpenStack-API-Version': `compute ${microversion}`,
      'X-OpenStack-Nova-API-Version': microversion,
    };
    return this.#adapter.request(path, { ...rest, headers: { ...headers, ...versions } });
  }

  /** Whether calls can use this microversion. Models `openstack.utils.supports_microversion`. */
  async supports(microversion: string): Promise<boolean> {
    const { minMicroversion: min, maxMicroversion: max } = (await this.#discovered()) ?? {};
    if (!min || !max || isNewer(min, microversion) || isNewer(microversion, max)) return false;
    return this.defaultMicroversion === undefined || !isNewer(microversion, this.defaultMicroversion);
  }

  /** The microversion for a kind of thing. Models `maximum_supported_microversion` and `_get_microversion`. */
  async microversion(newest: string | undefined): Promise<string | undefined> {
    if (this.defaultMicroversion !== undefined) return this.defaultMicroversion;
    if (newest === undefined) return undefined;
    const { minMicroversion: min, maxMicroversion: max } = (await this.#discovered()) ?? {};
    if (!max || (min && isNewer(min, newest))) return undefined;
    return isNewer(newest, max) ? max : newest;
  }

  /** `GET` of one thing, whose error names what was looked for. */
  protected async get<T>(kind: Kind, id: string, query?: Query): Promise<T> {
    return this.fetch<T>(kind, pathTo(kind, id), query, `No ${kind.name} found for ${id}`);
  }

  /** `GET` of one thing at a path, which stands under the kind's key in the answer. */
  protected async fetch<T>(kind: Kind, path: string, query?: Query, errorMessage?: string): Promise<T> {
    const microversion = await this.microversion(kind.maxMicroversion);
    const response = await this.request(path, { microversion, ...(query && { query }), errorMessage });
    return member<T>(await response.json(), kind.key);
  }

  /** All things of a kind, page after page. */
  protected async *list<T>(
    kind: Kind,
    query: Query = {},
    { path = kind.path, paginated = true }: { path?: string; paginated?: boolean } = {},
  ): AsyncGenerator<T, void, undefined> {
    const microversion = await this.microversion(kind.maxMicroversion);
    const { limit } = query;
    let page: { path: string; query: Query } | undefined = { path, query };
    while (page !== undefined) {
      const response = await this.request(page.path, {
        microversion,
        query: page.query,
        headers: acceptJson,
      });
      const body = (await response.json()) as Record<string, unknown>; // the API's contract
      const things = member<T[]>(body, kind.plural);
      yield* things;
      if (things.length === 0 || !paginated) return;
      const { marker: _marker, limit: _limit, ...filters }: Query = page.query;
      const next = nextLink(body, kind);
      if (next !== undefined)
        page = { path: next.replace(/\?.*/s, ''), query: { ...filters, ...queryOf(next) } };
      // the SDK takes a limit for the length of a page
      else if (limit !== undefined) {
        const marker = idOf(things.at(-1));
        // a service that knows no pages always gives the same one
        if (marker === page.query['marker'])
          throw new SDKException('Endless pagination loop detected, aborting');
        page = { path: page.path, query: { ...filters, limit, marker } };
      } else page = undefined;
    }
  }

  /** By id first, then by name among all, as `openstack.resource.Resource.find` does. */
  protected async find<T extends { id?: string | number; name?: string }>(
    kind: Kind,
    nameOrId: string,
    { ignoreMissing = true }: ComputeFindOptions,
    list: () => AsyncIterable<T>,
    get: (id: string) => Promise<T> = (id) => this.fetch<T>(kind, pathTo(kind, id)),
  ): Promise<T | undefined> {
    try {
      return await get(nameOrId);
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
    }
    let found: T | undefined;
    for await (const one of list()) {
      if (one.id !== nameOrId && one.name !== nameOrId) continue;
      if (found)
        throw new DuplicateResource(`More than one ${kind.name} exists with the name '${nameOrId}'.`);
      found = one;
    }
    if (found === undefined && !ignoreMissing)
      throw new ResourceNotFound(`No ${kind.name} found for ${nameOrId}`);
    return found;
  }

  protected async create<T>(kind: Kind, value: object, more: object = {}): Promise<T> {
    return this.send<T>(kind, 'POST', kind.path, { [kind.key]: value, ...more });
  }

  protected async update<T>(kind: Kind, id: string, changes: object): Promise<T> {
    return this.send<T>(kind, 'PUT', pathTo(kind, id), { [kind.key]: changes });
  }

  /** Sends JSON and reads the thing that comes back. */
  protected async send<T>(kind: Kind, method: 'POST' | 'PUT', path: string, json: object): Promise<T> {
    const microversion = await this.microversion(kind.maxMicroversion);
    const response = await this.request(path, { method, json, microversion });
    return member<T>(await response.json(), kind.key);
  }

  protected async remove(kind: Kind, id: string, query?: Query): Promise<void> {
    const microversion = await this.microversion(kind.maxMicroversion);
    await this.request(pathTo(kind, id), { method: 'DELETE', microversion, ...(query && { query }) });
  }

  #discovered(): Promise<VersionData | undefined> {
    this.#version ??= this.#endpoint().then(async (url) => {
      const versions = await fetchVersions(this.session, url);
      return versions.findLast(({ version: [major] }) => major === 2);
    });
    return this.#version;
  }

  /** A microversion that the service has not is refused before the first call. */
  async #checkDefault(asked: string): Promise<void> {
    const { minMicroversion: min, maxMicroversion: max } = (await this.#discovered()) ?? {};
    if (min && max && !isNewer(min, asked) && !isNewer(asked, max)) return;
    throw new SDKException(
      `A default microversion for service compute of ${asked} was requested, but the cloud only supports a minimum of ${min ?? 'None'} and a maximum of ${max ?? 'None'}. The default microversion was set because a microversion formatted version string, '${asked}', was passed for the api_version of the service. If it was not intended to set a default microversion please remove anything other than an integer major version from the version setting for the service.`,
    );
  }
}

/** Whether microversion `a` is newer than `b`. */
function isNewer(a: string, b: string): boolean {
  const [x = [], y = []] = [a, b].map((text) => text.split('.').map(Number));
  return (x[0] ?? 0) > (y[0] ?? 0) || (x[0] === y[0] && (x[1] ?? 0) > (y[1] ?? 0));
}

/** The path of a thing, or of what belongs to it. */
export function pathTo(kind: Kind, ...parts: string[]): string {
  return kind.path + parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

/** What stands under a key of an answer; without the key, or when it is not there, the answer itself. */
export function member<T>(body: unknown, key: string): T {
  const value = typeof body === 'object' && body !== null && Object.hasOwn(body, key);
  return (value ? (body as Record<string, unknown>)[key] : body) as T; // the API's contract
}

/** What a page of a list goes on from. A key pair stands in an object of its own, and its name is its id. */
function idOf(thing: unknown): string | undefined {
  const { id, keypair } = thing as { id?: string; keypair?: { name: string } }; // the API's contract
  return id ?? keypair?.name;
}

/** The `next` among the links beside a list. */
function nextLink(body: Readonly<Record<string, unknown>>, { plural }: Kind): string | undefined {
  const links = body.links ?? body[`${plural}_links`];
  if (!Array.isArray(links)) return undefined;
  return (links as { rel: string; href: string }[]).find(({ rel }) => rel === 'next')?.href; // the API's contract
}

/** Gathers what comes one after the other. */
export async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const thing of things) gathered.push(thing);
  return gathered;
}
