/** `share export location …`: manilaclient/osc/v2/share.py. */
import { repr } from '../../python';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { fields, forEachOf, keys, orFail, pairsOf, positional, properties, rows } from './common';
import { SHARES } from './kinds';
import { find, idOf, manila, metadata, pathOf } from './manila';
import { exportLocations, withProperties } from './share';

const share = positional('share', '<share>', 'Share (name or ID)');
const location = positional('export_location', '<export_location>', 'Export location (ID)');
const VERSION = 'Property can be specified only with manila API version >= 2.87.';

const locationPath = (shareId: string, id: string | undefined) =>
  `${pathOf(SHARES, shareId)}/export_locations/${encodeURI(id ?? '')}`;

/** `openstack share export location list` */
export const listExportLocation: ListerCommand = {
  name: 'share export location list',
  upstream: 'manilaclient.osc.v2.share.ShareExportLocationList',
  kind: 'lister',
  description: 'List where servers find a share',
  arguments: [share],
  async run(app, args) {
    const client = await manila(app);
    const { id } = await find(client, SHARES, args.string('share') ?? '');
    return rows(await exportLocations(client, String(id)), ['ID', 'Path', 'Preferred']);
  },
};

/** `openstack share export location show` */
export const showExportLocation: ShowOneCommand = {
  name: 'share export location show',
  upstream: 'manilaclient.osc.v2.share.ShareExportLocationShow',
  kind: 'show',
  description: 'Show one place where servers find a share',
  arguments: [share, { ...location, metavar: '<export-location>' }],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    client.wraps(9, 'share_export_locations.ShareExportLocationManager.get');
    const info = await client.one('export_location', locationPath(id, args.string('export_location')));
    return fields(withProperties(info, []), []);
  },
};

/** `openstack share export location set` */
export const setExportLocation: PlainCommand = {
  name: 'share export location set',
  upstream: 'manilaclient.osc.v2.share.ShareExportLocationSet',
  kind: 'command',
  description: 'Set properties of an export location',
  arguments: [share, location, properties('Property to set; repeat it for several')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    const pairs = pairsOf(args);
    if (Object.keys(pairs).length === 0) return;
    client.require(87, VERSION);
    await orFail(
      (why) => `Failed to set export location property '${repr(pairs)}': ${why}`,
      () => metadata.set(client, locationPath(id, args.string('export_location')), pairs),
    );
  },
};

/** `openstack share export location unset` */
export const unsetExportLocation: PlainCommand = {
  name: 'share export location unset',
  upstream: 'manilaclient.osc.v2.share.ShareExportLocationUnset',
  kind: 'command',
  description: 'Remove properties of an export location',
  arguments: [share, location, keys('Property to remove; repeat it for several')],
  async run(app, args) {
    const client = await manila(app);
    const id = idOf(await find(client, SHARES, args.string('share') ?? ''));
    const gone = args.list('property');
    if (gone.length === 0) return;
    client.require(87, VERSION);
    await forEachOf(
      app,
      gone,
      (key) => metadata.remove(client, locationPath(id, args.string('export_location')), key),
      {
        failed: (key, why) => `Failed to unset export location property '${key}': ${why}`,
        total: (failed, all) => `${failed} of ${all} export location properties failed to be unset.`,
      },
    );
  },
};
