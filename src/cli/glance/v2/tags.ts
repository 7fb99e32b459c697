/** image-tag-update and image-tag-delete of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Subcommand } from '../command';
import { printList } from '../print';
import { getImage } from './record';

const tagArguments: Subcommand['arguments'] = [
  { names: ['image_id'], metavar: '<IMAGE_ID>', help: 'ID of the image' },
  { names: ['tag_value'], metavar: '<TAG_VALUE>', help: 'The tag' },
];

/** `glance image-tag-update` */
export const imageTagUpdate: Subcommand = {
  name: 'image-tag-update',
  upstream: 'glanceclient.v2.shell.do_image_tag_update',
  description: 'Add a tag to an image.',
  arguments: tagArguments,
  async run(glance, args) {
    const [id, tag] = idAndTag(args, 'update');
    await glance.client.request('PUT', `/v2/images/${id}/tags/${tag}`);
    glance.output.write(printList([await getImage(glance.client, id)], ['ID', 'Tags']));
  },
};

/** `glance image-tag-delete` */
export const imageTagDelete: Subcommand = {
  name: 'image-tag-delete',
  upstream: 'glanceclient.v2.shell.do_image_tag_delete',
  description: 'Take a tag from an image.',
  arguments: tagArguments,
  async run(glance, args) {
    const [id, tag] = idAndTag(args, 'delete');
    await glance.client.request('DELETE', `/v2/images/${id}/tags/${tag}`);
  },
};

function idAndTag(args: ParsedArgs, verb: string): [id: string, tag: string] {
  const id = args.string('image_id');
  const tag = args.string('tag_value');
  if (!id || !tag) throw new CommandError(`Unable to ${verb} tag. Specify image_id and tag_value`);
  return [id, tag];
}
