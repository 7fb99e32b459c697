import type { Clock } from '../clock';
import { repr } from '../../python/repr';
import {
  badRequest,
  forbiddenAction,
  KeystoneError,
  notFound,
  unauthorized,
  unknownToken,
  unsupportedMethod,
  validationError,
} from './errors';
import type { Domain, IdentityState, Project, Token, User } from './state';
import type { TokenProvider } from './token-provider';

type Json = Record<string, unknown>;

/**
 * Answers the body of POST /v3/auth/tokens with a token, or throws a KeystoneError.
 * Modelled on `keystone/auth/core.py` and `keystone/auth/plugins/`.
 */
export function authenticate(
  body: unknown,
  state: IdentityState,
  tokens: TokenProvider,
  clock: Clock,
): Token {
  const auth = object(object(body)?.['auth']);
  if (auth === undefined) throw validationError('auth', 'request body');
  const identity = object(auth['identity']);
  if (identity === undefined) throw required('identity', '');
  const methods = identity['methods'];
  if (methods === undefined) throw required('methods', 'identity');
  if (!Array.isArray(methods)) throw badType('identity/methods', methods, "'array'");
  methods.forEach((method, i) => {
    if (typeof method !== 'string') throw badType(`identity/methods/${i}`, method, "'string'");
  });
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
        throw unsupportedMethod();
    }
  }
  if (grant.user === undefined || !grant.user.enabled) throw unauthorized();
  if (grant.credential !== null && auth['scope'] !== undefined) {
    const message =
      'Error authenticating with application credential: Application credentials cannot request a scope.';
    throw new KeystoneError(401, 'Unauthorized', message, { identity: {} });
  }
  const scope =
    grant.credential === null ? resolveScope(auth['scope'], grant.user, state, tokens) : undefined;
  const credential = credentialById(state, grant.credential);
  const token = {
    methods: [...new Set([...methods, ...(parent?.methods ?? [])])],
    user_id: grant.user.id,
    project_id: credential?.project_id ?? scope?.project?.id ?? null,
    domain_id: scope?.domain?.id ?? null,
    system: scope?.system ?? false,
    application_credential_id: grant.credential,
  };
  const scoped = token.project_id !== null || token.domain_id !== null || token.system;
  if (scoped && tokens.rolesOf(token).length === 0) throw unauthorized();
  return tokens.issue(token, parent?.expires_at ?? undefined, parent?.audit_ids ?? []);
}

function byPassword(data: Json, state: IdentityState): User {
  const given = object(data['user']);
  if (given === undefined) throw validationError('user', 'None');
  if (typeof (given['password'] ?? '') !== 'string')
    throw badType('identity/password/user/password', given['password'], "'string'");
  const user = findUser(given, state);
  if (user === undefined || !user.enabled || given['password'] !== user.password) throw unauthorized();
  return user;
}

function findUser(given: Json, state: IdentityState): User | undefined {
  const path = 'identity/password/user';
  if (given['id'] !== undefined) return state.users.find((user) => user.id === given['id']);
  const name = given['name'];
  if (name === undefined) throw incomplete(path);
  const domain = findDomain(given['domain'], 'user', path, state);
  return state.users.find((user) => same(user.name, name) && user.domain_id === domain);
}

function findDomain(value: unknown, parent: string, path: string, state: IdentityState): string | undefined {
  const domain = object(value);
  if (domain === undefined) throw validationError('domain', parent);
  if (domain['id'] === undefined && domain['name'] === undefined) throw incomplete(`${path}/domain`);
  return state.domains.find(({ id, name }) => id === domain['id'] || same(name, domain['name']))?.id;
}

/** The database under Keystone compares names without regard to case. */
function same(name: string, wanted: unknown): boolean {
  return typeof wanted === 'string' && name.toLowerCase() === wanted.toLowerCase();
}

function incomplete(path: string) {
  return badRequest(`Invalid input for field ${path}: id or name must be present.`);
}

