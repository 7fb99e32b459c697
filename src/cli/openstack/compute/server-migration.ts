/** Commands of openstackclient/compute/v2/server_migration.py. */
import type { Migration } from '../../../client';
import { CommandError } from '../../errors';
import type { ParsedArgs } from '../../arguments';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { compute, need, needFor, userId } from './client';
import {
  arg,
  limit,
  marker,
  opt,
  project,
  projectDomain,
  changesBefore,
  changesSince,
  server,
  user,
  userDomain,
} from './options';
import { MIGRATION, row } from './sdk';

const upstream = 'openstackclient.compute.v2.server_migration';
const TYPES = ['evacuation', 'live-migration', 'cold-migration', 'resize'];

/** `openstack server migration list` */
export const listMigration: ListerCommand = {
  name: 'server migration list',
  upstream: `${upstream}.ListMigration`,
  kind: 'lister',
  description: 'List migrations of servers',
  arguments: [
    opt('server', 'Migrations of this server only (name or ID)'),
    opt('host', 'Migrations from or to this host only'),
    opt('status', 'Migrations of this status only'),
    opt('type', `Migrations of this kind only: ${TYPES.join(', ')}`, 'type', { choices: TYPES }),
    limit,
    marker('UUID'),
    changesSince,
    changesBefore,
    project('Migrations of servers of this project only (name or ID)'),
    projectDomain,
    user('Migrations that this user asked for only (name or ID)'),
    userDomain,
  ],
  async run(app, args) {
    const client = compute(app);
    const [count, owner, asker] = [args.number('limit'), args.string('project'), args.string('user')];
    const query: Record<string, string | number> = {};
    const server = args.string('server');
    // in the order in which the SDK writes them
    const found = server ? (await client.findServer(server, { ignoreMissing: false })).id : undefined;
    const type = args.string('type');
    const after = args.string('marker');
    if (after) await needFor(app, '2.59', '--marker');
    if (count) await needFor(app, '2.59', '--limit');
    if (args.string('changes_since')) await needFor(app, '2.59', '--changes-since');
    if (args.string('changes_before')) await needFor(app, '2.66', '--changes-before');
    if (owner) await needFor(app, '2.80', '--project');
    const projectId = owner ? await findProject(app, owner, args.string('project_domain')) : undefined;
    if (asker) await needFor(app, '2.80', '--user');
    const askerId = asker ? await userId(app, asker, args.string('user_domain')) : undefined;
    const given = {
      limit: count || undefined,
      marker: after || undefined,
      host: args.string('host'),
      status: args.string('status'),
      migration_type: type === 'cold-migration' ? 'migration' : type,
      user_id: askerId,
      project_id: projectId,
      'changes-since': args.string('changes_since') || undefined,
      'changes-before': args.string('changes_before') || undefined,
      instance_uuid: found,
    };
    for (const [key, value] of Object.entries(given)) if (value !== undefined) query[key] = value;
    const migrations = await client.migrations(query, { paginated: !count });
    const columns: (readonly [string, string])[] = [
      ['Source Node', 'source_node'], ['Dest Node', 'dest_node'], ['Source Compute', 'source_compute'],
      ['Dest Compute', 'dest_compute'], ['Dest Host', 'dest_host'], ['Status', 'status'], ['Server UUID', 'server_id'],
      ['Old Flavor', 'old_flavor_id'], ['New Flavor', 'new_flavor_id'],
    ]; // prettier-ignore
    if (await client.supports('2.59')) columns.unshift(['UUID', 'uuid']);
    if (await client.supports('2.23')) {
      columns.unshift(['Id', 'id']);
      columns.push(['Type', 'migration_type']);
    }
    if (await client.supports('2.80')) {
      if (owner) columns.push(['Project', 'project_id']);
      if (asker) columns.push(['User', 'user_id']);
    }
    columns.push(['Created At', 'created_at'], ['Updated At', 'updated_at']);
    return {
      columns: columns.map(([header]) => header),
      inList: true,
      rows: migrations.map((one) =>
        row(
          MIGRATION(one),
          columns.map(([, name]) => name),
        ),
      ),
    };
  },
};

const which = [server(), arg('migration', 'Migration (ID or UUID)')];

