import type { Schema } from '../validation';
import {
  azName,
  boolean,
  fqdn,
  metadataOf,
  multiParams,
  name,
  nonNegativeInteger,
  object,
  PAGINATION,
  querySchema,
  singleParam,
  spacedName,
  text,
} from './parameter-types';

/** nova/api/openstack/compute/schemas/hypervisors.py, services.py, aggregates.py. */

export function indexHypervisors(version: number): Schema {
  if (version < 33) return querySchema({});
  if (version < 53) return querySchema(PAGINATION);
  return querySchema(
    {
      limit: singleParam(nonNegativeInteger),
      marker: singleParam(text),
      hypervisor_hostname_pattern: singleParam(fqdn),
      with_servers: singleParam(boolean),
    },
    true,
  );
}

export function showHypervisor(version: number): Schema {
  return version < 53 ? querySchema({}) : querySchema({ with_servers: singleParam(boolean) }, true);
}

export function indexServices(version: number): Schema {
  return querySchema({ host: multiParams(text), binary: multiParams(text) }, version >= 75);
}

const reason = { type: 'string', minLength: 1, maxLength: 255 };

export function updateServiceByAction(version: number): Schema {
  return object(
    {
      host: fqdn,
      binary: reason,
      disabled_reason: reason,
      ...(version >= 11 ? { forced_down: boolean } : {}),
    },
    ['host', 'binary'],
  );
}

export const updateService = object({
  status: { type: 'string', enum: ['enabled', 'disabled'] },
  disabled_reason: reason,
  forced_down: boolean,
});

const availability_zone = { oneOf: [azName, { type: 'null' }] };

export const createAggregate = object({ aggregate: object({ name, availability_zone }, ['name']) }, [
  'aggregate',
]);

export const updateAggregate = object(
  {
    aggregate: object({ name: spacedName, availability_zone }, [], {
      anyOf: [{ required: ['name'] }, { required: ['availability_zone'] }],
    }),
  },
  ['aggregate'],
);

const host = object({ host: fqdn }, ['host']);
export const addHost = object({ add_host: host }, ['add_host']);
export const removeHost = object({ remove_host: host }, ['remove_host']);
export const setMetadata = object(
  { set_metadata: object({ metadata: metadataOf(['string', 'null']) }, ['metadata']) },
  ['set_metadata'],
);

/** nova/api/openstack/compute/schemas/aggregate_images.py. */
export const aggregateImages = object(
  {
    cache: { type: 'array', minItems: 1, items: object({ id: { type: 'string', format: 'uuid' } }, ['id']) },
  },
  ['cache'],
);
