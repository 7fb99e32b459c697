import type { Clock } from '../clock';
import { badRequest, notFound, unauthorized, validationError } from './errors';
import type { IdentityState, Project, Token, User } from './state';
import type { TokenProvider } from './token-provider';

type Json = Record<string, unknown>;

/**
 * Answers the body of POST /v3/auth/tokens with a token, or throws a KeystoneError.
 * Modelled on `keystone/auth/core.py` and `keystone/auth/plugins/`.
 */
export function authenticate(body: unknown, state: IdentityState, tokens: TokenProvider, clock: Clock): Token {
  const auth = object(object(body)?.['auth']);
  if (auth === undefined) throw validationError('auth', 'request body');
  const identity = object(auth['identity']);
  if (identity === undefined) throw schemaError('identity');
  const methods = identity['methods'];
  if (!Array.isArray(methods) || !methods.every((method) => typeof method === 'string')) throw schemaError('methods');
  if (methods.length === 0) throw unauthorized();

  const grant = { user: undefined as User | undefined, credential: null as string | null };
  let parent: Token | undefined;
  for (const method of new Set(methods)) {
    const data = object(identity[method]);
    if (data === undefined) throw validationError(method, 'identity');
    switch (method) {
      case 'password':
        grant.user = byPassword(data, state);
        break;
      case 'token':
        parent = byToken(data, tokens);
        grant.user = state.users.find((user) => user.id === parent?.user_id);
        break;
      case 'application_credential':
        grant.credential = byApplicationCredential(data, state, clock);
        grant.user = state.users.find(({ id }) => id === credentialById(state, grant.credential)?.user_id);
        break;
      default:
        throw unauthorized();
    }
  }
  if (grant.user === undefined || !grant.user.enabled) throw unauthorized();
  const scope = grant.credential === null ? resolveScope(auth['scope'], grant.user, state, tokens) : undefined;
  const credential = credentialById(state, grant.credential);
  const token = {
    methods: [...new Set([...(parent?.methods ?? []), ...(methods as string[])])],
    user_id: grant.user.id,
    project_id: credential?.project_id ?? scope?.project?.id ?? null,
    system: scope?.system ?? false,
    application_credential_id: grant.credential,
  };
  if ((token.project_id !== null || token.system) && tokens.rolesOf(token).length === 0) throw unauthorized();
  return tokens.issue(token, parent?.expires_at ?? undefined, parent?.audit_ids ?? []);
}

function byPassword(data: Json, state: IdentityState): User {
  const given = object(data['user']);
  if (given === undefined) throw validationError('user', 'password');
  const user = findUser(given, state);
  if (user === undefined || !user.enabled || given['password'] !== user.password) throw unauthorized();
  return user;
}

function findUser(given: Json, state: IdentityState): User | undefined {
  if (given['id'] !== undefined) return state.users.find((user) => user.id === given['id']);
  const name = given['name'];
  if (name === undefined) throw validationError('id or name', 'user');
  const domain = findDomain(given['domain'], state);
  return state.users.find((user) => user.name === name && user.domain_id === domain);
}

function findDomain(value: unknown, state: IdentityState): string | undefined {
  const domain = object(value);
  if (domain === undefined) throw validationError('domain', 'user');
  return state.domains.find(({ id, name }) => id === domain['id'] || name === domain['name'])?.id;
}

function byToken(data: Json, tokens: TokenProvider): Token {
  const id = data['id'];
  if (typeof id !== 'string') throw validationError('id', 'token');
  const context = tokens.validate(id);
  if (context === undefined) throw unauthorized();
  // an application credential must not be turned into more than it is
  if (context.token.application_credential_id !== null) throw unauthorized();
  return context.token;
}

function byApplicationCredential(data: Json, state: IdentityState, clock: Clock): string {
  const user = object(data['user']);
  const owner = user === undefined ? undefined : findUser(user, state);
  const credential = state.application_credentials.find((candidate) =>
    data['id'] !== undefined
      ? candidate.id === data['id']
      : candidate.name === data['name'] && candidate.user_id === owner?.id,
  );
  if (credential === undefined) {
    if (typeof data['id'] === 'string') throw notFound('Application Credential', data['id']);
    throw unauthorized();
  }
  const expired = credential.expires_at !== null && Date.parse(credential.expires_at) <= clock.now().getTime();
  if (expired || data['secret'] !== credential.secret) throw unauthorized();
  return credential.id;
}

function credentialById(state: IdentityState, id: string | null) {
  return state.application_credentials.find((credential) => credential.id === id);
}

interface Scope {
  project?: Project;
  system?: boolean;
}

/** Where the token will be good. Without a scope that is the user's default project, if she has one. */
function resolveScope(scope: unknown, user: User, state: IdentityState, tokens: TokenProvider): Scope {
  if (scope === 'unscoped') return {};
  if (scope === undefined) {
    const project = state.projects.find(({ id, enabled }) => id === user.default_project_id && enabled);
    if (project === undefined) return {};
    const roles = tokens.rolesOf({ user_id: user.id, project_id: project.id, system: false, application_credential_id: null });
    return roles.length > 0 ? { project } : {};
  }
  const given = object(scope);
  if (given === undefined) throw schemaError('scope');
  if ('unscoped' in given) return {};
  if (given['system'] !== undefined) {
    if (object(given['system'])?.['all'] !== true) throw validationError('all', 'system');
    return { system: true };
  }
  const target = object(given['project']);
  if (target === undefined) {
    // nobody has a role on a domain here
    if (given['domain'] !== undefined) throw unauthorized();
    throw validationError('project or domain', 'scope');
  }
  const project =
    target['id'] !== undefined
      ? state.projects.find(({ id }) => id === target['id'])
      : state.projects.find(({ name, domain_id }) => name === target['name'] && domain_id === findDomain(target['domain'], state));
  if (project === undefined || !project.enabled) throw unauthorized();
  return { project };
}

function schemaError(name: string) {
  return badRequest(`Invalid input for field '${name}'.`);
}

function object(value: unknown): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  // an object that came out of JSON.parse
  return value as Json;
}
