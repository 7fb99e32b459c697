import { mountAggregates } from './aggregates';
import type { ComputeApi } from './api';
import { mountAttachInterfaces } from './attach-interfaces';
import { mountAvailabilityZones } from './availability-zones';
import { mountFlavorAccess } from './flavor-access';
import { mountFlavorExtraSpecs } from './flavor-extra-specs';
import { mountFlavors } from './flavors';
import { mountHypervisors } from './hypervisors';
import { mountHosts } from './os-hosts';
import { mountServers } from './servers';
import { mountInstanceActions } from './instance-actions';
import { mountKeypairs } from './keypairs';
import { mountNotModelled } from './not-modelled';
import { mountQuotas } from './quota-sets';
import { mountServerActions } from './server-actions';
import { mountServerDetails } from './server-details';
import { mountServerGroups } from './server-groups';
import { mountServerMetadata } from './server-metadata';
import { mountServerRebuild } from './server-rebuild';
import { mountServerResize } from './server-resize';
import { mountServerSnapshot } from './server-snapshot';
import { mountVolumeAttachments } from './volume-attachments';
import { mountServices } from './services';

/** Every part of the Compute API: nova/api/openstack/compute/routes.py. */
export function mountAll(api: ComputeApi): void {
  mountFlavors(api);
  mountFlavorExtraSpecs(api);
  mountFlavorAccess(api);
  mountHypervisors(api);
  mountHosts(api);
  mountServices(api);
  mountAggregates(api);
  mountAvailabilityZones(api);
  mountServers(api);
  mountInstanceActions(api);
  mountKeypairs(api);
  mountQuotas(api);
  mountServerActions(api);
  mountServerDetails(api);
  mountAttachInterfaces(api);
  mountServerGroups(api);
  mountServerMetadata(api);
  mountServerRebuild(api);
  mountServerResize(api);
  mountServerSnapshot(api);
  mountVolumeAttachments(api);
  mountNotModelled(api);
}
