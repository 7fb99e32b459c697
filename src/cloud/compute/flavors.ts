import { linksOf, type ComputeApi, type NovaRequest } from './api';
import { strictBool } from './bool';
import { badRequest, conflict, notFound } from './errors';
import { limitAndMarker, listAnswer, page } from './paging';
import { createFlavor, indexFlavors, updateFlavor } from './schemas/flavors';
import type { FlavorRecord } from './state';

/** Flavors: nova/api/openstack/compute/flavors.py. */
export function mountFlavors(api: ComputeApi): void {
  const { nova, ids } = api;
  const { state } = nova;

  api.route('/flavors', {
    GET: {
      query: indexFlavors,
      handle(request) {
        const flavors = list(state.flavors, request);
        const items = flavors.map((flavor) => ({
          ...basic(api, flavor),
          ...(request.supports(55) ? { description: flavor.description } : {}),
        }));
        return listAnswer(api, request, 'flavors', 'flavors', items, flavors.at(-1)?.id);
      },
    },
    POST: {
      body: createFlavor,
      handle(request) {
        request.enforce('admin', 'os-flavor-manage:create');
        const flavor = newFlavor(request.member('flavor'), () => ids.uuid('flavor'));
        if (state.flavors.some(({ id }) => id === flavor.id))
          throw conflict(`Flavor with ID ${flavor.id} already exists.`);
        if (state.flavors.some(({ name }) => name === flavor.name))
          throw conflict(`Flavor with name ${flavor.name} already exists.`);
        state.flavors.push(flavor);
        return { flavor: flavorView(api, request, flavor) };
      },
    },
  });
  api.route('/flavors/detail', {
    GET: {
      query: indexFlavors,
      handle(request) {
        const flavors = list(state.flavors, request);
        const items = flavors.map((flavor) => flavorView(api, request, flavor));
        return listAnswer(api, request, 'flavors/detail', 'flavors', items, flavors.at(-1)?.id);
      },
    },
  });
  api.route('/flavors/{id}', {
    GET: {
      handle: (request) => ({
        flavor: flavorView(api, request, getFlavor(api, request, request.param('id'))),
      }),
    },
    PUT: {
      since: 55,
      body: updateFlavor,
      handle(request) {
        request.enforce('admin', 'os-flavor-manage:update');
        const flavor = getFlavor(api, request, request.param('id'));
        const { description } = request.member('flavor');
        flavor.description = typeof description === 'string' ? description : null;
        return { flavor: flavorView(api, request, flavor) };
      },
    },
    DELETE: {
      status: 202,
      handle(request) {
        request.enforce('admin', 'os-flavor-manage:delete');
        const flavor = getFlavor(api, request, request.param('id'));
        state.flavors = state.flavors.filter((other) => other !== flavor);
      },
    },
  });
}

/** @throws {@link NovaError} 404. */
export function getFlavor(api: ComputeApi, request: NovaRequest, id: string): FlavorRecord {
  const flavor = api.nova.flavor(request.context, id);
  if (flavor === undefined) throw notFound(`Flavor ${id} could not be found.`);
  return flavor;
}

function newFlavor(given: Record<string, unknown>, newId: () => string): FlavorRecord {
  const { id } = given;
  return {
    id: id === undefined || id === null || id === 0 ? newId() : String(id),
    name: String(given['name']).trim(),
    memory_mb: Number(given['ram']),
    vcpus: Number(given['vcpus']),
    root_gb: Number(given['disk']),
    ephemeral_gb: Number(given['OS-FLV-EXT-DATA:ephemeral'] ?? 0),
    swap: Number(given['swap'] ?? 0),
    rxtx_factor: Number(given['rxtx_factor'] ?? 1),
    is_public: strictBool(given['os-flavor-access:is_public'] ?? true) ?? true,
    disabled: false,
    description: typeof given['description'] === 'string' ? given['description'] : null,
    extra_specs: {},
    projects: [],
  };
}

function basic(api: ComputeApi, flavor: FlavorRecord): { id: string; name: string; links: object } {
  return { id: flavor.id, name: flavor.name, links: linksOf(api, 'flavors', flavor.id) };
}

/** nova/api/openstack/compute/views/flavors.py `show`. */
function flavorView(api: ComputeApi, request: NovaRequest, flavor: FlavorRecord): object {
  const { links, ...names } = basic(api, flavor);
  const swap = flavor.swap === 0 && !request.supports(75) ? '' : flavor.swap;
  return {
    ...names,
    ram: flavor.memory_mb,
    disk: flavor.root_gb,
    swap,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral_gb,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': flavor.is_public,
    rxtx_factor: flavor.rxtx_factor,
    links,
    ...(request.supports(55) ? { description: flavor.description } : {}),
    ...(request.supports(61) && request.allows('reader') ? { extra_specs: flavor.extra_specs } : {}),
  };
}

const SORT_FIELDS: Readonly<Record<string, (flavor: FlavorRecord, index: number) => string | number>> = {
  flavorid: ({ id }) => id,
  id: (_flavor, index) => index,
  name: ({ name }) => name,
  memory_mb: ({ memory_mb }) => memory_mb,
  vcpus: ({ vcpus }) => vcpus,
  root_gb: ({ root_gb }) => root_gb,
  ephemeral_gb: ({ ephemeral_gb }) => ephemeral_gb,
  swap: ({ swap }) => swap,
  rxtx_factor: ({ rxtx_factor }) => rxtx_factor,
  is_public: ({ is_public }) => Number(is_public),
  disabled: ({ disabled }) => Number(disabled),
  description: ({ description }) => description ?? '',
};

function list(all: readonly FlavorRecord[], request: NovaRequest): FlavorRecord[] {
  const paging = limitAndMarker(request);
  const isPublic = request.context.isAdmin ? publicFilter(request.query.get('is_public')) : true;
  const minRam = integerFilter(request, 'minRam');
  const minDisk = integerFilter(request, 'minDisk');
  const { projectId } = request.context;
  const shown = all.filter(
    (flavor) =>
      (isPublic === null ||
        flavor.is_public === isPublic ||
        (isPublic && flavor.projects.includes(projectId ?? ''))) &&
      flavor.memory_mb >= minRam &&
      flavor.root_gb >= minDisk,
  );
  const field = SORT_FIELDS[request.query.get('sort_key') ?? 'flavorid'] ?? ((_flavor, index) => index);
  const keyed = shown.map((flavor) => ({ flavor, key: field(flavor, all.indexOf(flavor)) }));
  const sign = request.query.get('sort_dir') === 'desc' ? -1 : 1;
  keyed.sort(
    (a, b) =>
      sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || all.indexOf(a.flavor) - all.indexOf(b.flavor),
  );
  return page(
    keyed.map(({ flavor }) => flavor),
    paging,
    ({ id }) => id,
  );
}

/** True, false, or null for all: only administrators may ask. */
function publicFilter(text: string | null): boolean | null {
  if (text === null) return true;
  if (text.toLowerCase() === 'none') return null;
  const value = strictBool(text);
  if (value === undefined) throw badRequest(`Invalid is_public filter [${text}]`);
  return value;
}

function integerFilter(request: NovaRequest, name: string): number {
  const text = request.query.get(name);
  if (text === null) return 0;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest(`Invalid ${name} filter [${text}]`);
  return Number(text);
}
