import { IDENTITY_PATH } from '../paths';
import type { AccessRule, IdentityState } from './state';
import type { TokenProvider } from './token-provider';

/**
 * The request as its service gets to see it: without the token of an application credential whose access rules do not
 * allow it, so that every service answers as it does to a token that is not valid. Modelled on
 * `validate_allowed_request` of keystonemiddleware/auth_token, with `service_type` set in every service.
 *
 * @param prefix where the service lies; paths of access rules begin behind it.
 */
export function withAllowedToken(
  request: Request,
  prefix: string,
  tokens: TokenProvider,
  state: IdentityState,
): Request {
  const credentialId = tokens.validate(request.headers.get('X-Auth-Token') ?? '')?.token
    .application_credential_id;
  if (!credentialId) return request;
  const ids = state.application_credentials.find(({ id }) => id === credentialId)?.access_rule_ids;
  if (ids === undefined) return request;
  const path = new URL(request.url).pathname.slice(prefix.length);
  // every token may be looked at
  if (prefix === IDENTITY_PATH && request.method === 'GET' && path.endsWith('/v3/auth/tokens'))
    return request;
  // a service goes on with what the user began
  if (tokens.validate(request.headers.get('X-Service-Token') ?? '') !== undefined) return request;
  const types = serviceTypes(prefix, state);
  const allowed = state.access_rules.some(
    (rule) =>
      ids.includes(rule.id) &&
      rule.method === request.method &&
      types.includes(rule.service) &&
      matches(rule, path),
  );
  if (allowed) return request;
  const headers = new Headers(request.headers);
  headers.set('X-Auth-Token', 'restricted');
  // not the request itself: an HTTP server's may be one that `Request` does not know
  const { method, body, url } = request;
  const init: RequestInit & { duplex?: 'half' } = { method, headers };
  if (body !== null) Object.assign(init, { body, duplex: 'half' });
  return new Request(url, init);
}

/** The types under which the catalog has the service at `prefix`. */
function serviceTypes(prefix: string, { services, endpoints }: IdentityState): string[] {
  const here = endpoints.filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`));
  return services
    .filter(({ id }) => here.some(({ service_id }) => service_id === id))
    .map(({ type }) => type);
}

/** `_path_matches`: `*` and `{name}` stand for one part of a path, `**` for any number. */
function matches({ path: pattern }: AccessRule, path: string): boolean {
  const source = pattern.replace(/\{[^}]*\}|\*\*|\*|[^{}*]+|[{}]/g, (token) => {
    if (token === '**') return '.*';
    if (token === '*' || (token.length > 1 && token.startsWith('{'))) return '[^/]+';
    return token.replace(/[.+?^$()|[\]\\{}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`).test(path);
}
