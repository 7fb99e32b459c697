import type { Context, Hono } from 'hono';
import { json, noContent, readJson, type Identity } from './app';
import { badRequest, conflict, forbiddenAction, notFound, validationError } from './errors';
import type { ApplicationCredential } from './state';
import type { TokenContext } from './token-provider';
import { keystoneTime } from './views';

const PATH = '/v3/users/:user_id/application_credentials';

/** Application credentials of a user. Modelled on `keystone/api/users.py`. */
export function mountApplicationCredentials(app: Hono, identity: Identity): void {
  const { state, tokens, ids, views } = identity;

  app.get(PATH, (c) => {
    const { userId } = caller(c, 'list_application_credentials');
    const name = c.req.query('name');
    const mine = state.application_credentials.filter(
      (credential) => credential.user_id === userId && (name === undefined || credential.name === name),
    );
    return json(ids, {
      application_credentials: mine.map(view),
      links: { next: null, self: `${views.root}/users/${userId}/application_credentials`, previous: null },
    });
  });

  app.post(PATH, async (c) => {
    const { context, userId } = caller(c, 'create_application_credential');
    const { token, user } = context;
    if (user.id !== userId || token.project_id === null) throw forbiddenAction('identity:create_application_credential');
    if (token.application_credential_id !== null) {
      const parent = state.application_credentials.find(({ id }) => id === token.application_credential_id);
      if (parent?.unrestricted !== true) {
        throw forbiddenAction('Using method \'application_credential\' is not allowed for managing additional application credentials');
      }
    }
    const given = (await readJson(c))['application_credential'];
    if (given === null || typeof given !== 'object') throw validationError('application_credential', 'request body');
    const { credential, roleIds } = parse(new Map(Object.entries(given)), context);
    const taken = state.application_credentials.some(({ name, user_id }) => user_id === userId && name === credential.name);
    if (taken) {
      throw conflict(
        `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${credential.name}.`,
      );
    }
    const created: ApplicationCredential = {
      id: ids.hex('application_credential'),
      ...credential,
      user_id: userId,
      project_id: token.project_id,
      role_ids: roleIds,
    };
    state.application_credentials.push(created);
    // the only time that the secret is shown
    return json(ids, { application_credential: { ...view(created), secret: created.secret } }, 201);
  });

  app.get(`${PATH}/:id`, (c) => {
    const { userId } = caller(c, 'get_application_credential');
    return json(ids, { application_credential: view(find(userId, c.req.param('id'))) });
  });

  app.delete(`${PATH}/:id`, (c) => {
    const { userId } = caller(c, 'delete_application_credential');
    const gone = find(userId, c.req.param('id'));
    state.application_credentials = state.application_credentials.filter((credential) => credential !== gone);
    state.tokens = state.tokens.filter((token) => token.application_credential_id !== gone.id);
    return noContent(ids);
  });

  function caller(c: Context, action: string): { context: TokenContext; userId: string } {
    const context = identity.authenticated(c);
    const userId = c.req.param('user_id') ?? '';
    if (context.user.id !== userId && !context.isAdmin) throw forbiddenAction(`identity:${action}`);
    return { context, userId };
  }

  function find(userId: string, id: string | undefined): ApplicationCredential {
    const found = state.application_credentials.find((credential) => credential.user_id === userId && credential.id === id);
    if (found === undefined) throw notFound('Application Credential', id ?? '');
    return found;
  }

  function parse(given: Map<string, unknown>, { roles }: TokenContext) {
    const name = given.get('name');
    if (typeof name !== 'string' || name === '') throw badRequest("Invalid input for field 'name': None is not of type 'string'");
    const roleIds = given.get('roles') === undefined ? roles.map(({ id }) => id) : wantedRoles(given.get('roles'), roles);
    const secret = given.get('secret');
    const expires = given.get('expires_at');
    if (typeof expires === 'string' && Number.isNaN(Date.parse(zulu(expires)))) throw badRequest(`Invalid input for field 'expires_at': '${expires}' is not a 'date-time'`);
    const description = given.get('description');
    return {
      roleIds,
      credential: {
        name,
        description: typeof description === 'string' ? description : null,
        secret: typeof secret === 'string' ? secret : ids.hex('secret') + ids.hex('secret'),
        expires_at: typeof expires === 'string' ? new Date(zulu(expires)).toISOString() : null,
        unrestricted: given.get('unrestricted') === true,
      },
    };
  }

  function wantedRoles(value: unknown, roles: TokenContext['roles']): string[] {
    if (!Array.isArray(value)) throw badRequest("Invalid input for field 'roles'.");
    return value.map((wanted: unknown) => {
      const reference = new Map<string, unknown>(Object.entries(wanted ?? {}));
      const role = roles.find(({ id, name }) => id === reference.get('id') || name === reference.get('name'));
      if (role === undefined) throw badRequest('Invalid application credential: Could not find role assignment.');
      return role.id;
    });
  }

  function view(credential: ApplicationCredential): object {
    return {
      id: credential.id,
      name: credential.name,
      description: credential.description,
      project_id: credential.project_id,
      system: null,
      expires_at: credential.expires_at === null ? null : keystoneTime(credential.expires_at).replace(/Z$/, ''),
      unrestricted: credential.unrestricted,
      roles: tokens.expandImplied(credential.role_ids).map(({ id, name }) => ({ id, name, domain_id: null, description: null, options: { immutable: true } })),
      links: views.self(`users/${credential.user_id}/application_credentials/${credential.id}`),
    };
  }
}

/** A time without a zone is UTC. */
function zulu(time: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}
