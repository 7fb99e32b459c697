import { HTTPError } from '../http/webob';
import { json, type ImageApi } from './app';
import { allows, forbidden, type RequestContext } from './policy';
import { readJson, rejectBody } from './request';
import type { TaskRecord } from './state';
import { validate } from './validate';
import { TASK_SCHEMA } from './schema-task';

const STATUSES = ['pending', 'processing', 'success', 'failure'];
const SORT_KEYS = ['id', 'type', 'status', 'owner', 'created_at', 'updated_at', 'expires_at', 'deleted_at'];
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
/** Glance's defaults `limit_param_default` and `api_limit_max`. */
const LIMIT = 25;
const LIMIT_MAX = 1000;

/** What imports did and are doing. Modelled on `glance/api/v2/tasks.py`; making one here is for old scripts. */
export function mountTasks(api: ImageApi): void {
  const { repository } = api;

  api.route('/v2/tasks', {
    GET: (c, context) => {
      access(context);
      const { searchParams } = new URL(c.req.url);
      const { tasks, limit } = list(api, searchParams);
      const params = new URLSearchParams(searchParams);
      params.delete('marker');
      const pairs = [...new Map(params)];
      const last = tasks.at(-1);
      return json({
        tasks: tasks.map(stubView),
        first: collectionUrl(pairs),
        schema: '/v2/schemas/tasks',
        ...(last !== undefined && tasks.length === limit
          ? { next: collectionUrl([...pairs, ['marker', last.id]]) }
          : {}),
      });
    },
    POST: async (c, context) => {
      access(context);
      const body = await readJson(c.req.raw);
      for (const name of ['type', 'input']) {
        if (!Object.hasOwn(body as object, name)) throw new HTTPError(400, `Task '${name}' is required`);
      }
      validate(body, TASK_SCHEMA);
      const { type, input } = body as Pick<TaskRecord, 'type' | 'input'>; // the schema has seen to the types
      const now = repository.now();
      const task: TaskRecord = {
        id: api.ids.uuid('task'),
        type,
        status: 'pending',
        owner: context.projectId,
        user_id: context.userId,
        request_id: context.requestId,
        image_id: null,
        input,
        result: null,
        message: '',
        created_at: now,
        updated_at: now,
        expires_at: null,
      };
      repository.state.tasks.push(task);
      return json(taskView(task), {
        status: 201,
        headers: { Location: `${api.baseUrl}/image/v2/tasks/${task.id}` },
      });
    },
  });

  api.route('/v2/tasks/:task', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      access(context);
      const id = c.req.param('task') ?? '';
      const task = repository.tasks().find((candidate) => candidate.id === id);
      if (task === undefined) throw new HTTPError(404, `Could not find task ${id}`);
      return json(taskView(task));
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      access(context);
      throw new HTTPError(405, undefined, {
        headers: { Allow: 'GET' },
        body:
          'This operation is currently not permitted on Glance Tasks. They are auto deleted after reaching the time ' +
          'based on their expires_at property.',
      });
    },
  });

  api.route(
    '/v2/images/:id/tasks',
    {
      GET: async (c, context) => {
        await rejectBody(c.req.raw);
        const seen = repository.find(context, c.req.param('id') ?? '');
        if (seen === undefined || !allows('get_image', context, seen.target)) throw new HTTPError(404);
        const tasks = repository
          .tasks()
          .filter(
            ({ image_id, owner }) =>
              image_id === seen.image.id && (context.isAdmin || owner === context.projectId),
          );
        return json({ tasks: tasks.toReversed().map(imageTaskView) });
      },
    },
    404,
  );
}

function access(context: RequestContext): void {
  if (!allows('tasks_api_access', context, { owner: null, visibility: 'private' }))
    throw forbidden('tasks_api_access');
}

function list({ repository }: ImageApi, params: URLSearchParams): { tasks: TaskRecord[]; limit: number } {
  const sortDir = params.get('sort_dir') ?? 'desc';
  if (!['asc', 'desc'].includes(sortDir)) throw new HTTPError(400, `Invalid sort direction: ${sortDir}`);
  const status = params.get('status');
  if (status && !STATUSES.includes(status)) throw new HTTPError(400, `Invalid status value: ${status}`);
  const type = params.get('type');
  if (type && type !== 'import') throw new HTTPError(400, `Invalid type value: ${type}`);
  const marker = params.get('marker');
  if (marker && !UUID.test(marker)) throw new HTTPError(400, 'Invalid marker format');
  const limit = parseLimit(params.get('limit'));
  const sortKey = params.get('sort_key') ?? 'created_at';
  if (!SORT_KEYS.includes(sortKey)) throw new HTTPError(400, 'Sort key supplied was not valid.');

  const value = (task: TaskRecord) =>
    String(new Map<string, unknown>(Object.entries(task)).get(sortKey) ?? '');
  const sign = sortDir === 'asc' ? 1 : -1;
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0);
  const tasks = repository
    .tasks()
    .filter((task) => (!status || task.status === status) && (!type || task.type === type))
    .sort(
      (a, b) => compare(value(a), value(b)) || compare(a.created_at, b.created_at) || compare(a.id, b.id),
    );
  let start = 0;
  if (marker) {
    const at = tasks.findIndex(({ id }) => id === marker);
    if (at < 0) throw new HTTPError(400, `Task with the given id ${marker} was not found`);
    start = at + 1;
  }
  return { tasks: tasks.slice(start, start + limit), limit };
}

function parseLimit(text: string | null): number {
  if (text === null) return LIMIT;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new HTTPError(400, 'limit param must be an integer');
  const limit = Number(text);
  if (limit < 0) throw new HTTPError(400, 'limit param must be positive');
  return Math.min(limit, LIMIT_MAX);
}

function collectionUrl(pairs: [string, string][]): string {
  const query = new URLSearchParams(pairs).toString();
  return query === '' ? '/v2/tasks' : `/v2/tasks?${query}`;
}

/** A task in a list: without what went in and what came out. */
function stubView(task: TaskRecord): object {
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.owner,
    created_at: task.created_at,
    updated_at: task.updated_at,
    self: `/v2/tasks/${task.id}`,
    schema: '/v2/schemas/task',
    ...(task.expires_at === null ? {} : { expires_at: task.expires_at }),
  };
}

function taskView(task: TaskRecord): object {
  return {
    id: task.id,
    input: task.input,
    type: task.type,
    status: task.status,
    owner: task.owner,
    message: task.message,
    result: task.result,
    created_at: task.created_at,
    updated_at: task.updated_at,
    self: `/v2/tasks/${task.id}`,
    schema: '/v2/schemas/task',
    ...(task.image_id === null ? {} : { image_id: task.image_id }),
    ...(task.request_id === '' ? {} : { request_id: task.request_id }),
    user_id: task.user_id,
    ...(task.expires_at === null ? {} : { expires_at: task.expires_at }),
  };
}

/** Below an image Glance shows its database record, with times in the database's form. */
function imageTaskView(task: TaskRecord): object {
  const time = (iso: string | null) => iso?.replace('Z', '.000000') ?? null;
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.owner,
    expires_at: time(task.expires_at),
    created_at: time(task.created_at),
    updated_at: time(task.updated_at),
    deleted_at: null,
    deleted: false,
    image_id: task.image_id,
    request_id: task.request_id,
    user_id: task.user_id,
    input: task.input,
    result: task.result,
    message: task.message,
  };
}
