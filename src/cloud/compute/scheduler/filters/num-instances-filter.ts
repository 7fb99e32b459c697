import type { Conf } from '../conf';
import type { HostState } from '../host-state';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { aggregateValuesFromKey, validateNumValues } from './utils';

const SETTING = 'max_instances_per_host';

/** A host passes while it has fewer servers than `max_instances_per_host`. nova/scheduler/filters/num_instances_filter.py. */
export class NumInstancesFilter extends BaseHostFilter {
  constructor(protected readonly conf: Conf) {
    super();
  }

  protected maxInstances(_host: HostState): number {
    return this.conf.number(`filter_scheduler.${SETTING}`);
  }

  hostPasses(host: HostState): Decision {
    const allowed = this.maxInstances(host);
    return host.numInstances < allowed
      ? pass(`the host has ${host.numInstances} servers, less than ${allowed}`, SETTING, String(allowed))
      : fail(
          `the host has ${host.numInstances} servers, and has to have less than ${allowed}`,
          SETTING,
          String(allowed),
        );
  }
}

/** The same, where an aggregate can have a limit of its own. */
export class AggregateNumInstancesFilter extends NumInstancesFilter {
  protected override maxInstances(host: HostState): number {
    return validateNumValues(aggregateValuesFromKey(host, SETTING), () => super.maxInstances(host), 'int');
  }
}
