/** `share network subnet …`: manilaclient/osc/v2/share_network_subnets.py. */
import { CommandError } from '../../errors';
import { repr } from '../../python';
import type { PlainCommand, ShowOneCommand } from '../command';
import { dictListText, fields, flag, forEachOf, keys, option, orFail, pairsOf, positional, properties, several } from './common'; // prettier-ignore
import { NETWORKS } from './kinds';
import { idOf, manila, metadata, oscFind, pathOf, type Info } from './manila';
import { given, network } from './network';
import { withProperties } from './share';

const subnet = positional('share_network_subnet', '<share-network-subnet>', 'Subnet (ID)');
const VERSION = 'Property can be specified only with manila API version >= 2.78.';
const subnetPath = (networkId: string, id = '') => `${pathOf(NETWORKS, networkId)}/subnets/${encodeURI(id)}`;

/** `openstack share network subnet create` */
export const createSubnet: ShowOneCommand = {
  name: 'share network subnet create',
  upstream: 'manilaclient.osc.v2.share_network_subnets.CreateShareNetworkSubnet',
  kind: 'show',
  description: 'Give a share network one more subnet',
  arguments: [
    network,
    option('--neutron-net-id', 'Network of the servers (ID)'),
    option('--neutron-subnet-id', 'Subnet of the servers (ID)'),
    option('--availability-zone', 'Availability zone that it is for; all unless given'),
    flag('--check-only', 'Only see whether it could be made'),
    flag('--restart-check', 'See again'),
    properties('Property to set on the subnet; repeat it for several'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const pairs = pairsOf(args);
    const hasPairs = Object.keys(pairs).length > 0;
    if (args.flag('check_only'))
      client.require(70, 'Check only can be specified only with manila API version >= 2.70.');
    if (args.flag('restart_check'))
      client.require(70, 'Restart check can be specified only with manila API version >= 2.70.');
    if (hasPairs) client.require(78, VERSION);
    if (Boolean(args.string('neutron_net_id')) !== Boolean(args.string('neutron_subnet_id'))) {
      throw new CommandError(
        'Both neutron_net_id and neutron_subnet_id should be specified. Alternatively, neither of them should be specified.',
      );
    }
    const id = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    const values = given(args, ['neutron_net_id', 'neutron_subnet_id', 'availability_zone']);
    if (args.flag('check_only') || args.flag('restart_check')) {
      if (hasPairs) throw new CommandError('Property cannot be specified with check operation.');
      const answer = await client.send('POST', `${pathOf(NETWORKS, id)}/action`, {
        share_network_subnet_create_check: { ...values, reset_operation: args.flag('restart_check') },
      });
      const isTable = args.string('formatter') === 'table';
      const shown = Object.entries(answer).map(([key, value]) => [
        key,
        isTable && typeof value === 'object' && value !== null ? dictListText([value as Info]) : value,
      ]);
      return fields(Object.fromEntries(shown) as Info, []);
    }
    const body = { ...values, ...(hasPairs && { metadata: pairs }) };
    const path = `${pathOf(NETWORKS, id)}/subnets`;
    const info = await client.one('share_network_subnet', path, 'POST', { 'share-network-subnet': body });
    return fields(info, []);
  },
};

/** `openstack share network subnet delete` */
export const deleteSubnet: PlainCommand = {
  name: 'share network subnet delete',
  upstream: 'manilaclient.osc.v2.share_network_subnets.DeleteShareNetworkSubnet',
  kind: 'command',
  description: 'Delete subnets of a share network',
  arguments: [network, several('share_network_subnet', '<share-network-subnet>', 'Subnets to delete (ID)')],
  async run(app, args) {
    const client = await manila(app);
    const networkId = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    await forEachOf(
      app,
      args.list('share_network_subnet'),
      async (id) => {
        await client.send('DELETE', subnetPath(networkId, id));
      },
      {
        failed: (id, why) => `Failed to delete share network subnet with ID ${id}: ${why}`,
        total: (failed, all) => `${failed} of ${all} share network subnets failed to be deleted.`,
      },
    );
  },
};

/** `openstack share network subnet show` */
export const showSubnet: ShowOneCommand = {
  name: 'share network subnet show',
  upstream: 'manilaclient.osc.v2.share_network_subnets.ShowShareNetworkSubnet',
  kind: 'show',
  description: 'Show everything about a subnet of a share network',
  arguments: [network, subnet],
  async run(app, args) {
    const client = await manila(app);
    const networkId = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    const path = subnetPath(networkId, args.string('share_network_subnet'));
    return fields(withProperties(await client.one('share_network_subnet', path), []), []);
  },
};

/** `openstack share network subnet set` */
export const setSubnet: PlainCommand = {
  name: 'share network subnet set',
  upstream: 'manilaclient.osc.v2.share_network_subnets.SetShareNetworkSubnet',
  kind: 'command',
  description: 'Set properties of a subnet of a share network',
  arguments: [network, subnet, properties('Property to set; repeat it for several')],
  async run(app, args) {
    const client = await manila(app);
    const pairs = pairsOf(args);
    const hasPairs = Object.keys(pairs).length > 0;
    if (hasPairs) client.require(78, VERSION);
    const networkId = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    if (!hasPairs) return;
    await orFail(
      (why) => `Failed to set subnet property '${repr(pairs)}': ${why}`,
      () => metadata.set(client, subnetPath(networkId, args.string('share_network_subnet')), pairs),
    );
  },
};

/** `openstack share network subnet unset` */
export const unsetSubnet: PlainCommand = {
  name: 'share network subnet unset',
  upstream: 'manilaclient.osc.v2.share_network_subnets.UnsetShareNetworkSubnet',
  kind: 'command',
  description: 'Remove properties of a subnet of a share network',
  arguments: [network, subnet, keys('Property to remove; repeat it for several')],
  async run(app, args) {
    const client = await manila(app);
    const gone = args.list('property');
    if (gone.length > 0) client.require(78, VERSION);
    const networkId = idOf(await oscFind(client, NETWORKS, args.string('share_network') ?? ''));
    if (gone.length === 0) return;
    const path = subnetPath(networkId, args.string('share_network_subnet'));
    await forEachOf(app, gone, (key) => metadata.remove(client, path, key), {
      failed: (key, why) => `Failed to unset subnet property '${key}': ${why}`,
      total: (failed, all) => `${failed} of ${all} subnet properties failed to be unset.`,
    });
  },
};
