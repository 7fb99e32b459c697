/** CreateImage of openstackclient/image/v2/image.py, on `create_image` of openstack/image/v2/_proxy.py. */
import { HttpException, fromWire, type Image, type ImageClient } from '../../../client';
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { repr } from '../../python';
import type { App } from '../app';
import { sortedFields, type ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { openData, showProgress } from './data';
import {
  CONTAINER_CHOICES,
  DISK_CHOICES,
  deadOption,
  projectDomain,
  properties,
  protectedOptions,
  visibilityOptions,
} from './options';
import { formatImage } from './sdk-image';
import { signatureOf } from './sign';
import { uploadVolume } from './volume';

const DEAD = ['size', 'location', 'copy-from', 'checksum', 'store'];

/** `openstack image create` */
export const createImage: ShowOneCommand = {
  name: 'image create',
  upstream: 'openstackclient.image.v2.image.CreateImage',
  kind: 'show',
  description: 'Make an image and upload its data',
  arguments: [
    { names: ['name'], metavar: '<image-name>', help: 'Name of the new image' },
    { names: ['--id'], metavar: '<id>', help: 'ID to give it, a UUID' },
    {
      names: ['--container-format'], default: 'bare', choices: CONTAINER_CHOICES, metavar: '<container-format>',
      help: `What is around the disk: ${CONTAINER_CHOICES.join(', ')}. bare, which is nothing, unless given`,
    },
    {
      names: ['--disk-format'], default: 'raw', choices: DISK_CHOICES, metavar: '<disk-format>',
      help: `Format of the disk: ${DISK_CHOICES.join(', ')}. raw unless given, whatever the file holds`,
    },
    { names: ['--min-disk'], metavar: '<disk-gb>', type: int, help: 'Disk that a server needs at least to boot it, in GB' },
    { names: ['--min-ram'], metavar: '<ram-mb>', type: int, help: 'Memory that a server needs at least to boot it, in MB' },
    { names: ['--file'], dest: 'filename', metavar: '<file>', exclusive: 'source', help: 'File to upload' },
    { names: ['--volume'], metavar: '<volume>', exclusive: 'source', help: 'Volume to make the image from' },
    { names: ['--force'], action: 'store_true', help: 'With --volume: even if a server uses the volume' },
    { names: ['--progress'], action: 'store_true', help: 'With --file: show how far the upload is' },
    { names: ['--sign-key-path'], metavar: '<sign-key-path>', default: null, help: 'Private key to sign the image with; goes with --sign-cert-id' },
    { names: ['--sign-cert-id'], metavar: '<sign-cert-id>', default: null, help: 'ID of the certificate of that key in the key manager' },
    ...protectedOptions,
    ...visibilityOptions,
    properties,
    { names: ['--tag'], dest: 'tags', metavar: '<tag>', action: 'append', help: 'Tag to set; repeat it for several' },
    { names: ['--project'], metavar: '<project>', help: 'Project that shall own it (name or ID)' },
    { names: ['--import'], dest: 'use_import', action: 'store_true', help: 'Import the data instead of uploading it' },
    projectDomain,
    ...DEAD.map((name) => deadOption(name)),
  ], // prettier-ignore
  async run(app, args) {
    for (const name of DEAD) {
      if (args.string(name.replaceAll('-', '_'))) {
        throw new CommandError(
          `ERROR: --${name} was given, which is an Image v1 option that is no longer supported in Image v2`,
        );
      }
    }
    if (args.string('volume')) return sortedFields(await uploadVolume(app, args));
    return sortedFields(formatImage(await takeActionImage(app, args)));
  },
};

async function takeActionImage(app: App, args: ParsedArgs): Promise<Image> {
  if (!args.string('name'))
    throw new CommandError("Proxy.create_image() missing 1 required positional argument: 'name'"); // the client drops empty values
  const project = args.string('project');
  const owner = project ? await findProject(app, project, args.string('project_domain')) : undefined;
  const { name, data } = await source(app, args);
  const signature = await signatureOf(app, args, data);
  const { image } = app.connection;
  const response = await image.request('/images', {
    method: 'POST',
    json: { ...record(args, name, owner), ...signature },
  });
  const { id } = fromWire(await response.json());
  if (data !== undefined) {
    const methods = response.headers.get('OpenStack-image-import-methods') ?? '';
    if (args.flag('use_import') && !methods.split(',').includes('glance-direct'))
      throw new CommandError(
        'Importing image was requested but the cloud does not support the image import method.',
      );
    try {
      showProgress(app, args, data);
      await (args.flag('use_import') ? stageAndImport(image, id, data) : image.uploadImage(id, data));
    } catch (error) {
      // the SDK does not leave a record without data behind
      await image.deleteImage(id);
      throw error;
    }
  }
  return image.getImage(id);
}

async function stageAndImport(image: ImageClient, id: string, data: Blob): Promise<void> {
  await image.stageImage(id, data);
  try {
    await image.importImage(id, { name: 'glance-direct' });
  } catch (error) {
    // the SDK does not look at what Glance answers
    if (!(error instanceof HttpException)) throw error;
  }
}

/** The data to upload, if any, and the name of the image. */
async function source(app: App, args: ParsedArgs): Promise<{ name: string; data?: Blob }> {
  const name = args.string('name') ?? '';
  const data = await openData(app, args);
  if (data !== undefined) return { name, data };
  // the SDK takes the name of a file that exists for that file
  const { files } = app.context;
  if ((await files.stat(name))?.type === 'file') {
    const base = name.split('/').at(-1) ?? '';
    return { name: base.replace(/(?<=[^.].*)\.[^.]*$/, ''), data: await files.open(name) };
  }
  return { name };
}

/** Properties of which the SDK makes numbers. */
const NUMBERS = ['min_disk', 'min_ram', 'size', 'virtual_size'];

function number(text: string): number {
  if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text))
    throw new CommandError(`invalid literal for int() with base 10: ${repr(text)}`);
  return Number(text.replaceAll('_', ''));
}

function record(args: ParsedArgs, name: string, owner: string | undefined): Record<string, unknown> {
  const given: Record<string, unknown> = { name };
  const add = (key: string, value: unknown): void => {
    if (value !== undefined) given[key] = value;
  };
  add('min_disk', args.number('min_disk') || undefined);
  add('min_ram', args.number('min_ram') || undefined);
  if (args.list('tags').length > 0) add('tags', args.list('tags'));
  add('visibility', args.string('visibility'));
  add('disk_format', args.string('disk_format'));
  add('container_format', args.string('container_format'));
  add('protected', args.choice('is_protected'));
  add('owner', owner);
  add('id', args.string('id') || undefined);
  for (const [key, value] of args.pairs('properties'))
    given[key] = NUMBERS.includes(key) ? number(value) : value;
  given['owner_specified.openstack.md5'] = '';
  given['owner_specified.openstack.sha256'] = '';
  given['owner_specified.openstack.object'] = `images/${name}`;
  return given;
}
