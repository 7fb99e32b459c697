import { PythonError } from '../../python/values';
import type { HostState } from '../host-state';
import { BaseHostFilter, fail, pass, type Decision } from './base';

/** A host passes if its nova-compute is enabled and up. nova/scheduler/filters/compute_filter.py. */
export class ComputeFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState): Decision {
    const { service } = host;
    if (service === null)
      throw new PythonError('AttributeError', "'HostState' object has no attribute 'service'");
    if (service.disabled) {
      const reason = service.disabled_reason ? `: ${service.disabled_reason}` : '';
      return fail(`the compute service is disabled${reason}`, 'status', 'disabled');
    }
    if (!service.up) return fail('the compute service has not been heard from in a while', 'state', 'down');
    return UP;
  }
}

const UP = pass('the compute service is enabled and up', 'status', 'enabled');
