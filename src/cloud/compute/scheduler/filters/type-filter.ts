import { strip } from '../../python/text';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { aggregateValuesFromKey } from './utils';

const KEY = 'instance_type';

/** A host whose aggregates name flavors takes only these. nova/scheduler/filters/type_filter.py. */
export class AggregateTypeAffinityFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const values = aggregateValuesFromKey(host, KEY);
    if (values.size === 0) return pass('no aggregate of the host names a flavor');
    const named = [...values].flatMap((value) => value.split(',').map(strip));
    return named.includes(spec.flavor.name)
      ? pass('an aggregate of the host names the flavor', KEY, spec.flavor.name)
      : fail(`the host's aggregates are for ${named.join(', ')}`, KEY, spec.flavor.name);
  }
}
