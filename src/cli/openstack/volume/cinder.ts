/** Commands that speak through python-cinderclient, and not through the SDK. */
import { HttpException, VolumeClient, reasonPhrase, type RequestOptions } from '../../../client';
import { CommandError } from '../../errors';
import type { App } from '../app';

/** cinderclient/client.py: its own name, and its own words for a refusal. */
export class CinderClient extends VolumeClient {
  override async request(path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = { Accept: 'application/json', 'User-Agent': 'python-cinderclient', ...options.headers };
    try {
      return await super.request(path, { ...options, headers });
    } catch (error) {
      if (error instanceof HttpException) error.message = cinderMessage(error);
      throw error;
    }
  }
}

/** `from_response` of cinderclient/exceptions.py: `No. (HTTP 404) (Request-ID: req-…)`. */
function cinderMessage(error: HttpException): string {
  const id = error.headers.get('x-compute-request-id');
  return `${wordsOf(error)} (HTTP ${error.status})${id === null ? '' : ` (Request-ID: ${id})`}`;
}

function wordsOf(error: HttpException): string {
  try {
    const body: unknown = JSON.parse(error.body);
    if (typeof body !== 'object' || body === null) return 'n/a';
    const inner: unknown = 'message' in body ? body : Object.values(body)[0];
    return typeof inner === 'object' && inner !== null && 'message' in inner ? String(inner.message) : 'n/a';
  } catch {
    return error.body === '' ? error.reason || reasonPhrase(error.status) : 'n/a';
  }
}

/** The version that was asked for: [3, 0] unless said. */
export function apiVersion(app: App): readonly [major: number, minor: number] {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?$/.exec(versionText(app)) ?? [];
  return [Number(major ?? 3), Number(minor ?? 0)];
}

function versionText(app: App): string {
  const { volume_api_version: version } = app.region.config;
  return typeof version === 'string' || typeof version === 'number' ? String(version) : '3';
}

/** The N of the version 3.N that was asked for; undefined if none, or only `3`, was: the SDK then takes the newest. */
export function askedMinor(app: App): number | undefined {
  return versionText(app).includes('.') ? apiVersion(app)[1] : undefined;
}

/** Whether the version asked for is this one or newer. @param minor of 3. */
export function atLeast(app: App, minor: number): boolean {
  const [major, asked] = apiVersion(app);
  return major > 3 || (major === 3 && asked >= minor);
}

/** The running command's cloud, as cinderclient talks to it. */
export function cinder(app: App): CinderClient {
  const { regionName, config } = app.region;
  const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
  const override = config.block_storage_endpoint_override ?? config.volume_endpoint_override;
  const [major, minor] = apiVersion(app);
  return new CinderClient(app.connection.session, {
    serviceType: 'volumev3',
    regionName,
    interface: face,
    endpointOverride: typeof override === 'string' ? override : undefined,
    defaultMicroversion: minor > 0 ? `${major}.${minor}` : undefined,
  });
}

/** A kind of thing that can be looked up: a ManagerWithFind of cinderclient. */
export interface Manager<T> {
  /** Its word in errors, such as `volume`. */
  name: string;
  get(id: string): Promise<T>;
  /** Those of a name, or all. */
  list(name?: string): Promise<T[]>;
}

/** `find_resource` of osc_lib/utils: by id, then by name. @throws {@link CommandError} */
export async function findResource<T extends { id: string; name: string | null }>(
  manager: Manager<T>,
  nameOrId: string,
): Promise<T> {
  try {
    return await manager.get(nameOrId);
  } catch {
    // go on by name
  }
  if (/^\d+$/.test(nameOrId)) {
    try {
      return await manager.get(String(Number(nameOrId)));
    } catch (error) {
      if (!(error instanceof HttpException) || error.status !== 404) throw error;
    }
  }
  let found: T[];
  try {
    found = (await manager.list(nameOrId)).filter(({ name }) => name === nameOrId);
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
    if (error.status === 404) found = [];
    else {
      // whose list is refused by name tries the whole one, and that error is the one that is seen
      await manager.list();
      throw new CommandError(`Could not find resource ${nameOrId}`);
    }
  }
  const [only, second] = found;
  if (second !== undefined)
    throw new CommandError(`More than one ${manager.name} exists with the name '${nameOrId}'.`);
  if (only === undefined)
    throw new CommandError(`No ${manager.name} with a name or ID of '${nameOrId}' exists.`);
  return only;
}

/** What cinderclient can look up by name. */
export function managers(client: VolumeClient) {
  // the order of the query is the alphabet's
  const query = (name?: string) => (name === undefined ? {} : { all_tenants: 1, name });
  return {
    volumes: {
      name: 'volume',
      get: (id: string) => client.getVolume(id),
      list: (name?: string) => client.list<VolumeFields>('/volumes/detail', 'volumes', query(name)),
    },
    snapshots: {
      name: 'snapshot',
      get: (id: string) => client.getSnapshot(id),
      list: (name?: string) => client.list<SnapshotFields>('/snapshots/detail', 'snapshots', query(name)),
    },
    types: {
      name: 'volumetype',
      get: (id: string) => client.getType(id),
      list: (name?: string) => client.types({ ...(name !== undefined && { name }), is_public: 'None' }),
    },
  };
}

type VolumeFields = Awaited<ReturnType<VolumeClient['getVolume']>>;
type SnapshotFields = Awaited<ReturnType<VolumeClient['getSnapshot']>>;
