import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { match } from './extra-specs-ops';
import { aggregateMetadataGetByHost } from './utils';

const SCOPE = 'aggregate_instance_extra_specs';

/**
 * A host passes if its aggregates have what the flavor's extra specs ask for.
 * nova/scheduler/filters/aggregate_instance_extra_specs.py.
 */
export class AggregateInstanceExtraSpecsFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const extraSpecs = Object.entries(spec.flavor.extra_specs);
    if (extraSpecs.length === 0) return pass('the flavor has no extra specs');
    const metadata = aggregateMetadataGetByHost(host);
    let checked = '';
    for (const [name, demand] of extraSpecs) {
      const colon = name.indexOf(':');
      if (colon >= 0 && name.slice(0, colon) !== SCOPE) continue;
      const key = name.slice(colon + 1);
      const values = metadata.get(key);
      if (values === undefined)
        return fail(
          `the flavor asks for ${name}=${demand}, and no aggregate of the host has ${key}`,
          name,
          demand,
        );
      if (![...values].some((value) => match(value, demand)))
        return fail(
          `the flavor asks for ${name}=${demand}, and the aggregates have ${[...values].join(', ')}`,
          name,
          demand,
        );
      checked = `the aggregates have ${key}=${[...values].join(', ')}, and the flavor asks for ${demand}`;
    }
    return pass(checked === '' ? 'the flavor asks nothing of aggregates' : checked);
  }
}
