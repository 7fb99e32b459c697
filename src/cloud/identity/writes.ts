import type { Hono } from 'hono';
import { json, noContent, readJson, type Identity } from './app';
import { badRequest, forbiddenAction, notFound } from './errors';
import type { Json } from './fields';

/** How records of one kind are made, changed and deleted. */
export interface Writable<T extends { id: string }> {
  plural: string;
  singular: string;
  records(): T[];
  view(record: T): object;
  create(body: Json): T;
  update(record: T, body: Json): void;
  remove(record: T): void;
  /** Whether anybody learns that there is no such record, and not only administrators: always, or who would delete it. */
  tellsMissing?: boolean | 'delete';
  /** What is wrong with a body before anybody asks who sends it. */
  validateFirst?(body: Json): void;
  /** Whether another id in a PATCH does nothing, where elsewhere it is refused. */
  ignoresId?: boolean;
  /** Whether the answer to a PATCH repeats the extra members, as some of Keystone's do. */
  repeatsExtra?: boolean;
}

/** POST, PATCH and DELETE of a resource, for administrators. Modelled on `keystone/api/{projects,users,…}.py`. */
export function mountWrites<T extends { id: string; extra?: Json }>(
  app: Hono,
  identity: Identity,
  resource: Writable<T>,
): void {
  const { ids } = identity;
  const { plural, singular } = resource;

  app.post(`/v3/${plural}`, async (c) => {
    const body = await readJson(c);
    resource.validateFirst?.(body);
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction(`identity:create_${singular}`);
    const record = resource.create(body);
    return json(ids, { [singular]: resource.view(record) }, 201);
  });

  app.patch(`/v3/${plural}/:id`, async (c) => {
    const caller = identity.authenticated(c);
    if (resource.tellsMissing === true) find(c.req.param('id'));
    if (!caller.isAdmin) throw forbiddenAction(`identity:update_${singular}`);
    const body = await readJson(c);
    const record = find(c.req.param('id'));
    const wanted = new Map<string, unknown>(Object.entries(Object(body[singular]))).get('id');
    if (wanted !== undefined && wanted !== record.id && resource.ignoresId !== true)
      throw badRequest('Cannot change ID');
    resource.update(record, body);
    const { links, options, ...view } = resource.view(record) as Json; // a view is JSON
    const extra = resource.repeatsExtra === true ? { extra: record.extra ?? {} } : {};
    return json(ids, {
      [singular]: { ...view, ...extra, ...(options === undefined ? {} : { options }), links },
    });
  });

  app.delete(`/v3/${plural}/:id`, (c) => {
    const caller = identity.authenticated(c);
    if (resource.tellsMissing !== undefined) find(c.req.param('id'));
    if (!caller.isAdmin) throw forbiddenAction(`identity:delete_${singular}`);
    resource.remove(find(c.req.param('id')));
    return noContent(ids);
  });

  function find(id: string): T {
    const record = resource.records().find((candidate) => candidate.id === id);
    if (record === undefined) throw notFound(singular, id);
    return record;
  }
}

/** Nothing moves from one domain to another. */
export function refuseMove(record: { domain_id: string }, given: Json): void {
  if (given['domain_id'] !== undefined && given['domain_id'] !== record.domain_id)
    throw badRequest('Cannot change Domain ID');
}
