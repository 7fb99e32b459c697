import type { TokenContext, TokenProvider } from '../../identity/token-provider';
import type { IdentityState } from '../../identity/state';
import type { Store } from '../backend/store';
import { SwiftResponse, type Authorize, type Middleware, type SwiftRequest } from '../common/swob';
import { quote } from '../common/text';
import { parseAcl, referrerAllowed } from './acl';

/** Who may do everything with the account of her project: `operator_roles`. */
const OPERATOR_ROLES = ['admin', 'member'];
/** Who may do everything with every account. */
const RESELLER_ADMIN = 'reselleradmin';
const PREFIX = 'AUTH_';
const DOMAIN = 'project-domain-id';
const UNKNOWN_DOMAIN = '_unknown';
const DEFAULT_DOMAIN = 'default';

export interface AuthServices {
  tokens: TokenProvider;
  identity: IdentityState;
  store: Store;
  /** For those who come without a token. */
  identityUrl: string;
}

/**
 * Finds out who asks, and says what she may: `authtoken` of keystonemiddleware, which lets everybody pass for now, and
 * swift/common/middleware/keystoneauth.py.
 */
export function keystoneauth(services: AuthServices): Middleware {
  return async (request, next) => {
    const { env, headers } = request;
    if (!env.authorizeOverride) {
      const token = headers.get('X-Auth-Token') ?? headers.get('X-Storage-Token') ?? '';
      const found = token === '' ? undefined : services.tokens.validate(token);
      env.remoteUser = found === undefined ? undefined : (found.token.project_id ?? '');
      env.reseller = found?.roleNames.includes(RESELLER_ADMIN) ?? false;
      env.authorize = found === undefined ? authorizeAnonymous : (r) => authorize(found, services, r);
    }
    const response = await next(request);
    const domain = response.headers.get(`x-account-sysmeta-${DOMAIN}`);
    if (domain !== null) response.headers.set(`X-Account-${DOMAIN}`, domain);
    if (response.status === 401)
      response.headers.append('WWW-Authenticate', `Keystone uri="${services.identityUrl}"`);
    return response;
  };
}

/** 403 for somebody who is known, 401 for all others. */
function deny(request: SwiftRequest): SwiftResponse {
  return request.env.remoteUser === undefined ? unauthorized(request) : new SwiftResponse(403);
}

/** 401, with the account as the realm: `HTTPUnauthorized`. */
export function unauthorized(request: SwiftRequest | undefined, body?: string): SwiftResponse {
  const { version = '', account = '' } = request?.parts ?? {};
  const realm =
    version === '' || account === '' || account === 'v1.0' || account === 'auth' ? 'unknown' : account;
  return new SwiftResponse(401, { 'WWW-Authenticate': `Swift realm="${quote(realm)}"` }, body);
}

const authorizeAnonymous: Authorize = (request) => {
  const { version, account, object } = request.parts;
  if (version === '') return new SwiftResponse(404);
  if (request.method === 'OPTIONS') return undefined;
  if (!account.startsWith(PREFIX)) return deny(request);
  return unconfirmed(request, object) === true ? undefined : deny(request);
};

/** What the ACL says of the page that links here; undefined if it says nothing. */
function unconfirmed(request: SwiftRequest, object: string): boolean | undefined {
  const { referrers, groups } = parseAcl(request.acl);
  if (!referrerAllowed(request.headers.get('Referer'), referrers)) return undefined;
  return object !== '' || groups.includes('.rlistings');
}

function authorize(
  { token, user, roleNames }: TokenContext,
  { identity, store }: AuthServices,
  request: SwiftRequest,
): SwiftResponse | undefined {
  const { env, method } = request;
  env.owner = false;
  if (method === 'OPTIONS') return undefined;
  const { version, account, container, object } = request.parts;
  if (version === '') return new SwiftResponse(404);
  const project = identity.projects.find(({ id }) => id === token.project_id);
  const own = project !== undefined && account === PREFIX + project.id;

  const known = store.account(account);
  const sysmeta = `x-account-sysmeta-${DOMAIN}`;
  const domain = known?.record.headers[sysmeta];
  // a new account keeps the domain of its project, which says whether ACLs may have names
  if (object === '' && (container === '' ? method === 'POST' : method === 'PUT')) {
    const mine = own ? project.domain_id : undefined;
    if (known === undefined) request.headers.set(sysmeta, mine ?? UNKNOWN_DOMAIN);
    else if (domain === UNKNOWN_DOMAIN && mine !== undefined) request.headers.set(sysmeta, mine);
  }

  if (roleNames.includes(RESELLER_ADMIN)) {
    env.owner = true;
    return undefined;
  }
  if (container === '' && object === '' && method === 'DELETE') return deny(request);

  const { groups } = parseAcl(request.acl);
  const named =
    user.domain_id === DEFAULT_DOMAIN &&
    (project === undefined || project.domain_id === DEFAULT_DOMAIN) &&
    (own || (known !== undefined && (domain ?? DEFAULT_DOMAIN) === DEFAULT_DOMAIN));
  const projects = [token.project_id ?? 'None', '*', ...(named ? [project?.name ?? 'None'] : [])];
  const users = [user.id, '*', ...(named ? [user.name] : [])];
  if (projects.some((one) => users.some((other) => groups.includes(`${one}:${other}`)))) return undefined;

  const byReferrer = unconfirmed(request, object);
  if (byReferrer === true) return undefined;
  if (!own) return deny(request);
  if (roleNames.some((role) => OPERATOR_ROLES.includes(role))) {
    env.owner = true;
    return undefined;
  }
  if (byReferrer === false) return deny(request);
  return roleNames.some((role) => groups.some((group) => group.toLowerCase() === role))
    ? undefined
    : deny(request);
}
