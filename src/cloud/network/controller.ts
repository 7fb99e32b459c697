import { prepareBody, RESOURCES, type Body } from './attributes';
import type { NetworkDb } from './db';
import { badRequest, conflict, NeutronError, notFound } from './errors';
import { listPage, specOf, type View } from './list';
import type { Policy, RequestContext } from './policy';
import { isDict } from './python';
import { isQuota, overQuota } from './quotas';
import type { Resource } from './resource';

/** One request, read. */
export interface Call {
  context: RequestContext;
  query: URLSearchParams;
  /** The URL without a query, for links. */
  url: string;
  /** The text that came. */
  body: string;
}

/** What a service method answers. */
export interface Answer {
  status: number;
  body: unknown;
}

/**
 * Serves one kind of resources. Modelled on neutron/pecan_wsgi (controllers/resource.py and the hooks) and on the older
 * neutron/api/v2/base.py, which still serves all but networks, subnets, subnet pools and ports.
 */
export class Controller<T extends object> {
  constructor(
    readonly db: NetworkDb,
    readonly policy: Policy,
    readonly resource: Resource<T>,
  ) {}

  list(call: Call): Answer {
    const { name, collection } = this.resource;
    const { context } = call;
    const views = this.resource.list(context).map((record) => this.resource.view(record, context));
    const marker = call.query.get('marker');
    const page = listPage(call.query, views, {
      collection,
      url: call.url,
      ...(this.resource.lenientMarker === true || marker === null
        ? {}
        : { unknownMarker: () => this.#missing(context, marker) }),
    });
    const seen = page.items.filter((view) => this.policy.check(context, `get_${name}`, collection, view));
    const body = { [collection]: seen.map((view) => this.#shown(call, view)) };
    return {
      status: 200,
      body: page.links.length === 0 ? body : { ...body, [`${collection}_links`]: page.links },
    };
  }

  #missing(context: RequestContext, id: string): Error {
    try {
      this.resource.get(context, id);
    } catch (error) {
      if (error instanceof NeutronError) return error;
      throw error;
    }
    return notFound();
  }

  show(call: Call, id: string): Answer {
    const view = this.resource.view(this.resource.get(call.context, id), call.context);
    if (!this.policy.check(call.context, `get_${this.resource.name}`, this.resource.collection, view))
      throw notFound();
    return { status: 200, body: { [this.resource.name]: this.#shown(call, view) } };
  }

  create(call: Call): Answer {
    const { name, collection, create } = this.resource;
    const { context } = call;
    if (create === undefined) throw notFound();
    const { bodies, isBulk } = this.#bodies(call);
    this.#checkOwnership(context, bodies);
    const enforce = () => {
      for (const body of bodies) this.policy.enforce(context, `create_${name}`, collection, body);
    };
    // the older code asks the policy first
    if (this.resource.core !== true) enforce();
    this.#checkQuota(bodies);
    if (this.resource.core === true) enforce();
    if (isBulk) this.resource.checkBulk?.(context, bodies);
    const made: T[] = [];
    try {
      for (const body of bodies) made.push(create.call(this.resource, context, body));
    } catch (error) {
      for (const record of made.reverse()) this.resource.delete?.(context, record);
      throw error;
    }
    const views = made.map((record) =>
      this.#shown(call, this.resource.viewCreated?.(record, context) ?? this.resource.view(record, context)),
    );
    return { status: 201, body: isBulk ? { [collection]: views } : { [name]: views[0] } };
  }

  update(call: Call, id: string): Answer {
    const { name, collection, update } = this.resource;
    const { context } = call;
    const given = parseBody(call.body);
    const item = isDict(given) && isDict(given[name]) ? given[name] : undefined;
    if (isDict(given) && collection in given && collection !== name)
      throw badRequest('Bulk operation not supported');
    const has = isDict(given) && name in given;
    if (has && item === undefined) throw badObject(name, given[name]);
    if (!has && this.resource.core !== true) throw noResource(name);
    const body = item === undefined ? {} : prepareBody(context, item, specOf(collection), false);
    const record = this.resource.get(context, id);
    const view = this.resource.view(record, context);
    this.#enforceOn(context, `update_${name}`, { ...view, ...body }, Object.keys(body));
    if (!has) throw noResource(name);
    if (update === undefined) throw notFound();
    update.call(this.resource, context, record, body);
    const changed = this.resource.viewUpdated?.(record, context) ?? this.resource.view(record, context);
    return { status: 200, body: { [name]: this.#shown(call, changed) } };
  }

  delete(call: Call, id: string): Answer {
    const { name } = this.resource;
    if (call.body !== '') throw badRequest('Request body is not supported in DELETE.');
    const record = this.resource.get(call.context, id);
    this.#enforceOn(call.context, `delete_${name}`, this.resource.view(record, call.context));
    if (this.resource.delete === undefined) throw notFound();
    this.resource.delete(call.context, record);
    return { status: 204, body: undefined };
  }

  /** The record that an action of its own is about, such as `add_router_interface`. */
  member(call: Call, id: string, action: string): T {
    const record = this.resource.get(call.context, id);
    this.#enforceOn(call.context, action, this.resource.view(record, call.context));
    return record;
  }

  /** What carries the tags of a record, if records of this kind have any. */
  tagged(call: Call, id: string, verb: string) {
    if (this.resource.tags === undefined) throw notFound();
    return this.resource.tags(this.member(call, id, `${verb}_${this.resource.name}:tags`));
  }

  /** Whoever may not see a thing does not hear that it is there. */
  #enforceOn(context: RequestContext, action: string, target: View, updated?: readonly string[]): void {
    const { name, collection } = this.resource;
    try {
      this.policy.enforce(context, action, collection, target, updated);
    } catch (error) {
      if (this.policy.check(context, `get_${name}`, collection, target)) throw error;
      throw notFound();
    }
  }

  #bodies(call: Call): { bodies: Body[]; isBulk: boolean } {
    const { name, collection } = this.resource;
    const given = parseBody(call.body);
    if (!isDict(given)) throw call.body === '' ? noResource(name) : badRequest('Body contains invalid data');
    const spec = specOf(collection);
    if (Object.hasOwn(given, collection) && collection !== name) {
      const items = given[collection];
      const empty = items === null || items === '' || items === 0 || items === false;
      if (
        empty ||
        (Array.isArray(items) && items.length === 0) ||
        (isDict(items) && Object.keys(items).length === 0)
      )
        throw badRequest('Resources required');
      if (!Array.isArray(items)) throw badRequest('Body contains invalid data');
      const bodies = items.map((item: unknown) => {
        if (!isDict(item)) throw badRequest('Body contains invalid data');
        const inner = Object.hasOwn(item, name) ? item[name] : item;
        if (!isDict(inner)) throw badObject(name, inner);
        return prepareBody(call.context, inner, spec, true);
      });
      return { bodies, isBulk: true };
    }
    if (!Object.hasOwn(given, name)) throw noResource(name);
    const item = given[name];
    if (!isDict(item)) throw badObject(name, item);
    return { bodies: [prepareBody(call.context, item, spec, true)], isBulk: false };
  }

  /** Ports and subnets need a network of one's own, or a shared one: hooks/ownership_validation.py. */
  #checkOwnership(context: RequestContext, bodies: readonly Body[]): void {
    const { name } = this.resource;
    if (context.isAdmin || (name !== 'port' && name !== 'subnet')) return;
    for (const body of bodies) {
      const network = this.db.network(context, body['network_id']);
      if (this.db.isShared('network', network.id, context.projectId)) continue;
      if (network.project_id !== body['tenant_id'])
        throw new NeutronError(
          403,
          'HTTPForbidden',
          `Tenant ${String(body['tenant_id'])} not allowed to create ${name} on this network`,
        );
    }
  }

  #checkQuota(bodies: readonly Body[]): void {
    const { name } = this.resource;
    if (!isQuota(name)) return;
    const projects = bodies.map((body) => String(body['tenant_id'] ?? ''));
    for (const project of new Set(projects)) {
      const more = projects.filter((one) => one === project).length;
      if (overQuota(this.db, project, name, more))
        throw conflict('OverQuota', `Quota exceeded for resources: ['${name}'].`);
    }
  }

  /** A view without what the caller may not see or did not ask for. */
  #shown(call: Call, view: View): View {
    const { name, collection } = this.resource;
    const spec = RESOURCES[collection] ?? {};
    const fields = call.query.getAll('fields').filter((field) => field !== '');
    const shown: View = {};
    for (const [key, value] of Object.entries(view)) {
      if (fields.length > 0 && !fields.includes(key)) continue;
      const visible =
        key === 'project_id' ||
        (spec[key]?.is_visible === true && this.policy.checkAttribute(call.context, name, key, view));
      if (visible || (key === 'tenant_id' && spec['project_id'] !== undefined)) shown[key] = value;
    }
    return shown;
  }
}

function noResource(name: string): NeutronError {
  return badRequest(`Unable to find '${name}' in request body`);
}

function badObject(name: string, value: unknown): NeutronError {
  return value === null || value === undefined
    ? noResource(name)
    : badRequest(`Object '${name}' contains invalid data`);
}

/** The JSON that came; undefined without any. */
export function parseBody(text: string): unknown {
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('Body contains invalid data');
  }
  if (!isDict(value)) throw badRequest('Body contains invalid data');
  return value;
}
