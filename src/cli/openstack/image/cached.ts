/** The `cached image` commands: openstackclient/image/v2/cache.py. */
import { NotFoundException } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import { message } from '../../messages';
import { isoFormat } from '../../python-time';
import type { App } from '../app';
import type { ListerCommand, PlainCommand } from '../command';

/** `openstack cached image list` */
export const listCachedImages: ListerCommand = {
  name: 'cached image list',
  upstream: 'openstackclient.image.v2.cache.ListCachedImage',
  kind: 'lister',
  description: 'List what the cache of a Glance server holds and waits for',
  arguments: [],
  async run(app) {
    const { cached_images, queued_images } = await app.connection.image.getImageCache();
    const cached = cached_images.map(({ image_id, last_accessed, last_modified, size, hits }): Cell[] => [
      image_id,
      'cached',
      isoFormat(last_accessed),
      isoFormat(last_modified),
      size,
      hits,
    ]);
    const queued = queued_images.map((id): Cell[] => [id, 'queued', 'N/A', 'N/A', 'N/A', 'N/A']);
    return {
      columns: ['ID', 'State', 'Last Accessed (UTC)', 'Last Modified (UTC)', 'Size', 'Hits'],
      rows: [...cached, ...queued],
    };
  },
};

const images = (help: string): ArgumentSpec => ({ names: ['images'], metavar: '<image>', nargs: '+', help });

/** `openstack cached image queue` */
export const queueCachedImage: PlainCommand = {
  name: 'cached image queue',
  upstream: 'openstackclient.image.v2.cache.QueueCachedImage',
  kind: 'command',
  description: 'Have images put into the cache',
  arguments: [images('Images to put there (name or ID)')],
  async run(app, args) {
    const names = args.list('images');
    const failures = await forEach(app, names, 'queue', (id) => app.connection.image.queueImage(id));
    if (failures > 0) throw new CommandError(`Failed to queue ${failures} of ${names.length} images`);
  },
};

/** `openstack cached image delete` */
export const deleteCachedImage: PlainCommand = {
  name: 'cached image delete',
  upstream: 'openstackclient.image.v2.cache.DeleteCachedImage',
  kind: 'command',
  description: 'Take images out of the cache',
  arguments: [images('Images to take out (name or ID)')],
  async run(app, args) {
    const names = args.list('images');
    const failures = await forEach(app, names, 'delete', async (id) => {
      try {
        await app.connection.image.cacheDeleteImage(id);
      } catch (error) {
        // the SDK minds no image that is gone already, nor that there is no cache at all
        if (!(error instanceof NotFoundException)) throw error;
      }
    });
    if (failures > 0) throw new CommandError(`Failed to delete ${failures} of ${names.length} images.`);
  },
};

/** @returns how many failed; each is logged. */
async function forEach(
  app: App,
  names: readonly string[],
  verb: string,
  action: (id: string) => Promise<void>,
): Promise<number> {
  let failures = 0;
  for (const name of names) {
    try {
      const { id } = await app.connection.image.findImage(name, { ignoreMissing: false });
      await action(id);
    } catch (error) {
      failures++;
      app.log('error', `Failed to ${verb} image with name or ID '${name}': ${message(error)}`);
    }
  }
  return failures;
}

/** `openstack cached image clear` */
export const clearCachedImages: PlainCommand = {
  name: 'cached image clear',
  upstream: 'openstackclient.image.v2.cache.ClearCachedImage',
  kind: 'command',
  description: 'Empty the cache, its queue, or both',
  arguments: [
    { names: ['--cache'], action: 'store_const', const: 'cache', default: 'both', dest: 'target', help: 'Only the cache' },
    { names: ['--queue'], action: 'store_const', const: 'queue', default: 'both', dest: 'target', help: 'Only the queue' },
  ], // prettier-ignore
  async run(app, args) {
    const target = args.string('target');
    try {
      await app.connection.image.clearCache(target === 'cache' || target === 'queue' ? target : 'both');
    } catch {
      app.log('error', 'Failed to clear image cache');
      throw new CommandError('Failed to clear image cache');
    }
  },
};
