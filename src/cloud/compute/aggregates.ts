import type { ComputeApi, Endpoint, NovaRequest } from './api';
import { badRequest, conflict, notFound } from './errors';
import { computeService, hostsAggregates } from './hosts';
import { repr } from '../../python/repr';
import {
  addHost,
  aggregateImages,
  createAggregate,
  removeHost,
  setMetadata,
  updateAggregate,
} from './schemas/hosts';
import { nextNumber, type AggregateRecord } from './state';

/** Host aggregates: nova/api/openstack/compute/aggregates.py and `AggregateAPI` of nova/compute/api.py. */
export function mountAggregates(api: ComputeApi): void {
  const { nova, ids } = api;
  const { state } = nova;

  const find = (request: NovaRequest): AggregateRecord => {
    const id = request.param('id');
    if (!/^-?\d+$/.test(id)) throw badRequest('Invalid input received: id must be an integer');
    const aggregate = state.aggregates.find(({ number }) => number === Number(id));
    if (aggregate === undefined) throw notFound(`Aggregate ${id} could not be found.`);
    return aggregate;
  };
  const admin = (policy: string, endpoint: Endpoint): Endpoint => ({
    ...endpoint,
    handle(request) {
      request.enforce('admin', `os-aggregates:${policy}`);
      return endpoint.handle(request);
    },
  });
  const uniqueName = (name: string, own?: AggregateRecord): string => {
    if (state.aggregates.some((other) => other !== own && other.name === name))
      throw conflict(`Aggregate ${name} already exists.`);
    return name;
  };

  api.route('/os-aggregates', {
    GET: admin('index', {
      handle: (request) => ({ aggregates: state.aggregates.map((each) => view(request, each)) }),
    }),
    POST: admin('create', {
      body: createAggregate,
      handle(request) {
        const { name, availability_zone } = request.member('aggregate');
        const aggregate: AggregateRecord = {
          number: 0,
          uuid: '',
          name: uniqueName(String(name).trim()),
          hosts: [],
          metadata: typeof availability_zone === 'string' ? { availability_zone } : {},
          created_at: nova.now(),
          updated_at: null,
        };
        aggregate.number = nextNumber(state, 'aggregate');
        aggregate.uuid = ids.uuid('aggregate');
        state.aggregates.push(aggregate);
        const { hosts: _hosts, metadata: _metadata, ...shown } = view(request, aggregate);
        const created_at = `${api.clock.now().toISOString().slice(0, -1)}000`;
        return { aggregate: { ...shown, created_at } };
      },
    }),
  });

  api.route('/os-aggregates/{id}', {
    GET: admin('show', { handle: (request) => ({ aggregate: view(request, find(request)) }) }),
    PUT: admin('update', {
      body: updateAggregate,
      handle(request) {
        const changes = request.member('aggregate');
        const aggregate = find(request);
        if (typeof changes['name'] === 'string')
          aggregate.name = uniqueName(changes['name'].trim(), aggregate);
        const { availability_zone: zone } = changes;
        if (zone !== undefined) {
          checkZone(api, aggregate, zone === null ? null : String(zone), aggregate.hosts, 'update');
          aggregate.metadata['availability_zone'] = String(zone);
        }
        aggregate.updated_at = nova.now();
        return { aggregate: view(request, aggregate) };
      },
    }),
    DELETE: admin('delete', {
      handle(request) {
        const aggregate = find(request);
        if (aggregate.hosts.length > 0)
          throw badRequest(
            `Cannot remove host from aggregate ${aggregate.number}. Reason: Host aggregate is not empty.`,
          );
        state.aggregates = state.aggregates.filter((other) => other !== aggregate);
      },
    }),
  });

  api.route('/os-aggregates/{id}/images', {
    POST: admin('images', {
      since: 81,
      status: 202,
      body: aggregateImages,
      handle(request) {
        checkId(request);
        const images = (request.body as { cache: { id: string }[] }).cache.map((image) => image.id); // the schema has said so
        if (new Set(images).size < images.length) throw badRequest('Duplicate images in request');
        // the hosts fetch them by and by; the fake driver's keep none
        find(request);
      },
    }),
  });
  api.action(
    '/os-aggregates/{id}/action',
    'add_host',
    admin('add_host', {
      body: addHost,
      handle(request) {
        const host = String(request.member('add_host')['host']);
        checkId(request);
        if (computeService(state, host) === undefined) throw unknownHost(host);
        const aggregate = find(request);
        const zone = aggregate.metadata['availability_zone'];
        if (zone !== undefined) checkZone(api, aggregate, zone, [host], 'add');
        checkServersStay(api, aggregate, host, 'add');
        if (aggregate.hosts.includes(host))
          throw conflict(`Aggregate ${aggregate.number} already has host ${host}.`);
        aggregate.hosts.push(host);
        return { aggregate: view(request, aggregate) };
      },
    }),
  );
  api.action(
    '/os-aggregates/{id}/action',
    'remove_host',
    admin('remove_host', {
      body: removeHost,
      handle(request) {
        const host = String(request.member('remove_host')['host']);
        checkId(request);
        if (computeService(state, host) === undefined) throw unknownHost(host);
        const id = request.param('id');
        const aggregate = state.aggregates.find(({ number }) => number === Number(id));
        const missing = notFound(`Cannot remove host ${host} in aggregate ${id}`);
        if (aggregate === undefined) throw missing;
        checkServersStay(api, aggregate, host, 'delete');
        if (!aggregate.hosts.includes(host)) throw missing;
        aggregate.hosts = aggregate.hosts.filter((other) => other !== host);
        return { aggregate: view(request, aggregate) };
      },
    }),
  );
  api.action(
    '/os-aggregates/{id}/action',
    'set_metadata',
    admin('set_metadata', {
      body: setMetadata,
      handle(request) {
        const { metadata } = request.member('set_metadata') as { metadata: Record<string, string | null> }; // the schema has said so
        const aggregate = find(request);
        if (Object.hasOwn(metadata, 'availability_zone'))
          checkZone(api, aggregate, metadata['availability_zone'] ?? null, aggregate.hosts, 'update meta');
        for (const [key, value] of Object.entries(metadata))
          if (value === null) delete aggregate.metadata[key];
          else aggregate.metadata[key] = value;
        // the answer has a time that the database does not keep
        return { aggregate: { ...view(request, aggregate), updated_at: nova.now() } };
      },
    }),
  );
}

