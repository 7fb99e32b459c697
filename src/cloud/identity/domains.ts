import type { Hono } from 'hono';
import type { Identity } from './app';
import { conflict, forbidden, invalidInput } from './errors';
import { BOOLEAN, flag, NAME, NULLABLE_TEXT, resourceIn, TAGS, textOr, type Json } from './fields';
import { removeProject } from './projects';
import { removeGroup } from './groups';
import { checkImmutableDelete, checkImmutableUpdate, lock, lockOf } from './immutable';
import type { Domain, IdentityState } from './state';
import { removeUser } from './users';
import { mountWrites } from './writes';

const FIELDS = { name: NAME(64), description: NULLABLE_TEXT, enabled: BOOLEAN, tags: TAGS };

/** Modelled on `keystone/api/domains.py`. */
export function mountDomains(app: Hono, identity: Identity): void {
  const { state, ids, views, tokens } = identity;
  mountWrites<Domain>(app, identity, {
    plural: 'domains',
    singular: 'domain',
    tellsMissing: true,
    ignoresId: true,
    records: () => state.domains,
    view: (domain) => views.domain(domain),
    create: (body) => {
      const given = resourceIn(body, 'domain', FIELDS, ['name']);
      refuseUnknown(given);
      const domain: Domain = {
        id: textOr(given['explicit_domain_id'], undefined) ?? ids.hex('domain'),
        name: textOr(given['name'], ''),
        description: given['description'] === null ? null : textOr(given['description'], ''),
        enabled: flag(given['enabled'], true),
        ...lockOf(given),
      };
      refuseDuplicate(domain, state);
      state.domains.push(domain);
      return domain;
    },
    update: (domain, body) => {
      const given = resourceIn(body, 'domain', FIELDS, []);
      refuseUnknown(given);
      checkImmutableUpdate('domain', domain, given);
      const changed: Domain = {
        ...domain,
        name: textOr(given['name'], domain.name),
        description: given['description'] === null ? null : textOr(given['description'], domain.description),
        enabled: flag(given['enabled'], domain.enabled),
      };
      refuseDuplicate(changed, state);
      Object.assign(domain, changed);
      lock(domain, given);
    },
    remove: (domain) => {
      checkImmutableDelete('domain', domain);
      if (domain.enabled) throw forbidden('Cannot delete a domain that is enabled, please disable it first.');
      const inside = ({ domain_id }: { domain_id?: string | null }) => domain_id === domain.id;
      state.groups.filter(inside).forEach((group) => removeGroup(group, state, tokens));
      state.users.filter(inside).forEach((user) => removeUser(user, state, tokens));
      state.projects.filter(inside).forEach((project) => removeProject(project, state, tokens));
      state.role_assignments = state.role_assignments.filter((assignment) => !inside(assignment));
      state.roles = state.roles.filter((role) => !inside(role));
      tokens.revokeAll(inside);
      state.domains = state.domains.filter((other) => other !== domain);
    },
  });
}

function refuseUnknown(given: Json): void {
  const known = [...Object.keys(FIELDS), 'id', 'options', 'links', 'explicit_domain_id'];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(
      'domain',
      given,
      `Additional properties are not allowed ('${unknown}' was unexpected)`,
    );
}

function refuseDuplicate(domain: Domain, state: IdentityState): void {
  const name = domain.name.toLowerCase();
  if (!state.domains.some((other) => other.id !== domain.id && other.name.toLowerCase() === name)) return;
  throw conflict(
    'Conflict occurred attempting to store project - it is not permitted to have two projects acting as domains ' +
      `with the same name: ${domain.name}.`,
  );
}
