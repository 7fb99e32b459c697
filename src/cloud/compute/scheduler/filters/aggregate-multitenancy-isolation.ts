import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { aggregateMetadataGetByHost } from './utils';

const KEY = 'filter_tenant_id';

/**
 * A host whose aggregates name projects takes only servers of these.
 * nova/scheduler/filters/aggregate_multitenancy_isolation.py.
 */
export class AggregateMultiTenancyIsolation extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const projects = new Set<string>();
    for (const [key, values] of aggregateMetadataGetByHost(host))
      if (key.startsWith(KEY)) for (const value of values) projects.add(value);
    if (projects.size === 0) return pass('no aggregate of the host names a project');
    return spec.projectId !== null && projects.has(spec.projectId)
      ? pass('an aggregate of the host names the project', KEY, spec.projectId)
      : fail(`the host's aggregates are for ${[...projects].join(', ')}`, KEY, spec.projectId ?? undefined);
  }
}
