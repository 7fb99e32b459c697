/** Commands that speak through python-manilaclient: its own requests, its own versions, its own words. */
import { HttpException, reasonPhrase, type Query, type QueryValue } from '../../../client';
import { CommandError } from '../../errors';
import { repr, str, type Value } from '../../python';
import type { App } from '../app';
import { SHARES, type Kind } from './kinds';

/** A thing as the API shows it: `_info` of a Resource. */
export type Info = Record<string, Value>;

/** What python-manilaclient 5.4 knows: manilaclient/api_versions.py. */
const NEWEST = 88;

/** `from_response` of manilaclient/common/apiclient/exceptions.py: `No. (HTTP 404) (Request-ID: req-…)`. */
function clientMessage({ body, headers, reason, status }: HttpException): string {
  const id = headers.get('x-openstack-request-id') ?? headers.get('x-compute-request-id');
  const words = `${wordsOf(body) ?? (reason || reasonPhrase(status))} (HTTP ${status})`;
  return id === null ? words : `${words} (Request-ID: ${id})`;
}

function wordsOf(body: string): string | undefined {
  try {
    const [error] = Object.values(JSON.parse(body) as object); // whatever it is, it is looked at
    const { message } = Object(error) as { message?: unknown };
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}

/** manilaclient/v2/client.py: one version of the API, spoken to by its paths. */
export class ManilaClient {
  constructor(
    readonly app: App,
    readonly endpoint: string,
    /** The N of the version 2.N. */
    readonly version: number,
  ) {}

  /** Sends a request. @throws {@link HttpException} in manilaclient's words. */
  async send(method: string, path: string, json?: unknown, query?: Query): Promise<Info> {
    const { connection } = this.app;
    try {
      const response = await connection.session.request(path, {
        method,
        endpointOverride: this.endpoint,
        headers: {
          'X-Openstack-Manila-Api-Version': `2.${this.version}`,
          'User-Agent': 'python-manilaclient',
          Accept: 'application/json',
        },
        ...(json !== undefined && { json }),
        ...(query !== undefined && { query }),
      });
      const text = await response.text();
      return text === '' ? {} : (JSON.parse(text) as Info); // the API's contract
    } catch (error) {
      if (error instanceof HttpException) error.message = clientMessage(error);
      throw error;
    }
  }

  async one(key: string, path: string, method = 'GET', json?: unknown): Promise<Info> {
    return (await this.send(method, path, json))[key] as Info; // the API's contract
  }

  /** A collection. @param search what to ask for; what is empty is left out, as `_build_query_string` does. */
  async list(
    key: string,
    path: string,
    search: Readonly<Record<string, Value | undefined>> = {},
  ): Promise<Info[]> {
    return (await this.send('GET', path, undefined, queryOf(search)))[key] as Info[]; // the API's contract
  }

  atLeast(minor: number): boolean {
    return this.version >= minor;
  }

  /** @throws {@link CommandError} for a version that is too old for something. */
  require(minor: number, message: string): void {
    if (!this.atLeast(minor)) throw new CommandError(message);
  }

  /** `api_versions.wraps`. @throws {@link CommandError} for a version that has not got a method. */
  wraps(minor: number, method: string): void {
    this.require(
      minor,
      `API version '2.${this.version}' is not supported on 'manilaclient.v2.${method}' method.`,
    );
  }
}

/** Sorted, without what is empty; dictionaries as Python writes them. */
export function queryOf(search: Readonly<Record<string, Value | undefined>>): Query {
  const entries = Object.entries(search)
    .filter(([, value]) => isTrue(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]): [string, QueryValue] => [
      key,
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : repr(value),
    ]);
  return Object.fromEntries(entries);
}

