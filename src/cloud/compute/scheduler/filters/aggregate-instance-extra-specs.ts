import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, Decision, fail, pass, perRequest } from './base';
import { matcher } from './extra-specs-ops';
import { aggregateMetadataGetByHost } from './utils';

const SCOPE = 'aggregate_instance_extra_specs';

/**
 * A host passes if its aggregates have what the flavor's extra specs ask for.
 * nova/scheduler/filters/aggregate_instance_extra_specs.py.
 */
export class AggregateInstanceExtraSpecsFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;
  readonly #demands = perRequest(demandsOf);

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const demands = this.#demands(spec);
    if (demands === undefined) return NO_SPECS;
    const metadata = aggregateMetadataGetByHost(host);
    let checked: Decision | undefined;
    for (const { name, key, demand, match } of demands) {
      const values = metadata.get(key);
      if (values === undefined)
        return fail(
          () => `the flavor asks for ${name}=${demand}, and no aggregate of the host has ${key}`,
          name,
          demand,
        );
      const has = [...values];
      const matches = has.some(match);
      checked = new Decision(
        matches,
        () => `the flavor asks for ${name}=${demand}, and the aggregates have ${has.join(', ')}`,
        name,
        demand,
      );
      if (!matches) return checked;
    }
    return checked ?? NOTHING;
  }
}

const NO_SPECS = pass('the flavor has no extra specs');
const NOTHING = pass('the flavor asks nothing of aggregates');

/** The extra specs that are about aggregates; undefined if there are no extra specs at all. */
function demandsOf(spec: RequestSpec) {
  const all = Object.entries(spec.flavor.extra_specs);
  if (all.length === 0) return undefined;
  return all.flatMap(([name, demand]) => {
    const colon = name.indexOf(':');
    if (colon >= 0 && name.slice(0, colon) !== SCOPE) return [];
    return { name, key: name.slice(colon + 1), demand, match: matcher(demand) };
  });
}
