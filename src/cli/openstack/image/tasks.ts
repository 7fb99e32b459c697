/** ListTask and ShowTask of openstackclient/image/v2/task.py. */
import type { ImageTaskQuery } from '../../../client';
import { int } from '../../arguments';
import { DictColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import { sortedFields, type ListerCommand, type ShowOneCommand } from '../command';

/** `openstack image task list` */
export const listTasks: ListerCommand = {
  name: 'image task list',
  upstream: 'openstackclient.image.v2.task.ListTask',
  kind: 'lister',
  description: 'List what Glance does and did in the background; for administrators',
  arguments: [
    {
      names: ['--sort-key'],
      metavar: '<key>[:<field>]',
      help: 'Field to sort by: created_at (default), expires_at, id, status, type or updated_at',
    },
    {
      names: ['--sort-dir'],
      metavar: '<key>[:<direction>]',
      help: 'Direction to sort in, asc or desc (default)',
    },
    { names: ['--limit'], metavar: '<num-tasks>', type: int, help: 'So many tasks a request' },
    { names: ['--marker'], metavar: '<task>', help: 'Begin after this task (ID)' },
    { names: ['--type'], metavar: '<type>', choices: ['import'], help: 'Tasks of this type only' },
    {
      names: ['--status'],
      metavar: '<status>',
      choices: ['pending', 'processing', 'success', 'failure'],
      help: 'Tasks of this status only',
    },
  ],
  async run(app, args) {
    const given: Record<string, unknown> = { limit: args.number('limit') };
    for (const name of ['marker', 'type', 'status', 'sort_dir', 'sort_key']) given[name] = args.string(name);
    const rows: Cell[][] = [];
    // the service judges the values, as it does for the real client
    for await (const { id, type, status, owner } of app.connection.image.tasks(given as ImageTaskQuery))
      rows.push([id, type, status, owner]);
    return { columns: ['ID', 'Type', 'Status', 'Owner'], rows };
  },
};

/** `openstack image task show` */
export const showTask: ShowOneCommand = {
  name: 'image task show',
  upstream: 'openstackclient.image.v2.task.ShowTask',
  kind: 'show',
  description: 'Show everything about a task; for administrators',
  arguments: [{ names: ['task'], metavar: '<Task ID>', help: 'Task to show (ID)' }],
  async run(app, args) {
    const task = await app.connection.image.getTask(args.string('task') ?? '');
    const { created_at, expires_at, id, input, message, owner, result, status, type, updated_at } = task;
    return sortedFields({
      created_at,
      expires_at: expires_at ?? null,
      id,
      input: (input ?? null) as Value, // came as JSON
      message: message ?? null,
      owner_id: owner,
      result: (result ?? null) as Value, // came as JSON
      status,
      type,
      updated_at,
      properties: new DictColumn({}), // fields the SDK knows and the client has no row for: there are none
    });
  },
};
