/** `share instance …`: manilaclient/osc/v2/share_instances.py and share_instance_export_locations.py. */
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { dictListText, fields, flag, forEachOf, option, positional, rows, several } from './common';
import { message } from '../../messages';
import { INSTANCES, SHARES } from './kinds';
import { action, find, get, idOf, isUuidLike, manila, oscFind, pathOf, waitForDelete, type Info, type ManilaClient } from './manila'; // prettier-ignore

const instance = positional('instance', '<instance>', 'Share instance (ID)');

/** `openstack share instance delete` */
export const deleteInstance: PlainCommand = {
  name: 'share instance delete',
  upstream: 'manilaclient.osc.v2.share_instances.ShareInstanceDelete',
  kind: 'command',
  description: 'Delete instances of shares, whatever their state',
  arguments: [
    several('instance', '<instance>', 'Share instances to delete (ID)'),
    flag('--wait', 'Return when they are gone'),
  ],
  async run(app, args) {
    const client = await manila(app);
    await forEachOf(
      app,
      args.list('instance'),
      async (name) => {
        const id = idOf(await find(client, INSTANCES, name));
        await action(client, INSTANCES, id, 'force_delete');
        return !args.flag('wait') || (await waitForDelete(client, () => get(client, INSTANCES, id)));
      },
      {
        failed: (name, why) => `Failed to delete a share instance with ID '${name}': ${why}`,
        total: (failed, all) => `${failed} of ${all} instances failed to delete.`,
      },
    );
  },
};

const COLUMNS = ['ID', 'Share ID', 'Host', 'Status', 'Availability Zone', 'Share Network ID', 'Share Server ID', 'Share Type ID']; // prettier-ignore

/** `openstack share instance list` */
export const listInstance: ListerCommand = {
  name: 'share instance list',
  upstream: 'manilaclient.osc.v2.share_instances.ShareInstanceList',
  kind: 'lister',
  description: 'List instances of shares',
  arguments: [
    option('--share', 'Instances of this share only (name or ID)'),
    option('--export-location', 'Instances of this export location only (ID or path)'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const share = args.string('share');
    if (share) {
      const id = idOf(await oscFind(client, SHARES, share));
      return rows(await client.list('share_instances', `${pathOf(SHARES, id)}/instances`), COLUMNS);
    }
    const location = args.string('export_location');
    if (location)
      client.require(35, 'Filtering by export location is only available with manila API version >= 2.35');
    client.wraps(3, 'share_instances.ShareInstanceManager.list');
    const key = location && isUuidLike(location) ? 'export_location_id' : 'export_location_path';
    return rows(await client.list('share_instances', '/share_instances', { [key]: location }), COLUMNS);
  },
};

/** `openstack share instance set` */
export const setInstance: PlainCommand = {
  name: 'share instance set',
  upstream: 'manilaclient.osc.v2.share_instances.ShareInstanceSet',
  kind: 'command',
  description: 'Write a state of an instance into the database, whatever the truth is',
  arguments: [instance, option('--status', 'State, such as available or error')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, INSTANCES, args.string('instance') ?? ''));
    const status = args.string('status');
    if (!status) throw new CommandError("Nothing to set. Please define a '--status'.");
    try {
      await action(client, INSTANCES, id, 'reset_status', { status });
    } catch (error) {
      app.log('error', `Failed to set status '${status}': ${message(error)}`);
      throw new CommandError('Set operation failed');
    }
  },
};

function locations(client: ManilaClient, id: string): Promise<Info[]> {
  client.wraps(9, 'share_instance_export_locations.ShareInstanceExportLocationManager.list');
  return client.list('export_locations', `${pathOf(INSTANCES, id)}/export_locations`);
}

/** `openstack share instance show` */
export const showInstance: ShowOneCommand = {
  name: 'share instance show',
  upstream: 'manilaclient.osc.v2.share_instances.ShareInstanceShow',
  kind: 'show',
  description: 'Show everything about an instance of a share',
  arguments: [instance],
  async run(app, args) {
    const client = await manila(app);
    const info = await oscFind(client, INSTANCES, args.string('instance') ?? '');
    const infos = (await locations(client, idOf(info))).map(({ links: _, ...location }) => location);
    const export_locations = args.string('formatter') === 'table' ? dictListText(infos) : infos;
    return fields({ ...info, export_locations });
  },
};

/** `openstack share instance export location list` */
export const listInstanceLocation: ListerCommand = {
  name: 'share instance export location list',
  upstream: 'manilaclient.osc.v2.share_instance_export_locations.ShareInstanceListExportLocation',
  kind: 'lister',
  description: 'List where servers find an instance of a share',
  arguments: [instance],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, INSTANCES, args.string('instance') ?? ''));
    return rows(await locations(client, id), ['ID', 'Path', 'Is Admin Only', 'Preferred']);
  },
};

/** `openstack share instance export location show` */
export const showInstanceLocation: ShowOneCommand = {
  name: 'share instance export location show',
  upstream: 'manilaclient.osc.v2.share_instance_export_locations.ShareInstanceShowExportLocation',
  kind: 'show',
  description: 'Show one place where servers find an instance of a share',
  arguments: [instance, positional('export_location', '<export_location>', 'Export location (ID)')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await oscFind(client, INSTANCES, args.string('instance') ?? ''));
    client.wraps(9, 'share_instance_export_locations.ShareInstanceExportLocationManager.get');
    const path = `${pathOf(INSTANCES, id)}/export_locations/${encodeURI(args.string('export_location') ?? '')}`;
    return fields(await client.one('export_location', path));
  },
};
