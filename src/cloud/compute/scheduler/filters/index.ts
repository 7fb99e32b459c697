import type { Conf } from '../conf';
import {
  DifferentHostFilter,
  SameHostFilter,
  ServerGroupAffinityFilter,
  ServerGroupAntiAffinityFilter,
} from './affinity-filter';
import { AggregateImagePropertiesIsolation } from './aggregate-image-properties-isolation';
import { AggregateInstanceExtraSpecsFilter } from './aggregate-instance-extra-specs';
import { AggregateMultiTenancyIsolation } from './aggregate-multitenancy-isolation';
import { AllHostsFilter } from './all-hosts-filter';
import type { BaseHostFilter } from './base';
import { ComputeCapabilitiesFilter } from './compute-capabilities-filter';
import { ComputeFilter } from './compute-filter';
import { ImagePropertiesFilter } from './image-props-filter';
import { AggregateIoOpsFilter, IoOpsFilter } from './io-ops-filter';
import { IsolatedHostsFilter } from './isolated-hosts-filter';
import { JsonFilter } from './json-filter';
import { AggregateNumInstancesFilter, NumInstancesFilter } from './num-instances-filter';
import { AggregateTypeAffinityFilter } from './type-filter';

/** The filters that can be enabled, by nova's names: nova/scheduler/filters `all_filters`. */
export const FILTERS = {
  AggregateImagePropertiesIsolation,
  AggregateInstanceExtraSpecsFilter,
  AggregateIoOpsFilter,
  AggregateMultiTenancyIsolation,
  AggregateNumInstancesFilter,
  AggregateTypeAffinityFilter,
  AllHostsFilter,
  ComputeCapabilitiesFilter,
  ComputeFilter,
  DifferentHostFilter,
  ImagePropertiesFilter,
  IoOpsFilter,
  IsolatedHostsFilter,
  JsonFilter,
  NumInstancesFilter,
  SameHostFilter,
  ServerGroupAffinityFilter,
  ServerGroupAntiAffinityFilter,
} as const satisfies Record<string, new (conf: Conf) => BaseHostFilter>;

export type FilterName = keyof typeof FILTERS;

/** nova has these too. They look at things that the embedded cloud has not: NUMA cells, PCI devices, metrics, networks. */
export const NOT_MODELLED = [
  'MetricsFilter',
  'NUMATopologyFilter',
  'PciPassthroughFilter',
  'SimpleCIDRAffinityFilter',
] as const;

/** A filter that nova does not have, or that the embedded cloud does not. */
export class SchedulerHostFilterNotFound extends Error {
  override readonly name = 'SchedulerHostFilterNotFound';
}

/** A filter that runs, with the name of nova's class: a built page has shorter ones. */
export interface EnabledFilter {
  name: FilterName;
  filter: BaseHostFilter;
}

/**
 * The filters that a setting names, in its order: nova/scheduler/host_manager.py `_choose_host_filters`.
 *
 * @throws {@link SchedulerHostFilterNotFound}
 */
export function chooseHostFilters(names: readonly string[], conf: Conf): EnabledFilter[] {
  return names.map((name) => {
    if ((NOT_MODELLED as readonly string[]).includes(name))
      throw new SchedulerHostFilterNotFound(`Scheduler Host Filter ${name} is not modelled in this cloud.`);
    if (!isFilterName(name))
      throw new SchedulerHostFilterNotFound(`Scheduler Host Filter ${name} could not be found.`);
    return { name, filter: new FILTERS[name](conf) };
  });
}

function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(FILTERS, name);
}
