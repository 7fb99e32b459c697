import { prepareBody, type ResourceSpec } from './attributes';
import { parseBody, type Answer, type Call } from './controller';
import type { NetworkDb } from './db';
import { badRequest, methodNotAllowed, notFound } from './errors';
import type { Policy } from './policy';
import { isDict } from './python';
import { DEFAULT_QUOTAS, quotaLimit, quotaUsage, type QuotaName } from './quotas';

const NAMES = Object.keys(DEFAULT_QUOTAS) as QuotaName[]; // its keys

const SPEC: ResourceSpec = Object.fromEntries(
  NAMES.map((name) => [
    name,
    {
      allow_post: false,
      allow_put: true,
      convert_to: { function: 'convert_to_int' },
      validate: { 'type:range': [-1, 2147483647] },
      is_visible: true,
    },
  ]),
);

/** neutron/extensions/quotasv2.py and quotasv2_detail.py. */
export class QuotaController {
  constructor(
    readonly db: NetworkDb,
    readonly policy: Policy,
  ) {}

  answer(method: string, words: readonly string[], call: Call): Answer {
    const [project, what, ...more] = words;
    if (more.length > 0) throw notFound();
    if (project === undefined) {
      if (method !== 'GET') throw methodNotAllowed();
      return this.#list(call);
    }
    if (what !== undefined) {
      if (method !== 'GET') throw methodNotAllowed();
      this.#enforce(call, 'get_quota', project);
      if (what === 'default') return { status: 200, body: { quota: { ...DEFAULT_QUOTAS } } };
      if (what === 'details') return { status: 200, body: { quota: this.#details(project) } };
      throw notFound();
    }
    switch (method) {
      case 'GET':
        // what clients ask to hear which project they are in
        if (project === 'tenant')
          return { status: 200, body: { tenant: { tenant_id: call.context.projectId } } };
        this.#enforce(call, 'get_quota', project);
        return { status: 200, body: { quota: this.#limits(project) } };
      case 'PUT':
        return this.#update(call, project);
      case 'DELETE':
        this.#enforce(call, 'delete_quota', project);
        if (!Object.hasOwn(this.db.state.quotas, project))
          throw notFound('TenantQuotaNotFound', `Quota for project ${project} could not be found.`);
        delete this.db.state.quotas[project];
        return { status: 204, body: undefined };
      default:
        throw methodNotAllowed();
    }
  }

  #enforce(call: Call, action: string, project: string): void {
    // one's own limits may be read with any role of the project
    if (action === 'get_quota' && project === call.context.projectId) return;
    this.policy.enforce(call.context, action, 'quotas', { project_id: project, tenant_id: project });
  }

  #list(call: Call): Answer {
    this.policy.enforce(call.context, 'get_quota', 'quotas', {});
    const quotas = Object.keys(this.db.state.quotas).map((project) => ({
      ...this.#limits(project),
      project_id: project,
      tenant_id: project,
    }));
    return { status: 200, body: { quotas } };
  }

  #update(call: Call, project: string): Answer {
    this.#enforce(call, 'update_quota', project);
    const given = parseBody(call.body);
    const item = isDict(given) ? given['quota'] : undefined;
    if (!isDict(item)) throw badRequest("Unable to find 'quota' in request body");
    const { force, check_limit: _, ...wanted } = item;
    const body = prepareBody(call.context, wanted, SPEC, false);
    const limits = NAMES.flatMap((name) =>
      typeof body[name] === 'number' ? [[name, body[name]] as const] : [],
    );
    if (force !== true)
      for (const [name, limit] of limits) {
        const used = quotaUsage(this.db, project, name);
        if (limit !== -1 && used > limit)
          throw badRequest(
            `Quota limit ${limit} for ${name} must be greater than or equal to already used ${used}`,
          );
      }
    const { quotas } = this.db.state;
    if (limits.length > 0)
      Object.defineProperty(quotas, project, {
        value: { ...(Object.hasOwn(quotas, project) ? quotas[project] : {}), ...Object.fromEntries(limits) },
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return { status: 200, body: { quota: this.#limits(project) } };
  }

  #limits(project: string): Record<string, number> {
    return Object.fromEntries(NAMES.map((name) => [name, quotaLimit(this.db, project, name)]));
  }

  #details(project: string): object {
    return Object.fromEntries(
      NAMES.map((name) => [
        name,
        { limit: quotaLimit(this.db, project, name), used: quotaUsage(this.db, project, name), reserved: 0 },
      ]),
    );
  }
}
