import type { Hono } from 'hono';
import { json, noContent, readJson, refuseOtherMethods, type Identity } from './app';
import { effectiveAssignments, groupIdsOf, isSystem, projectsOf } from './assignments';
import { authenticate } from './authenticate';
import { forbiddenAction, KeystoneError, unknownToken } from './errors';
import type { TokenContext } from './token-provider';

/** The routes below /v3/auth. Modelled on `keystone/api/auth.py`. */
export function mountAuth(app: Hono, identity: Identity): void {
  const { state, tokens, clock, ids, views } = identity;

  app.post('/v3/auth/tokens', async (c) => {
    const token = authenticate(await readJson(c), state, tokens, clock);
    const context = tokens.validate(token.id);
    const user = context?.user ?? state.users.find(({ id }) => id === token.user_id);
    if (user === undefined) throw new Error('a token was issued for a user that does not exist');
    const withCatalog = c.req.query('nocatalog') === undefined;
    return json(ids, views.token(token, user, context?.roles ?? [], withCatalog), 201, {
      'X-Subject-Token': token.id,
    });
  });

  // Hono answers HEAD from here too, without the body
  app.get('/v3/auth/tokens', (c) => {
    const { token, user, roles } = subject(
      identity.authenticated(c),
      c.req.header('X-Subject-Token'),
      'validate_token',
    );
    const withCatalog = c.req.query('nocatalog') === undefined;
    return json(ids, views.token(token, user, roles, withCatalog), 200, { 'X-Subject-Token': token.id });
  });

  app.delete('/v3/auth/tokens', (c) => {
    const { token } = subject(identity.authenticated(c), c.req.header('X-Subject-Token'), 'revoke_token');
    tokens.revoke(token.id);
    return noContent(ids);
  });

  refuseOtherMethods(app, ids, '/v3/auth/tokens', 'HEAD, DELETE, POST, GET, OPTIONS');

  app.get('/v3/auth/catalog', (c) => {
    const { token } = identity.authenticated(c);
    if (token.project_id === null && token.domain_id == null && !token.system) {
      throw new KeystoneError(403, 'Forbidden', 'You are not authorized to perform the requested action.');
    }
    return json(ids, { catalog: views.catalog(token.project_id), links: views.self('auth/catalog') });
  });

  app.get('/v3/auth/projects', (c) => {
    const { user } = identity.authenticated(c);
    const projects = projectsOf(state, user.id).filter(({ enabled }) => enabled);
    return json(ids, {
      projects: projects.map((project) => views.project(project)),
      links: list('auth/projects'),
    });
  });

  app.get('/v3/auth/domains', (c) => {
    const { user } = identity.authenticated(c);
    const mine = new Set(
      effectiveAssignments(state)
        .filter((a) => a.user_id === user.id)
        .map((a) => a.domain_id),
    );
    const domains = state.domains.filter((domain) => mine.has(domain.id) && domain.enabled);
    return json(ids, {
      domains: domains.map((domain) => views.domain(domain)),
      links: list('auth/domains'),
    });
  });

  app.get('/v3/auth/system', (c) => {
    const { user } = identity.authenticated(c);
    const groups = groupIdsOf(state, user.id);
    const all = state.role_assignments.some(
      (a) => isSystem(a) && (a.user_id === user.id || groups.includes(a.group_id ?? '')),
    );
    return json(ids, { system: all ? [{ all: true }] : [], links: views.self('auth/system') });
  });

  function list(path: string): object {
    return { next: null, self: `${views.root}/${path}`, previous: null };
  }

  /** The token that the request is about: one of the caller's own, or anybody's for an admin. */
  function subject(caller: TokenContext, id: string | undefined, action: string): TokenContext {
    if (id === undefined && !caller.isAdmin) throw forbiddenAction(`identity:${action}`);
    const context = id === undefined ? undefined : tokens.validate(id);
    if (context === undefined) throw unknownToken(id);
    if (context.user.id !== caller.user.id && !caller.isAdmin) throw forbiddenAction(`identity:${action}`);
    return context;
  }
}
