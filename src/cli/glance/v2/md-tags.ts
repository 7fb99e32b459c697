/** The md-tag subcommands of glanceclient/v2/shell.py, on TagController of glanceclient/v2/metadefs.py. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Subcommand } from '../command';
import { object } from '../http';
import { printDict, printList } from '../print';
import { fetchRecord, model, received, receivedAll, send, writable } from './md-model';
import { namespace, pathOf } from './md-show';

const tag: ArgumentSpec = { names: ['tag'], metavar: '<TAG>', help: 'Name of the tag' };
const name: ArgumentSpec = {
  names: ['--name'],
  metavar: '<NAME>',
  required: true,
  help: 'Name to give the tag',
};

/** `glance md-tag-create` */
export const mdTagCreate: Subcommand = {
  name: 'md-tag-create',
  upstream: 'glanceclient.v2.shell.do_md_tag_create',
  description: 'Add a tag to a namespace.',
  arguments: [namespace, name],
  async run(glance, args) {
    const response = await glance.client.request('POST', pathOf(args, 'tags', nameOf(args)));
    glance.output.write(printDict(await received(glance, 'tag', object(await response.json()))));
  },
};

/** `glance md-tag-create-multiple` */
export const mdTagCreateMultiple: Subcommand = {
  name: 'md-tag-create-multiple',
  upstream: 'glanceclient.v2.shell.do_md_tag_create_multiple',
  description: 'Give a namespace tags instead of those it has.',
  arguments: [
    namespace,
    { names: ['--names'], metavar: '<NAMES>', required: true, help: 'Tags, separated by commas' },
    { names: ['--delim'], metavar: '<DELIM>', help: 'What separates them instead of a comma' },
    {
      names: ['--append'],
      action: 'store_true',
      default: false,
      help: 'Keep the tags that are there; fails in this version of the client',
    },
  ],
  async run(glance, args) {
    const names = (args.string('names') ?? '')
      .split(args.string('delim') || ',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (names.length === 0)
      throw new CommandError('Please supply at least one tag name. For example: --names Tag1');
    const tags = [];
    for (const one of names) tags.push((await model(glance, 'tag')).make({ name: one }));
    // the real client cannot write the header for it
    if (args.flag('append')) throw new CommandError('quote_from_bytes() expected bytes');
    const made = await send(glance, 'POST', pathOf(args, 'tags'), { tags });
    glance.output.write(printList(await receivedAll(glance, 'tag', made.tags), ['name']));
  },
};

/** `glance md-tag-update` */
export const mdTagUpdate: Subcommand = {
  name: 'md-tag-update',
  upstream: 'glanceclient.v2.shell.do_md_tag_update',
  description: 'Rename a tag of a namespace.',
  arguments: [namespace, tag, name],
  async run(glance, args) {
    const newName = nameOf(args);
    const path = pathOf(args, 'tags', args.string('tag') ?? '');
    const record = await fetchRecord(glance, 'tag', path);
    const changed = (await model(glance, 'tag')).change(record, { name: newName });
    await send(glance, 'PUT', path, writable(changed));
    glance.output.write(printDict(await fetchRecord(glance, 'tag', pathOf(args, 'tags', newName))));
  },
};

/** `glance md-tag-show` */
export const mdTagShow: Subcommand = {
  name: 'md-tag-show',
  upstream: 'glanceclient.v2.shell.do_md_tag_show',
  description: 'Show a tag of a namespace.',
  arguments: [namespace, tag],
  async run(glance, args) {
    const path = pathOf(args, 'tags', args.string('tag') ?? '');
    glance.output.write(printDict(await fetchRecord(glance, 'tag', path)));
  },
};

/** `glance md-tag-delete` */
export const mdTagDelete: Subcommand = {
  name: 'md-tag-delete',
  upstream: 'glanceclient.v2.shell.do_md_tag_delete',
  description: 'Delete a tag of a namespace.',
  arguments: [namespace, tag],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'tags', args.string('tag') ?? ''));
  },
};

/** `glance md-namespace-tags-delete` */
export const mdNamespaceTagsDelete: Subcommand = {
  name: 'md-namespace-tags-delete',
  upstream: 'glanceclient.v2.shell.do_md_namespace_tags_delete',
  description: 'Delete all tags of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    await glance.client.request('DELETE', pathOf(args, 'tags'));
  },
};

/** `glance md-tag-list` */
export const mdTagList: Subcommand = {
  name: 'md-tag-list',
  upstream: 'glanceclient.v2.shell.do_md_tag_list',
  description: 'List the tags of a namespace.',
  arguments: [namespace],
  async run(glance, args) {
    const { tags } = await glance.client.get(pathOf(args, 'tags'));
    glance.output.write(printList(await receivedAll(glance, 'tag', tags), ['name']));
  },
};

function nameOf(args: ParsedArgs): string {
  const given = args.string('name')?.trim();
  if (!given) throw new CommandError('Please supply at least one non-blank tag name.');
  return given;
}
