/** image-update of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import type { Value } from '../../python';
import type { Subcommand } from '../command';
import { printImage } from '../print';
import type { ImageSchema } from '../schema';
import { imageId, updateOptions } from './options';
import { fieldsOf, getImage, imageSchema, type Image } from './record';

/** `glance image-update` */
export const imageUpdate: Subcommand = {
  name: 'image-update',
  upstream: 'glanceclient.v2.shell.do_image_update',
  description: 'Change an image.',
  arguments: [imageId, ...updateOptions],
  async run(glance, args) {
    const { client } = glance;
    const schema = await imageSchema(client);
    const { id: _, ...fields } = fieldsOf(args, schema);
    const id = args.string('id') ?? '';
    const image = await getImage(client, id);
    await client.model('model');
    for (const [name, value] of Object.entries(fields)) schema.check(name, value);
    const patch = jsonPatch(image, fields, args.list('remove_property'), schema);
    const response = await client.request('PATCH', `/v2/images/${id}`, {
      body: JSON.stringify(patch),
      headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
    });
    const requestId = response.headers.get('x-openstack-request-id');
    glance.output.write(
      printImage(
        await getImage(client, id, requestId === null ? undefined : { 'x-openstack-request-id': requestId }),
      ),
    );
  },
};

/** The difference between the image and what it shall be: glanceclient/v2/schemas.py. */
function jsonPatch(
  image: Image,
  fields: Image,
  remove: readonly string[],
  schema: ImageSchema,
): { op: string; path: string; value?: Value }[] {
  const path = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const patch: { op: string; path: string; value?: Value }[] = [];
  for (const name of new Set(remove))
    if (name in image && !(name in fields)) patch.push({ op: 'remove', path: path(name) });
  for (const [name, value] of Object.entries(fields)) {
    if (JSON.stringify(image[name]) === JSON.stringify(value)) continue;
    patch.push({ op: name in image || schema.isBase(name) ? 'replace' : 'add', path: path(name), value });
  }
  // the client sends the tags along, changed or not
  const { tags } = image;
  if (Array.isArray(tags) && tags.length > 0) patch.push({ path: '/tags', value: tags, op: 'replace' });
  return patch;
}
