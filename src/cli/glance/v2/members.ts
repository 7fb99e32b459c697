/** The member subcommands of glanceclient/v2/shell.py, on glanceclient/v2/image_members.py. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Value } from '../../python';
import type { Glance, Subcommand } from '../command';
import { printDict, printList } from '../print';

const COLUMNS = ['Image ID', 'Member ID', 'Status'];

const imageId: ArgumentSpec = { names: ['image_id'], metavar: '<IMAGE_ID>', help: 'ID of the image' };
const memberId: ArgumentSpec = { names: ['member_id'], metavar: '<MEMBER_ID>', help: 'ID of the project' };

/** `glance member-list` */
export const memberList: Subcommand = {
  name: 'member-list',
  upstream: 'glanceclient.v2.shell.do_member_list',
  description: 'List the projects an image is shared with.',
  arguments: [
    { names: ['--image-id'], metavar: '<IMAGE_ID>', required: true, help: 'ID of the image that is shared' },
  ],
  async run(glance, args) {
    const { members } = await glance.client.get(path(args));
    const rows = Array.isArray(members) ? (members as Member[]) : []; // the API's contract
    if (rows.length > 0) await glance.client.model('member');
    glance.output.write(printList(rows, COLUMNS));
  },
};

/** `glance member-get` */
export const memberGet: Subcommand = {
  name: 'member-get',
  upstream: 'glanceclient.v2.shell.do_member_get',
  description: 'Show what one project said to a shared image.',
  arguments: [imageId, memberId],
  async run(glance, args) {
    const one = (await glance.client.get(`${path(args)}/${member(args)}`)) as Member; // the API's contract
    await glance.client.model('member');
    glance.output.write(printDict(one));
  },
};

/** `glance member-create` */
export const memberCreate: Subcommand = {
  name: 'member-create',
  upstream: 'glanceclient.v2.shell.do_member_create',
  description: 'Share an image with a project.',
  arguments: [imageId, memberId],
  async run(glance, args) {
    if (!args.string('image_id') || !member(args))
      throw new CommandError('Unable to create member. Specify image_id and member_id');
    await print(glance, await send(glance, 'POST', path(args), { member: member(args) }));
  },
};

/** `glance member-update` */
export const memberUpdate: Subcommand = {
  name: 'member-update',
  upstream: 'glanceclient.v2.shell.do_member_update',
  description: 'Answer to an image that was shared with your project.',
  arguments: [
    imageId,
    memberId,
    {
      names: ['member_status'],
      metavar: '<MEMBER_STATUS>',
      choices: ['accepted', 'rejected', 'pending'],
      help: 'The answer: accepted, rejected, or pending to leave it open',
    },
  ],
  async run(glance, args) {
    const status = args.string('member_status');
    if (!args.string('image_id') || !member(args) || !status)
      throw new CommandError('Unable to update member. Specify image_id, member_id and member_status');
    await print(glance, await send(glance, 'PUT', `${path(args)}/${member(args)}`, { status }));
  },
};

/** `glance member-delete` */
export const memberDelete: Subcommand = {
  name: 'member-delete',
  upstream: 'glanceclient.v2.shell.do_member_delete',
  description: 'Stop sharing an image with a project.',
  arguments: [imageId, memberId],
  async run(glance, args) {
    if (!args.string('image_id') || !member(args))
      throw new CommandError('Unable to delete member. Specify image_id and member_id');
    await glance.client.request('DELETE', `${path(args)}/${member(args)}`);
  },
};

type Member = Record<string, Value>;

function path(args: ParsedArgs): string {
  return `/v2/images/${args.string('image_id') ?? ''}/members`;
}

function member(args: ParsedArgs): string {
  return args.string('member_id') ?? '';
}

function send(glance: Glance, method: string, url: string, body: Member): Promise<Response> {
  return glance.client.request(method, url, {
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
}

async function print(glance: Glance, response: Response): Promise<void> {
  const one = (await response.json()) as Member; // the API's contract
  await glance.client.model('member');
  glance.output.write(printList([one], COLUMNS));
}
