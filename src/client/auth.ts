/** Ways to get a token from Identity v3. Models keystoneauth1's `identity.v3` plugins behind `identity.generic`. */
import { AccessInfo, type Token } from './access';
import {
  AuthorizationFailure,
  DiscoveryFailure,
  EndpointNotFound,
  HttpException,
  InvalidResponse,
  Unauthorized,
  httpFailure,
} from './errors';
import { fetchVersions } from './discover';
import type { Session } from './session';

/** A user or project by id, or by name within a domain. Keys as in clouds.yaml's `auth` section. */
export interface ProjectScope {
  project_id?: string | undefined;
  project_name?: string | undefined;
  project_domain_id?: string | undefined;
  project_domain_name?: string | undefined;
  /** Instead of a project: a domain, the whole system (`all`), or what a trust gives. */
  domain_id?: string | undefined;
  domain_name?: string | undefined;
  system_scope?: string | undefined;
  trust_id?: string | undefined;
  /** Stands in for every domain that is not given. */
  default_domain?: string | undefined;
}

/** `auth_type: password`. */
export interface PasswordAuth extends ProjectScope {
  auth_url: string;
  user_id?: string | undefined;
  username?: string | undefined;
  user_domain_id?: string | undefined;
  user_domain_name?: string | undefined;
  password: string;
}

/** `auth_type: token`: exchanges a token for one with another scope. */
export interface TokenAuth extends ProjectScope {
  auth_url: string;
  token: string;
}

/**
 * `auth_type: v3applicationcredential`: a secret of its own, already scoped to a project. A scope beside it is sent,
 * and refused.
 */
export interface ApplicationCredentialAuth extends ProjectScope {
  auth_url: string;
  application_credential_id?: string | undefined;
  application_credential_name?: string | undefined;
  application_credential_secret: string;
  /** Whose credential it is; needed only with the name. */
  user_id?: string | undefined;
  username?: string | undefined;
  user_domain_id?: string | undefined;
  user_domain_name?: string | undefined;
}

type Json = Record<string, unknown>;

/** One way to authenticate; {@link Session} asks it for a token when it needs one. */
export abstract class AuthPlugin {
  #tokensUrl: string | undefined;

  constructor(readonly authUrl: string) {}

  /** The `auth.identity` member of the request: its method's name and what that method needs. */
  protected abstract identity(): { method: string; data: Json };
  /** The `auth.scope` member, or undefined to leave it out. */
  protected abstract scope(): Json | undefined;

