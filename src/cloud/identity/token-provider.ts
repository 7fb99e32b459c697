import { sha512 } from '@noble/hashes/sha2.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Clock } from '../clock';
import type { IdSource } from '../ids';
import { roleIdsAt } from './assignments';
import type { IdentityState, Role, Token, User } from './state';

/** How long a token is good for: Keystone's default `[token] expiration`, one hour. */
export const TOKEN_LIFETIME_MS = 3600_000;

/** A valid token and what Keystone knows about it at this moment. */
export interface TokenContext {
  token: Token;
  user: User;
  roles: Role[];
  /** In lower case, as policy rules compare them. */
  roleNames: string[];
  isAdmin: boolean;
}

/** Issues, validates and revokes tokens. Modelled on `keystone/token/provider.py`. */
export class TokenProvider {
  readonly #state: IdentityState;
  readonly #clock: Clock;
  readonly #ids: IdSource;
  /** `state.tokens`, to be found quickly. */
  readonly #byId: Map<string, Token>;
  #service: TokenContext | undefined;

  constructor(state: IdentityState, clock: Clock, ids: IdSource) {
    this.#state = state;
    this.#byId = new Map(state.tokens.map((token) => [token.id, token]));
    this.#clock = clock;
    this.#ids = ids;
  }

  /** @param expiresAt an upper limit: a token got from a token lives no longer than that one. */
  issue(
    grant: Pick<
      Token,
      'methods' | 'user_id' | 'project_id' | 'domain_id' | 'system' | 'application_credential_id'
    >,
    expiresAt?: string,
    parentAuditIds: readonly string[] = [],
  ): Token {
    const now = this.#clock.now();
    this.#forgetExpired(now);
    const seed = this.#ids.hex('token');
    const lifetimeEnd = new Date(now.getTime() + TOKEN_LIFETIME_MS).toISOString();
    const auditId = base64url(hexToBytes(seed));
    // the audit id of the first token of a chain stands at the end
    const chain = parentAuditIds.at(-1);
    const token: Token = {
      ...grant,
      id: fernetLike(seed, now, grant.project_id !== null ? 80 : 64),
      audit_ids: chain === undefined ? [auditId] : [auditId, chain],
      issued_at: now.toISOString(),
      expires_at: expiresAt !== undefined && expiresAt < lifetimeEnd ? expiresAt : lifetimeEnd,
    };
    this.#state.tokens.push(token);
    this.#byId.set(token.id, token);
    return token;
  }

  /** The oldest come first, and most live equally long; one that is kept for too long is refused all the same. */
  #forgetExpired(now: Date): void {
    const { tokens } = this.#state;
    const expired = tokens.findIndex((token) => Date.parse(token.expires_at) > now.getTime());
    const gone = tokens.splice(0, expired === -1 ? tokens.length : expired);
    for (const { id } of gone) this.#byId.delete(id);
  }

  /** The token with this id, or undefined if it is unknown, expired, revoked, or its user or project is gone. */
  validate(id: string): TokenContext | undefined {
    if (id !== '' && id === this.#service?.token.id) return this.#service;
    const token = this.#byId.get(id);
    if (token === undefined || Date.parse(token.expires_at) <= this.#clock.now().getTime()) return undefined;
    const user = this.#state.users.find((candidate) => candidate.id === token.user_id && candidate.enabled);
    if (user === undefined) return undefined;
    const roles = this.rolesOf(token);
    if ((token.project_id !== null || token.domain_id != null || token.system) && roles.length === 0)
      return undefined;
    const roleNames = roles.map((role) => role.name.toLowerCase());
    return { token, user, roles, roleNames, isAdmin: roleNames.includes('admin') };
  }

  /**
   * A token of the services themselves: for what nova, say, has neutron do in nobody's name. It is in no list, belongs to
   * no project, and never ends.
   */
  serviceToken(): string {
    if (this.#service === undefined) {
      const token: Token = {
        id: fernetLike(this.#ids.hex('service-token'), this.#clock.now(), 64),
        methods: ['password'],
        user_id: 'service',
        project_id: null,
        system: false,
        application_credential_id: null,
        audit_ids: [],
        issued_at: this.#clock.now().toISOString(),
        expires_at: '9999-12-31T23:59:59.999Z',
      };
      const user = { id: 'service', name: 'service', domain_id: 'default', enabled: true };
      this.#service = {
        token,
        user: { ...user, password: '', default_project_id: null },
        roles: [],
        roleNames: ['admin', 'service'],
        isAdmin: true,
      };
    }
    return this.#service.token.id;
  }

  revoke(id: string): void {
    this.revokeAll((token) => token.id === id);
  }

  /** Revokes every token of which this is true. */
  revokeAll(isMeant: (token: Token) => boolean): void {
    for (const token of this.#state.tokens.filter(isMeant)) this.#byId.delete(token.id);
    this.#state.tokens = this.#state.tokens.filter((token) => !isMeant(token));
  }

  /** The roles a token carries now, implied ones included. */
  rolesOf(
    token: Pick<Token, 'user_id' | 'project_id' | 'domain_id' | 'system' | 'application_credential_id'>,
  ): Role[] {
    const domainId = token.domain_id ?? null;
    if (token.project_id === null && domainId === null && !token.system) return [];
    const project = this.#state.projects.find((candidate) => candidate.id === token.project_id);
    const domain = this.#state.domains.find(({ id }) => id === (project?.domain_id ?? domainId));
    if (token.project_id !== null && project?.enabled !== true) return [];
    if (!token.system && domain?.enabled !== true) return [];
    const assigned = roleIdsAt(this.#state, token.user_id, token);
    // roles of one domain are only good for what they bring along
    const roles = this.expandImplied(assigned).filter((role) => (role.domain_id ?? null) === null);
    if (token.application_credential_id === null) return roles;
    const credential = this.#state.application_credentials.find(
      ({ id }) => id === token.application_credential_id,
    );
    if (credential === undefined) return [];
    const granted = new Set(this.expandImplied(credential.role_ids).map((role) => role.id));
    return roles.filter((role) => granted.has(role.id));
  }

  expandImplied(roleIds: readonly string[]): Role[] {
    const found: Role[] = [];
    const queue = [...roleIds];
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const role = this.#state.roles.find((candidate) => candidate.id === id);
      if (role === undefined || found.includes(role)) continue;
      found.push(role);
      queue.push(...role.implies);
    }
    return found;
  }
}

/**
 * A token id of the outer form of a Fernet token: version byte, time, and bytes that look encrypted. It is only a key
 * into the state, so nothing is encrypted in it.
 *
 * @param payloadLength bytes of the encrypted part; Keystone's project-scoped tokens have 80.
 */
function fernetLike(seed: string, time: Date, payloadLength: number): string {
  const bytes = new Uint8Array(1 + 8 + 16 + payloadLength + 32);
  bytes[0] = 0x80;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(Math.floor(time.getTime() / 1000)));
  for (let at = 9, block = 0; at < bytes.length; at += 64, block++) {
    bytes.set(sha512(utf8ToBytes(`${seed}/${block}`)).subarray(0, bytes.length - at), at);
  }
  return base64url(bytes);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
