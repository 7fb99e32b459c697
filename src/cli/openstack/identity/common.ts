/** Finding projects by name: openstackclient/identity/common.py. */
import { HttpException, type Query } from '../../../client';
import { CommandError } from '../../errors';
import type { App } from '../app';

/** The id of a project. Whoever may not look it up gets the text back, to be tried as an id. */
export async function findProject(app: App, nameOrId: string, domain: string | undefined): Promise<string> {
  const query = domain === undefined ? {} : { domain_id: await find(app, 'domain', domain, {}) };
  return find(app, 'project', nameOrId, query);
}

async function find(app: App, kind: 'project' | 'domain', nameOrId: string, query: Query): Promise<string> {
  const { session } = app.connection;
  const endpointFilter = { serviceType: 'identity', version: 3, regionName: app.region.regionName };
  const get = async (path: string, parameters: Query): Promise<unknown> => {
    const response = await session.request(path, {
      endpointFilter,
      query: parameters,
      headers: { Accept: 'application/json' },
    });
    return response.json();
  };
  try {
    return idIn(await get(`/${kind}s/${encodeURIComponent(nameOrId)}`, {}), kind) ?? nameOrId;
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
  }
  let found: string[];
  try {
    found = idsIn(await get(`/${kind}s`, { ...query, name: nameOrId }), `${kind}s`);
  } catch (error) {
    if (!(error instanceof HttpException) || error.status !== 403) throw error;
    found = [nameOrId];
    // the real client tries the whole list last, and is refused that as well
    await get(`/${kind}s?`, {}).catch(() => undefined);
  }
  if (found.length > 1) throw new CommandError(`More than one ${kind} exists with the name '${nameOrId}'.`);
  const [id] = found;
  if (id === undefined) throw new CommandError(`No ${kind} with a name or ID of '${nameOrId}' exists.`);
  return id;
}

function idIn(body: unknown, key: string): string | undefined {
  const object = member(body, key);
  const id = member(object, 'id');
  return typeof id === 'string' ? id : undefined;
}

function idsIn(body: unknown, key: string): string[] {
  const list = member(body, key);
  return Array.isArray(list) ? list.map((one: unknown) => String(member(one, 'id'))) : [];
}

function member(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined; // any object can be asked for a key
}
