import type { Hono } from 'hono';
import { json, readJson, type Identity } from './app';
import { badRequest, conflict, forbidden, forbiddenAction, notFound, validationError } from './errors';
import {
  extraOf,
  flag,
  NAME,
  NULLABLE_TEXT,
  oneOf,
  pattern,
  resourceIn,
  STRICT_BOOLEAN,
  TEXT,
  textOr,
  type Json,
} from './fields';
import type { Endpoint, Region, Service } from './state';
import { mountWrites } from './writes';

const INTERFACES = ['admin', 'internal', 'public'] as const;
const REGION = { description: NULLABLE_TEXT, id: TEXT, parent_region_id: NULLABLE_TEXT };
const SERVICE = { enabled: STRICT_BOOLEAN, type: NAME(255), name: TEXT };
const ENDPOINT = {
  enabled: STRICT_BOOLEAN,
  interface: oneOf(INTERFACES),
  region_id: NULLABLE_TEXT,
  region: NULLABLE_TEXT,
  service_id: TEXT,
  url: pattern('^[a-zA-Z0-9+.-]+:.+'),
};
const known = (fields: object) => ['id', 'links', ...Object.keys(fields)];

/** Regions, services and endpoints. Modelled on `keystone/api/{regions,services,endpoints}.py`. */
export function mountCatalogWrites(app: Hono, identity: Identity): void {
  const { state, ids, views } = identity;

  mountWrites<Region>(app, identity, {
    plural: 'regions',
    singular: 'region',
    records: () => state.regions,
    view: (region) => views.region(region),
    create: createRegion,
    update: (region, body) => {
      const given = resourceIn(body, 'region', REGION, []);
      region.description = textOr(given['description'], region.description);
      if ('parent_region_id' in given) {
        const parent = parentOf(given);
        refuseCircle(region, parent);
        region.parent_region_id = parent;
      }
      keepExtra(region, given, REGION);
    },
    remove: (region) => {
      const gone = [
        region.id,
        ...state.regions.filter((r) => r.parent_region_id === region.id).map((r) => r.id),
      ];
      if (state.endpoints.some(({ region_id }) => region_id !== null && gone.includes(region_id))) {
        throw forbidden(
          `Unable to delete region ${region.id} because it or its child regions have associated endpoints.`,
        );
      }
      state.regions = state.regions.filter(({ id }) => !gone.includes(id));
    },
  });

  // a region whose id somebody chose
  app.put('/v3/regions/:id', async (c) => {
    if (!identity.authenticated(c).isAdmin) throw forbiddenAction('identity:create_region');
    const id = c.req.param('id');
    const body = await readJson(c);
    const given = resourceIn(body, 'region', REGION, [], true);
    const other = textOr(given['id'], id);
    if (other !== id) throw badRequest(`Conflicting region IDs specified: "${id}" != "${other}"`);
    return json(ids, { region: views.region(createRegion({ region: { ...given, id } })) }, 201);
  });

  mountWrites<Service>(app, identity, {
    plural: 'services',
    singular: 'service',
    validateFirst: (body) => void resourceIn(body, 'service', SERVICE, ['type']),
    records: () => state.services,
    view: (service) => views.service(service),
    create: (body) => {
      const given = resourceIn(body, 'service', SERVICE, ['type']);
      const service: Service = {
        id: ids.hex('service'),
        name: textOr(given['name'], ''),
        type: textOr(given['type'], ''),
        description: textOr(given['description'], ''),
        enabled: flag(given['enabled'], true),
        ...extraOf(given, [...known(SERVICE), 'description']),
      };
      state.services.push(service);
      return service;
    },
    update: (service, body) => {
      const given = resourceIn(body, 'service', SERVICE, []);
      service.name = textOr(given['name'], service.name);
      service.type = textOr(given['type'], service.type);
      service.description = textOr(given['description'], service.description);
      service.enabled = flag(given['enabled'], service.enabled ?? true);
      keepExtra(service, given, { ...SERVICE, description: TEXT });
    },
    remove: (service) => {
      state.services = state.services.filter((other) => other !== service);
      state.endpoints = state.endpoints.filter(({ service_id }) => service_id !== service.id);
    },
  });

  mountWrites<Endpoint>(app, identity, {
    plural: 'endpoints',
    singular: 'endpoint',
    records: () => state.endpoints,
    view: (endpoint) => views.endpoint(endpoint),
    create: (body) => {
      const given = resourceIn(body, 'endpoint', ENDPOINT, ['interface', 'service_id', 'url']);
      const endpoint: Endpoint = {
        id: ids.hex('endpoint'),
        interface: INTERFACES.find((face) => face === given['interface']) ?? 'public',
        region_id: regionOf(given),
        service_id: serviceOf(given),
        path: '',
        url: textOr(given['url'], ''),
        enabled: flag(given['enabled'], true),
        ...extraOf(given, known(ENDPOINT)),
      };
      state.endpoints.push(endpoint);
      return endpoint;
    },
    update: (endpoint, body) => {
      const given = resourceIn(body, 'endpoint', ENDPOINT, []);
      if ('service_id' in given) endpoint.service_id = serviceOf(given);
      if ('region_id' in given || 'region' in given) endpoint.region_id = regionOf(given);
      if ('url' in given) endpoint.url = textOr(given['url'], '');
      endpoint.interface = INTERFACES.find((face) => face === given['interface']) ?? endpoint.interface;
      endpoint.enabled = flag(given['enabled'], endpoint.enabled ?? true);
      keepExtra(endpoint, given, ENDPOINT);
    },
    remove: (endpoint) => {
      state.endpoints = state.endpoints.filter((other) => other !== endpoint);
    },
  });

  function createRegion(body: Json): Region {
    const given = resourceIn(body, 'region', REGION, [], true);
    const region: Region = {
      id: textOr(given['id'], '') || ids.hex('region'),
      description: textOr(given['description'], ''),
      parent_region_id: parentOf(given),
      ...extraOf(given, known(REGION)),
    };
    if (state.regions.some(({ id }) => id === region.id))
      throw conflict(`Conflict occurred attempting to store region - Duplicate ID, ${region.id}..`);
    state.regions.push(region);
    return region;
  }

  /** No region is a part of itself, however far around. */
  function refuseCircle(region: Region, parent: string | null): void {
    for (let at = parent; at !== null;) {
      if (at === region.id)
        throw badRequest(`The specified parent region ${at} would create a circular region hierarchy.`);
      at = state.regions.find(({ id }) => id === at)?.parent_region_id ?? null;
    }
  }

  function parentOf(given: Json): string | null {
    const parent = textOr(given['parent_region_id'], null);
    if (parent !== null && !state.regions.some(({ id }) => id === parent)) throw notFound('region', parent);
    return parent;
  }

  function serviceOf(given: Json): string {
    const id = textOr(given['service_id'], '');
    if (!state.services.some((service) => service.id === id))
      throw validationError('endpoint service_id', 'service table');
    return id;
  }

  /** `region` is the old name, and makes a region that does not exist yet. */
  function regionOf(given: Json): string | null {
    const old = textOr(given['region'], null);
    if (old !== null && !('region_id' in given)) {
      if (!state.regions.some(({ id }) => id === old)) state.regions.push({ id: old, description: '' });
      return old;
    }
    const id = textOr(given['region_id'], null);
    if (id !== null && !state.regions.some((region) => region.id === id))
      throw validationError('endpoint region_id', 'region table');
    return id;
  }
}

function keepExtra(record: { extra?: Json }, given: Json, fields: object): void {
  const { extra } = extraOf(given, known(fields));
  if (extra !== undefined) record.extra = { ...record.extra, ...extra };
}
