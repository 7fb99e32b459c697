import type { Hono } from 'hono';
import { json, noContent, refuseOtherMethods, type Identity } from './app';
import { conflict, forbiddenAction, KeystoneError, notFound } from './errors';
import { NAME, NULLABLE_TEXT, resourceIn, TEXT, textOr } from './fields';
import { listLinks } from './resources';
import type { Group, IdentityState } from './state';
import type { TokenProvider } from './token-provider';
import { mountWrites, refuseMove } from './writes';

const FIELDS = { name: NAME(64), description: NULLABLE_TEXT, domain_id: TEXT };

/** Groups of users. Modelled on `keystone/api/groups.py`. */
export function mountGroups(app: Hono, identity: Identity): void {
  const { state, ids, views, tokens } = identity;
  mountWrites<Group>(app, identity, {
    plural: 'groups',
    singular: 'group',
    tellsMissing: 'delete',
    records: () => state.groups,
    view: (group) => views.group(group),
    create: (body) => {
      const given = resourceIn(body, 'group', FIELDS, ['name']);
      const domainId = textOr(given['domain_id'], 'default');
      if (!state.domains.some(({ id }) => id === domainId)) throw notFound('domain', domainId);
      const group: Group = {
        id: ids.hex('group'),
        name: textOr(given['name'], ''),
        domain_id: domainId,
        description: textOr(given['description'], ''),
      };
      if (taken(group, state))
        throw conflict(
          `Conflict occurred attempting to store group - Duplicate entry found with name ${group.name} at domain ID ${domainId}.`,
        );
      state.groups.push(group);
      return group;
    },
    update: (group, body) => {
      const given = resourceIn(body, 'group', FIELDS, []);
      refuseMove(group, given);
      const changed = {
        ...group,
        name: textOr(given['name'], group.name),
        description: textOr(given['description'], group.description),
      };
      if (taken(changed, state))
        throw conflict(
          `Conflict occurred attempting to store group - Duplicate entry found with name ${changed.name}.`,
        );
      Object.assign(group, changed);
    },
    remove: (group) => removeGroup(group, state, tokens),
  });

  app.get('/v3/groups/:id/users', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_users_in_group');
    const { id } = c.req.param();
    findGroup(id);
    const inside = members(id);
    const name = c.req.query('name');
    const domain = c.req.query('domain_id');
    const users = state.users.filter(
      (user) =>
        inside.includes(user.id) &&
        (name === undefined || user.name.toLowerCase() === name.toLowerCase()) &&
        (domain === undefined || user.domain_id === domain),
    );
    return json(ids, {
      users: users.map((user) => views.user(user)),
      links: listLinks(c, views.root, `groups/${id}/users`),
    });
  });

  const path = '/v3/groups/:id/users/:user';
  // Hono answers HEAD from here too, without the body
  app.get(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:check_user_in_group');
    const { id, user } = c.req.param();
    findBoth(id, user);
    if (!members(id).includes(user)) throw notInGroup(user, id);
    return noContent(ids);
  });
  app.put(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:add_user_to_group');
    const { id, user } = c.req.param();
    findBoth(id, user);
    if (!members(id).includes(user)) state.group_members.push({ group_id: id, user_id: user });
    return noContent(ids);
  });
  app.delete(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:remove_user_from_group');
    const { id, user } = c.req.param();
    findBoth(id, user);
    if (!members(id).includes(user)) throw notInGroup(user, id);
    state.group_members = state.group_members.filter(
      (member) => member.group_id !== id || member.user_id !== user,
    );
    tokens.revokeAll(({ user_id }) => user_id === user);
    return noContent(ids);
  });
  refuseOtherMethods(app, ids, path, 'HEAD, GET, PUT, DELETE, OPTIONS');

  function members(groupId: string): string[] {
    return state.group_members.filter(({ group_id }) => group_id === groupId).map(({ user_id }) => user_id);
  }

  function findGroup(id: string): void {
    if (!state.groups.some((group) => group.id === id)) throw notFound('group', id);
  }

  function findBoth(groupId: string, userId: string): void {
    findGroup(groupId);
    if (!state.users.some(({ id }) => id === userId)) throw notFound('user', userId);
  }
}

/** Takes memberships and roles along; its users stay. */
export function removeGroup(group: Group, state: IdentityState, tokens: TokenProvider): void {
  const inside = new Set(
    state.group_members.filter(({ group_id }) => group_id === group.id).map(({ user_id }) => user_id),
  );
  state.groups = state.groups.filter((other) => other !== group);
  state.group_members = state.group_members.filter(({ group_id }) => group_id !== group.id);
  state.role_assignments = state.role_assignments.filter(({ group_id }) => group_id !== group.id);
  tokens.revokeAll(({ user_id }) => inside.has(user_id));
}

function notInGroup(user: string, group: string): KeystoneError {
  return new KeystoneError(404, 'Not Found', `User '${user}' not found in group '${group}'`);
}

function taken(group: Group, state: IdentityState): boolean {
  return state.groups.some(
    (other) =>
      other.id !== group.id &&
      other.domain_id === group.domain_id &&
      other.name.toLowerCase() === group.name.toLowerCase(),
  );
}
