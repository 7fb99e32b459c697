import { MAX_VERSION, type ComputeApi, type NovaRequest } from './api';
import { badRequest, notFound } from './errors';
import { DIAGNOSTICS, INSTANCE_DIAGNOSTICS } from './diagnostics';
import { actedOn, checkHost } from './server-actions';
import { getServer } from './servers';
import type { ServerRecord } from './state';
import { anything, createConsole } from './schemas/actions';

/** What else is to be seen of a server; much of it is empty where there is no Network service. */
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
  shows('ips', 'reader', 'ips:index', { addresses: {} });
  shows('os-interface', 'reader', 'os-attach-interfaces:list', { interfaceAttachments: [] });
  shows('os-security-groups', 'reader', 'os-security-groups:list', { security_groups: [] });
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

  api.route('/servers/{server_id}/ips/{id}', {
    GET: {
      handle(request) {
        find(request, 'reader', 'ips:show');
        throw notFound('Instance is not a member of specified network');
      },
    },
  });
  for (const action of ['addSecurityGroup', 'removeSecurityGroup'])
    api.action('/servers/{id}/action', action, {
      status: 202,
      body: anything(action),
      handle(request) {
        const server = actedOn(
          api,
          request,
          `os-security-groups:${action === 'addSecurityGroup' ? 'add' : 'remove'}`,
        );
        // nova looks for the server's ports before it looks for the group
        throw notFound(`instance_id ${server.id} could not be found as device id on any ports`);
      },
    });
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
