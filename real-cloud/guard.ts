/**
 * Stands between the clients and a cloud that belongs to somebody: notes what the replay makes there, and lets it change
 * and delete nothing else, whatever a page says.
 */
import { z } from 'zod';
import { listen, type HttpDoor } from '../src/door/http-server';

/** Collections in which a page may make something: of Image, Identity, Compute, Volume (with or without a project), Network, Key Manager, Shared File Systems. */
const COLLECTIONS = new RegExp(
  [
    '.*/v2/(?:images|tasks|metadefs/namespaces)',
    '.*/v3/(?:users|projects|domains|roles|groups|services|regions|endpoints|credentials)',
    '.*/v2(?:\\.1)?(?:/[0-9a-f]{32})?/(?:servers|flavors|os-keypairs|os-aggregates|os-server-groups)',
    '.*/v3(?:/[0-9a-f]{32})?/(?:volumes|snapshots|types|backups|group_types)',
    '.*/v2\\.0/(?:networks|subnets|ports|routers|floatingips|security-groups|security-group-rules|address-groups|rbac-policies)',
    '.*/v1/(?:secrets|containers|orders)',
    '.*/v2/(?:shares|snapshots|share-networks|types|resource-locks)',
  ]
    .map((path) => `^${path}/?$`)
    .join('|'),
);
/** Something in one of them. */
const ONE = /^.*\/(?:images|servers|flavors|os-aggregates|volumes|snapshots)\/[^/]+/;
const LOGIN = /\/v3\/auth\/tokens$/;

/** Hop by hop, or for `fetch` to say. */
const NOT_PASSED = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'expect', 'accept-encoding'];

/** What the service says is JSON. */
const answerOf = (text: string) => JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;

const login = z.object({ token: z.object({ roles: z.array(z.object({ name: z.string() })) }) });
const made = z
  .object({ id: z.string().or(z.number()) })
  .or(z.object({ namespace: z.string() }))
  .or(z.object({ public_key: z.string(), name: z.string() }));

/** Something that a page made. */
export interface Made {
  url: URL;
  /** Of who made it: a key pair belongs to its user, whom no administrator can delete it for by its name. */
  token: string;
}

/** Nobody else has an id like this one. */
const UNIQUE = /^[0-9a-f]{32}$|^[0-9a-f-]{36}$/;

export class Guard {
  readonly #doors: HttpDoor[] = [];
  /** By origin of the cloud: the origin that stands for it here. */
  readonly #stands = new Map<string, string>();
  readonly #mine = new Set<string>();
  /** What the replay made under ids that others could have too, by its URL: another service may have a `1` as well. */
  readonly #minePlaces = new Set<string>();
  /** Tokens of people who are nobody's administrator: the cloud itself keeps them from what belongs to others. */
  readonly #harmless = new Set<string>();
  #made: Made[] = [];

  /** A place of this machine that stands for a service. */
  async standFor(service: string): Promise<string> {
    const { origin } = new URL(service);
    let stand = this.#stands.get(origin);
    if (stand === undefined) {
      const door = await listen((request) => this.#pass(request, origin), 0);
      this.#doors.push(door);
      stand = `http://127.0.0.1:${door.port}`;
      this.#stands.set(origin, stand);
    }
    return service.replace(origin, stand);
  }

  /** What else may be changed, by id. */
  allow(...ids: readonly string[]): void {
    for (const id of ids) this.#mine.add(id);
  }

  /** What was made since the last time, the newest first. */
  takeMade(): Made[] {
    return this.#made.splice(0).reverse();
  }

  async close(): Promise<void> {
    await Promise.all(this.#doors.map((door) => door.close()));
  }

  async #pass(request: Request, origin: string): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (!(await this.#mayBe(request, origin))) {
      const error = {
        code: 403,
        title: 'Forbidden',
        message: 'The replay changes nothing here but what it made.',
      };
      return Response.json({ error }, { status: 403 });
    }
    const headers = new Headers(request.headers);
    for (const name of NOT_PASSED) headers.delete(name);
    headers.set('accept-encoding', 'identity');
    const sent: RequestInit & { duplex: 'half' } = {
      method: request.method,
      headers,
      redirect: 'manual',
      duplex: 'half',
    };
    const response = await fetch(
      origin + pathname + search,
      request.body ? { ...sent, body: request.body } : sent,
    );
    return this.#answer(request, new URL(pathname, origin), response);
  }

  async #mayBe(request: Request, origin: string): Promise<boolean> {
    const { method, url, headers } = request;
    const { pathname: path } = new URL(url);
    if (['GET', 'HEAD', 'OPTIONS'].includes(method) || LOGIN.test(path)) return true;
    if (method === 'POST' && COLLECTIONS.test(path)) return true;
    const token = headers.get('x-auth-token') ?? '';
    if (this.#harmless.has(token)) return true;
    // a host was there before, and an aggregate changes what it takes
    if (/\/os-aggregates\/[^/]+\/action$/.test(path) && 'add_host' in answerOf(await request.clone().text()))
      return false;
    if (path.split('/').some((word) => this.#mine.has(decodeURIComponent(word)))) return true;
    if ([...this.#minePlaces].some((mine) => `${origin}${path}/`.startsWith(`${mine}/`))) return true;
    // what is not there can come to no harm, and the page may be about the answer
    const thing = ONE.exec(path)?.[0];
    return (
      thing !== undefined &&
      (await fetch(origin + thing, { headers: { 'x-auth-token': token } })).status === 404
    );
  }

  async #answer(request: Request, url: URL, response: Response): Promise<Response> {
    const headers = new Headers(response.headers);
    for (const name of ['transfer-encoding', 'connection', 'content-length']) headers.delete(name);
    const init = { status: response.status, statusText: response.statusText, headers };
    if (!headers.get('content-type')?.includes('json')) return new Response(response.body, init);
    let text = await response.text();
    if (request.method === 'POST' && response.ok && COLLECTIONS.test(url.pathname))
      this.#note(url, text, request.headers.get('x-auth-token') ?? '');
    const roles = LOGIN.test(url.pathname) ? login.safeParse(answerOf(text)).data?.token.roles : undefined;
    if (roles && !roles.some(({ name }) => name === 'admin'))
      this.#harmless.add(headers.get('x-subject-token') ?? '');
    for (const [origin, stand] of this.#stands) text = text.replaceAll(origin, stand);
    return new Response(text === '' ? null : text, init);
  }

  #note(collection: URL, text: string, token: string): void {
    const answer = answerOf(text);
    // most services wrap what they made in its kind
    const found = [answer, ...Object.values(answer)].map((value) => made.safeParse(value).data).find(Boolean);
    if (!found) return;
    const id = 'id' in found ? String(found.id) : 'namespace' in found ? found.namespace : found.name;
    const url = new URL(`${collection.pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}`, collection);
    if (UNIQUE.test(id)) this.#mine.add(id);
    else this.#minePlaces.add(url.href);
    this.#made.push({ url, token });
  }
}
