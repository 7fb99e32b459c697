import type { Context, Hono } from 'hono';
import { accessRuleIds, view as viewRule, wantedAccessRules } from './access-rules';
import { json, noContent, readJson, refuseOtherMethods, type Identity } from './app';
import { repr } from '../../python/repr';
import { badRequest, conflict, forbiddenAction, KeystoneError, malformed, notFound } from './errors';
import type { ApplicationCredential } from './state';
import type { TokenContext } from './token-provider';
import { keystoneTime } from './views';

const PATH = '/v3/users/:user_id/application_credentials';
/** What a role in a request may say of itself. */
const ROLE_MEMBERS = ['id', 'name', 'domain_id', 'description', 'options'];

/** Application credentials of a user. Modelled on `keystone/api/users.py`. */
export function mountApplicationCredentials(app: Hono, identity: Identity): void {
  const { state, tokens, ids, views } = identity;

  app.get(PATH, (c) => {
    const { userId } = caller(c, 'list_application_credentials');
    const name = c.req.query('name');
    // in the order of the index that Keystone's database finds them by
    const mine = state.application_credentials
      .filter(
        (credential) => credential.user_id === userId && (name === undefined || credential.name === name),
      )
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    return json(ids, {
      application_credentials: mine.map(view),
      links: {
        next: null,
        self: `${views.root}/users/${userId}/application_credentials${new URL(c.req.url).search}`,
        previous: null,
      },
    });
  });

  app.post(PATH, async (c) => {
    const { context, userId } = caller(c, 'create_application_credential');
    const { token, user } = context;
    if (user.id !== userId || token.project_id === null)
      throw forbiddenAction('identity:create_application_credential');
    refuseRestricted(context);
    const { access_rules, ...credential } = parse(await readJson(c), context);
    const taken = state.application_credentials.some(
      ({ name, user_id }) => user_id === userId && name === credential.name,
    );
    if (taken) {
      throw conflict(
        `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${credential.name}.`,
      );
    }
    const created: ApplicationCredential = {
      id: ids.hex('application_credential'),
      ...credential,
      ...accessRuleIds(access_rules, userId, state, ids),
      user_id: userId,
      project_id: token.project_id,
    };
    state.application_credentials.push(created);
    // the only time that the secret is shown
    const { links, ...rest } = view(created);
    return json(ids, { application_credential: { ...rest, secret: created.secret, links } }, 201);
  });

  app.get(`${PATH}/:id`, (c) => {
    const { userId } = caller(c, 'get_application_credential');
    return json(ids, { application_credential: view(find(userId, c.req.param('id'))) });
  });

  app.delete(`${PATH}/:id`, (c) => {
    const { context, userId } = caller(c, 'delete_application_credential');
    refuseRestricted(context);
    const gone = find(userId, c.req.param('id'));
    state.application_credentials = state.application_credentials.filter((credential) => credential !== gone);
    tokens.revokeAll((token) => token.application_credential_id === gone.id);
    return noContent(ids);
  });

  refuseOtherMethods(app, ids, PATH, 'GET, HEAD, POST, OPTIONS');
  refuseOtherMethods(app, ids, `${PATH}/:id`, 'GET, HEAD, DELETE, OPTIONS');

  function caller(c: Context, action: string): { context: TokenContext; userId: string } {
    const context = identity.authenticated(c);
    const userId = c.req.param('user_id') ?? '';
    if (context.user.id !== userId && !context.isAdmin) throw forbiddenAction(`identity:${action}`);
    return { context, userId };
  }

  /** Only an application credential that may do so makes and deletes others. */
  function refuseRestricted({ token }: TokenContext): void {
    if (token.application_credential_id === null) return;
    const parent = state.application_credentials.find(({ id }) => id === token.application_credential_id);
    if (parent?.unrestricted === true) return;
    throw forbiddenAction(
      "Using method 'application_credential' is not allowed for managing additional application credentials.",
    );
  }

  function find(userId: string, id: string | undefined): ApplicationCredential {
    const found = state.application_credentials.find(
      (credential) => credential.user_id === userId && credential.id === id,
    );
    if (found === undefined) throw notFound('Application Credential', id ?? '');
    return found;
  }

  function parse(body: Record<string, unknown>, { roles }: TokenContext) {
    const given = body['application_credential'];
    if (given === undefined) throw badRequest("'application_credential' is a required property");
    if (given === null || typeof given !== 'object')
      throw badValue('application_credential', given, `${repr(given)} is not of type 'object'`);
    const fields = new Map<string, unknown>(Object.entries(given));
    const field = <T>(name: string, types: string[], isType: (value: unknown) => value is T): T | null => {
      const value = fields.get(name) ?? null;
      if (value === null) return null;
      if (!isType(value))
        throw badValue(name, value, `${repr(value)} is not of type ${types.map(repr).join(', ')}`);
      return value;
    };
    if (!fields.has('name')) throw badValue('application_credential', given, "'name' is a required property");
    const name = field('name', ['string'], isString);
    if (name === null) throw badValue('name', null, "None is not of type 'string'");
    if (name === '') throw badValue('name', '', "'' is too short");
    const wanted = field('roles', ['array'], Array.isArray);
    return {
      name,
      description: field('description', ['string', 'null'], isString),
      unrestricted: field('unrestricted', ['boolean', 'null'], (value) => typeof value === 'boolean'),
      role_ids:
        wanted === null || wanted.length === 0
          ? roles.map(({ id }) => id)
          : wanted.map((role: unknown, i) => roleId(refuseUnknown(role, i), roles)),
      expires_at: expiry(field('expires_at', ['string', 'null'], isString)),
      secret: field('secret', ['string', 'null'], isString) ?? newSecret(ids),
      access_rules: wantedAccessRules(fields.get('access_rules')),
    };
  }

  function refuseUnknown(role: unknown, index: number): unknown {
    const unknown = Object.keys(role ?? {}).filter((name) => !ROLE_MEMBERS.includes(name));
    if (unknown.length === 0) return role;
    const which = `${unknown.map(repr).join(', ')} ${unknown.length === 1 ? 'was' : 'were'} unexpected`;
    throw badValue(String(index), role, `Additional properties are not allowed (${which})`);
  }

  function expiry(text: string | null): string | null {
    if (text === null) return null;
    const time = Date.parse(zulu(text));
    if (Number.isNaN(time)) throw malformed('Timestamp not in expected format.');
    if (time < identity.clock.now().getTime()) throw malformed("The 'expires_at' must not be before now.");
    // the fraction as it was given, which may be finer than this language's clock
    const fraction = /\.(\d{1,6})/.exec(text)?.[1]?.padEnd(6, '0') ?? '000000';
    return new Date(time).toISOString().replace(/\.\d{3}Z$/, `.${fraction}Z`);
  }

  function roleId(wanted: unknown, roles: TokenContext['roles']): string {
    const reference = new Map<string, unknown>(Object.entries(wanted ?? {}));
    const role = state.roles.find(
      ({ id, name }) => id === reference.get('id') || name === reference.get('name'),
    );
    if (role === undefined) {
      const name = reference.get('name') ?? reference.get('id');
      throw new KeystoneError(404, 'Not Found', `Role ${String(name)} is not defined`);
    }
    if (roles.includes(role)) return role.id;
    throw badRequest(
      'Invalid application credential: Cannot create an application credential with unassigned role',
    );
  }

  function view(credential: ApplicationCredential) {
    return {
      id: credential.id,
      name: credential.name,
      description: credential.description,
      user_id: credential.user_id,
      project_id: credential.project_id,
      system: null,
      expires_at:
        credential.expires_at === null ? null : keystoneTime(credential.expires_at).replace(/Z$/, ''),
      unrestricted: credential.unrestricted,
      roles: tokens.expandImplied(credential.role_ids).map(({ id, name }) => ({
        id,
        name,
        domain_id: null,
        description: null,
        options: { immutable: true },
      })),
      ...(credential.access_rule_ids === undefined
        ? {}
        : {
            access_rules: credential.access_rule_ids.flatMap((id) =>
              state.access_rules.filter((rule) => rule.id === id).map(viewRule),
            ),
          }),
      links: views.self(`application_credentials/${credential.id}`),
    };
  }
}

/** 86 characters, as 64 bytes come out of base64 for URLs. */
function newSecret(ids: Identity['ids']): string {
  const digits = Array.from({ length: 4 }, () => ids.hex('secret')).join('');
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function badValue(name: string, value: unknown, reason: string) {
  return badRequest(
    `Invalid input for field/attribute ${name}. Value: ${typeof value === 'string' ? value : repr(value)}. ${reason}`,
  );
}

/** A time without a zone is UTC. */
function zulu(time: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}
