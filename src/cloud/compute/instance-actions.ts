import type { ComputeApi, NovaRequest } from './api';
import { notFound } from './errors';
import { parseIsoTime } from './schemas/formats';
import { multiParams, PAGINATION, querySchema } from './schemas/parameter-types';
import { hostId } from './server-view';
import { badRequest } from './errors';
import type { ActionRecord, EventRecord, ServerRecord } from './state';

/** What was done to a server: nova/api/openstack/compute/instance_actions.py. */
export function mountInstanceActions(api: ComputeApi): void {
  // the actions of a deleted server can be read since 2.21
  const find = (request: NovaRequest, action: string): ServerRecord => {
    const id = request.param('server_id');
    const { isAdmin, projectId } = request.context;
    const server = api.nova.state.servers.find(
      (each) =>
        each.id === id &&
        (isAdmin || each.project_id === projectId) &&
        (!each.deleted || request.supports(21)),
    );
    if (server === undefined) throw notFound(`Instance ${id} could not be found.`);
    request.enforce('reader', `os-instance-actions:${action}`, { projectId: server.project_id });
    return server;
  };
  const when = multiParams({ type: 'string', format: 'date-time' });

  api.route('/servers/{server_id}/os-instance-actions', {
    GET: {
      query: (version) =>
        version < 58
          ? querySchema({})
          : querySchema(
              { ...PAGINATION, 'changes-since': when, ...(version >= 66 ? { 'changes-before': when } : {}) },
              true,
            ),
      handle(request) {
        const server = find(request, 'list');
        const since = timeOf(request, 'changes-since', 58);
        const before = timeOf(request, 'changes-before', 66);
        if (since !== undefined && before !== undefined && before < since)
          throw badRequest('The value of changes-since must be less than or equal to changes-before.');
        const actions = [...server.actions].reverse().filter(({ updated_at }) => {
          const time = Date.parse(`${updated_at}Z`);
          return (since === undefined || time >= since) && (before === undefined || time <= before);
        });
        const marker = request.query.get('marker');
        const start = marker === null ? 0 : actions.findIndex(({ request_id }) => request_id === marker) + 1;
        if (request.supports(58) && marker !== null && start === 0)
          throw badRequest(`Marker ${marker} could not be found.`);
        const limit = Number(request.query.get('limit') ?? 1000);
        const shown = request.supports(58) ? actions.slice(start, start + limit) : actions;
        return { instanceActions: shown.map((action) => actionView(request, server, action)) };
      },
    },
  });
  api.route('/servers/{server_id}/os-instance-actions/{id}', {
    GET: {
      handle(request) {
        const server = find(request, 'show');
        const id = request.param('id');
        const action = server.actions.find(({ request_id }) => request_id === id);
        if (action === undefined) throw notFound(`Action ${id} not found`);
        const showsEvents = request.context.isAdmin || request.supports(51);
        return {
          instanceAction: {
            ...actionView(request, server, action),
            ...(showsEvents
              ? { events: [...action.events].reverse().map((event) => eventView(request, server, event)) }
              : {}),
          },
        };
      },
    },
  });
}

function timeOf(request: NovaRequest, name: string, since: number): number | undefined {
  const text = request.supports(since) ? request.query.get(name) : null;
  return text === null ? undefined : parseIsoTime(text);
}

function actionView(request: NovaRequest, server: ServerRecord, action: ActionRecord): object {
  const { request_id, user_id, project_id, start_time, message, updated_at } = action;
  return {
    action: action.action,
    instance_uuid: server.id,
    request_id,
    user_id,
    project_id,
    start_time,
    message,
    ...(request.supports(58) ? { updated_at } : {}),
  };
}

function eventView(request: NovaRequest, server: ServerRecord, event: EventRecord): object {
  const { isAdmin } = request.context;
  return {
    event: event.event,
    start_time: event.start_time,
    finish_time: event.finish_time,
    result: event.result,
    ...(isAdmin ? { traceback: event.traceback } : {}),
    ...(request.supports(62) && isAdmin ? { host: event.host } : {}),
    ...(request.supports(62) ? { hostId: hostId(event.host, server.project_id) } : {}),
    ...(request.supports(84) && isAdmin ? { details: event.details } : {}),
  };
}
