import type { TokenContext } from '../../identity/token-provider';
import type { IdSource } from '../../ids';
import { hostsAggregates, localDiskOf } from '../hosts';
import exported from '../scheduler/traits.json';
import type { ComputeNodeRecord, ComputeState, ServerRecord } from '../state';

/** An error answer of Placement's: placement/util.py `json_error_formatter`. */
export class PlacementError extends Error {
  override readonly name = 'PlacementError';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly extra: Record<string, string> = {},
  ) {
    super(detail);
  }
}

export interface PlacementRequest {
  token: TokenContext;
  /** The N of microversion 1.N. */
  version: number;
  path: string;
  method: string;
  body: unknown;
}

export interface PlacementAnswer {
  status: number;
  body: object | null;
}

const EXPLANATIONS: Readonly<Record<number, [title: string, text: string]>> = {
  400: [
    'Bad Request',
    'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  ],
  403: ['Forbidden', 'Access was denied to this resource.'],
  404: ['Not Found', 'The resource could not be found.'],
  405: ['Method Not Allowed', ''],
  409: ['Conflict', 'There was a conflict when trying to complete your request.'],
};

function refuse(
  status: number,
  detail: string,
  version: number,
  code = 'placement.undefined_code',
): PlacementError {
  const [title, text] = EXPLANATIONS[status] ?? ['', ''];
  return new PlacementError(status, title, `${text}\n\n ${detail}  `, version >= 23 ? { code } : {});
}

const STANDARD_TRAITS: readonly string[] = exported.traits;

/** What stands on a path: placement/handler.py `ROUTE_DECLARATIONS`, the reading part and the traits of a provider. */
export function answerPlacement(
  state: ComputeState,
  _ids: IdSource,
  request: PlacementRequest,
): PlacementAnswer {
  const { path, method, version } = request;
  const [, collection, id, part] = path.split('/');
  const known = ['resource_providers', 'traits', 'usages', 'allocations'].includes(collection ?? '');
  if (!known) throw refuse(404, '', version);
  if (collection === 'traits') return traits(state, request, id);
  if (collection === 'allocations') {
    authorize(request, 'allocations:list');
    const server = state.servers.find((each) => each.id === id && !each.deleted);
    return ok({ allocations: server === undefined ? {} : consumer(state, server) });
  }
  if (collection !== 'resource_providers') throw refuse(404, '', version);
  if (id === undefined) {
    authorize(request, 'resource_providers:list');
    const providers = [...state.nodes].sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
    return ok({ resource_providers: providers.map((node) => providerView(node, version)) });
  }
  authorize(request, `resource_providers:${PARTS[part ?? ''] ?? 'show'}`);
  const node = state.nodes.find(({ uuid }) => uuid === id);
  if (node === undefined) throw refuse(404, `No resource provider with uuid ${id} found`, version);
  if (method === 'PUT' && part === 'traits') return putTraits(state, request, node);
  if (method !== 'GET') throw refuse(405, `The method specified is not allowed for this resource.`, version);
  const generation = { resource_provider_generation: node.generation };
  const servers = state.servers.filter(({ claimed, deleted }) => !deleted && claimed === node.host);
  switch (part) {
    case undefined:
      return ok(providerView(node, version));
    case 'inventories':
      return ok({ ...generation, inventories: inventories(node) });
    case 'usages':
      return ok({ ...generation, usages: sum(servers.map(resourcesOf)) });
    case 'traits':
      return ok({ traits: node.traits, ...generation });
    case 'aggregates': {
      const aggregates = hostsAggregates(state, node.host).map(({ uuid }) => uuid);
      return ok({ aggregates, ...(version >= 19 ? generation : {}) });
    }
    case 'allocations': {
      const entries = servers.map((server) => [server.id, { resources: resourcesOf(server) }] as const);
      return ok({ allocations: Object.fromEntries(entries), ...generation });
    }
    default:
      throw refuse(404, '', version);
  }
}

const PARTS: Readonly<Record<string, string>> = {
  inventories: 'inventories:list',
  usages: 'usages',
  traits: 'traits:list',
  aggregates: 'aggregates:list',
  allocations: 'allocations:list',
};

function ok(body: object): PlacementAnswer {
  return { status: 200, body };
}

/** Everything here is for administrators: placement/policies/base.py. */
function authorize({ token, version }: PlacementRequest, action: string): void {
  if (!token.isAdmin)
    throw refuse(403, `Policy does not allow placement:${action} to be performed.`, version);
}

function providerView(node: ComputeNodeRecord, version: number): object {
  const root = `/placement/resource_providers/${node.uuid}`;
  const rels = [
    'inventories',
    'usages',
    ...(version >= 1 ? ['aggregates'] : []),
    ...(version >= 6 ? ['traits'] : []),
    ...(version >= 11 ? ['allocations'] : []),
  ];
  return {
    uuid: node.uuid,
    name: node.hypervisor_hostname,
    generation: node.generation,
    links: [{ rel: 'self', href: root }, ...rels.map((rel) => ({ rel, href: `${root}/${rel}` }))],
    ...(version >= 14 ? { parent_provider_uuid: null, root_provider_uuid: node.uuid } : {}),
  };
}

function inventories(node: ComputeNodeRecord): object {
  const inventory = (total: number, reserved: number, allocation_ratio: number) => ({
    total,
    reserved,
    min_unit: 1,
    max_unit: total,
    step_size: 1,
    allocation_ratio,
  });
  return {
    VCPU: inventory(node.vcpus, 0, node.cpu_allocation_ratio),
    MEMORY_MB: inventory(node.memory_mb, node.reserved_host_memory_mb, node.ram_allocation_ratio),
    DISK_GB: inventory(node.local_gb, 0, node.disk_allocation_ratio),
  };
}

interface Resources {
  VCPU: number;
  MEMORY_MB: number;
  DISK_GB?: number;
}

function resourcesOf(server: ServerRecord): Resources {
  const disk = localDiskOf(server);
  const { vcpus, memory_mb } = server.flavor;
  return { VCPU: vcpus, MEMORY_MB: memory_mb, ...(disk === 0 ? {} : { DISK_GB: disk }) };
}

function sum(all: readonly Resources[]): Resources {
  const total = { VCPU: 0, MEMORY_MB: 0, DISK_GB: 0 };
  for (const { VCPU, MEMORY_MB, DISK_GB = 0 } of all) {
    total.VCPU += VCPU;
    total.MEMORY_MB += MEMORY_MB;
    total.DISK_GB += DISK_GB;
  }
  return total;
}

function consumer(state: ComputeState, server: ServerRecord): object {
  const node = state.nodes.find(({ host }) => host === server.claimed);
  return node === undefined
    ? {}
    : { [node.uuid]: { generation: node.generation, resources: resourcesOf(server) } };
}

function traits(state: ComputeState, request: PlacementRequest, name: string | undefined): PlacementAnswer {
  const { method, version } = request;
  const all = [...STANDARD_TRAITS, ...state.custom_traits];
  if (name === undefined) {
    authorize(request, 'traits:list');
    return ok({ traits: all });
  }
  authorize(
    request,
    method === 'PUT' ? 'traits:update' : method === 'DELETE' ? 'traits:delete' : 'traits:show',
  );
  if (method === 'GET') {
    if (!all.includes(name)) throw refuse(404, `No such trait(s): ${name}.`, version);
    return { status: 204, body: null };
  }
  if (method === 'PUT') {
    if (!/^CUSTOM_[A-Z0-9_]+$/.test(name) || name.length > 255)
      throw refuse(
        400,
        `The trait is invalid. A valid trait must be no longer than 255 characters, start with the prefix "CUSTOM_" ` +
          'and use following characters: "A"-"Z", "0"-"9" and "_"',
        version,
      );
    const isNew = !state.custom_traits.includes(name);
    if (isNew) state.custom_traits.push(name);
    return { status: isNew ? 201 : 204, body: null };
  }
  if (method !== 'DELETE')
    throw refuse(405, 'The method specified is not allowed for this resource.', version);
  if (!all.includes(name)) throw refuse(404, `No such trait(s): ${name}.`, version);
  if (STANDARD_TRAITS.includes(name)) throw refuse(400, `Cannot delete standard trait ${name}.`, version);
  if (state.nodes.some((node) => node.traits.includes(name)))
    throw refuse(409, `The trait ${name} is in use by a resource provider.`, version);
  state.custom_traits = state.custom_traits.filter((trait) => trait !== name);
  return { status: 204, body: null };
}

/** The traits of a provider, all at once; who comes with an old generation comes too late. */
function putTraits(
  state: ComputeState,
  { body, version }: PlacementRequest,
  node: ComputeNodeRecord,
): PlacementAnswer {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>; // an object, then
  const { traits: names, resource_provider_generation: generation } = given;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw refuse(400, "JSON does not validate: 'traits' is a required property", version);
  if (!Number.isInteger(generation))
    throw refuse(
      400,
      "JSON does not validate: 'resource_provider_generation' is a required property",
      version,
    );
  if (generation !== node.generation)
    throw refuse(
      409,
      "Resource provider's generation already changed. Please update the generation and try again.",
      version,
      'placement.concurrent_update',
    );
  const wanted: string[] = names;
  const unknown = wanted.filter(
    (name) => !STANDARD_TRAITS.includes(name) && !state.custom_traits.includes(name),
  );
  if (unknown.length > 0) throw refuse(400, `No such trait ${unknown.join(', ')}`, version);
  node.traits = [...new Set(wanted)].sort();
  node.generation += 1;
  return ok({ traits: node.traits, resource_provider_generation: node.generation });
}
