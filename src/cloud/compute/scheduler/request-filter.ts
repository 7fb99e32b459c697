import { PythonError } from '../python/values';
import type { ImageMeta } from '../objects/image-meta';
import type { Conf } from './conf';
import {
  getEphemeralEncryptionConstraint,
  getEphemeralEncryptionFormat,
  getPackedVirtqueueConstraint,
} from './hardware';
import type { Aggregate } from './host-state';
import type { RequestSpec } from './request-spec';
import { traitRequest } from './resource-request';
import exported from './traits.json';

const TRAITS = new Set(exported.traits);

/** What a pre-filter may look at besides the request. */
export interface RequestContext {
  conf: Conf;
  /** Every aggregate of the cloud. */
  aggregates: readonly Aggregate[];
}

/** Changes what placement is asked for; true if it had anything to do. nova/scheduler/request_filter.py. */
export type RequestFilter = (context: RequestContext, spec: RequestSpec) => boolean;

/** nova's exception when a pre-filter leaves no host. */
export class RequestFilterFailed extends Error {
  override readonly name = 'RequestFilterFailed';
}

function image(spec: RequestSpec, attribute: string): ImageMeta {
  if (spec.image === null)
    throw new PythonError('AttributeError', `'NoneType' object has no attribute '${attribute}'`);
  return spec.image;
}

function metadata(aggregate: Aggregate): [key: string, value: string][] {
  return Object.entries(aggregate.metadata ?? {});
}

/** `enable_isolated_aggregate_filtering`: aggregates with `trait:X=required` take only requests that ask for X. */
const isolateAggregates: RequestFilter = ({ conf, aggregates }, spec) => {
  if (!conf.boolean('scheduler.enable_isolated_aggregate_filtering')) return false;
  const { required } = traitRequest(spec);
  for (const aggregate of aggregates)
    for (const [key, value] of metadata(aggregate))
      if (key.startsWith('trait:') && value === 'required' && !required.has(key.slice('trait:'.length)))
        spec.destination.forbiddenAggregates.add(aggregate.uuid);
  return true;
};

/** `limit_tenants_to_placement_aggregate`: a project that has aggregates of its own stays in them. */
const requireTenantAggregate: RequestFilter = ({ conf, aggregates }, spec) => {
  if (!conf.boolean('scheduler.limit_tenants_to_placement_aggregate')) return false;
  if (spec.projectId === null) throw new PythonError('AssertionError', 'aggregates of no project');
  const own = aggregates.filter((aggregate) =>
    metadata(aggregate).some(
      ([key, value]) => key.startsWith('filter_tenant_id') && value === spec.projectId,
    ),
  );
  if (own.length > 0)
    spec.destination.aggregates.push({
      uuids: own.map(({ uuid }) => uuid),
      asked: `project ${spec.projectId}`,
    });
  else if (conf.boolean('scheduler.placement_aggregate_required_for_tenants'))
    throw new RequestFilterFailed('Scheduling failed: No hosts available for tenant');
  return true;
};

/** An availability zone is an aggregate with that metadata. */
const mapAzToPlacementAggregate: RequestFilter = ({ aggregates }, spec) => {
  if (spec.availabilityZone === null || spec.availabilityZone === '') return false;
  const zone = aggregates.filter(
    (aggregate) => new Map(metadata(aggregate)).get('availability_zone') === spec.availabilityZone,
  );
  const asked = `availability zone ${spec.availabilityZone}`;
  if (zone.length > 0) spec.destination.aggregates.push({ uuids: zone.map(({ uuid }) => uuid), asked });
  return true;
};

/** `query_placement_for_image_type_support`: the host has to support the image's disk format. */
const requireImageTypeSupport: RequestFilter = ({ conf }, spec) => {
  if (!conf.boolean('scheduler.query_placement_for_image_type_support') || spec.isBfv) return false;
  const format = image(spec, 'disk_format').text('disk_format');
  const trait = `COMPUTE_IMAGE_TYPE_${format.toUpperCase()}`;
  if (!TRAITS.has(trait)) return false;
  spec.rootRequired.set(trait, `the image's disk format ${format}`);
  return true;
};