function byToken(data: Json, tokens: TokenProvider): Token {
  const id = data['id'];
  if (typeof id !== 'string') throw required('id', 'identity/token');
  const context = tokens.validate(id);
  if (context === undefined) throw unknownToken(id);
  // an application credential must not be turned into more than it is
  if (context.token.application_credential_id !== null) {
    throw forbiddenAction('Using a delegated token to create another token is not allowed.');
  }
  return context.token;
}

function byApplicationCredential(data: Json, state: IdentityState, clock: Clock): string {
  const { id, name } = data;
  if (id === undefined && name === undefined) throw validationError('name or ID', 'application credential');
  const user = object(data['user']);
  if (id === undefined && user === undefined) throw validationError('user', 'application credential');
  const owner = user === undefined ? undefined : findUser(user, state);
  const credential = state.application_credentials.find((candidate) =>
    id !== undefined ? candidate.id === id : candidate.name === name && candidate.user_id === owner?.id,
  );
  if (credential === undefined)
    throw id === undefined ? unauthorized() : notFound('Application Credential', String(id));
  const expired =
    credential.expires_at !== null && Date.parse(credential.expires_at) <= clock.now().getTime();
  if (expired || data['secret'] !== credential.secret) throw unauthorized();
  return credential.id;
}

function credentialById(state: IdentityState, id: string | null) {
  return state.application_credentials.find((credential) => credential.id === id);
}

interface Scope {
  project?: Project;
  domain?: Domain;
  system?: boolean;
}

/** Where the token will be good. Without a scope that is the user's default project, if she has one. */
function resolveScope(scope: unknown, user: User, state: IdentityState, tokens: TokenProvider): Scope {
  if (scope === 'unscoped') return {};
  if (scope === undefined) {
    const project = state.projects.find(({ id, enabled }) => id === user.default_project_id && enabled);
    if (project === undefined) return {};
    const roles = tokens.rolesOf({
      user_id: user.id,
      project_id: project.id,
      system: false,
      application_credential_id: null,
    });
    return roles.length > 0 ? { project } : {};
  }
  const given = typeof scope === 'string' ? {} : object(scope);
  if (given === undefined) throw badType('scope', scope, "'object', 'string'");
  if (SCOPES.filter((kind) => kind in given).length !== 1) {
    throw validationError('system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  }
  if ('unscoped' in given) return {};
  if ('system' in given) return { system: true };
  const domain = object(given['domain']);
  if (domain !== undefined && domain['id'] === undefined && domain['name'] === undefined)
    throw incomplete('scope/domain');
  const target = object(given['project']);
  if (domain !== undefined && target === undefined) {
    const found = state.domains.find(({ id, name }) => id === domain['id'] || same(name, domain['name']));
    if (found?.enabled !== true) throw unauthorized();
    return { domain: found };
  }
  if (target === undefined) throw unauthorized();
  const project = findProject(target, state);
  if (project === undefined || !project.enabled) throw unauthorized();
  return { project };
}

const SCOPES = ['system', 'project', 'domain', 'OS-TRUST:trust', 'unscoped'];

function findProject(given: Json, state: IdentityState): Project | undefined {
  const path = 'scope/project';
  if (given['id'] !== undefined) return state.projects.find(({ id }) => id === given['id']);
  if (given['name'] === undefined) throw incomplete(path);
  const domain = findDomain(given['domain'], 'project', path, state);
  return state.projects.find(({ name, domain_id }) => same(name, given['name']) && domain_id === domain);
}

/** The first line of what jsonschema says; Keystone goes on with the whole schema. */
function badType(path: string, value: unknown, types: string) {
  return badRequest(`Invalid input for field '${path}': ${repr(value)} is not of type ${types}`);
}

function required(name: string, path: string) {
  return badRequest(
    `${path === '' ? '' : `Invalid input for field '${path}': `}'${name}' is a required property`,
  );
}

function object(value: unknown): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  // an object that came out of JSON.parse
  return value as Json;
}
