import type { Hono } from 'hono';
import type { Identity } from './app';
import { conflict } from './errors';
import { extraOf, NAME, NULLABLE_TEXT, resourceIn, textOr } from './fields';
import { checkImmutableDelete, checkImmutableUpdate, lock, lockOf } from './immutable';
import type { IdentityState, Role } from './state';
import { mountWrites } from './writes';

const FIELDS = { name: NAME(255), description: NULLABLE_TEXT, domain_id: NULLABLE_TEXT };
const KNOWN = ['id', 'options', 'links', ...Object.keys(FIELDS)];

/** Modelled on `keystone/api/roles.py`. */
export function mountRoles(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;
  mountWrites<Role>(app, identity, {
    plural: 'roles',
    singular: 'role',
    tellsMissing: true,
    records: () => state.roles,
    view: (role) => views.role(role),
    create: (body) => {
      const given = resourceIn(body, 'role', FIELDS, ['name']);
      const domainId = textOr(given['domain_id'], null);
      const role: Role = {
        id: ids.hex('role'),
        name: textOr(given['name'], ''),
        implies: [],
        description: textOr(given['description'], null),
        domain_id: domainId,
        ...lockOf(given),
        ...extraOf(given, KNOWN),
      };
      refuseDuplicate(role, state);
      state.roles.push(role);
      return role;
    },
    update: (role, body) => {
      const given = resourceIn(body, 'role', FIELDS, []);
      checkImmutableUpdate('role', role, given);
      const changed: Role = {
        ...role,
        name: textOr(given['name'], role.name),
        description:
          given['description'] === null ? null : textOr(given['description'], role.description ?? null),
      };
      refuseDuplicate(changed, state);
      const { extra } = extraOf(given, KNOWN);
      Object.assign(role, changed, extra === undefined ? {} : { extra: { ...role.extra, ...extra } });
      lock(role, given);
    },
    remove: (role) => {
      checkImmutableDelete('role', role);
      state.roles = state.roles.filter((other) => other !== role);
      for (const other of state.roles) other.implies = other.implies.filter((id) => id !== role.id);
      state.role_assignments = state.role_assignments.filter(({ role_id }) => role_id !== role.id);
    },
  });
}

function refuseDuplicate(role: Role, state: IdentityState): void {
  const name = role.name.toLowerCase();
  const taken = state.roles.some(
    (other) =>
      other.id !== role.id &&
      other.name.toLowerCase() === name &&
      (other.domain_id ?? null) === (role.domain_id ?? null),
  );
  if (!taken) return;
  const where = (role.domain_id ?? null) === null ? '' : ` at domain ID ${role.domain_id}`;
  throw conflict(
    `Conflict occurred attempting to store role - Duplicate entry found with name ${role.name}${where}.`,
  );
}