/** Python's truth. */
export function isTrue(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/**
 * The running command's cloud. The version is the newest that both sides know, or an older one that is asked for:
 * `make_client` of manilaclient/osc/plugin.py.
 */
export async function manila(app: App): Promise<ManilaClient> {
  const { regionName, config } = app.region;
  const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
  const access = await app.connection.session.getAccess();
  const url = ['shared-file-system', 'sharev2']
    .map((serviceType) => access.urlFor({ serviceType, regionName, ...(face && { interface: face }) }))
    .find((one) => one !== undefined);
  if (url === undefined)
    throw new CommandError('Could not find manila / shared-file-system endpoint in the service catalog.');
  const base = /^(.+?)\/v\d+(?:\.\d+)?(?:\/.*)?$/.exec(url)?.[1] ?? url;
  const unversioned = new ManilaClient(app, base, NEWEST);
  const versions = await unversioned.list('versions', '/');
  const current = versions.find(({ status }) => status === 'CURRENT');
  const newest = Number(str(current?.version ?? '2.0').split('.')[1] ?? 0);
  const asked = Number(str(config.share_api_version ?? `2.${NEWEST}`).split('.')[1] ?? 0);
  return new ManilaClient(app, url.replace(/\/+$/, ''), Math.min(asked, newest));
}

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

export function isUuidLike(text: string): boolean {
  return UUID.test(text);
}

/** The path of one thing. */
export function pathOf(kind: Kind, id: string | number): string {
  return `${kind.path}/${encodeURI(String(id))}`;
}

export function get(client: ManilaClient, kind: Kind, id: string | number): Promise<Info> {
  return client.one(kind.key, pathOf(kind, id));
}

/** Those of a name: `findall`. The recycle bin is looked through, too. */
async function named(client: ManilaClient, kind: Kind, name: string): Promise<Info[]> {
  const list = (more: Readonly<Record<string, Value>>) =>
    client.list(kind.listKey, kind.listPath ?? kind.path, { ...kind.all, all_tenants: 1, ...more });
  const found = await list({});
  const bin = kind === SHARES && client.atLeast(69) ? await list({ is_soft_deleted: true }) : [];
  return [...found, ...bin].filter((one) => one[kind.nameField ?? 'name'] === name);
}

function isMissing(error: unknown): boolean {
  return error instanceof HttpException && error.status === 404;
}

/** `find_resource` of manilaclient/common/apiclient/utils.py. @throws {@link CommandError} */
export async function find(client: ManilaClient, kind: Kind, nameOrId: string): Promise<Info> {
  const ids = [
    ...(/^\s*[+-]?\d+\s*$/.test(nameOrId) ? [Number(nameOrId)] : []),
    ...(isUuidLike(nameOrId) ? [nameOrId] : []),
  ];
  for (const id of ids) {
    try {
      return await get(client, kind, id);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  const [only, second] = await named(client, kind, nameOrId);
  if (second !== undefined) {
    throw new CommandError(
      `Multiple ${kind.word} matches found for '${nameOrId}', use an ID to be more specific.`,
    );
  }
  if (only === undefined)
    throw new CommandError(`No ${kind.word} with a name or ID of '${nameOrId}' exists.`);
  return only;
}

/** `find_resource` of osc_lib/utils, which other commands use. @throws {@link CommandError} */
export async function oscFind(client: ManilaClient, kind: Kind, nameOrId: string): Promise<Info> {
  try {
    return await get(client, kind, nameOrId);
  } catch {
    // go on by name
  }
  const [only, second] = await named(client, kind, nameOrId);
  if (second !== undefined)
    throw new CommandError(`More than one ${kind.word} exists with the name '${nameOrId}'.`);
  if (only === undefined)
    throw new CommandError(`No ${kind.word} with a name or ID of '${nameOrId}' exists.`);
  return only;
}

/** Metadata of a thing, or of something of it: MetadataCapableManager. */
export const metadata = {
  async get(client: ManilaClient, path: string): Promise<Info> {
    return client.one('metadata', `${path}/metadata`);
  },
  async set(client: ManilaClient, path: string, pairs: Readonly<Record<string, string>>): Promise<void> {
    await client.send('POST', `${path}/metadata`, { metadata: pairs });
  },
  async remove(client: ManilaClient, path: string, key: string): Promise<void> {
    await client.send('DELETE', `${path}/metadata/${encodeURI(key)}`);
  },
};

/** Does something to a thing: POST …/action. Before 2.7 the names of most began with `os-`. */
export function action(
  client: ManilaClient,
  kind: Kind,
  id: string,
  name: string,
  info: unknown = null,
): Promise<Info> {
  const word = client.atLeast(7) ? name : `os-${name}`;
  return client.send('POST', `${pathOf(kind, id)}/action`, { [word]: info });
}

/** The id of a thing, as a text. */
export function idOf(info: Info): string {
  return str(info.id);
}

const INTERVAL = 5000;

/** `wait_for_status` of osc_lib/utils. @returns whether it ended well. */
export async function waitForStatus(
  client: ManilaClient,
  look: () => Promise<Info>,
  { field = 'status', success = ['active'], failures = ['error'] } = {},
): Promise<boolean> {
  for (;;) {
    const status = str((await look())[field] ?? '').toLowerCase();
    if (success.includes(status)) return true;
    if (failures.includes(status)) return false;
    await client.app.context.sleep(INTERVAL);
  }
}

/** `wait_for_delete` of osc_lib/utils. @returns whether it went away within five minutes, and not into an error. */
export async function waitForDelete(client: ManilaClient, look: () => Promise<Info>): Promise<boolean> {
  for (let waited = 0; waited < 300_000; waited += INTERVAL) {
    try {
      const { status } = await look();
      if (str(status ?? '').toLowerCase() === 'error') return false;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
    await client.app.context.sleep(INTERVAL);
  }
  return false;
}
