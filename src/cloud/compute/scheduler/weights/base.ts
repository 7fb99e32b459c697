import type { Conf } from '../conf';
import { aggregateValuesFromKey, validateNumValues } from '../filters/utils';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';

/** A weigher of the scheduler: nova/weights.py `BaseWeigher`. */
export abstract class BaseHostWeigher {
  /** What the smallest weight is taken for, if not for what it is. */
  readonly minval: number | undefined = undefined;

  constructor(protected readonly conf: Conf) {}

  /** How much this weigher counts on a host; an aggregate may say so for its hosts. */
  weightMultiplier(host: HostState): number {
    return getWeightMultiplier(host, this.option, this.conf);
  }

  /** The option that says how much this weigher counts, without its section. */
  protected abstract readonly option: string;

  /** Higher is better, unless the multiplier is negative. */
  abstract weighObject(host: HostState, spec: RequestSpec): number;
}

/** nova/scheduler/utils.py `get_weight_multiplier`: the smallest of the aggregates' values, else the setting. */
function getWeightMultiplier(host: HostState, option: string, conf: Conf): number {
  const setting = (): number => conf.number(`filter_scheduler.${option}`);
  return validateNumValues(aggregateValuesFromKey(host, option), setting, 'float');
}
