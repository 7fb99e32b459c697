import type { ComputeApi, NovaRequest } from './api';
import { boolFromString } from './bool';
import { badRequest, conflict, notFound } from './errors';
import { isUuidLike } from './schemas/formats';
import { indexServices, updateService, updateServiceByAction } from './schemas/hosts';
import { INTERNAL_SERVICE_AVAILABILITY_ZONE, type ServiceRecord } from './state';

/** How often a service says that it is there: `[DEFAULT] report_interval`, in seconds. */
const REPORT_INTERVAL = 10;

/** nova's services: nova/api/openstack/compute/services.py. */
export function mountServices(api: ComputeApi): void {
  const { state } = api.nova;

  const byId = (request: NovaRequest): ServiceRecord | undefined => {
    const id = request.param('id');
    return state.services.find(({ uuid, number }) =>
      request.supports(53) ? uuid === id : number === Number(id),
    );
  };

  const update = (request: NovaRequest, changes: Partial<ServiceRecord>): void => {
    const { host, binary } = request.body as { host: string; binary: string }; // the schema has said so
    if (binary !== 'nova-compute') throw notCompute(binary);
    const service = state.services.find((each) => each.host === host && each.binary === binary);
    if (service === undefined) throw notFound(`Host '${host}' is not mapped to any cell`);
    Object.assign(service, changes);
  };

  api.route('/os-services', {
    GET: {
      query: indexServices,
      handle(request) {
        request.enforce('admin', 'os-services:list');
        const [host, binary] = [request.query.get('host') ?? '', request.query.get('binary') ?? ''];
        const services = state.services.filter(
          (service) => (host === '' || service.host === host) && (binary === '' || service.binary === binary),
        );
        return { services: services.map((service) => view(api, request, service)) };
      },
    },
  });

  api.route('/os-services/{id}', {
    PUT: [
      {
        since: 53,
        body: updateService,
        handle(request) {
          if (!isUuidLike(request.param('id'))) throw badRequest(`Invalid uuid ${request.param('id')}`);
          request.enforce('admin', 'os-services:update');
          const service = byId(request);
          if (service === undefined) throw notFound(`Service ${request.param('id')} could not be found.`);
          if (service.binary !== 'nova-compute') throw notCompute(service.binary);
          applyUpdate(service, request.body as Record<string, unknown>); // the schema has said so
          return { service: view(api, request, service) };
        },
      },
      {
        until: 52,
        body: updateServiceByAction,
        handle(request) {
          request.enforce('admin', 'os-services:update');
          const body = request.body as Record<string, string>; // the schema has said so
          const { host, binary, disabled_reason } = body;
          const action = request.param('id');
          if (action === 'enable') {
            update(request, { disabled: false, disabled_reason: null });
            return { service: { host, binary, status: 'enabled' } };
          }
          if (action === 'disable' || action === 'disable-log-reason') {
            if (action !== 'disable' && disabled_reason === undefined)
              throw badRequest('Missing disabled reason field');
            const reason = action === 'disable' ? null : (disabled_reason ?? null);
            update(request, { disabled: true, disabled_reason: reason });
            return {
              service: { host, binary, status: 'disabled', ...(reason === null ? {} : { disabled_reason }) },
            };
          }
          if (action === 'force-down' && request.supports(11)) {
            if (body['forced_down'] === undefined) throw badRequest('Missing forced_down field');
            const forced_down = boolFromString(body['forced_down']);
            update(request, { forced_down });
            return { service: { host, binary, forced_down } };
          }
          throw notFound('Unknown action');
        },
      },
    ],
    DELETE: {
      status: 204,
      handle(request) {
        request.enforce('admin', 'os-services:delete');
        const id = request.param('id');
        if (request.supports(53)) {
          if (!isUuidLike(id)) throw badRequest(`Invalid uuid ${id}`);
        } else if (!/^\d+$/.test(id)) throw badRequest('Invalid input received: id must be an integer');
        const service = byId(request);
        if (service === undefined) throw notFound(`Service ${id} not found.`);
        deleteService(api, service);
      },
    },
  });
}

function notCompute(binary: string) {
  return badRequest(
    `Updating a ${binary} service is not supported. Only nova-compute services can be updated.`,
  );
}

function applyUpdate(service: ServiceRecord, body: Record<string, unknown>): void {
  const { status, disabled_reason, forced_down } = body;
  if (status === undefined && forced_down === undefined)
    throw badRequest("No updates were requested. Fields 'status' or 'forced_down' should be specified.");
  if (status === 'enabled') {
    if (disabled_reason !== undefined)
      throw badRequest("Specifying 'disabled_reason' with status 'enabled' is invalid.");
    service.disabled = false;
    service.disabled_reason = null;
  }
  if (status === 'disabled') {
    service.disabled = true;
    service.disabled_reason = typeof disabled_reason === 'string' ? disabled_reason : null;
  }
  if (forced_down !== undefined) service.forced_down = boolFromString(forced_down);
}

function deleteService({ nova: { state } }: ComputeApi, service: ServiceRecord): void {
  if (service.binary === 'nova-compute') {
    if (state.servers.some(({ deleted, host }) => !deleted && host === service.host))
      throw conflict(
        'Unable to delete compute service that is hosting instances. Migrate or delete the instances first.',
      );
    for (const aggregate of state.aggregates)
      aggregate.hosts = aggregate.hosts.filter((host) => host !== service.host);
    state.nodes = state.nodes.filter(({ host }) => host !== service.host);
  }
  state.services = state.services.filter((other) => other !== service);
}

/** When the service last said that it is there. */
export function lastReport(api: ComputeApi): string {
  const seconds = Math.floor(api.clock.now().getTime() / 1000 / REPORT_INTERVAL) * REPORT_INTERVAL;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.000000`;
}

/** The zone that a service is listed in. */
export function zoneOfService(api: ComputeApi, service: ServiceRecord): string {
  return service.binary === 'nova-compute'
    ? api.nova.zoneOf(service.host)
    : INTERNAL_SERVICE_AVAILABILITY_ZONE;
}

function view(api: ComputeApi, request: NovaRequest, service: ServiceRecord): object {
  return {
    binary: service.binary,
    host: service.host,
    id: request.supports(53) ? service.uuid : service.number,
    zone: zoneOfService(api, service),
    status: service.disabled ? 'disabled' : 'enabled',
    state: service.forced_down ? 'down' : 'up',
    updated_at: lastReport(api),
    disabled_reason: service.disabled_reason,
    ...(request.supports(11) ? { forced_down: service.forced_down } : {}),
  };
}