const PREFIXES = {
  hw_cdrom_bus: 'COMPUTE_STORAGE_BUS',
  hw_disk_bus: 'COMPUTE_STORAGE_BUS',
  hw_video_model: 'COMPUTE_GRAPHICS_MODEL',
  hw_vif_model: 'COMPUTE_NET_VIF_MODEL',
  hw_architecture: 'HW_ARCH',
  hw_emulation_architecture: 'COMPUTE_ARCH',
  hw_viommu_model: 'COMPUTE_VIOMMU',
};

/** `image_metadata_prefilter`: the host has to support the devices that the image asks for. */
const transformImageMetadata: RequestFilter = ({ conf }, spec) => {
  if (!conf.boolean('scheduler.image_metadata_prefilter')) return false;
  const { properties } = image(spec, 'properties');
  const traits = new Map<string, string>();
  for (const [property, prefix] of Object.entries(PREFIXES)) {
    const value = properties.text(property);
    if (value === undefined) continue;
    const trait = `${prefix}_${value.replaceAll('-', '_').toUpperCase()}`;
    // nova's bug: one value without a trait, such as hw_architecture=ppc, and none of the others counts either
    if (!TRAITS.has(trait)) return false;
    traits.set(trait, `image property ${properties.describe(property)}`);
  }
  for (const [trait, asked] of traits) spec.rootRequired.set(trait, asked);
  return true;
};

/** Disabled compute services are left out by placement already. */
const computeStatusFilter: RequestFilter = (_context, spec) => {
  spec.rootForbidden.set('COMPUTE_STATUS_DISABLED', 'the pre-filter compute_status_filter');
  return true;
};

const acceleratorsFilter: RequestFilter = (_context, spec) => {
  if (spec.extraSpec('accel:device_profile'))
    spec.rootRequired.set('COMPUTE_ACCELERATORS', 'extra spec accel:device_profile');
  return true;
};

const packedVirtqueueFilter: RequestFilter = (_context, spec) => {
  if (getPackedVirtqueueConstraint(spec, image(spec, 'properties')))
    spec.rootRequired.set('COMPUTE_NET_VIRTIO_PACKED', 'packed virtqueues');
  return true;
};

const ephemeralEncryptionFilter: RequestFilter = (_context, spec) => {
  const meta = image(spec, 'properties');
  if (!getEphemeralEncryptionConstraint(spec, meta)) return false;
  spec.rootRequired.set('COMPUTE_EPHEMERAL_ENCRYPTION', 'ephemeral encryption');
  const format = getEphemeralEncryptionFormat(spec, meta);
  if (format !== null)
    spec.rootRequired.set(
      `COMPUTE_EPHEMERAL_ENCRYPTION_${format.toUpperCase()}`,
      `ephemeral encryption format ${format}`,
    );
  return true;
};

/** All pre-filters by nova's names, in nova's order. Those for networks have nothing to do without network services. */
export const REQUEST_FILTERS: ReadonlyMap<string, RequestFilter> = new Map([
  ['require_tenant_aggregate', requireTenantAggregate],
  ['map_az_to_placement_aggregate', mapAzToPlacementAggregate],
  ['require_image_type_support', requireImageTypeSupport],
  ['compute_status_filter', computeStatusFilter],
  ['isolate_aggregates', isolateAggregates],
  ['transform_image_metadata', transformImageMetadata],
  ['accelerators_filter', acceleratorsFilter],
  ['packed_virtqueue_filter', packedVirtqueueFilter],
  ['ephemeral_encryption_filter', ephemeralEncryptionFilter],
]);

/** Runs all pre-filters. nova/scheduler/request_filter.py `process_reqspec`. */
export function processReqspec(context: RequestContext, spec: RequestSpec): void {
  for (const filter of REQUEST_FILTERS.values()) filter(context, spec);
}
