import type { ComputeApi, NovaRequest } from './api';
import { badRequest, conflict, forbidden, notFound } from './errors';
import { limitOf } from './quota';
import { metadata, metadataOf, object, tag } from './schemas/parameter-types';
import { checkState } from './server-actions';
import { checkUnlocked, getServer } from './servers';
import type { ServerRecord } from './state';
import { NovaAnswer } from './api';

const ALL = object({ metadata }, ['metadata']);
const ONE = object({ meta: metadataOf('string', { minProperties: 1, maxProperties: 1 }) }, ['meta']);
const MAX_TAGS = 50;

const CHANGEABLE = ['active', 'paused', 'suspended', 'stopped'];

/** What the server is busy with does not matter here. */
function checkChangeable(server: ServerRecord, action: string): void {
  checkState({ ...server, task_state: null }, action, CHANGEABLE);
}

/** Metadata and tags: nova/api/openstack/compute/server_metadata.py and server_tags.py. */
export function mountServerMetadata(api: ComputeApi): void {
  const find = (request: NovaRequest, rule: 'reader' | 'member', action: string): ServerRecord => {
    const server = getServer(api, request, request.param('server_id'));
    request.enforce(rule, action, { projectId: server.project_id });
    return server;
  };
  const change = (
    request: NovaRequest,
    action: string,
    make: (server: ServerRecord) => Record<string, string>,
  ) => {
    const server = find(request, 'member', `server-metadata:${action}`);
    const changed = make(server);
    checkUnlocked(request, server);
    checkChangeable(server, 'update metadata');
    const limit = limitOf(api.nova.state, server.project_id, 'metadata_items');
    if (limit >= 0 && Object.keys(changed).length > limit)
      throw forbidden(`Maximum number of metadata items exceeds ${limit}`);
    server.metadata = Object.fromEntries(Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1)));
    return server.metadata;
  };
  const given = (request: NovaRequest, name: string) => request.member(name) as Record<string, string>; // the schema has said so

  api.route('/servers/{server_id}/metadata', {
    GET: {
      handle: (request) => ({ metadata: find(request, 'reader', 'server-metadata:index').metadata }),
    },
    POST: {
      body: ALL,
      handle: (request) => ({
        metadata: change(request, 'create', (server) => ({
          ...server.metadata,
          ...given(request, 'metadata'),
        })),
      }),
    },
    PUT: {
      body: ALL,
      handle: (request) => ({ metadata: change(request, 'update_all', () => given(request, 'metadata')) }),
    },
  });
  api.route('/servers/{server_id}/metadata/{id}', {
    GET: {
      handle(request) {
        const server = find(request, 'reader', 'server-metadata:show');
        const id = request.param('id');
        if (!Object.hasOwn(server.metadata, id)) throw notFound('Metadata item was not found');
        return { meta: { [id]: server.metadata[id] } };
      },
    },
    PUT: {
      body: ONE,
      handle(request) {
        const meta = given(request, 'meta');
        const id = request.param('id');
        const server = find(request, 'member', 'server-metadata:update');
        if (!Object.hasOwn(meta, id)) throw badRequest('Request body and URI mismatch');
        change(request, 'update', () => ({ ...server.metadata, ...meta }));
        return { meta };
      },
    },
    DELETE: {
      status: 204,
      handle(request) {
        const server = find(request, 'member', 'server-metadata:delete');
        const id = request.param('id');
        if (!Object.hasOwn(server.metadata, id)) throw notFound('Metadata item was not found');
        checkUnlocked(request, server);
        checkChangeable(server, 'delete metadata');
        delete server.metadata[id];
      },
    },
  });
  mountTags(api, find);
}

function mountTags(
  api: ComputeApi,
  find: (request: NovaRequest, rule: 'reader' | 'member', action: string) => ServerRecord,
): void {
  const settled = (server: ServerRecord, action: string): void => {
    if (CHANGEABLE.includes(server.vm_state)) return;
    throw conflict(
      `Cannot '${action} tags' instance ${server.id} while it is in vm_state ${server.vm_state}`,
    );
  };
  const missing = (server: ServerRecord, name: string) =>
    notFound(`Server ${server.id} has no tag '${name}'`);

  api.route('/servers/{server_id}/tags', {
    GET: { since: 26, handle: (request) => ({ tags: find(request, 'reader', 'os-server-tags:index').tags }) },
    PUT: {
      since: 26,
      body: object({ tags: { type: 'array', items: tag, maxItems: MAX_TAGS } }, ['tags']),
      handle(request) {
        const server = find(request, 'member', 'os-server-tags:update_all');
        settled(server, 'update');
        const { tags } = request.body as { tags: string[] }; // the schema has said so
        server.tags = [...new Set(tags)].sort();
        return { tags: server.tags };
      },
    },
    DELETE: {
      since: 26,
      status: 204,
      handle(request) {
        const server = find(request, 'member', 'os-server-tags:delete_all');
        settled(server, 'delete');
        server.tags = [];
      },
    },
  });
  api.route('/servers/{server_id}/tags/{id}', {
    GET: {
      since: 26,
      status: 204,
      handle(request) {
        const server = find(request, 'reader', 'os-server-tags:show');
        if (!server.tags.includes(request.param('id'))) throw missing(server, request.param('id'));
      },
    },
    PUT: {
      since: 26,
      body: { type: 'null' },
      handle(request) {
        const server = find(request, 'member', 'os-server-tags:update');
        const name = request.param('id');
        settled(server, 'update');
        if (server.tags.includes(name)) return new NovaAnswer(null, { status: 204 });
        if (server.tags.length >= MAX_TAGS)
          throw badRequest(`The number of tags exceeded the per-server limit ${MAX_TAGS}`);
        if (name.length > 60) throw badRequest(`Tag '${name}' is too long. Maximum length of a tag is 60`);
        server.tags = [...server.tags, name].sort();
        return new NovaAnswer(null, {
          status: 201,
          headers: { Location: `${api.url}/v2.1/servers/${server.id}/tags/${encodeURIComponent(name)}` },
        });
      },
    },
    DELETE: {
      since: 26,
      status: 204,
      handle(request) {
        const server = find(request, 'member', 'os-server-tags:delete');
        const name = request.param('id');
        settled(server, 'delete');
        if (!server.tags.includes(name)) throw missing(server, name);
        server.tags = server.tags.filter((other) => other !== name);
      },
    },
  });
}
