/** openstackclient/identity/v3/region.py */
import { NotFoundException, type Region } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { failedToDelete, fieldsOf, forEachOf } from './common';

const parent = (help: string): ArgumentSpec => ({ names: ['--parent-region'], metavar: '<region-id>', help });

function regionFields({ id, description, parent_region_id }: Region) {
  return fieldsOf({ region: id, description, parent_region: parent_region_id });
}

/** `openstack region create` */
export const createRegion: ShowOneCommand = {
  name: 'region create',
  upstream: 'openstackclient.identity.v3.region.CreateRegion',
  kind: 'show',
  description: 'Make a region',
  arguments: [
    { names: ['region'], metavar: '<region-id>', help: 'ID of the new region, which is its name, too' },
    parent('Region it is a part of'),
    { names: ['--description'], metavar: '<description>', help: 'Where the region is' },
  ],
  async run(app, args) {
    return regionFields(
      await app.connection.identity.createRegion({
        id: args.string('region') ?? '',
        parent_region_id: args.string('parent_region') ?? null,
        description: args.string('description') ?? null,
      }),
    );
  },
};

/** `openstack region delete` */
export const deleteRegion: PlainCommand = {
  name: 'region delete',
  upstream: 'openstackclient.identity.v3.region.DeleteRegion',
  kind: 'command',
  description: 'Delete regions',
  arguments: [{ names: ['region'], metavar: '<region-id>', nargs: '+', help: 'Regions to delete' }],
  async run(app, args) {
    await forEachOf(
      app,
      args.list('region'),
      async (id) => {
        try {
          await app.connection.identity.deleteRegion(id);
        } catch (error) {
          // the SDK minds none that is gone already
          if (!(error instanceof NotFoundException)) throw error;
        }
      },
      failedToDelete('region', 'regions', 'ID'),
    );
  },
};

/** `openstack region list` */
export const listRegion: ListerCommand = {
  name: 'region list',
  upstream: 'openstackclient.identity.v3.region.ListRegion',
  kind: 'lister',
  description: 'List the regions',
  arguments: [parent('Parts of this region only')],
  async run(app, args) {
    const regions = await app.connection.identity.regions({
      parent_region_id: args.string('parent_region') || undefined,
    });
    return {
      columns: ['Region', 'Parent Region', 'Description'],
      rows: regions.map(({ id, parent_region_id, description }) => [id, parent_region_id, description]),
    };
  },
};

/** `openstack region set` */
export const setRegion: PlainCommand = {
  name: 'region set',
  upstream: 'openstackclient.identity.v3.region.SetRegion',
  kind: 'command',
  description: 'Change a region',
  arguments: [
    { names: ['region'], metavar: '<region-id>', help: 'Region to change' },
    parent('Region it shall be a part of'),
    { names: ['--description'], metavar: '<description>', help: 'New description' },
  ],
  async run(app, args) {
    const [parent_region_id, description] = [args.string('parent_region'), args.string('description')];
    // the SDK sends nothing when nothing is to be changed
    if (!parent_region_id && !description) return;
    await app.connection.identity.updateRegion(args.string('region') ?? '', {
      ...(description && { description }),
      ...(parent_region_id && { parent_region_id }),
    });
  },
};

/** `openstack region show` */
export const showRegion: ShowOneCommand = {
  name: 'region show',
  upstream: 'openstackclient.identity.v3.region.ShowRegion',
  kind: 'show',
  description: 'Show a region',
  arguments: [{ names: ['region'], metavar: '<region-id>', help: 'Region to show' }],
  async run(app, args) {
    return regionFields(await app.connection.identity.getRegion(args.string('region') ?? ''));
  },
};
