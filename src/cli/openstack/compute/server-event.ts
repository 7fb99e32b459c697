/** Commands of openstackclient/compute/v2/server_event.py. */
import { ResourceNotFound } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { ListDictColumn } from '../../formatters/columns';
import type { App } from '../app';
import type { ListerCommand, ShowOneCommand } from '../command';
import { compute, needFor } from './client';
import { isTime } from '../../../python/iso8601';
import { arg, changesBefore, changesSince, limit, long, marker, server } from './options';
import { SERVER_ACTION, row, shown, type Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.server_event';

/** A server by name or id, or any id: the events of deleted servers stay. */
async function serverId(app: App, args: ParsedArgs): Promise<string> {
  const name = args.string('server') ?? '';
  try {
    return (await compute(app).findServer(name, { ignoreMissing: false })).id;
  } catch (error) {
    const digits = name
      .replace('urn:', '')
      .replace('uuid:', '')
      .replace(/^[{}]+|[{}]+$/g, '')
      .replaceAll('-', '');
    if (error instanceof ResourceNotFound && /^[0-9a-f]{32}$/i.test(digits)) return name;
    throw error;
  }
}

/** `openstack server event list` */
export const listServerEvent: ListerCommand = {
  name: 'server event list',
  upstream: `${upstream}.ListServerEvent`,
  kind: 'lister',
  description: 'List what was done to a server, newest first',
  arguments: [
    server('Server whose events to list (name or ID)'),
    long,
    changesSince,
    changesBefore,
    limit,
    marker('request ID'),
  ],
  async run(app, args) {
    const client = compute(app);
    const [after, count, since, before] = [
      args.string('marker'), args.number('limit'), args.string('changes_since'), args.string('changes_before'),
    ]; // prettier-ignore
    if (after) await needFor(app, '2.58', '--marker');
    if (count) await needFor(app, '2.58', '--limit');
    const check = async (option: string, version: string, text: string | undefined): Promise<void> => {
      if (!text) return;
      await needFor(app, version, `--${option}`);
      if (!isTime(text)) throw new CommandError(`Invalid ${option} value: ${text}`);
    };
    await check('changes-since', '2.58', since);
    await check('changes-before', '2.66', before);
    const id = await serverId(app, args);
    // the SDK of this release takes nothing but the server
    const asked = { marker: after, limit: count, changes_since: since, changes_before: before };
    const [first] = Object.entries(asked).flatMap(([name, value]) => (value ? [name] : []));
    if (first !== undefined)
      throw new CommandError(`Proxy.server_actions() got an unexpected keyword argument '${first}'`);
    const actions = await client.serverActions(id);
    const more = args.flag('long');
    return {
      columns: [
        'Request ID',
        'Server ID',
        'Action',
        'Start Time',
        ...(more ? ['Message', 'Project ID', 'User ID'] : []),
      ],
      rows: actions.map((one) =>
        row({ ...SERVER_ACTION(one), server_id: id }, [
          'request_id', 'server_id', 'action', 'start_time',
          ...(more ? ['message', 'project_id', 'user_id'] : []),
        ]),
      ), // prettier-ignore
    };
  },
};

/** `openstack server event show` */
export const showServerEvent: ShowOneCommand = {
  name: 'server event show',
  upstream: `${upstream}.ShowServerEvent`,
  kind: 'show',
  description: 'Show one thing that was done to a server, step by step',
  arguments: [
    server(),
    arg('request_id', 'Request that asked for it (ID only)', { metavar: '<request-id>' }),
  ],
  async run(app, args) {
    const client = compute(app);
    const action = await client.getServerAction(await serverId(app, args), args.string('request_id') ?? '');
    const { updated_at: _updated, location: _location, ...rest } = SERVER_ACTION(action);
    return shown(
      { ...rest, id: rest.id ?? rest.request_id ?? null },
      ['name', 'server_id', 'links'],
      {},
      {
        events: (events: readonly Fields[]) =>
          new ListDictColumn(
            events.map((event) => {
              const { columns, values } = shown(event, ['id', 'name', 'location']);
              return Object.fromEntries(
                columns.map((column, index) => [column, values[index] ?? null]),
              ) as Fields; // no formatters
            }),
          ),
      },
    );
  },
};
