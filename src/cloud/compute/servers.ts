import { startAction } from './actions';
import type { ComputeApi, NovaRequest } from './api';
import { conflict, notFound } from './errors';
import { releaseNetworks } from './network-allocation';
import { listAnswer } from './paging';
import { createServer, listServers, updateServer } from './schemas/servers';
import { createServers } from './server-create';
import { listedServers } from './server-list';
import { basicView, serverView } from './server-view';
import { releaseVolumes } from './server-volumes';
import type { ServerRecord } from './state';

/** Servers: nova/api/openstack/compute/servers.py. */
export function mountServers(api: ComputeApi): void {
  const { nova } = api;

  api.route('/servers', {
    GET: {
      query: listServers,
      handle(request) {
        request.enforce('reader', 'servers:index');
        const servers = listedServers(api, request, false);
        const items = servers.map((server) => basicView(api, server));
        return listAnswer(api, request, 'servers', 'servers', items, servers.at(-1)?.id);
      },
    },
    POST: { status: 202, body: createServer, handle: (request) => createServers(api, request) },
  });
  api.route('/servers/detail', {
    GET: {
      query: listServers,
      handle(request) {
        request.enforce('reader', 'servers:detail');
        const servers = listedServers(api, request, true);
        const items = servers.map((server) => serverView(api, request, server, { listed: true }));
        return listAnswer(api, request, 'servers/detail', 'servers', items, servers.at(-1)?.id);
      },
    },
  });
  api.route('/servers/{id}', {
    GET: {
      handle(request) {
        const server = getServer(api, request, request.param('id'));
        request.enforce('reader', 'servers:show', { projectId: server.project_id });
        return { server: serverView(api, request, server, { groups: true }) };
      },
    },
    PUT: {
      body: updateServer,
      handle(request) {
        const server = getServer(api, request, request.param('id'));
        request.enforce('member', 'servers:update', { projectId: server.project_id });
        applyUpdate(server, request.member('server'));
        server.updated_at = nova.now();
        return { server: serverView(api, request, server, { brief: !request.supports(75), groups: true }) };
      },
    },
    DELETE: {
      status: 204,
      async handle(request) {
        const server = getServer(api, request, request.param('id'));
        request.enforce('member', 'servers:delete', { projectId: server.project_id });
        checkUnlocked(request, server);
        await deleteServer(api, request, server);
      },
    },
  });
}

/** @throws {@link NovaError} 404. */
export function getServer(api: ComputeApi, request: NovaRequest, id: string): ServerRecord {
  const server = api.nova.server(request.context, id);
  if (server === undefined) throw notFound(`Instance ${id} could not be found.`);
  return server;
}

/** @throws {@link NovaError} 409 for a server that is locked; an administrator's hands are never bound. */
export function checkUnlocked(request: NovaRequest, server: ServerRecord): void {
  if (server.locked_by !== null && !request.context.isAdmin)
    throw conflict(`Instance ${server.id} is locked`);
}

function applyUpdate(server: ServerRecord, changes: Record<string, unknown>): void {
  const { name, description, hostname, accessIPv4, accessIPv6 } = changes;
  if (typeof name === 'string') server.name = name.trim();
  if (description !== undefined) server.description = typeof description === 'string' ? description : null;
  if (typeof hostname === 'string') server.hostname = hostname;
  if (typeof accessIPv4 === 'string') server.access_ip_v4 = accessIPv4;
  if (typeof accessIPv6 === 'string') server.access_ip_v6 = accessIPv6;
  if (changes['OS-DCF:diskConfig'] !== undefined)
    server.auto_disk_config = changes['OS-DCF:diskConfig'] === 'AUTO';
}

/** Takes the server away at once: nova does it within a second. */
async function deleteServer(api: ComputeApi, request: NovaRequest, server: ServerRecord): Promise<void> {
  const { nova } = api;
  startAction(nova, server, request.context, 'delete');
  const now = nova.now();
  server.task = null;
  server.deleted = true;
  server.vm_state = 'deleted';
  server.task_state = null;
  server.power_state = 0;
  server.claimed = null;
  server.terminated_at = now;
  server.updated_at = now;
  for (const group of nova.state.server_groups)
    group.members = group.members.filter((member) => member !== server.id);
  await releaseNetworks(nova, server);
  await releaseVolumes(nova, server, request.context.token);
}
