/** ListImage, ShowImage, SaveImage and DeleteImage of openstackclient/image/v2/image.py. */
import { NotFoundException, ResourceNotFound, type Image, type ImageQuery } from '../../../client';
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { ListColumn, type Cell } from '../../formatters/columns';
import { str } from '../../python';
import type { App } from '../app';
import { sortedFields, type ListerCommand, type PlainCommand, type ShowOneCommand } from '../command';
import { findProject } from '../identity/common';
import { sortItems } from '../sort-items';
import { message } from '../../messages';
import { projectDomain } from './options';
import { save } from './save';
import { field, formatImage, otherProperties, sdkName } from './sdk-image';

const MEMBER_STATUS_CHOICES = ['accepted', 'pending', 'rejected', 'all'];

const listVisibility = (name: string, help: string) =>
  ({
    names: [`--${name}`],
    action: 'store_const',
    const: name,
    dest: 'visibility',
    exclusive: 'visibility',
    help,
  }) as const;

/** `openstack image list` */
export const listImage: ListerCommand = {
  name: 'image list',
  upstream: 'openstackclient.image.v2.image.ListImage',
  kind: 'lister',
  description: 'List the images you can see',
  arguments: [
    listVisibility('public', 'Public images only'),
    listVisibility('private', 'Private images only'),
    listVisibility('community', 'Community images only'),
    listVisibility('shared', 'Shared images only'),
    listVisibility('all', 'Images of every visibility'),
    { names: ['--property'], metavar: '<key=value>', action: 'key_value', help: 'Images with this property only; repeat it for several' },
    { names: ['--name'], metavar: '<name>', help: 'Images of this name only' },
    { names: ['--status'], metavar: '<status>', help: 'Images of this status only' },
    {
      names: ['--member-status'], metavar: '<member-status>', type: (text) => text.toLowerCase(), choices: MEMBER_STATUS_CHOICES,
      help: `With --shared: what you answered to the share, ${MEMBER_STATUS_CHOICES.join(', ')}`,
    },
    { names: ['--project'], metavar: '<project>', help: 'Images of this project only (name or ID)' },
    projectDomain,
    { names: ['--tag'], metavar: '<tag>', action: 'append', default: [], help: 'Images with this tag only; repeat it for several' },
    { names: ['--hidden'], action: 'store_true', dest: 'is_hidden', help: 'Hidden images only' },
    { names: ['--long'], action: 'store_true', help: 'More columns' },
    { names: ['--page-size'], metavar: '<size>', hidden: true },
    {
      names: ['--sort'], metavar: '<key>[:<direction>]', default: 'name:asc',
      help: 'Keys to sort by, with asc or desc, separated by commas (default: name:asc)',
    },
    { names: ['--limit'], metavar: '<limit>', type: int, action: 'non_negative', help: 'So many images at most' },
    { names: ['--marker'], metavar: '<marker>', help: 'Begin after this image (name or ID)' },
  ], // prettier-ignore
  async run(app, args) {
    const query = await listQuery(app, args);
    let images: Image[] = [];
    for await (const image of app.connection.image.images(query, { paginated: query.limit === undefined }))
      images.push(image);
    for (const [name, value] of args.pairs('property'))
      images = images.filter((image) => matches(image, name, value));
    images = sortItems(images, args.string('sort') ?? '', sortText);
    return args.flag('long')
      ? {
          columns: [
            'ID',
            'Name',
            'Disk Format',
            'Container Format',
            'Size',
            'Checksum',
            'Status',
            'Visibility',
            'Protected',
            'Project',
            'Tags',
          ],
          rows: images.map(longRow),
        }
      : { columns: ['ID', 'Name', 'Status'], rows: images.map(({ id, name, status }) => [id, name, status]) };
  },
};

