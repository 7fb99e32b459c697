/** The task subcommands and image-tasks of glanceclient/v2/shell.py, on glanceclient/v2/tasks.py. */
import { int } from '../../arguments';
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import { JSONDecodeError, loads } from '../../python-json';
import type { Subcommand } from '../command';
import { HttpError, object } from '../http';
import { printDict, printDictList, printList } from '../print';
import { ImageSchema } from '../schema';
import { requireVersion } from './versions';

type Task = Record<string, Value>;

const PAGE_SIZE = 20;

/** `glance task-list` */
export const taskList: Subcommand = {
  name: 'task-list',
  upstream: 'glanceclient.v2.shell.do_task_list',
  description: 'List what Glance does and did in the background; for administrators.',
  arguments: [
    { names: ['--sort-key'], default: 'status', choices: ['id', 'type', 'status'], help: 'Field to sort by' },
    { names: ['--sort-dir'], default: 'desc', choices: ['asc', 'desc'], help: 'Direction to sort in' },
    { names: ['--page-size'], metavar: '<SIZE>', type: int, help: 'So many tasks a request' },
    { names: ['--type'], metavar: '<TYPE>', help: 'Tasks of this type only' },
    { names: ['--status'], metavar: '<STATUS>', help: 'Tasks of this status only' },
  ],
  async run({ client, output }, args) {
    const filters = new URLSearchParams();
    for (const name of ['type', 'status']) {
      const value = args.string(name);
      if (value !== undefined) filters.set(name, value);
    }
    filters.set('limit', String(args.number('page_size') || PAGE_SIZE));
    for (const name of ['sort_key', 'sort_dir']) filters.set(name, args.string(name) ?? '');
    const rows: Task[] = [];
    let url: string | undefined = `/v2/tasks?${filters.toString()}`;
    while (url !== undefined) {
      const { tasks, next }: Record<string, unknown> = await client.get(url);
      const page = Array.isArray(tasks) ? (tasks as Task[]) : []; // the API's contract
      if (page.length > 0) await client.model('task');
      rows.push(...page);
      url = typeof next === 'string' ? next : undefined;
    }
    output.write(printList(rows, ['ID', 'Type', 'Status', 'Owner']));
  },
};

/** `glance task-show` */
export const taskShow: Subcommand = {
  name: 'task-show',
  upstream: 'glanceclient.v2.shell.do_task_show',
  description: 'Show everything about a task; for administrators.',
  arguments: [{ names: ['id'], metavar: '<TASK_ID>', help: 'ID of the task' }],
  async run({ client, output }, args) {
    const task = await client.get(`/v2/tasks/${args.string('id') ?? ''}`);
    await client.model('task');
    output.write(printTask(task));
  },
};

/** `glance task-create` */
export const taskCreate: Subcommand = {
  name: 'task-create',
  upstream: 'glanceclient.v2.shell.do_task_create',
  description: 'Make a task; for administrators, and of no use beside image-import.',
  arguments: [
    { names: ['--type'], metavar: '<TYPE>', help: 'Type of the task; Glance takes import' },
    { names: ['--input'], metavar: '<STRING>', default: '{}', help: 'What it works on, in JSON' },
  ],
  async run({ client, output }, args) {
    const type = args.string('type');
    const text = args.string('input');
    if (!type || !text) throw new CommandError('Unable to create task. Specify task type and input.');
    let input: Value;
    try {
      input = loads(text) as Value; // came as JSON
    } catch (error) {
      if (!(error instanceof JSONDecodeError)) throw error;
      throw new CommandError('Failed to parse the "input" parameter. Must be a valid JSON object.');
    }
    const schema = new ImageSchema(await client.model('task'));
    schema.check('type', type);
    schema.check('input', input);
    const response = await client.request('POST', '/v2/tasks', {
      body: JSON.stringify({ type, input }),
      headers: { 'Content-Type': 'application/json' },
    });
    output.write(printTask(object(await response.json())));
  },
};

function printTask({ self: _, schema: __, ...task }: Record<string, unknown>): string {
  return printDict(task as Task); // came as JSON
}

/** `glance image-tasks` */
export const imageTasks: Subcommand = {
  name: 'image-tasks',
  upstream: 'glanceclient.v2.shell.do_image_tasks',
  description: 'List the tasks of an image: how its imports went. With the global option -v, more columns.',
  arguments: [{ names: ['id'], metavar: '<IMAGE_ID>', help: 'ID of the image' }],
  async run(glance, args) {
    const id = args.string('id') ?? '';
    const columns = ['Message', 'Status', 'Updated at'];
    const all = [
      'Image Id',
      'Task Id',
      ...columns,
      'User Id',
      'Request Id',
      'Result',
      'Owner',
      'Input',
      'Expires at',
    ];
    let tasks: unknown;
    try {
      await requireVersion(glance, 'v2.12');
      ({ tasks } = await glance.client.get(`/v2/images/${id}/tasks`));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 404) throw new CommandError(`Image ${id} not found.`);
      if (error.status === 501) throw new CommandError('Server does not support image tasks API (v2.12)');
      throw error;
    }
    const rows = (Array.isArray(tasks) ? (tasks as Task[]) : []) // the API's contract
      .map((task) => ({ ...task, task_id: task.id ?? '' }));
    glance.output.write(printDictList(rows, args.flag('verbose') ? all : columns));
  },
};
