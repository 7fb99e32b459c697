/** Commands of openstackclient/compute/v2/usage.py. */
import type { Usage } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { FormattableColumn, type Cell } from '../../formatters/columns';
import { Float, repr, type Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand, ShowOneCommand } from '../command';
import { findResource, keystone, managers } from '../identity/keystone';
import { compute } from './client';
import { opt } from './options';
import { resource } from './sdk';

const upstream = 'openstackclient.compute.v2.usage';
const COLUMNS = ['Project', 'Servers', 'RAM MB-Hours', 'CPU Hours', 'Disk GB-Hours'];
const range = [
  opt('start', 'First day, such as 2026-11-22 (default: four weeks ago)'),
  opt('end', 'Day after the last, such as 2026-11-23 (default: tomorrow)'),
];

// the real client writes `name` once more after `id`
const SERVER_USAGE = resource(
  'hours flavor instance_id name project_id=tenant_id memory_mb local_gb vcpus started_at ended_at state uptime id location',
);

class ProjectColumn extends FormattableColumn<string> {
  constructor(
    value: string,
    readonly names: ReadonlyMap<string, string>,
  ) {
    super(value);
  }

  override humanReadable(): Value {
    return this.names.get(this.value) ?? this.value;
  }
}

class CountColumn extends FormattableColumn<readonly Value[] | null> {
  override humanReadable(): Value {
    return this.value === null ? null : this.value.length;
  }
}

class FloatColumn extends FormattableColumn<Float> {
  override humanReadable(): Value {
    return new Float(this.value.valueOf().toFixed(2));
  }
}

function cells(usage: Usage, names: ReadonlyMap<string, string>): Cell[] {
  const servers = usage.server_usages?.map(SERVER_USAGE) ?? null;
  const numbers = [usage.total_memory_mb_usage, usage.total_vcpus_usage, usage.total_local_gb_usage];
  return [
    new ProjectColumn(usage.tenant_id, names),
    new CountColumn(servers),
    ...numbers.map((number) => new FloatColumn(new Float(number))),
  ];
}

/** The days asked for, as the API and as the heading has them. */
function days(app: App, args: ParsedArgs): { query: { start: string; end: string }; words: string } {
  const now = app.context.now().getTime();
  const day = 24 * 60 * 60 * 1000;
  const start = parse(args.string('start')) ?? isoformat(now - 28 * day);
  const end = parse(args.string('end')) ?? isoformat(now + day);
  return { query: { start, end }, words: `Usage from ${start.slice(0, 10)} to ${end.slice(0, 10)}` };
}

function isoformat(time: number): string {
  return new Date(time).toISOString().replace('Z', '000');
}

/** `datetime.strptime(text, '%Y-%m-%d')` */
function parse(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const [all, year = '', month = '', day = ''] = /^(\d{4})-(\d\d?)-(\d\d?)/.exec(text) ?? [];
  const valid = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  if (all === undefined || !valid)
    throw new CommandError(`time data ${repr(text)} does not match format '%Y-%m-%d'`);
  if (text !== all) throw new CommandError(`unconverted data remains: ${text.slice(all.length)}`);
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00`;
  if (new Date(`${iso}Z`).getUTCDate() !== Number(day))
    throw new CommandError('day is out of range for month');
  return iso;
}

/** `openstack usage list` */
export const listUsage: ListerCommand = {
  name: 'usage list',
  upstream: `${upstream}.ListUsage`,
  kind: 'lister',
  description: 'List what each project used',
  arguments: range,
  async run(app, args) {
    const { query, words } = days(app, args);
    const usages = await compute(app).usages({ detailed: true, ...query });
    const names = new Map<string, string>();
    try {
      for (const { id, name } of await keystone(app).projects({})) names.set(id, name);
    } catch {
      // who may not list projects sees their ids
    }
    if (args.string('formatter') === 'table' && usages.length > 0) app.output.write(`${words}: \n`);
    return { columns: COLUMNS, rows: usages.map((usage) => cells(usage, names)) };
  },
};

/** `openstack usage show` */
export const showUsage: ShowOneCommand = {
  name: 'usage show',
  upstream: `${upstream}.ShowUsage`,
  kind: 'show',
  description: 'Show what a project used',
  arguments: [opt('project', 'Project to look at (name or ID; default: your own)'), ...range],
  async run(app, args) {
    const { query, words } = days(app, args);
    const name = args.string('project');
    const project = name
      ? (await findResource(managers(keystone(app)).projects, name)).id
      : ((await app.connection.session.getAccess()).projectId ?? '');
    const usage = await compute(app).usage(project, query);
    if (args.string('formatter') === 'table') app.output.write(`${words} on project ${project}: \n`);
    // of a project that has used nothing the service says nothing, and the real client stumbles
    if ((usage.total_memory_mb_usage as number | undefined) === undefined)
      throw new CommandError('unsupported format string passed to NoneType.__format__');
    return { columns: COLUMNS, values: cells(usage, new Map()) };
  },
};
