/** Commands of openstackclient/compute/v2/aggregate.py. */
import type { Aggregate } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { DictColumn, ListColumn, type Cell } from '../../formatters/columns';
import type { Value } from '../../python';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { compute, forEach, need } from './client';
import { arg, flag, long, many, opt, property } from './options';
import { AGGREGATE, row, shown, type Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.aggregate';
const formatters = {
  hosts: (value: readonly Value[]) => new ListColumn(value),
  metadata: (value: Fields) => new DictColumn(value),
};
const aggregate = (help = 'Aggregate (name or ID)') => arg('aggregate', help);

function show(one: Aggregate): { columns: string[]; values: Cell[] } {
  return shown(AGGREGATE(one), ['links', 'location'], { metadata: 'properties' }, formatters);
}

function found(app: App, args: ParsedArgs): Promise<Aggregate> {
  return compute(app).findAggregate(args.string('aggregate') ?? '', { ignoreMissing: false });
}

/** Without the zone, which is a property of the aggregate in Nova's database only. */
function withoutZone(one: Aggregate): Aggregate {
  const { availability_zone: _zone, ...metadata } = one.metadata;
  return { ...one, metadata };
}

/** `openstack aggregate add host` */
export const addAggregateHost: ShowOneCommand = {
  name: 'aggregate add host',
  upstream: `${upstream}.AddAggregateHost`,
  kind: 'show',
  description: 'Put a host into an aggregate',
  arguments: [aggregate(), arg('host', 'Host to put into it')],
  async run(app, args) {
    const { id } = await found(app, args);
    return show(await compute(app).addHostToAggregate(id, args.string('host') ?? ''));
  },
};

/** `openstack aggregate create` */
export const createAggregate: ShowOneCommand = {
  name: 'aggregate create',
  upstream: `${upstream}.CreateAggregate`,
  kind: 'show',
  description: 'Make an aggregate of hosts',
  arguments: [
    arg('name', 'Name of the new aggregate'),
    opt('zone', 'Availability zone that its hosts make up', 'availability-zone'),
    property('Property to set'),
  ],
  async run(app, args) {
    const client = compute(app);
    const zone = args.string('zone');
    const one = await client.createAggregate({
      ...(zone && { availability_zone: zone }),
      name: args.string('name') ?? '',
    });
    if (args.pairs('properties').length === 0) return show(one);
    return show(await client.setAggregateMetadata(one.id, Object.fromEntries(args.pairs('properties'))));
  },
};

/** `openstack aggregate delete` */
export const deleteAggregate: PlainCommand = {
  name: 'aggregate delete',
  upstream: `${upstream}.DeleteAggregate`,
  kind: 'command',
  description: 'Delete aggregates that have no hosts',
  arguments: [arg('aggregate', 'Aggregates to delete (name or ID)', { nargs: '+' })],
  run: (app, args) =>
    forEach(
      app,
      args.list('aggregate'),
      async (name) => {
        const { id } = await compute(app).findAggregate(name, { ignoreMissing: false });
        await compute(app).deleteAggregate(id);
      },
      (name, why) => `Failed to delete aggregate with name or ID '${name}': ${why}`,
      'aggregates failed to delete.',
    ),
};

/** `openstack aggregate list` */
export const listAggregate: ListerCommand = {
  name: 'aggregate list',
  upstream: `${upstream}.ListAggregate`,
  kind: 'lister',
  description: 'List the aggregates',
  arguments: [long],
  async run(app, args) {
    const client = compute(app);
    const aggregates = await client.aggregates();
    const uuid = await client.supports('2.41');
    const more = args.flag('long');
    const names = [
      'id',
      ...(uuid ? ['uuid'] : []),
      'name',
      'availability_zone',
      ...(more ? ['metadata', 'hosts'] : []),
    ];
    return {
      columns: [
        'ID',
        ...(uuid ? ['UUID'] : []),
        'Name',
        'Availability Zone',
        ...(more ? ['Properties', 'Hosts'] : []),
      ],
      rows: aggregates.map((one) => row(AGGREGATE(withoutZone(one)), names, formatters)),
    };
  },
};

/** `openstack aggregate remove host` */
export const removeAggregateHost: ShowOneCommand = {
  name: 'aggregate remove host',
  upstream: `${upstream}.RemoveAggregateHost`,
  kind: 'show',
  description: 'Take a host out of an aggregate',
  arguments: [aggregate(), arg('host', 'Host to take out of it')],
  async run(app, args) {
    const { id } = await found(app, args);
    return show(await compute(app).removeHostFromAggregate(id, args.string('host') ?? ''));
  },
};

/** `openstack aggregate set` */
export const setAggregate: PlainCommand = {
  name: 'aggregate set',
  upstream: `${upstream}.SetAggregate`,
  kind: 'command',
  description: 'Change an aggregate',
  arguments: [
    aggregate('Aggregate to change (name or ID)'),
    opt('name', 'New name'),
    opt('zone', 'New availability zone', 'availability-zone'),
    property('Property to set'),
    flag('no-property', 'Take all properties away, before those of --property are set'),
  ],
  async run(app, args) {
    const client = compute(app);
    const one = await found(app, args);
    const name = args.string('name');
    const zone = args.string('zone');
    if (name || zone)
      await client.updateAggregate(one.id, {
        ...(name && { name }),
        ...(zone && { availability_zone: zone }),
      });
    const gone = args.flag('no_property') ? Object.keys(withoutZone(one).metadata) : [];
    const properties = {
      ...Object.fromEntries(gone.map((key) => [key, null])),
      ...Object.fromEntries(args.pairs('properties')),
    };
    if (Object.keys(properties).length > 0) await client.setAggregateMetadata(one.id, properties);
  },
};

/** `openstack aggregate show` */
export const showAggregate: ShowOneCommand = {
  name: 'aggregate show',
  upstream: `${upstream}.ShowAggregate`,
  kind: 'show',
  description: 'Show an aggregate',
  arguments: [aggregate('Aggregate to show (name or ID)')],
  run: async (app, args) => show(withoutZone(await found(app, args))),
};

/** `openstack aggregate unset` */
export const unsetAggregate: PlainCommand = {
  name: 'aggregate unset',
  upstream: `${upstream}.UnsetAggregate`,
  kind: 'command',
  description: 'Take properties from an aggregate',
  arguments: [
    aggregate('Aggregate to change (name or ID)'),
    many('property', 'Property to take away', 'key', { dest: 'properties' }),
  ],
  async run(app, args) {
    const one = await found(app, args);
    const properties = Object.fromEntries(args.list('properties').map((key) => [key, null]));
    if (Object.keys(properties).length > 0) await compute(app).setAggregateMetadata(one.id, properties);
  },
};

/** `openstack aggregate cache image` */
export const cacheImageForAggregate: PlainCommand = {
  name: 'aggregate cache image',
  upstream: `${upstream}.CacheImageForAggregate`,
  kind: 'command',
  description: 'Have the hosts of an aggregate fetch images ahead of need',
  arguments: [aggregate(), arg('image', 'Images to fetch (name or ID)', { nargs: '+' })],
  async run(app, args) {
    await need(app, '2.81', 'This operation requires server support for API microversion 2.81');
    const { id } = await found(app, args);
    const images: string[] = [];
    for (const name of args.list('image'))
      images.push((await app.connection.image.findImage(name, { ignoreMissing: false })).id);
    await compute(app).cacheImages(id, images);
  },
};
