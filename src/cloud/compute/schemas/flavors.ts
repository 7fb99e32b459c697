import {
  boolean,
  description,
  flavorParamNonNegative,
  metadataOf,
  multiParams,
  name,
  object,
  PAGINATION,
  querySchema,
  text,
  volumeSize,
} from './parameter-types';
import type { Schema } from '../validation';

/** nova/api/openstack/compute/schemas/flavors.py, flavor_access.py, flavors_extraspecs.py. */

const SORT_KEYS = [
  'created_at',
  'description',
  'disabled',
  'ephemeral_gb',
  'flavorid',
  'id',
  'is_public',
  'memory_mb',
  'name',
  'root_gb',
  'rxtx_factor',
  'swap',
  'updated_at',
  'vcpu_weight',
  'vcpus',
];

const longDescription = { ...description, maxLength: 65535 };

export function createFlavor(version: number): Schema {
  const flavor = object(
    {
      name,
      id: {
        type: ['string', 'number', 'null'],
        minLength: 1,
        maxLength: 255,
        pattern: '^(?! )[a-zA-Z0-9. _-]+(?<! )$',
      },
      ram: volumeSize,
      vcpus: volumeSize,
      disk: flavorParamNonNegative,
      'OS-FLV-EXT-DATA:ephemeral': flavorParamNonNegative,
      swap: flavorParamNonNegative,
      rxtx_factor: {
        type: ['number', 'string'],
        pattern: '^[0-9]+(\\.[0-9]+)?$',
        exclusiveMinimum: 0,
        maximum: 3.40282e38,
      },
      'os-flavor-access:is_public': boolean,
      ...(version >= 55 ? { description: longDescription } : {}),
    },
    ['name', 'ram', 'vcpus', 'disk'],
  );
  return object({ flavor }, ['flavor']);
}

export const updateFlavor = object({ flavor: object({ description: longDescription }, ['description']) }, [
  'flavor',
]);

export function indexFlavors(version: number): Schema {
  return querySchema(
    {
      ...PAGINATION,
      is_public: multiParams(text),
      minRam: multiParams(text),
      minDisk: multiParams(text),
      sort_key: multiParams({ type: 'string', enum: SORT_KEYS }),
      sort_dir: multiParams({ type: 'string', enum: ['asc', 'desc'] }),
    },
    version >= 75,
  );
}

const specs = metadataOf(['string', 'number']);
export const createExtraSpecs = object({ extra_specs: specs }, ['extra_specs']);
export const updateExtraSpec = { ...specs, minProperties: 1, maxProperties: 1 };

const tenant = object({ tenant: { type: 'string', minLength: 1, maxLength: 255 } }, ['tenant']);
export const addTenantAccess = object({ addTenantAccess: tenant }, ['addTenantAccess']);
export const removeTenantAccess = object({ removeTenantAccess: tenant }, ['removeTenantAccess']);
