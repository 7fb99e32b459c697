/** image-create and image-upload of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Glance, Subcommand } from '../command';
import { printImage } from '../print';
import type { ImageSchema } from '../schema';
import { dataFile, upload, validateBackend } from './data';
import { createOptions, file, imageId, progress, store } from './options';
import { fieldsOf, getImage, imageSchema, type Image } from './record';

/** `glance image-create` */
export const imageCreate: Subcommand = {
  name: 'image-create',
  upstream: 'glanceclient.v2.shell.do_image_create',
  description: 'Make an image, with or without data.',
  arguments: [...createOptions, file, progress, store],
  async run(glance, args) {
    await requireFormats(glance, args);
    const schema = await imageSchema(glance.client);
    const fields = fieldsOf(args, schema);
    const path = args.string('file');
    const backend = args.string('store');
    if (backend && !path && glance.context.stdin === undefined) {
      throw new CommandError('--store option should only be provided with --file option or stdin.');
    }
    if (backend) await validateBackend(glance, backend);
    if (path !== undefined && (await glance.context.files.stat(path)) === undefined) {
      throw new CommandError(`File ${path} does not exist or user does not have read privileges to it`);
    }
    let image = await create(glance, schema, fields);
    try {
      if ((await dataFile(glance, args)) !== undefined) {
        const id = String(image.id);
        await upload(glance, args, id);
        image = await getImage(glance.client, id);
      }
    } finally {
      glance.output.write(printImage(image)); // also when the upload failed: the record is there
    }
  },
};

/** Images.create */
export async function create({ client }: Glance, schema: ImageSchema, fields: Image): Promise<Image> {
  await client.model('model');
  for (const [name, value] of Object.entries(fields)) schema.check(name, value);
  const response = await client.request('POST', '/v2/images', {
    body: JSON.stringify(fields),
    headers: { 'Content-Type': 'application/json' },
  });
  return (await response.json()) as Image; // the API's contract
}

/** Data without formats is refused before anything is sent. */
export async function requireFormats(glance: Glance, args: ParsedArgs): Promise<void> {
  const missing = ['container_format', 'disk_format']
    .filter((name) => !args.string(name))
    .map((name) => `--${name.replace('_', '-')}`);
  if (missing.length === 0) return;
  const given = ['file', 'uri'].filter((name) => args.string(name)).map((name) => `--${name}`);
  if (given.length === 0 && (await dataFile(glance, args)) === undefined) return;
  throw new CommandError(
    `error: Must provide ${missing.join(', ')} when using ${given.join(', ') || 'stdin'}.`,
  );
}

/** `glance image-upload` */
export const imageUpload: Subcommand = {
  name: 'image-upload',
  upstream: 'glanceclient.v2.shell.do_image_upload',
  description: 'Upload the data of an image that has none yet.',
  arguments: [
    file,
    {
      names: ['--size'],
      metavar: '<IMAGE_SIZE>',
      type: int,
      help: 'Size of the data in bytes, where it cannot be seen from the data',
    },
    progress,
    imageId,
    store,
  ],
  run: (glance, args) => upload(glance, args, args.string('id') ?? ''),
};
