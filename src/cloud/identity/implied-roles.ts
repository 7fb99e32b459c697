import type { Hono } from 'hono';
import { json, noContent, type Identity } from './app';
import { conflict, forbidden, forbiddenAction, KeystoneError, notFound } from './errors';
import type { Role } from './state';

/** Keystone's default `[assignment] prohibited_implied_role`. */
const PROHIBITED = 'admin';

/** Which role brings which others. Modelled on `keystone/api/roles.py` and `keystone/api/role_inferences.py`. */
export function mountImpliedRoles(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;
  const ref = ({ id, name }: Role) => ({ id, links: views.self(`roles/${id}`), name });
  const find = (id: string) => {
    const role = state.roles.find((candidate) => candidate.id === id);
    if (role === undefined) throw notFound('role', id);
    return role;
  };
  const implied = (role: Role) => state.roles.filter(({ id }) => role.implies.includes(id));

  app.get('/v3/role_inferences', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_role_inference_rules');
    const rules = state.roles.filter(({ implies }) => implies.length > 0);
    return json(ids, {
      role_inferences: rules.map((role) => ({ prior_role: ref(role), implies: implied(role).map(ref) })),
      links: views.self('role_inferences'),
    });
  });

  app.get('/v3/roles/:prior/implies', (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:list_implied_roles');
    const prior = find(c.req.param('prior'));
    return json(ids, {
      role_inference: { prior_role: ref(prior), implies: implied(prior).map(ref) },
      links: views.self(`roles/${prior.id}/implies`),
    });
  });

  const path = '/v3/roles/:prior/implies/:implied';
  // Hono answers HEAD from here too
  app.get(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:get_implied_role');
    const { prior, role } = existing(c.req.param('prior'), c.req.param('implied'));
    return c.req.method === 'HEAD' ? noContent(ids) : json(ids, rule(prior, role));
  });
  app.put(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:create_implied_role');
    const prior = find(c.req.param('prior'));
    const role = find(c.req.param('implied'));
    const foreign = (prior.domain_id ?? null) === null && (role.domain_id ?? null) !== null;
    if (foreign || role.name === PROHIBITED) throw forbidden(`${role.id} cannot be an implied roles.`);
    if (prior.implies.includes(role.id))
      throw conflict('Conflict occurred attempting to store implied_role - Duplicate entry.');
    prior.implies.push(role.id);
    return json(ids, rule(prior, role), 201);
  });
  app.delete(path, (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:delete_implied_role');
    const { prior, role } = existing(c.req.param('prior'), c.req.param('implied'));
    prior.implies = prior.implies.filter((id) => id !== role.id);
    return noContent(ids);
  });

  function rule(prior: Role, role: Role): object {
    return {
      role_inference: { prior_role: ref(prior), implies: ref(role) },
      links: views.self(`roles/${prior.id}/implies/${role.id}`),
    };
  }

  function existing(priorId: string, impliedId: string): { prior: Role; role: Role } {
    const prior = find(priorId);
    const role = find(impliedId);
    if (!prior.implies.includes(role.id))
      throw new KeystoneError(404, 'Not Found', `${prior.id} does not imply ${role.id}.`);
    return { prior, role };
  }
}
