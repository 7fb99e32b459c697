/** image-list of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Subcommand } from '../command';
import { HttpError, type GlanceClient } from '../http';
import { boolFromString } from '../options';
import { printList } from '../print';
import type { Image } from './record';

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
    if (images.length > 0) await client.model('unvalidated_model');
    found.push(...images.slice(0, left));
    if (left !== undefined && found.length >= (limit ?? 0)) break;
    url = typeof page.next === 'string' ? page.next : undefined;
  }
  return found;
}
