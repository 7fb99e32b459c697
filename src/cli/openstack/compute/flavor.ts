/** Commands of openstackclient/compute/v2/flavor.py. */
import { type Flavor, type FlavorQuery } from '../../../client';
import { float, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { DictColumn, type Cell } from '../../formatters/columns';
import { message } from '../../messages';
import type { App } from '../app';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { compute, forEach, ignoringMissing, need } from './client';
import { arg, flag, limit, long, marker, num, opt, project, projectDomain, property } from './options';
import { FLAVOR, row, shown, type Fields } from './sdk';

const upstream = 'openstackclient.compute.v2.flavor';
const formatters = { extra_specs: (value: Fields) => new DictColumn(value) };
const description = (help: string) => opt('description', help);
const flavor = (help: string) => arg('flavor', help);

function show(fields: Fields): { columns: string[]; values: Cell[] } {
  const names = {
    extra_specs: 'properties',
    ephemeral: 'OS-FLV-EXT-DATA:ephemeral',
    is_disabled: 'OS-FLV-DISABLED:disabled',
    is_public: 'os-flavor-access:is_public',
  };
  return shown(fields, ['links', 'location', 'original_name'], names, formatters);
}

/** `openstack flavor create` */
export const createFlavor: ShowOneCommand = {
  name: 'flavor create',
  upstream: `${upstream}.CreateFlavor`,
  kind: 'show',
  description: 'Make a flavor',
  arguments: [
    arg('name', 'Name of the new flavor', { metavar: '<flavor-name>' }),
    opt('id', 'ID to give it'),
    num('ram', 'Memory in MiB (default: 256)', 'size-mb', { default: 256 }),
    num('disk', 'Disk in GiB (default: 0, as big as the image)', 'size-gb', { default: 0 }),
    num('ephemeral', 'Second, empty disk in GiB (default: 0, none)', 'size-gb', { default: 0 }),
    num('swap', 'Swap space in MiB (default: 0, none)', 'size-mb', { default: 0 }),
    num('vcpus', 'Virtual processors (default: 1)', 'vcpus', { default: 1 }),
    opt('rxtx-factor', 'Share of the network, which no driver heeds any more (default: 1.0)', 'factor', {
      type: float,
      default: 1,
    }),
    flag('public', 'Everybody may use it (default)', { default: true, exclusive: 'public' }),
    flag('private', 'Only projects that are let in may use it', {
      dest: 'public',
      action: 'store_false',
      exclusive: 'public',
    }),
    property('Property to set'),
    project('With --private: a project that may use it (name or ID)'),
    description('What the flavor is for'),
    projectDomain,
  ],
  async run(app, args) {
    const client = compute(app);
    const owner = args.string('project');
    if (owner && args.flag('public')) throw new CommandError('--project is only allowed with --private');
    if (args.string('description')) await needDescription(app);
    let made = await client.createFlavor({
      name: args.string('name') ?? '',
      ram: args.number('ram') ?? 0,
      vcpus: args.number('vcpus') ?? 0,
      disk: args.number('disk') ?? 0,
      id: args.string('id') ?? null,
      'OS-FLV-EXT-DATA:ephemeral': args.number('ephemeral'),
      swap: args.number('swap'),
      rxtx_factor: args.number('rxtx_factor'),
      'os-flavor-access:is_public': args.flag('public'),
      ...(args.string('description') && { description: args.string('description') }),
    });
    if (owner) {
      try {
        await client.addFlavorAccess(made.id, await findProject(app, owner, args.string('project_domain')));
      } catch (error) {
        app.log('error', `Failed to add project ${owner} access to flavor: ${message(error)}`);
      }
    }
    const properties = Object.fromEntries(args.pairs('properties'));
    if (args.pairs('properties').length > 0) {
      try {
        made = { ...made, extra_specs: await client.createFlavorExtraSpecs(made.id, properties) };
      } catch (error) {
        app.log('error', `Failed to set flavor properties: ${message(error)}`);
      }
    }
    return show(FLAVOR(made));
  },
};

function needDescription(app: App): Promise<void> {
  return need(app, '2.55', 'The --description parameter requires server support for API microversion 2.55');
}

/** `openstack flavor delete` */
export const deleteFlavor: PlainCommand = {
  name: 'flavor delete',
  upstream: `${upstream}.DeleteFlavor`,
  kind: 'command',
  description: 'Delete flavors',
  arguments: [arg('flavor', 'Flavors to delete (name or ID)', { nargs: '+' })],
  run: (app, args) =>
    forEach(
      app,
      args.list('flavor'),
      async (name) => {
        const { id } = await compute(app).findFlavor(name, { ignoreMissing: false });
        await ignoringMissing(compute(app).deleteFlavor(id));
      },
      (name, why) => `Failed to delete flavor with name or ID '${name}': ${why}`,
      'flavors failed to delete.',
    ),
};

/** `openstack flavor list` */
export const listFlavor: ListerCommand = {
  name: 'flavor list',
  upstream: `${upstream}.ListFlavor`,
  kind: 'lister',
  description: 'List the flavors you may use',
  arguments: [
    flag('public', 'Public flavors only (default)', { default: true, exclusive: 'public' }),
    flag('private', 'Private flavors only', { dest: 'public', action: 'store_false', exclusive: 'public' }),
    flag('all', 'Flavors of both kinds', { exclusive: 'public' }),
    num('min-disk', 'Flavors with so much disk at least, in GiB'),
    num('min-ram', 'Flavors with so much memory at least, in MiB'),
    long,
    limit,
    marker('ID'),
  ],
  async run(app, args) {
    const client = compute(app);
    const page = { limit: args.number('limit') || undefined, marker: args.string('marker') || undefined };
    const query: FlavorQuery = {
      limit: page.limit,
      marker: page.marker,
      is_public: args.flag('all') ? 'None' : args.flag('public'),
      minDisk: args.number('min_disk') || undefined,
      minRam: args.number('min_ram') || undefined,
    };
    const flavors: Flavor[] = [];
    const paginated = page.limit === undefined && page.marker === undefined;
    for await (const one of client.flavors(query, { paginated })) flavors.push(one);
    if (args.flag('long')) {
      for (const one of flavors) {
        if (Object.keys(one.extra_specs ?? {}).length > 0) continue;
        one.extra_specs = await client.flavorExtraSpecs(one.id);
      }
    }
    const more = args.flag('long');
    const names = ['id', 'name', 'ram', 'disk', 'ephemeral', 'vcpus', 'is_public'];
    const columns = ['ID', 'Name', 'RAM', 'Disk', 'Ephemeral', 'VCPUs', 'Is Public'];
    return {
      columns: more ? [...columns, 'Swap', 'RXTX Factor', 'Properties'] : columns,
      rows: flavors.map((one) =>
        row(FLAVOR(one), more ? [...names, 'swap', 'rxtx_factor', 'extra_specs'] : names, formatters),
      ),
    };
  },
};

/** A flavor with its properties, by name or id. */
async function found(app: App, name: string): Promise<Flavor> {
  const client = compute(app);
  const one = await client.findFlavor(name, { ignoreMissing: false });
  if (Object.keys(one.extra_specs ?? {}).length > 0) return one;
  return { ...one, extra_specs: await client.flavorExtraSpecs(one.id) };
}

/** `openstack flavor set` */
export const setFlavor: PlainCommand = {
  name: 'flavor set',
  upstream: `${upstream}.SetFlavor`,
  kind: 'command',
  description: 'Change a flavor',
  arguments: [
    flavor('Flavor to change (name or ID)'),
    flag('no-property', 'Take all properties away, before those of --property are set'),
    property('Property to set'),
    project('A project that may use the private flavor (name or ID)'),
    projectDomain,
    description('What the flavor is for'),
  ],
  async run(app, args) {
    const client = compute(app);
    const one = await found(app, args.string('flavor') ?? '');
    const text = args.string('description');
    if (text) {
      await needDescription(app);
      await client.updateFlavor(one.id, { description: text });
    }
    const steps = new Steps(app);
    if (args.flag('no_property'))
      await steps.take('Failed to clear flavor properties', async () => {
        for (const key of Object.keys(one.extra_specs ?? {})) await client.deleteFlavorExtraSpec(one.id, key);
      });
    if (args.pairs('properties').length > 0)
      await steps.take('Failed to set flavor properties', async () => {
        await client.createFlavorExtraSpecs(one.id, Object.fromEntries(args.pairs('properties')));
      });
    await access(app, args, one, steps, true);
    steps.end();
  },
};

/** Several changes, each tried even if one before it failed. */
class Steps {
  #failed = false;
  constructor(readonly app: App) {}

  async take(words: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.app.log('error', `${words}: ${message(error)}`);
      this.#failed = true;
    }
  }

  end(): void {
    if (this.#failed) throw new CommandError('Command Failed: One or more of the operations failed');
  }
}

async function access(app: App, args: ParsedArgs, one: Flavor, steps: Steps, add: boolean): Promise<void> {
  const name = args.string('project');
  if (!name) return;
  const words = add
    ? 'Failed to set flavor access to project'
    : 'Failed to remove flavor access from project';
  await steps.take(words, async () => {
    if (one['os-flavor-access:is_public'])
      throw new CommandError(`Cannot ${add ? 'set' : 'remove'} access for a public flavor`);
    const id = await findProject(app, name, args.string('project_domain'));
    if (add) await compute(app).addFlavorAccess(one.id, id);
    else await compute(app).removeFlavorAccess(one.id, id);
  });
}

/** `openstack flavor show` */
export const showFlavor: ShowOneCommand = {
  name: 'flavor show',
  upstream: `${upstream}.ShowFlavor`,
  kind: 'show',
  description: 'Show a flavor',
  arguments: [flavor('Flavor to show (name or ID)')],
  async run(app, args) {
    const name = args.string('flavor') ?? '';
    const one = await found(app, name);
    let access_project_ids: string[] | null = null;
    if (!one['os-flavor-access:is_public']) {
      try {
        access_project_ids = (await compute(app).flavorAccess(one.id)).map(({ tenant_id }) => tenant_id);
      } catch (error) {
        app.log('error', `Failed to get access projects list for flavor '${name}': ${message(error)}`);
      }
    }
    return show({ ...FLAVOR(one), access_project_ids });
  },
};

/** `openstack flavor unset` */
export const unsetFlavor: PlainCommand = {
  name: 'flavor unset',
  upstream: `${upstream}.UnsetFlavor`,
  kind: 'command',
  description: 'Take properties and access from a flavor',
  arguments: [
    flavor('Flavor to change (name or ID)'),
    opt('property', 'Property to take away; repeat it for several', 'key', {
      action: 'append',
      dest: 'properties',
    }),
    project('A project that may not use it any more (name or ID)'),
    projectDomain,
  ],
  async run(app, args) {
    const one = await found(app, args.string('flavor') ?? '');
    const steps = new Steps(app);
    for (const key of args.list('properties'))
      await steps.take('Failed to unset flavor property', () =>
        compute(app).deleteFlavorExtraSpec(one.id, key),
      );
    await access(app, args, one, steps, false);
    steps.end();
  },
};
