import { BaseHostFilter, pass, type Decision } from './base';

/** Every host passes. nova/scheduler/filters/all_hosts_filter.py. */
export class AllHostsFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(): Decision {
    return EVERY;
  }
}

const EVERY = pass('every host passes');