  /**
   * Finds Identity v3 from `auth_url`, then asks it for a token.
   *
   * @throws {@link Unauthorized} when the credentials are wrong, {@link DiscoveryFailure} when nothing
   * at `auth_url` looks like Identity v3, {@link ConnectFailure} when nothing answers.
   */
  async getAccess(session: Session): Promise<AccessInfo> {
    const scope = this.scope();
    const { method, data } = this.identity();
    this.#tokensUrl ??= `${await this.#findV3(session)}/auth/tokens`;
    const url = this.#tokensUrl;

    session.log({ type: 'auth-request', url });
    const response = await session.request(url, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      json: { auth: { identity: { methods: [method], [method]: data }, ...(scope && { scope }) } },
      authenticated: false,
      logged: false,
      raise: false,
    });
    if (!response.ok) {
      const failure = await httpFailure(response, { method: 'POST', url });
      throw failure.status === 401 ? new Unauthorized(failure) : new HttpException(failure);
    }
    const body = await response.text();
    session.log({ type: 'auth-response', url, status: response.status, headers: response.headers, body });
    const token = tokenIn(body);
    const authToken = response.headers.get('x-subject-token');
    if (token === undefined || authToken === null)
      throw new InvalidResponse(`No token in the answer of ${url}`);
    return new AccessInfo(authToken, token);
  }

  /** The base URL of Identity v3, without a trailing slash. */
  async #findV3(session: Session): Promise<string> {
    const authUrl = this.authUrl.replace(/\/+$/, '');
    try {
      const versions = await fetchVersions(session, this.authUrl);
      const v3 = versions.find(({ version }) => version[0] === 3);
      if (v3) return v3.url.replace(/\/+$/, '');
    } catch (error) {
      if (error instanceof EndpointNotFound) throw error; // auth_url is no URL
      session.log({
        type: 'warning',
        url: this.authUrl,
        message: `Failed to discover available identity versions when contacting ${this.authUrl}. Attempting to parse version from URL.`,
      });
      if (authUrl.endsWith('/v3')) return authUrl;
      throw new DiscoveryFailure(
        'Could not find versioned identity endpoints when attempting to authenticate. ' +
          `Please check that your auth_url is correct. ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
    throw new DiscoveryFailure(
      'Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct.',
    );
  }
}

/** Logs in with a user's name and password. */
export class Password extends AuthPlugin {
  constructor(readonly options: PasswordAuth) {
    super(options.auth_url);
  }

  protected identity() {
    return {
      method: 'password',
      data: {
        user: { ...userOf(this.options, this.options.default_domain), password: this.options.password },
      },
    };
  }

  protected scope() {
    return scopeOf(this.options);
  }
}

/** Logs in with a token got elsewhere. */
export class TokenPlugin extends AuthPlugin {
  constructor(readonly options: TokenAuth) {
    super(options.auth_url);
  }

  protected identity() {
    return { method: 'token', data: { id: this.options.token } };
  }

  protected scope() {
    return scopeOf(this.options);
  }
}

/** Logs in with an application credential. */
export class ApplicationCredential extends AuthPlugin {
  constructor(readonly options: ApplicationCredentialAuth) {
    super(options.auth_url);
  }

  protected identity() {
    const {
      application_credential_id: id,
      application_credential_name: name,
      application_credential_secret: secret,
    } = this.options;
    const which = id !== undefined ? { id } : { name, user: userOf(this.options, undefined) };
    return { method: 'application_credential', data: { ...which, secret } };
  }

  protected scope() {
    return scopeOf(this.options);
  }
}

function userOf(
  options: Pick<PasswordAuth, 'user_id' | 'username' | 'user_domain_id' | 'user_domain_name'>,
  defaultDomain: string | undefined,
): Json {
  if (options.user_id !== undefined) return { id: options.user_id };
  return {
    name: options.username,
    ...domainOf(options.user_domain_id, options.user_domain_name, defaultDomain),
  };
}

function domainOf(id: string | undefined, name: string | undefined, defaultDomain: string | undefined): Json {
  if (id !== undefined) return { domain: { id } };
  if (name !== undefined) return { domain: { name } };
  return defaultDomain === undefined ? {} : { domain: { id: defaultDomain } };
}

function scopeOf(scope: ProjectScope): Json | undefined {
  const targets = [
    scope.domain_id ?? scope.domain_name,
    scope.project_id ?? scope.project_name,
    scope.trust_id,
    scope.system_scope,
  ];
  if (targets.filter((target) => target !== undefined).length > 1) {
    throw new AuthorizationFailure(
      'Authentication cannot be scoped to multiple targets. Pick one of: project, domain, trust, system or unscoped',
    );
  }
  if (scope.domain_id !== undefined) return { domain: { id: scope.domain_id } };
  if (scope.domain_name !== undefined) return { domain: { name: scope.domain_name } };
  if (scope.project_id !== undefined) return { project: { id: scope.project_id } };
  if (scope.project_name !== undefined) {
    const domain = domainOf(scope.project_domain_id, scope.project_domain_name, scope.default_domain);
    return { project: { name: scope.project_name, ...domain } };
  }
  if (scope.trust_id !== undefined) return { 'OS-TRUST:trust': { id: scope.trust_id } };
  return scope.system_scope === 'all' ? { system: { all: true } } : undefined;
}

function tokenIn(body: string): Token | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'token' in parsed &&
      typeof parsed.token === 'object'
    ) {
      return parsed.token as Token; // Identity's own contract; checking every field here would only hide a broken service
    }
  } catch {
    // not JSON: the caller says so
  }
  return undefined;
}
