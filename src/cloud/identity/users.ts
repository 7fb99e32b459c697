import type { Hono } from 'hono';
import { json, noContent, readJson, type Identity } from './app';
import { groupIdsOf } from './assignments';
import { badRequest, conflict, forbiddenAction, notFound, unauthorized } from './errors';
import { BOOLEAN, extraOf, flag, NAME, NULLABLE_TEXT, resourceIn, TEXT, textOr } from './fields';
import { listLinks } from './resources';
import type { IdentityState, User } from './state';
import type { TokenProvider } from './token-provider';
import { mountWrites, refuseMove } from './writes';

const FIELDS = {
  default_project_id: NULLABLE_TEXT,
  description: NULLABLE_TEXT,
  domain_id: TEXT,
  enabled: BOOLEAN,
  name: NAME(255),
  password: NULLABLE_TEXT,
};
const KNOWN = [
  'id',
  'default_project_id',
  'domain_id',
  'enabled',
  'name',
  'password',
  'options',
  'links',
  'password_expires_at',
  'original_password',
];

/** Modelled on `keystone/api/users.py`. */
export function mountUsers(app: Hono, identity: Identity): void {
  const { state, ids, views, tokens } = identity;

  mountWrites<User>(app, identity, {
    plural: 'users',
    singular: 'user',
    records: () => state.users,
    view: (user) => views.user(user),
    repeatsExtra: true,
    create: (body) => {
      const given = resourceIn(body, 'user', FIELDS, ['name']);
      const domainId = textOr(given['domain_id'], 'default');
      if (!state.domains.some(({ id }) => id === domainId)) throw notFound('domain', domainId);
      const user: User = {
        id: ids.hex('user'),
        name: textOr(given['name'], ''),
        domain_id: domainId,
        enabled: flag(given['enabled'], true),
        password: textOr(given['password'], ''),
        default_project_id: textOr(given['default_project_id'], null),
        ...optionsIn(given, {}),
        ...extraOf(given, KNOWN),
      };
      if (taken(user, state)) {
        throw conflict(
          `Conflict occurred attempting to store user - Duplicate entry found with name ${user.name} at domain ID ${domainId}.`,
        );
      }
      state.users.push(user);
      return user;
    },
    update: (user, body) => {
      const given = resourceIn(body, 'user', FIELDS, []);
      const changed: User = {
        ...user,
        name: textOr(given['name'], user.name),
        enabled: flag(given['enabled'], user.enabled),
        password: textOr(given['password'], user.password),
        default_project_id:
          given['default_project_id'] === null
            ? null
            : textOr(given['default_project_id'], user.default_project_id),
        ...optionsIn(given, user.options ?? {}),
      };
      if (taken(changed, state)) {
        throw conflict(
          `Conflict occurred attempting to store user - Duplicate entry found with name ${changed.name}.`,
        );
      }
      refuseMove(user, given);
      const { extra } = extraOf(given, KNOWN);
      // whoever knew the old password, or a user who must not come in, is out
      if (changed.password !== user.password || !changed.enabled)
        tokens.revokeAll(({ user_id }) => user_id === user.id);
      Object.assign(user, changed, extra === undefined ? {} : { extra: { ...user.extra, ...extra } });
    },
    remove: (user) => removeUser(user, state, tokens),
  });

  app.post('/v3/users/:id/password', async (c) => {
    const id = c.req.param('id');
    const given = Object(((await readJson(c))['user'] ?? {}) as object) as Record<string, unknown>; // JSON
    for (const name of ['original_password', 'password']) {
      if (!(name in given))
        throw badRequest(`${JSON.stringify(name).replaceAll('"', "'")} is a required property`);
    }
    const user = state.users.find((candidate) => candidate.id === id);
    if (user === undefined || given['original_password'] !== user.password) throw unauthorized();
    user.password = textOr(given['password'], user.password);
    tokens.revokeAll(({ user_id }) => user_id === user.id);
    return noContent(ids);
  });

  app.get('/v3/users/:id/groups', (c) => {
    const caller = identity.authenticated(c);
    const id = c.req.param('id');
    if (!caller.isAdmin && caller.user.id !== id) throw forbiddenAction('identity:list_groups_for_user');
    if (!state.users.some((user) => user.id === id)) throw notFound('user', id);
    const mine = groupIdsOf(state, id);
    const name = c.req.query('name')?.toLowerCase();
    const groups = state.groups.filter(
      (group) => mine.includes(group.id) && (name === undefined || group.name.toLowerCase() === name),
    );
    return json(ids, {
      groups: groups.map((group) => views.group(group)),
      links: listLinks(c, views.root, `users/${id}/groups`),
    });
  });
}

/** Takes everything along that belongs to the user. */
export function removeUser(user: User, state: IdentityState, tokens: TokenProvider): void {
  tokens.revokeAll(({ user_id }) => user_id === user.id);
  const others = (record: { user_id?: string }) => record.user_id !== user.id;
  state.users = state.users.filter((other) => other !== user);
  state.role_assignments = state.role_assignments.filter(others);
  state.application_credentials = state.application_credentials.filter(others);
  state.access_rules = state.access_rules.filter(others);
  state.group_members = state.group_members.filter(others);
}

/** The options a user has after a body that names some of them; null takes one away. */
function optionsIn(given: Record<string, unknown>, before: Record<string, unknown>): Pick<User, 'options'> {
  const said = Object.entries(Object(given['options']) as Record<string, unknown>);
  if (said.length === 0) return {};
  const all = Object.entries({ ...before, ...Object.fromEntries(said) });
  return { options: Object.fromEntries(all.filter(([, value]) => value !== null)) };
}

function taken(user: User, state: IdentityState): boolean {
  return state.users.some(
    (other) =>
      other.id !== user.id &&
      other.domain_id === user.domain_id &&
      other.name.toLowerCase() === user.name.toLowerCase(),
  );
}
