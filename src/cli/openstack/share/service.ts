/** `share service …` and `share pool list`: manilaclient/osc/v2/services.py and share_pools.py. */
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand } from '../command';
import { flag, formatProperties, option, orFail, positional, rows } from './common';
import { TYPES } from './kinds';
import { idOf, manila, oscFind, type Info, type ManilaClient } from './manila';

const pathFor = (client: ManilaClient) => (client.atLeast(7) ? '/services' : '/os-services');

/** `openstack share service set` */
export const setService: PlainCommand = {
  name: 'share service set',
  upstream: 'manilaclient.osc.v2.services.SetShareService',
  kind: 'command',
  description: 'Let a service take part, or not (administrators only)',
  arguments: [
    positional('host', '<host>', 'Where it runs: host@backend'),
    positional('binary', '<binary>', 'What it is: manila-share, manila-scheduler or manila-data'),
    {
      ...flag('--enable', 'It takes part'),
      exclusive: 'enabled',
    },
    { ...flag('--disable', 'It does not'), exclusive: 'enabled' },
    option('--disable-reason', 'Why not', '<reason>'),
  ],
  async run(app, args) {
    const reason = args.string('disable_reason');
    if (reason && !args.flag('disable'))
      throw new CommandError('Cannot specify option --disable-reason without --disable specified.');
    const client = await manila(app);
    const body = { host: args.string('host'), binary: args.string('binary') };
    if (args.flag('enable')) {
      await orFail(
        (why) => `Failed to enable service: ${why}`,
        () => client.send('PUT', `${pathFor(client)}/enable`, body),
      );
    }
    if (!args.flag('disable')) return;
    if (reason)
      client.require(83, 'Service disable reason can be specified only with manila API version >= 2.83');
    await orFail(
      (why) => `Failed to disable service: ${why}`,
      () =>
        client.send('PUT', `${pathFor(client)}/disable`, {
          ...body,
          ...(reason && { disabled_reason: reason }),
        }),
    );
  },
};

/** `openstack share service list` */
export const listService: ListerCommand = {
  name: 'share service list',
  upstream: 'manilaclient.osc.v2.services.ListShareService',
  kind: 'lister',
  description: 'List the services of Manila (administrators only)',
  arguments: [
    option('--host', 'Services on this host only'),
    option('--binary', 'Services of this kind only'),
    option('--status', 'Services of this status only'),
    { ...option('--state', 'Services that run, or that do not'), choices: ['up', 'down'] },
    option('--zone', 'Services in this availability zone only'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const keys = ['host', 'binary', 'status', 'state', 'zone'];
    const search = Object.fromEntries(keys.map((key) => [key, args.string(key)]));
    const columns = ['ID', 'Binary', 'Host', 'Zone', 'Status', 'State', 'Updated At'];
    if (client.atLeast(83)) columns.push('Disabled Reason');
    if (client.atLeast(86)) columns.push('Ensuring');
    return rows(await client.list('services', pathFor(client), search), columns);
  },
};

/** `openstack share service ensure shares` */
export const ensureShares: PlainCommand = {
  name: 'share service ensure shares',
  upstream: 'manilaclient.osc.v2.services.EnsureShareService',
  kind: 'command',
  description: 'Make the storage agree with the database (administrators only)',
  arguments: [positional('host', '<host>', 'Where: host@backend')],
  async run(app, args) {
    const client = await manila(app);
    client.require(86, 'Ensure shares API is only available in manila API version >= 2.86');
    await orFail(
      (why) => `Failed to run ensure shares: ${why}`,
      () => client.send('POST', '/services/ensure_shares', { host: args.string('host') }),
    );
  },
};

/** `openstack share pool list` */
export const listPool: ListerCommand = {
  name: 'share pool list',
  upstream: 'manilaclient.osc.v2.share_pools.ListSharePools',
  kind: 'lister',
  description: 'List the pools of storage that the scheduler chooses from (administrators only)',
  arguments: [
    option('--host', 'Pools on this host only (regular expression)'),
    option('--backend', 'Pools of this backend only (regular expression)'),
    option('--pool', 'Pools of this name only (regular expression)'),
    flag('--detail', 'And what they can do'),
    option('--share-type', 'Pools for this share type only (name or ID)'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const type = args.string('share_type');
    if (type)
      client.require(23, 'Filtering results by share type is only available with manila API version >= 2.23');
    const share_type = type ? idOf(await oscFind(client, TYPES, type)) : undefined;
    const isDetailed = args.flag('detail');
    const infos = await client.list('pools', `/scheduler-stats/pools${isDetailed ? '/detail' : ''}`, {
      host: args.string('host'),
      backend: args.string('backend'),
      pool: args.string('pool'),
      share_type,
    });
    const columns = ['Name', 'Host', 'Backend', 'Pool'];
    if (!isDetailed) return rows(infos, columns);
    const isTable = args.string('formatter') === 'table';
    const shown = infos.map((info) => ({
      ...info,
      capabilities: isTable ? formatProperties(info.capabilities as Info) : (info.capabilities ?? null), // the API's contract
    }));
    return rows(shown, [...columns, 'Capabilities']);
  },
};
