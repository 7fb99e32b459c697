import type { EnabledFilter } from './filters/index';
import type { Decision } from './filters/base';
import type { HostState } from './host-state';
import type { RequestSpec } from './request-spec';

/** What one filter said about one host. */
export interface TraceEntry {
  host: string;
  /** nova's name of the filter; `placement` for what placement decides. */
  filter: string;
  decision: Decision;
}

export interface FilterResult {
  hosts: HostState[];
  /** Every decision, filter by filter; a host that has failed is not asked again. */
  trace: TraceEntry[];
}

/**
 * Sends the hosts through the filters, one filter after the other. nova/filters.py `BaseFilterHandler`.
 *
 * @param index which server of the request this is: some filters decide for all of them with the first.
 * @throws {@link PythonError} where a filter of nova raises.
 */
export function getFilteredObjects(
  filters: readonly EnabledFilter[],
  hosts: readonly HostState[],
  spec: RequestSpec,
  index = 0,
): FilterResult {
  const trace: TraceEntry[] = [];
  let remaining = [...hosts];
  for (const { name, filter } of filters) {
    if (filter.runFilterOncePerRequest && index > 0) continue;
    remaining = remaining.filter((host) => {
      const decision = filter.decide(host, spec);
      trace.push({ host: host.host, filter: name, decision });
      return decision.passes;
    });
    if (remaining.length === 0) break;
  }
  return { hosts: remaining, trace };
}
