/** Image subcommands of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import { int, type ParsedArgs } from '../../argparse';
import { CommandError } from '../../errors';
import { repr, type Value } from '../../python';
import type { Glance, Subcommand } from '../command';
import { HttpError, type GlanceClient } from '../http';
import { boolFromString } from '../options';
import { printImage, printList } from '../print';
import { ImageSchema } from '../schema';
import { dataFile, progressBar, saveImage, upload, validateBackend } from './data';
import { createOptions, file, imageId, progress, store, updateOptions } from './options';

type Image = Record<string, Value>;

const SORT_KEYS = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
];
const SORT_DIRS = ['asc', 'desc'];

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
    for (const [name, value] of Object.entries(fields)) schema.check(name, value);
    const response = await glance.client.request('POST', '/v2/images', {
      body: JSON.stringify(fields),
      headers: { 'Content-Type': 'application/json' },
    });
    let image = (await response.json()) as Image; // the API's contract
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

/** Data without formats is refused before anything is sent. */
async function requireFormats(glance: Glance, args: ParsedArgs): Promise<void> {
  const missing = ['container_format', 'disk_format']
    .filter((name) => !args.string(name))
    .map((name) => `--${name.replace('_', '-')}`);
  if (missing.length === 0) return;
  const given = args.string('file') ? '--file' : undefined;
  if (given === undefined && (await dataFile(glance, args)) === undefined) return;
  throw new CommandError(`error: Must provide ${missing.join(', ')} when using ${given ?? 'stdin'}.`);
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

/** `glance image-list` */
export const imageList: Subcommand = {
  name: 'image-list',
  upstream: 'glanceclient.v2.shell.do_image_list',
  description: 'List the images you can see.',
  arguments: [
    { names: ['--limit'], metavar: '<LIMIT>', type: int, help: 'So many images at most' },
    { names: ['--page-size'], metavar: '<SIZE>', type: int, help: 'So many images a request' },
    { names: ['--visibility'], metavar: '<VISIBILITY>', help: 'Images of this visibility only' },
    {
      names: ['--member-status'],
      metavar: '<MEMBER_STATUS>',
      help: 'With --visibility shared: what you answered to the share',
    },
    { names: ['--owner'], metavar: '<OWNER>', help: 'Images of the project with this ID only' },
    {
      names: ['--property-filter'],
      metavar: '<KEY=VALUE>',
      action: 'append',
      dest: 'properties',
      default: [],
      help: 'Images with this property only; repeat it for several',
    },
    { names: ['--checksum'], metavar: '<CHECKSUM>', help: 'Images with this MD5 only' },
    { names: ['--hash'], dest: 'os_hash_value', metavar: '<HASH_VALUE>', help: 'Images with this hash only' },
    {
      names: ['--tag'],
      metavar: '<TAG>',
      action: 'append',
      help: 'Images with this tag only; repeat it for several',
    },
    {
      names: ['--sort-key'],
      default: [],
      action: 'append',
      choices: SORT_KEYS,
      help: 'Field to sort by; repeat it for several',
    },
    {
      names: ['--sort-dir'],
      default: [],
      action: 'append',
      choices: SORT_DIRS,
      help: 'Direction to sort in',
    },
    {
      names: ['--sort'],
      metavar: '<key>[:<direction>]',
      help: `Fields and directions at once, separated by commas. Fields: ${SORT_KEYS.join(', ')}`,
    },
    {
      names: ['--hidden'],
      dest: 'os_hidden',
      metavar: '[True|False]',
      type: boolFromString,
      const: true,
      nargs: '?',
      help: 'Hidden images only',
    },
    {
      names: ['--include-stores'],
      metavar: '[True|False]',
      type: boolFromString,
      const: true,
      nargs: '?',
      help: 'Print the stores as well.',
    },
  ],
  async run(glance, args) {
    const url = listUrl(args);
    const images = await list(
      glance.client,
      url,
      args.number('page_size') ?? PAGE_SIZE,
      args.number('limit'),
    );
    const columns = ['ID', 'Name'];
    if (args.flag('verbose')) columns.push('Disk_format', 'Container_format', 'Size', 'Status', 'Owner');
    if (args.flag('include_stores')) columns.push('Stores');
    glance.output.write(printList(images, columns));
  },
};

const PAGE_SIZE = 200;

function listUrl(args: ParsedArgs): string {
  const properties = args.list('properties').map((text) => /^([^=]*)=(.*)$/s.exec(text));
  if (properties.includes(null))
    throw new CommandError('Argument --property-filter expected properties in the format KEY=VALUE');
  const filters = new URLSearchParams();
  const set = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null)
      filters.set(name, typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
  };
  for (const name of ['visibility', 'member_status', 'owner', 'checksum', 'os_hidden', 'os_hash_value'])
    set(name, args.get(name));
  for (const match of properties) set(match?.[1] ?? '', match?.[2]);
  set('limit', args.number('page_size') || PAGE_SIZE);
  for (const tag of args.list('tag')) filters.append('tag', tag);
  return `/v2/images?${filters.toString()}${sortQuery(args)}`;
}