/** Checks what was typed, and that the cloud can do it. */
async function check(
  app: App,
  args: ParsedArgs,
  version: string,
  command: string,
  what: string,
): Promise<void> {
  await need(
    app,
    version,
    `--os-compute-api-version ${version} or greater is required to support the server migration ${command} command`,
  );
  const text = args.string('migration') ?? '';
  if (/^\d+$/.test(text)) return;
  if (!/^[0-9a-f]{32}$/i.test(text.replace('urn:', '').replace('uuid:', '').replace(/[{}-]/g, '')))
    throw new CommandError('The <migration> argument must be an ID or UUID');
  await need(
    app,
    '2.59',
    `--os-compute-api-version 2.59 or greater is required to ${what} server migrations by UUID`,
  );
}

/** A migration that is under way, by its UUID. */
async function byUuid(app: App, id: string, uuid: string): Promise<Migration> {
  const found = (await compute(app).serverMigrations(id)).find((one) => one.uuid === uuid);
  if (found === undefined)
    throw new CommandError(`In-progress live migration ${uuid} is not found for server ${id}`);
  return found;
}

/** The number of a migration that is under way. */
async function numberOf(app: App, id: string, text: string): Promise<string> {
  return /^\d+$/.test(text) ? text : String((await byUuid(app, id, text)).id);
}

async function serverId(app: App, args: ParsedArgs): Promise<string> {
  return (await compute(app).findServer(args.string('server') ?? '', { ignoreMissing: false })).id;
}

/** `openstack server migration show` */
export const showMigration: ShowOneCommand = {
  name: 'server migration show',
  upstream: `${upstream}.ShowMigration`,
  kind: 'show',
  description: 'Show a live migration that is under way',
  arguments: which,
  async run(app, args) {
    await check(app, args, '2.24', 'show', 'retrieve');
    const client = compute(app);
    const id = await serverId(app, args);
    const text = args.string('migration') ?? '';
    // 7.4.0 asks for the server of that migration, the wrong way round
    const wire = /^\d+$/.test(text) ? await client.getServerMigration(text, id) : await byUuid(app, id, text);
    const one = MIGRATION(wire);
    const columns: (readonly [string, string])[] = [
      ['ID', 'id'], ['Server UUID', 'server_id'], ['Status', 'status'], ['Source Compute', 'source_compute'],
      ['Source Node', 'source_node'], ['Dest Compute', 'dest_compute'], ['Dest Host', 'dest_host'],
      ['Dest Node', 'dest_node'], ['Memory Total Bytes', 'memory_total_bytes'],
      ['Memory Processed Bytes', 'memory_processed_bytes'], ['Memory Remaining Bytes', 'memory_remaining_bytes'],
      ['Disk Total Bytes', 'disk_total_bytes'], ['Disk Processed Bytes', 'disk_processed_bytes'],
      ['Disk Remaining Bytes', 'disk_remaining_bytes'], ['Created At', 'created_at'], ['Updated At', 'updated_at'],
    ]; // prettier-ignore
    if (await client.supports('2.59')) columns.push(['UUID', 'uuid']);
    if (await client.supports('2.80')) columns.push(['User ID', 'user_id'], ['Project ID', 'project_id']);
    return {
      columns: columns.map(([header]) => header),
      values: row(
        { ...one, server_id: id },
        columns.map(([, name]) => name),
      ),
    };
  },
};

/** `openstack server migration abort` */
export const abortMigration: PlainCommand = {
  name: 'server migration abort',
  upstream: `${upstream}.AbortMigration`,
  kind: 'command',
  description: 'Stop a live migration',
  arguments: which,
  async run(app, args) {
    await check(app, args, '2.24', 'abort', 'abort');
    const id = await serverId(app, args);
    await compute(app).abortServerMigration(id, await numberOf(app, id, args.string('migration') ?? ''));
  },
};

/** `openstack server migration force complete` */
export const forceCompleteMigration: PlainCommand = {
  name: 'server migration force complete',
  upstream: `${upstream}.ForceCompleteMigration`,
  kind: 'command',
  description: 'Have a live migration end, even if the server must pause for that',
  arguments: which,
  async run(app, args) {
    await check(app, args, '2.22', 'force complete', 'abort');
    const id = await serverId(app, args);
    await compute(app).forceCompleteServerMigration(
      id,
      await numberOf(app, id, args.string('migration') ?? ''),
    );
  },
};
