/** image-show, image-download and image-delete of glanceclient/v2/shell.py, on glanceclient/v2/images.py. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { repr } from '../../python';
import type { Subcommand } from '../command';
import { HttpError } from '../http';
import { printImage } from '../print';
import { saveImage, showProgress } from './data';
import { imageId, progress } from './options';
import { getImage, type Image } from './record';

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
  return Number(text);
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
      image = (await glance.client.get(`/v2/images/${id}`)) as Image; // the API's contract
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
    showProgress(glance, args, Number(response.headers.get('content-length') ?? 0));
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