function sortQuery(args: ParsedArgs): string {
  const sort = args.string('sort');
  let keys = args.list('sort_key');
  let directions = args.list('sort_dir');
  if (sort !== undefined) {
    if (keys.length > 0 || directions.length > 0)
      throw new HttpError(400, "The 'sort' argument is not supported with 'sort_key' or 'sort_dir'.");
    for (const part of sort.trim().split(',')) {
      const [key = '', ...rest] = part.split(':');
      const direction = rest.join(':');
      if (direction !== '' && !SORT_DIRS.includes(direction))
        throw new HttpError(
          400,
          `Invalid sort direction: ${direction}. It must be one of the following: ${SORT_DIRS.join(', ')}.`,
        );
      if (!SORT_KEYS.includes(key))
        throw new HttpError(
          400,
          `Invalid sort key: ${key}. It must be one of the following: ${SORT_KEYS.join(', ')}.`,
        );
    }
    return `&sort=${sort}`;
  }
  if (keys.length === 0 && directions.length === 0) [keys, directions] = [['name'], ['asc']];
  if (keys.length !== directions.length && directions.length > 1) {
    throw new HttpError(
      400,
      'Unexpected number of sort directions: either provide a single sort direction or an equal number of sort keys and sort directions.',
    );
  }
  return [
    ...keys.map((key) => `&sort_key=${key}`),
    ...directions.map((direction) => `&sort_dir=${direction}`),
  ].join('');
}

/** Page after page, until there are `limit` images. */
async function list(
  client: GlanceClient,
  first: string,
  pageSize: number,
  limit: number | undefined,
): Promise<Image[]> {
  const found: Image[] = [];
  let url: string | undefined = first;
  while (url !== undefined) {
    const left: number | undefined = limit ? limit - found.length : undefined;
    if (left !== undefined && pageSize > left) url = url.replace(`limit=${pageSize}`, `limit=${left}`);
    const page: Record<string, unknown> = await client.get(url);
    const images = (Array.isArray(page.images) ? page.images : []) as Image[]; // the API's contract
    found.push(...images.slice(0, left));
    if (left !== undefined && found.length >= (limit ?? 0)) break;
    url = typeof page.next === 'string' ? page.next : undefined;
  }
  return found;
}

/** `glance image-show` */
export const imageShow: Subcommand = {
  name: 'image-show',
  upstream: 'glanceclient.v2.shell.do_image_show',
  description: 'Show everything about an image.',
  arguments: [
    imageId,
    { names: ['--human-readable'], action: 'store_true', help: 'Print the size with kB, MB, … (of 1024).' },
    {
      names: ['--max-column-width'],
      metavar: '<integer>',
      default: 80,
      help: 'Characters a column may have',
    },
  ],
  async run(glance, args) {
    const image = await getImage(glance.client, args.string('id') ?? '');
    glance.output.write(
      printImage(image, { humanReadable: args.flag('human_readable'), maxColumnWidth: columnWidth(args) }),
    );
  },
};