async function listQuery(app: App, args: ParsedArgs): Promise<ImageQuery> {
  const query: Record<string, unknown> = {};
  const add = (key: string, value: unknown): void => {
    if (value) query[key] = value;
  };
  add('limit', args.number('limit'));
  const marker = args.string('marker');
  if (marker) query.marker = (await app.connection.image.findImage(marker, { ignoreMissing: false })).id;
  add('name', args.string('name'));
  add('visibility', args.string('visibility'));
  add('member_status', args.string('member_status'));
  const project = args.string('project');
  if (project) query.owner = await findProject(app, project, args.string('project_domain'));
  add('status', args.string('status'));
  add('os_hidden', args.flag('is_hidden'));
  if (args.list('tag').length > 0) query.tag = args.list('tag');
  return query as ImageQuery; // the service judges the values, as it does for the real client
}

function longRow(image: Image): Cell[] {
  const { id, name, disk_format, container_format, size, checksum, status, visibility, owner, tags } = image;
  return [
    id,
    name,
    disk_format,
    container_format,
    size,
    checksum,
    status,
    visibility,
    image.protected,
    owner,
    new ListColumn(tags),
  ];
}

/** osc_lib.api.utils.simple_filter: a field of the image by that name, else one of its other properties. */
function matches(image: Image, name: string, value: string): boolean {
  const found =
    field(image, name) ?? (field(image, name) === undefined ? otherProperties(image)[name] : undefined);
  return Boolean(found) && found === value;
}

/** The text of a field, to sort by. The API's own names do as well as the SDK's. */
function sortText(image: Image, key: string): string | undefined {
  const value = field(image, key) ?? field(image, sdkName(key));
  return value === undefined ? undefined : str(value);
}

/** `openstack image show` */
export const showImage: ShowOneCommand = {
  name: 'image show',
  upstream: 'openstackclient.image.v2.image.ShowImage',
  kind: 'show',
  description: 'Show everything about an image',
  arguments: [
    { names: ['--human-readable'], action: 'store_true', help: 'Print the size with K, M, G, … (of 1000)' },
    { names: ['image'], metavar: '<image>', help: 'Image to show (name or ID)' },
  ],
  async run(app, args) {
    const image = await app.connection.image.findImage(args.string('image') ?? '', { ignoreMissing: false });
    return sortedFields(formatImage(image, args.flag('human_readable')));
  },
};

/** `openstack image save` */
export const saveImage: PlainCommand = {
  name: 'image save',
  upstream: 'openstackclient.image.v2.image.SaveImage',
  kind: 'command',
  description: 'Download an image',
  arguments: [
    {
      names: ['--file'],
      metavar: '<filename>',
      dest: 'filename',
      help: 'File to write (default: standard output)',
    },
    { names: ['image'], metavar: '<image>', help: 'Image to download (name or ID)' },
  ],
  run: save,
};

/** `openstack image delete` */
export const deleteImage: PlainCommand = {
  name: 'image delete',
  upstream: 'openstackclient.image.v2.image.DeleteImage',
  kind: 'command',
  description: 'Delete images, for good',
  arguments: [
    { names: ['images'], metavar: '<image>', nargs: '+', help: 'Images to delete (name or ID)' },
    {
      names: ['--store'],
      metavar: '<STORE>',
      dest: 'store',
      help: 'Store to delete them from, on clouds with several',
    },
  ],
  async run(app, args) {
    const names = args.list('images');
    let failed = 0;
    for (const name of names) {
      try {
        const { id } = await app.connection.image.findImage(name, { ignoreMissing: false });
        await deleteFrom(app, id, args.string('store'));
      } catch (error) {
        // The real client takes "no such image" for "no such store": the sentence misleads, and later names stay.
        if (error instanceof ResourceNotFound || error instanceof NotFoundException)
          throw new CommandError('Multi Backend support not enabled.');
        failed++;
        app.log('error', `Failed to delete image with name or ID '${name}': ${message(error)}`);
      }
    }
    if (failed > 0) throw new CommandError(`Failed to delete ${failed} of ${names.length} images.`);
  },
};

async function deleteFrom(app: App, id: string, store: string | undefined): Promise<void> {
  if (!store) return app.connection.image.deleteImage(id);
  const endpointFilter = { serviceType: 'image', version: 2, regionName: app.region.regionName };
  await app.connection.session.request(`/stores/${encodeURIComponent(store)}/${id}`, {
    method: 'DELETE',
    endpointFilter,
  });
}
