import { mountAggregates } from './aggregates';
import type { ComputeApi } from './api';
import { mountAvailabilityZones } from './availability-zones';
import { mountFlavorAccess } from './flavor-access';
import { mountFlavorExtraSpecs } from './flavor-extra-specs';
import { mountFlavors } from './flavors';
import { mountHypervisors } from './hypervisors';
import { mountServers } from './servers';
import { mountServices } from './services';

/** Every part of the Compute API: nova/api/openstack/compute/routes.py. */
export function mountAll(api: ComputeApi): void {
  mountFlavors(api);
  mountFlavorExtraSpecs(api);
  mountFlavorAccess(api);
  mountHypervisors(api);
  mountServices(api);
  mountAggregates(api);
  mountAvailabilityZones(api);
  mountServers(api);
}
