import { JSON_BODY, noContent, paged, respond, type Call, type KeyManagerApi } from './api';
import { BarbicanHTTPException, HTTPError } from './errors';
import type { ProjectQuotas } from './state';
import { projectQuotas } from './validators';

type Resource = keyof ProjectQuotas;
const RESOURCES: readonly Resource[] = ['secrets', 'orders', 'containers', 'consumers', 'cas'];
/** Every default is that there is no limit. */
const UNLIMITED = -1;

function configured(api: KeyManagerApi, projectId: string): ProjectQuotas | undefined {
  const { project_quotas } = api.state;
  return Object.hasOwn(project_quotas, projectId) ? project_quotas[projectId] : undefined;
}

/** Refuses what would be one too many: `QuotaEnforcer` of barbican/common/quota.py. @param count how many there are. */
export function enforceQuota(call: Call, resource: Resource, count: number): void {
  const quota = configured(call.api, call.context.projectId)?.[resource] ?? UNLIMITED;
  if (quota < 0 || count < quota) return;
  throw new BarbicanHTTPException(403, 'Creation not allowed because a quota has been reached');
}

/** `/quotas`: barbican/api/controllers/quotas.py. */
export function quotas(call: Call): Promise<Response> {
  return respond(call, {
    GET: () => ({
      operation: 'Quotas',
      allowed: call.policy.has('reader'),
      run: () => {
        const own = configured(call.api, call.context.projectId);
        return { quotas: Object.fromEntries(RESOURCES.map((name) => [name, own?.[name] ?? UNLIMITED])) };
      },
    }),
  });
}

/** `/project-quotas` and what is below it. */
export function allProjectQuotas(call: Call, rest: readonly string[]): Promise<Response> {
  const { api, policy } = call;
  const rule = { operation: 'Project Quotas', allowed: policy.has('admin') };
  const [projectId] = rest;
  if (projectId === undefined) {
    const view = ([project_id, project_quotas]: [string, ProjectQuotas]) => ({ project_id, project_quotas });
    return respond(call, {
      GET: () => ({
        ...rule,
        run: () =>
          paged(call, 'project_quotas', 'project_quotas', Object.entries(api.state.project_quotas), view),
      }),
    });
  }
  return respond(call, {
    GET: () => ({
      ...rule,
      run: () => {
        const own = configured(api, projectId);
        if (own === undefined) throw new HTTPError(404, 'Project quotas not found.');
        return { project_quotas: own };
      },
    }),
    PUT: () => ({
      ...rule,
      contentTypes: JSON_BODY,
      async run() {
        if (call.request.body === null) throw new BarbicanHTTPException(400, 'No data supplied to process.');
        const given = await projectQuotas(call);
        const old = configured(api, projectId);
        const limits = RESOURCES.map((name) => [name, given[name] ?? old?.[name] ?? null] as const);
        api.state.project_quotas[projectId] = Object.fromEntries(limits) as ProjectQuotas; // all of them
        return noContent();
      },
    }),
    DELETE: () => ({
      ...rule,
      run: () => {
        if (configured(api, projectId) === undefined) throw new HTTPError(404, 'Project quotas not found.');
        const { [projectId]: gone, ...others } = api.state.project_quotas;
        if (gone !== undefined) api.state.project_quotas = others;
        return noContent();
      },
    }),
  });
}
