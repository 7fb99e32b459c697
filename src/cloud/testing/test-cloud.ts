import { SimulatedClock } from '../clock';
import { Cloud, type CloudState } from '../cloud';
import { startState } from '../states';

const PROJECTS = { admin: 'admin', demo: 'demo', partner: 'partner', viewer: 'demo' } as const;
export type UserName = keyof typeof PROJECTS;

export const PATCH_V21 = 'application/openstack-images-v2.1-json-patch';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, or undefined. */
  json: Record<string, unknown> & { id?: string };
}

/** A cloud with somebody logged in, for tests. Bugs inside the cloud are thrown and not turned into a 500. */
export class TestCloud {
  readonly bugs: unknown[] = [];
  readonly #tokens = new Map<UserName, string>();

  private constructor(
    readonly cloud: Cloud,
    readonly clock: SimulatedClock,
  ) {}

  static async start(
    state: string | CloudState = 'empty',
    blobs?: ReadonlyMap<string, Blob>,
  ): Promise<TestCloud> {
    const clock = new SimulatedClock('2026-11-22T09:00:00Z');
    const bugs: unknown[] = [];
    const cloud = new Cloud({
      state: typeof state === 'string' ? await startState(state) : state,
      ...(blobs === undefined ? {} : { blobs }),
      clock,
      onError: (error) => bugs.push(error),
    });
    const test = new TestCloud(cloud, clock);
    Object.assign(test, { bugs });
    return test;
  }

  async send(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: BodyInit } = {},
  ): Promise<Answer> {
    const { headers = {}, body } = options;
    const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' }) };
    const response = await this.cloud.fetch(new Request(this.cloud.baseUrl + path, init));
    const text = await response.text();
    const [bug] = this.bugs;
    if (bug !== undefined) throw bug;
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  async login(user: UserName): Promise<string> {
    const known = this.#tokens.get(user);
    if (known !== undefined) return known;
    const domain = { id: 'default' };
    const answer = await this.authenticate({
      identity: { methods: ['password'], password: { user: { name: user, domain, password: 'secret' } } },
      scope: { project: { name: PROJECTS[user], domain } },
    });
    const token = answer.headers.get('X-Subject-Token') ?? '';
    this.#tokens.set(user, token);
    return token;
  }

  authenticate(auth: object): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json' };
    return this.send('POST', '/identity/v3/auth/tokens', { headers, body: JSON.stringify({ auth }) });
  }

  async as(
    user: UserName,
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const all = { 'X-Auth-Token': await this.login(user), 'Content-Type': 'application/json', ...headers };
    return this.send(method, path, {
      headers: all,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  }

  /** Makes an image and returns its id. */
  async image(record: object = {}, user: UserName = 'demo'): Promise<string> {
    const answer = await this.as(user, 'POST', '/image/v2/images', record);
    return answer.json.id ?? '';
  }

  async upload(
    id: string,
    body: BodyInit,
    user: UserName = 'demo',
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const all = {
      'X-Auth-Token': await this.login(user),
      'Content-Type': 'application/octet-stream',
      ...headers,
    };
    return this.send('PUT', `/image/v2/images/${id}/file`, { headers: all, body });
  }

  async patch(id: string, changes: object[], user: UserName = 'demo'): Promise<Answer> {
    return this.as(user, 'PATCH', `/image/v2/images/${id}`, changes, { 'Content-Type': PATCH_V21 });
  }

  /** The names of a list's images, in order. */
  async names(query: string, user: UserName = 'demo'): Promise<unknown[]> {
    const answer = await this.as(user, 'GET', `/image/v2/images?${query}`);
    const images = answer.json['images'];
    return Array.isArray(images) ? images.map((image: { name: unknown }) => image.name) : [answer.text];
  }
}

/** The sentence of one of Glance's error pages. */
export function explanation(answer: Answer): string {
  return (
    /<\/h1>\s*([\s\S]*?)<br \/><br \/>\s*([\s\S]*?)\s*<\/body>/
      .exec(answer.text)
      ?.slice(1, 3)
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ') ?? answer.text
  );
}

function parse(text: string): Answer['json'] {
  try {
    return JSON.parse(text) as Answer['json']; // a test looks at what it expects
  } catch {
    return {};
  }
}