function unknownHost(host: string) {
  return notFound(`Compute host ${host} could not be found.`);
}

function checkId(request: NovaRequest): void {
  if (!/^-?\d+$/.test(request.param('id'))) throw badRequest('Invalid input received: id must be an integer');
}

type Action = 'add' | 'update' | 'update meta' | 'delete';

/** nova/compute/api.py `_raise_invalid_aggregate_exc`. */
function refuse(action: Action, { number }: AggregateRecord, reason: string) {
  const what = {
    add: `Cannot add host to aggregate ${number}`,
    update: `Cannot update aggregate ${number}`,
    'update meta': `Cannot update metadata of aggregate ${number}`,
    delete: `Cannot remove host from aggregate ${number}`,
  }[action];
  const message = `${what}. Reason: ${reason}.`;
  return action === 'add' || action === 'delete' ? conflict(message) : badRequest(message);
}

/** A host is in one zone at most, and a server does not change its zone: `is_safe_to_update_az`. */
function checkZone(
  api: ComputeApi,
  aggregate: AggregateRecord,
  zone: string | null,
  hosts: readonly string[],
  action: Action,
): void {
  const { state } = api.nova;
  if (zone === null || zone === '')
    throw refuse(
      action,
      aggregate,
      `Aggregate ${aggregate.name} does not support empty named availability zone`,
    );
  const others = state.aggregates.flatMap((other) => {
    const its = other.metadata['availability_zone'];
    const shared = other.hosts.some((host) => hosts.includes(host));
    return other !== aggregate && shared && its !== undefined && its !== zone ? [its] : [];
  });
  if (others.length > 0)
    throw refuse(action, aggregate, `One or more hosts already in availability zone(s) ${repr(others)}`);
  const moves = action !== 'add' && aggregate.metadata['availability_zone'] !== zone;
  if (moves && state.servers.some(({ deleted, host }) => !deleted && host !== null && hosts.includes(host)))
    throw refuse(action, aggregate, 'One or more hosts contain instances in this zone');
}

/** The zone of a host with servers does not change when it joins or leaves an aggregate. */
function checkServersStay(
  api: ComputeApi,
  aggregate: AggregateRecord,
  host: string,
  action: 'add' | 'delete',
): void {
  const { state } = api.nova;
  const count = state.servers.filter((server) => !server.deleted && server.host === host).length;
  const own = aggregate.metadata['availability_zone'];
  if (count === 0 || own === undefined) return;
  const [other] = hostsAggregates(state, host).flatMap((each) =>
    each === aggregate ? [] : (each.metadata['availability_zone'] ?? []),
  );
  if (other === own) return;
  const name = other ?? 'None';
  const [verb, from, to] = action === 'add' ? ['added to', name, own] : ['removed from', own, name];
  throw refuse(
    action,
    aggregate,
    `The host cannot be ${verb} the aggregate as the availability zone of the host would change from '${from}' to ` +
      `'${to}' but the host already has ${count} instance(s). Changing the AZ of an existing instance is not ` +
      'supported by this action. Move the instances away from this host then try again. If you need to move the ' +
      'instances between AZs then you can use shelve_offload and unshelve to achieve this.',
  );
}

function view(request: NovaRequest, aggregate: AggregateRecord) {
  const { number, uuid, name, hosts, metadata, created_at, updated_at } = aggregate;
  return {
    id: number,
    ...(request.supports(41) ? { uuid } : {}),
    name,
    hosts,
    metadata,
    created_at,
    updated_at,
    deleted_at: null,
    deleted: false,
    availability_zone: metadata['availability_zone'] ?? null,
  };
}
