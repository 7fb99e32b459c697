/** `share message …` and `share availability zone list`: manilaclient/osc/v2/messages.py and availability_zones.py. */
import { int } from '../../arguments';
import { message as wordsOf } from '../../messages';
import { CommandError } from '../../errors';
import type { ListerCommand, PlainCommand, ShowOneCommand } from '../command';
import { option, positional, row, rows, several } from './common';
import { MESSAGES } from './kinds';
import { find, idOf, manila, pathOf } from './manila';

const ATTRIBUTES = ['id', 'resource_type', 'resource_id', 'action_id', 'user_message', 'message_level', 'detail_id', 'created_at', 'expires_at', 'request_id']; // prettier-ignore

/** `openstack share message delete` */
export const deleteMessage: PlainCommand = {
  name: 'share message delete',
  upstream: 'manilaclient.osc.v2.messages.DeleteMessage',
  kind: 'command',
  description: 'Delete messages',
  arguments: [several('message', '<message>', 'Messages to delete (ID)')],
  async run(app, args) {
    const client = await manila(app);
    let failed = false;
    for (const id of args.list('message')) {
      try {
        client.wraps(37, 'messages.MessageManager.list');
        await client.send('DELETE', pathOf(MESSAGES, idOf(await find(client, MESSAGES, id))));
      } catch (error) {
        failed = true;
        app.log('error', `Delete for message ${id} failed: ${wordsOf(error)}`);
      }
    }
    if (failed) throw new CommandError('Unable to delete some or all of the specified messages.');
  },
};

/** `openstack share message list` */
export const listMessage: ListerCommand = {
  name: 'share message list',
  upstream: 'manilaclient.osc.v2.messages.ListMessage',
  kind: 'lister',
  description: 'List what went wrong, in words for users',
  arguments: [
    option('--resource-id', 'Messages about this thing only (ID)'),
    option('--resource-type', 'Messages about things of this type only, such as SHARE'),
    option('--action-id', 'Messages about this action only'),
    option('--detail-id', 'Messages of this reason only'),
    option('--request-id', 'Messages about this request only'),
    option('--message-level', 'Messages of this level only, such as ERROR'),
    { ...option('--limit', 'So many messages at most'), type: int },
    option('--since', 'Messages of this time and later only, in ISO 8601'),
    option('--before', 'Messages before this time only, in ISO 8601'),
  ],
  async run(app, args) {
    const client = await manila(app);
    const [created_since, created_before] = [args.string('since'), args.string('before')];
    if (created_since || created_before) {
      client.require(
        52,
        "Filtering messages by 'since' and 'before' is possible only with Manila API version >=2.52",
      );
    }
    client.wraps(37, 'messages.MessageManager.list');
    const infos = await client.list('messages', '/messages', {
      limit: args.number('limit'),
      request_id: args.string('request_id'),
      resource_type: args.string('resource_type'),
      resource_id: args.string('resource_id'),
      action_id: args.string('action_id'),
      detail_id: args.string('detail_id'),
      message_level: args.string('message_level'),
      created_since,
      created_before,
    });
    return rows(infos, ['ID', 'Resource Type', 'Resource ID', 'Action ID', 'User Message', 'Detail ID', 'Created At']); // prettier-ignore
  },
};

/** `openstack share message show` */
export const showMessage: ShowOneCommand = {
  name: 'share message show',
  upstream: 'manilaclient.osc.v2.messages.ShowMessage',
  kind: 'show',
  description: 'Show everything about a message',
  arguments: [positional('message', '<message>', 'Message (ID)')],
  async run(app, args) {
    const info = await find(await manila(app), MESSAGES, args.string('message') ?? '');
    return { columns: ATTRIBUTES, values: row(info, ATTRIBUTES) };
  },
};

/** `openstack share availability zone list` */
export const listZone: ListerCommand = {
  name: 'share availability zone list',
  upstream: 'manilaclient.osc.v2.availability_zones.ShareAvailabilityZoneList',
  kind: 'lister',
  description: 'List availability zones',
  arguments: [],
  async run(app) {
    const client = await manila(app);
    const path = client.atLeast(7) ? '/availability-zones' : '/os-availability-zone';
    return {
      ...rows(await client.list('availability_zones', path), ['Id', 'Name', 'Created At', 'Updated At']),
      inList: false,
    };
  },
};
