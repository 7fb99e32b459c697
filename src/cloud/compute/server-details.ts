import { MAX_VERSION, type ComputeApi, type NovaRequest } from './api';
import { badRequest } from './errors';
import { DIAGNOSTICS, INSTANCE_DIAGNOSTICS } from './diagnostics';
import { checkHost } from './server-actions';
import { getServer } from './servers';
import type { ServerRecord } from './state';
import { createConsole } from './schemas/actions';

/** What else is to be seen of a server. */
export function mountServerDetails(api: ComputeApi): void {
  const find = (request: NovaRequest, rule: 'reader' | 'admin', action: string): ServerRecord => {
    const server = getServer(api, request, request.param('server_id'));
    request.enforce(rule, action, { projectId: server.project_id });
    return server;
  };
  const shows = (path: string, rule: 'reader' | 'admin', action: string, body: object, since = 1): void =>
    api.route(`/servers/{server_id}/${path}`, {
      GET: {
        since,
        handle(request) {
          find(request, rule, action);
          return body;
        },
      },
    });
  shows('os-server-password', 'reader', 'os-server-password:show', { password: '' });
  shows('migrations', 'admin', 'servers:migrations:index', { migrations: [] }, 23);
  const diagnostics = (since: number, until: number, body: object) => ({
    since,
    until,
    handle(request: NovaRequest) {
      const server = find(request, 'admin', 'os-server-diagnostics');
      checkHost(server);
      return body;
    },
  });
  api.route('/servers/{server_id}/diagnostics', {
    GET: [diagnostics(1, 47, DIAGNOSTICS), diagnostics(48, MAX_VERSION, INSTANCE_DIAGNOSTICS)],
  });
  // no console is switched on in this cloud
  api.route('/servers/{server_id}/remote-consoles', {
    POST: {
      since: 6,
      body: createConsole,
      handle(request) {
        const server = getServer(api, request, request.param('server_id'));
        request.enforce('member', 'os-remote-consoles', { projectId: server.project_id });
        checkHost(server);
        throw badRequest(`Unavailable console type ${String(request.member('remote_console')['type'])}.`);
      },
    },
  });
  shows('topology', 'reader', 'compute:server:topology:index', { nodes: [], pagesize_kb: null }, 78);

  api.route('/os-migrations', {
    GET: {
      handle(request) {
        request.enforce('admin', 'os-migrations:index');
        return { migrations: [] };
      },
    },
  });
  api.route('/os-simple-tenant-usage', {
    GET: {
      handle(request) {
        request.enforce('admin', 'os-simple-tenant-usage:list');
        return { tenant_usages: [] };
      },
    },
  });
  api.route('/os-simple-tenant-usage/{id}', {
    GET: {
      handle(request) {
        request.enforce('reader', 'os-simple-tenant-usage:show', { projectId: request.param('id') });
        return { tenant_usage: {} };
      },
    },
  });
}
