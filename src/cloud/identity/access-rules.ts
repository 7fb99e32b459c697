import { repr } from '../../python/repr';
import type { Context, Hono } from 'hono';
import { json, noContent, type Identity } from './app';
import { forbidden, forbiddenAction, invalidInput, notFound, unexpectedError } from './errors';
import { NAME, oneOf, pattern } from './fields';
import { listLinks } from './resources';
import type { AccessRule, IdentityState } from './state';
import type { IdSource } from '../ids';

const PATH = '/v3/users/:user_id/access_rules';
const FIELDS = {
  path: pattern('^/\\.*'),
  service: NAME(64),
  method: oneOf(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']),
};

/** What the application credentials of a user may call. Modelled on `keystone/api/users.py`. */
export function mountAccessRules(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;

  app.get(PATH, (c) => {
    const userId = owner(c, 'list_access_rules');
    const filters = ['service', 'path', 'method'] as const;
    const mine = state.access_rules
      .filter(({ user_id }) => user_id === userId)
      .filter((rule) => filters.every((name) => [undefined, rule[name]].includes(c.req.query(name))));
    return json(ids, {
      access_rules: mine.map((rule) => ({ ...view(rule), links: views.self(`access_rules/${rule.id}`) })),
      links: listLinks(c, views.root, `users/${userId}/access_rules`),
    });
  });

  app.get(`${PATH}/:id`, (c) => {
    owner(c, 'get_access_rule');
    const rule = find(c.req.param('id'));
    return json(ids, { access_rule: { ...view(rule), links: views.self(`access_rules/${rule.id}`) } });
  });

  app.delete(`${PATH}/:id`, (c) => {
    owner(c, 'delete_access_rule');
    const rule = find(c.req.param('id'));
    if (state.application_credentials.some(({ access_rule_ids }) => access_rule_ids?.includes(rule.id)))
      throw forbidden('May not delete access rule in use');
    state.access_rules = state.access_rules.filter((other) => other !== rule);
    return noContent(ids);
  });

  function owner(c: Context, action: string): string {
    const caller = identity.authenticated(c);
    const userId = c.req.param('user_id') ?? '';
    if (caller.user.id !== userId && !caller.isAdmin) throw forbiddenAction(`identity:${action}`);
    return userId;
  }

  function find(id: string): AccessRule {
    const rule = state.access_rules.find((candidate) => candidate.id === id);
    if (rule === undefined) throw notFound('Access Rule', id);
    return rule;
  }
}

/** A rule as it stands in an application credential. */
export function view({ id, service, path, method }: AccessRule): object {
  return { id, service, path, method };
}

/** The rules that a body asks for, each of them of the right form. */
export function wantedAccessRules(given: unknown): readonly Wanted[] {
  if (given === undefined) return [];
  if (!Array.isArray(given))
    throw invalidInput('access_rules', given, `${repr(given)} is not of type 'array'`);
  return given.map((rule, index) => check(rule, index));
}

/**
 * The ids of these rules; those that the user has not yet are made. Modelled on
 * `keystone/application_credential/backends/sql.py`.
 *
 * @throws KeystoneError 500 if one is new and lacks a part: Keystone's schema asks for none, its database driver for all.
 * Nothing is made then.
 */
export function accessRuleIds(
  wanted: readonly Wanted[],
  userId: string,
  state: IdentityState,
  ids: IdSource,
): { access_rule_ids?: string[] } {
  if (wanted.length === 0) return {};
  const rules = [...state.access_rules];
  const access_rule_ids = wanted.map((rule) => idOf(rule, userId, rules, ids));
  state.access_rules = rules;
  return { access_rule_ids };
}

export type Wanted = Map<string, unknown>;

function check(rule: unknown, index: number): Wanted {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule))
    throw invalidInput(String(index), rule, `${repr(rule)} is not of type 'object'`);
  const fields = new Map<string, unknown>(Object.entries(rule));
  for (const [name, isRight] of Object.entries(FIELDS)) {
    const why = fields.has(name) ? isRight(fields.get(name)) : undefined;
    if (typeof why === 'string') throw invalidInput(name, fields.get(name), why);
  }
  return fields;
}

function idOf(wanted: Wanted, userId: string, rules: AccessRule[], ids: IdSource): string {
  const byId = rules.find(({ id }) => id === wanted.get('id'));
  if (byId !== undefined) return byId.id;
  const [service, path, method] = [part('service'), part('path'), part('method')];
  const same = rules.find(
    (rule) =>
      rule.user_id === userId && rule.service === service && rule.path === path && rule.method === method,
  );
  if (same !== undefined) return same.id;
  const id = wanted.get('id');
  const made = typeof id === 'string' ? id : ids.hex('access_rule');
  rules.push({ id: made, user_id: userId, service, method, path });
  return made;

  function part(name: string): string {
    const value = wanted.get(name);
    if (typeof value !== 'string') throw unexpectedError();
    return value;
  }
}
