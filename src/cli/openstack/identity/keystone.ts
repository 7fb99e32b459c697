/** Commands of the client that speak through python-keystoneclient, and not through the SDK. */
import { HttpException, IdentityClient, type RequestOptions } from '../../../client';
import { CommandError } from '../../errors';
import { keystoneMessage } from '../../messages';
import type { App } from '../app';

/** keystoneclient/base.py: its own name, its own words for a refusal, and a `?` at the end of each list. */
export class KeystoneClient extends IdentityClient {
  override async request(path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = { Accept: 'application/json', 'User-Agent': 'python-keystoneclient', ...options.headers };
    const bare =
      options.query !== undefined && Object.values(options.query).every((one) => one === undefined);
    try {
      return await super.request(bare ? `${path}?` : path, { ...options, headers });
    } catch (error) {
      if (error instanceof HttpException) error.message = keystoneMessage(error);
      throw error;
    }
  }
}

/** The running command's cloud, as keystoneclient talks to it. */
export function keystone(app: App): KeystoneClient {
  const { regionName, config } = app.region;
  const face = (['public', 'internal', 'admin'] as const).find((one) => one === app.region.interface);
  const override = config.identity_endpoint_override;
  return new KeystoneClient(app.connection.session, {
    regionName,
    interface: face,
    endpointOverride: typeof override === 'string' ? override : undefined,
  });
}

/** A kind of thing that can be looked up: a CrudManager. */
export interface Manager<T> {
  /** Its word in errors, such as `project`. */
  name: string;
  get(id: string): Promise<T>;
  list(query: { name?: string; domain_id?: string }): Promise<T[]>;
}

type Named = { id: string; name?: string };

/** `find_resource` of osc_lib/utils: by id, by name, and last in the list of all. @throws {@link CommandError} */
export async function findResource<T extends Named>(
  manager: Manager<T>,
  nameOrId: string,
  query: { domain_id?: string } = {},
): Promise<T> {
  const byId = await refusalTo(manager.get(nameOrId));
  if (!(byId instanceof HttpException)) return byId;
  if (/^\d+$/.test(nameOrId) && query.domain_id === undefined) {
    const byNumber = await refusalTo(manager.get(nameOrId));
    if (!(byNumber instanceof HttpException)) return byNumber;
    if (byNumber.status !== 404) throw byNumber;
  }
  const found = await refusalTo(manager.list({ ...query, name: nameOrId }));
  if (found instanceof HttpException && found.status !== 404) return amongAll(manager, nameOrId);
  const matches = found instanceof HttpException ? [] : found;
  if (matches.length > 1)
    throw new CommandError(`More than one ${manager.name} exists with the name '${nameOrId}'.`);
  const [only] = matches;
  if (only === undefined)
    throw new CommandError(`No ${manager.name} with a name or ID of '${nameOrId}' exists.`);
  return only;
}

/** The last resort of `find_resource`, which keystoneclient's things are not made for: it ends with the first of them. */
async function amongAll<T>(manager: Manager<T>, nameOrId: string): Promise<never> {
  const all = await manager.list({});
  throw new CommandError(
    all.length === 0
      ? `Could not find resource ${nameOrId}`
      : 'Resource.get() takes 1 positional argument but 2 were given',
  );
}

/** What comes of a request, or why it was refused. */
async function refusalTo<T>(request: Promise<T>): Promise<T | HttpException> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof HttpException) return error;
    throw error;
  }
}

/** What keystoneclient can look up by name. */
export function managers(client: IdentityClient) {
  return {
    projects: {
      name: 'project',
      get: (id: string) => client.getProject(id),
      list: (query: object) => client.projects(query),
    },
    users: {
      name: 'user',
      get: (id: string) => client.getUser(id),
      list: (query: object) => client.users(query),
    },
    groups: {
      name: 'group',
      get: (id: string) => client.getGroup(id),
      list: (query: object) => client.groups(query),
    },
    domains: {
      name: 'domain',
      get: (id: string) => client.getDomain(id),
      list: (query: object) => client.domains(query),
    },
    endpoints: {
      name: 'endpoint',
      get: (id: string) => client.getEndpoint(id),
      list: (query: object) => client.endpoints(query),
    },
  };
}
