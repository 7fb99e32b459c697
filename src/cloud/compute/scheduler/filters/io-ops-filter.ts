import type { Conf } from '../conf';
import type { HostState } from '../host-state';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { aggregateValuesFromKey, validateNumValues } from './utils';

const SETTING = 'max_io_ops_per_host';

/** A host passes while it is busy with fewer operations than `max_io_ops_per_host`. nova/scheduler/filters/io_ops_filter.py. */
export class IoOpsFilter extends BaseHostFilter {
  constructor(protected readonly conf: Conf) {
    super();
  }

  protected maxIoOps(_host: HostState): number {
    return this.conf.number(`filter_scheduler.${SETTING}`);
  }

  hostPasses(host: HostState): Decision {
    const allowed = this.maxIoOps(host);
    return host.numIoOps < allowed
      ? pass(`the host has ${host.numIoOps} operations, less than ${allowed}`, SETTING, String(allowed))
      : fail(
          `the host has ${host.numIoOps} operations, and has to have less than ${allowed}`,
          SETTING,
          String(allowed),
        );
  }
}

/** The same, where an aggregate can have a limit of its own. */
export class AggregateIoOpsFilter extends IoOpsFilter {
  protected override maxIoOps(host: HostState): number {
    return validateNumValues(aggregateValuesFromKey(host, SETTING), () => super.maxIoOps(host), 'int');
  }
}