/** The width is looked at only when the table is printed, so an error is Python's own. */
function columnWidth(args: ParsedArgs): number {
  const text = args.string('max_column_width') ?? String(args.number('max_column_width'));
  if (!/^\s*[+-]?\d+\s*$/.test(text))
    throw new CommandError(`invalid literal for int() with base 10: ${repr(text)}`);
  if (Number(text) === 0) throw new CommandError('invalid width 0 (must be > 0)');
  return Number(text);
}

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

/** `glance image-download` */
export const imageDownload: Subcommand = {
  name: 'image-download',
  upstream: 'glanceclient.v2.shell.do_image_download',
  description: 'Download an image.',
  arguments: [
    {
      names: ['--allow-md5-fallback'],
      action: 'store_true',
      help: 'Use the MD5 where the hash of the image cannot be computed (OS_IMAGE_ALLOW_MD5_FALLBACK).',
    },
    {
      names: ['--file'],
      metavar: '<FILE>',
      help: 'File to write; without it, standard output, which must not be a terminal',
    },
    imageId,
    progress,
  ],
  async run(glance, args) {
    const path = args.string('file');
    if (glance.context.stdoutIsTerminal && path === undefined) {
      throw new CommandError(
        'No redirection or local file specified for downloaded image data. Please specify a local file with --file to save downloaded image or redirect output to another source.',
      );
    }
    const id = args.string('id') ?? '';
    let image: Image;
    let response: Response;
    try {
      image = await getImage(glance.client, id);
      response = await glance.client.request('GET', `/v2/images/${id}/file`);
    } catch (error) {
      if (error instanceof HttpError)
        throw new CommandError(`Unable to download image '${id}'. (${error.message})`);
      throw error;
    }
    if (response.status === 204 || response.body === null) throw new CommandError(`Image ${id} has no data.`);
    const { os_hash_value: hash, os_hash_algo: algorithm, checksum } = image;
    if (typeof hash === 'string') await saveImage(glance, response.body, path, String(algorithm), hash);
    else
      await saveImage(
        glance,
        response.body,
        path,
        'md5',
        typeof checksum === 'string' ? checksum : undefined,
      );
    progressBar(glance, args, Number(response.headers.get('content-length') ?? 0));
  },
};

/** `glance image-delete` */
export const imageDelete: Subcommand = {
  name: 'image-delete',
  upstream: 'glanceclient.v2.shell.do_image_delete',
  description: 'Delete images, for good.',
  arguments: [{ names: ['id'], metavar: '<IMAGE_ID>', nargs: '+', help: 'IDs of the images' }],
  async run(glance, args) {
    let failed = false;
    for (const id of args.list('id')) {
      try {
        await glance.client.request('DELETE', `/v2/images/${id}`);
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        failed = true;
        glance.output.error(`${deleteMessage(error, id)}\n`);
      }
    }
    if (failed) throw new CommandError('');
  },
};

function deleteMessage(error: HttpError, id: string): string {
  switch (error.status) {
    case 403:
      return `You are not permitted to delete the image '${id}'.`;
    case 404:
      return `No image with an ID of '${id}' exists.`;
    case 409:
      return `Unable to delete image '${id}' because it is in use.`;
    default:
      return `'${error.message}': Unable to delete image '${id}'`;
  }
}

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

async function getImage(
  client: GlanceClient,
  id: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Image> {
  return (await client.get(`/v2/images/${id}`, headers)) as Image; // the API's contract
}

async function imageSchema(client: GlanceClient): Promise<ImageSchema> {
  return new ImageSchema(await client.get('/v2/schemas/image'));
}

/** The fields and properties that the options give, by the names of the API. */
function fieldsOf(args: ParsedArgs, schema: ImageSchema): Image {
  const fields: Image = {};
  for (const { names } of createOptions) {
    const name = names[0] === '--hidden' ? 'os_hidden' : names[0].slice(2).replaceAll('-', '_');
    const value = args.get(name);
    if (name !== 'property' && value !== undefined && value !== null && schema.has(name))
      fields[name] = value as Value; // what the converters of createOptions give
  }
  for (const text of args.list('property')) {
    const at = text.indexOf('=');
    if (at < 0) throw new CommandError('not enough values to unpack (expected 2, got 1)');
    fields[text.slice(0, at)] = text.slice(at + 1);
  }
  return fields;
}
