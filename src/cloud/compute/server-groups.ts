import type { ComputeApi, NovaRequest } from './api';
import { badRequest, forbidden, notFound } from './errors';
import { limitOf } from './quota';
import { createServerGroup, listServerGroups } from './schemas/actions';
import type { ServerGroupRecord } from './state';

/** Server groups: nova/api/openstack/compute/server_groups.py. */
export function mountServerGroups(api: ComputeApi): void {
  const { nova, ids } = api;
  const { state } = nova;

  const view = (request: NovaRequest, group: ServerGroupRecord): object => ({
    id: group.uuid,
    name: group.name,
    ...(request.supports(64)
      ? {
          policy: group.policy,
          rules: Object.fromEntries(
            Object.entries(group.rules).map(([rule, value]) => [rule, Number(value)]),
          ),
        }
      : { policies: [group.policy], metadata: {} }),
    members: group.members.filter((id) => nova.server(request.context, id) !== undefined),
    ...(request.supports(13) ? { project_id: group.project_id, user_id: group.user_id } : {}),
  });
  const find = (request: NovaRequest): ServerGroupRecord => {
    const id = request.param('id');
    const { isAdmin, projectId } = request.context;
    const group = state.server_groups.find(
      ({ uuid, project_id }) => uuid === id && (isAdmin || project_id === projectId),
    );
    if (group === undefined) throw notFound(`Instance group ${id} could not be found.`);
    return group;
  };

  api.route('/os-server-groups', {
    GET: {
      query: listServerGroups,
      handle(request) {
        request.enforce('reader', 'os-server-groups:index');
        const all = request.query.has('all_projects') && request.context.isAdmin;
        const { projectId } = request.context;
        const groups = state.server_groups.filter(({ project_id }) => all || project_id === projectId);
        const offset = Number(request.query.get('offset') ?? 0);
        const limit = Number(request.query.get('limit') ?? 0) || 1000;
        return { server_groups: groups.slice(offset, offset + limit).map((group) => view(request, group)) };
      },
    },
    POST: {
      body: createServerGroup,
      handle(request) {
        request.enforce('member', 'os-server-groups:create');
        const projectId = request.context.projectId ?? '';
        const own = state.server_groups.filter(({ project_id }) => project_id === projectId);
        const limit = limitOf(state, projectId, 'server_groups');
        if (limit >= 0 && own.length >= limit) throw forbidden('Quota exceeded, too many server groups.');
        const given = request.member('server_group');
        const rules = (given['rules'] ?? {}) as Record<string, unknown>; // the schema has said so
        const policy = String(given['policy'] ?? (given['policies'] as string[] | undefined)?.[0]); // the same
        if (policy !== 'anti-affinity' && Object.keys(rules).length > 0)
          throw badRequest('Only anti-affinity policy supports rules.');
        const group: ServerGroupRecord = {
          uuid: ids.uuid('server-group'),
          name: String(given['name']),
          policy,
          rules: Object.fromEntries(Object.entries(rules).map(([rule, value]) => [rule, String(value)])),
          members: [],
          project_id: projectId,
          user_id: request.context.userId,
          created_at: nova.now(),
        };
        state.server_groups.push(group);
        return { server_group: view(request, group) };
      },
    },
  });
  api.route('/os-server-groups/{id}', {
    GET: {
      handle(request) {
        const group = find(request);
        request.enforce('reader', 'os-server-groups:show', { projectId: group.project_id });
        return { server_group: view(request, group) };
      },
    },
    DELETE: {
      status: 204,
      handle(request) {
        const group = find(request);
        request.enforce('member', 'os-server-groups:delete', { projectId: group.project_id });
        state.server_groups = state.server_groups.filter((other) => other !== group);
      },
    },
  });
}
