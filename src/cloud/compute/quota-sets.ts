import type { ComputeApi, Endpoint, NovaRequest } from './api';
import { boolFromString } from './bool';
import { badRequest } from './errors';
import { verifyProject } from './flavor-access';
import { DEFAULT_QUOTAS, limitOf, usageOf, type Resource } from './quota';
import { hiddenQuotas, updateQuota, userQuery } from './schemas/actions';
import { multiParams, querySchema, text } from './schemas/parameter-types';

/** In the order in which nova shows them. */
const RESOURCES = Object.keys(DEFAULT_QUOTAS).sort() as Resource[]; // its own keys

/** Limits and quotas: nova/api/openstack/compute/limits.py and quota_sets.py. */
export function mountQuotas(api: ComputeApi): void {
  const { state } = api.nova;

  api.route('/limits', {
    GET: {
      query: (version) =>
        querySchema(
          { tenant_id: multiParams(text), ...(version < 75 ? { reserved: multiParams(text) } : {}) },
          version >= 75,
        ),
      handle(request) {
        const other = request.query.get('tenant_id');
        if (other !== null && other !== request.context.projectId)
          request.enforce('admin', 'limits:other_project');
        return {
          limits: { rate: [], absolute: absolute(api, request, other ?? request.context.projectId ?? '') },
        };
      },
    },
  });

  const sets = (
    rule: 'any' | 'reader' | 'admin',
    action: string,
    value: (projectId: string, resource: Resource) => unknown,
  ): Endpoint => ({
    query: userQuery,
    async handle(request) {
      const id = request.param('id');
      request.enforce(rule, `os-quota-sets:${action}`, { projectId: id });
      await verifyProject(api, request, id);
      return { quota_set: { id, ...shown(request, (resource) => value(id, resource)) } };
    },
  });
  const limit = (id: string, resource: Resource) => limitOf(state, id, resource);

  api.route('/os-quota-sets/{id}', {
    GET: sets('reader', 'show', limit),
    PUT: {
      body: updateQuota,
      query: userQuery,
      async handle(request) {
        const id = request.param('id');
        request.enforce('admin', 'os-quota-sets:update', { projectId: id });
        await verifyProject(api, request, id);
        setQuotas(api, id, request.member('quota_set'));
        return { quota_set: shown(request, (resource) => limit(id, resource)) };
      },
    },
    DELETE: {
      status: 202,
      query: userQuery,
      handle(request) {
        const id = request.param('id');
        request.enforce('admin', 'os-quota-sets:delete', { projectId: id });
        delete state.quotas[id];
      },
    },
  });
  api.route('/os-quota-sets/{id}/detail', {
    GET: sets('reader', 'detail', (id, resource) => ({
      limit: limit(id, resource),
      in_use: inUse(api, id, resource),
      reserved: 0,
    })),
  });
  api.route('/os-quota-sets/{id}/defaults', {
    GET: sets('any', 'defaults', (_id, resource) => DEFAULT_QUOTAS[resource]),
  });
}

function shown(request: NovaRequest, value: (resource: Resource) => unknown): Record<string, unknown> {
  const hidden = hiddenQuotas(request.version);
  return Object.fromEntries(
    RESOURCES.filter((resource) => !hidden.includes(resource)).map((resource) => [resource, value(resource)]),
  );
}

/** nova counts nothing else in a quota set. */
function inUse(api: ComputeApi, projectId: string, resource: Resource): number {
  const used = usageOf(api.nova.state, projectId);
  if (resource === 'instances' || resource === 'cores' || resource === 'ram') return used[resource];
  if (resource !== 'server_groups') return 0;
  return api.nova.state.server_groups.filter(({ project_id }) => project_id === projectId).length;
}

function setQuotas(api: ComputeApi, projectId: string, given: Record<string, unknown>): void {
  const force = boolFromString(given['force'] ?? false);
  const wanted = Object.entries(given).flatMap(
    ([name, value]): [Resource, number][] =>
      RESOURCES.includes(name as Resource) ? [[name as Resource, Number(value)]] : [], // includes has just said so
  );
  for (const [resource, value] of wanted) {
    const used = inUse(api, projectId, resource);
    if (!force && value >= 0 && value < used)
      throw badRequest(
        `Quota limit ${value} for ${resource} must be greater than or equal to already used and reserved ${used}.`,
      );
  }
  const own = (api.nova.state.quotas[projectId] ??= {});
  for (const [resource, value] of wanted) own[resource] = value;
}

function absolute(api: ComputeApi, request: NovaRequest, projectId: string): Record<string, number> {
  const limit = (resource: Resource) => limitOf(api.nova.state, projectId, resource);
  const used = usageOf(api.nova.state, projectId);
  return {
    maxTotalInstances: limit('instances'),
    maxTotalCores: limit('cores'),
    maxTotalRAMSize: limit('ram'),
    maxServerMeta: limit('metadata_items'),
    ...(request.supports(39) ? {} : { maxImageMeta: limit('metadata_items') }),
    ...(request.supports(57)
      ? {}
      : {
          maxPersonality: limit('injected_files'),
          maxPersonalitySize: limit('injected_file_content_bytes'),
        }),
    maxTotalKeypairs: limit('key_pairs'),
    maxServerGroups: limit('server_groups'),
    maxServerGroupMembers: limit('server_group_members'),
    ...(request.supports(36)
      ? {}
      : {
          maxTotalFloatingIps: limit('floating_ips'),
          maxSecurityGroups: limit('security_groups'),
          maxSecurityGroupRules: limit('security_group_rules'),
        }),
    totalRAMUsed: used.ram,
    totalCoresUsed: used.cores,
    totalInstancesUsed: used.instances,
    ...(request.supports(36) ? {} : { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
    totalServerGroupsUsed: inUse(api, projectId, 'server_groups'),
  };
}
