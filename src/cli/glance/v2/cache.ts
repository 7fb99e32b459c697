/** The cache subcommands of glanceclient/v2/shell.py, on glanceclient/v2/cache.py. Their failures leave exit code 0. */
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { PrettyTable } from '../../formatters/prettytable';
import type { Value } from '../../python';
import { isoFormat } from '../../python-time';
import type { Glance, Subcommand } from '../command';
import { HttpError, object } from '../http';
import { requireVersion } from './versions';

const TARGETS = ['both', 'cache', 'queue'];

const images = (help: string): ArgumentSpec => ({ names: ['id'], metavar: '<IMAGE_ID>', nargs: '+', help });

/** `glance cache-list` */
export const cacheList: Subcommand = {
  name: 'cache-list',
  upstream: 'glanceclient.v2.shell.do_cache_list',
  description: 'List what the cache of a Glance server holds and waits for.',
  arguments: [],
  async run(glance) {
    await requireCache(glance);
    const table = new PrettyTable([
      'ID',
      'State',
      'Last Accessed (UTC)',
      'Last Modified (UTC)',
      'Size',
      'Hits',
    ]);
    const cache = await glance.client.get('/v2/cache');
    for (const [name, list] of Object.entries(cache)) {
      for (const one of Array.isArray(list) ? (list as Value[]) : [])
        // came as JSON
        table.addRow(name === 'cached_images' ? cachedRow(object(one)) : queuedRow(one));
    }
    glance.output.write(`${table.toString()}\n`);
  },
};

function cachedRow({ image_id, last_accessed, last_modified, size, hits }: Record<string, unknown>): Value[] {
  const accessed = Number(last_accessed);
  const times = [accessed === 0 ? 'N/A' : isoFormat(accessed), isoFormat(Number(last_modified))];
  return [String(image_id), 'cached', ...times, Number(size), Number(hits)];
}

function queuedRow(id: Value): Value[] {
  return [id, 'queued', 'N/A', 'N/A', 'N/A', 'N/A'];
}

/** `glance cache-queue` */
export const cacheQueue: Subcommand = {
  name: 'cache-queue',
  upstream: 'glanceclient.v2.shell.do_cache_queue',
  description: 'Have images put into the cache.',
  arguments: [images('IDs of the images to put there')],
  run: (glance, args) =>
    forEach(glance, args, 'PUT', {
      forbidden: (id) => `You are not permitted to queue the image '${id}' for caching.`,
      failed: (error, id) => `'${error}': Unable to queue image '${id}' for caching.`,
    }),
};

/** `glance cache-delete` */
export const cacheDelete: Subcommand = {
  name: 'cache-delete',
  upstream: 'glanceclient.v2.shell.do_cache_delete',
  description: 'Take images out of the cache and its queue.',
  arguments: [images('IDs of the images to take out')],
  run: (glance, args) =>
    forEach(glance, args, 'DELETE', {
      forbidden: (id) => `You are not permitted to delete the image '${id}' from cache.`,
      failed: (error, id) => `'${error}': Unable to delete image '${id}' from cache.`,
    }),
};

/** `glance cache-clear` */
export const cacheClear: Subcommand = {
  name: 'cache-clear',
  upstream: 'glanceclient.v2.shell.do_cache_clear',
  description: 'Empty the cache, its queue, or both.',
  arguments: [{ names: ['--target'], default: 'both', choices: TARGETS, help: 'Which of the two; both unless given' }],
  async run(glance, args) {
    const target = args.string('target') ?? 'both';
    await orSay(
      glance,
      async () => {
        await requireCache(glance);
        const headers = target === 'both' ? {} : { 'x-image-cache-clear-target': target };
        await glance.client.request('DELETE', '/v2/cache', { headers });
      },
      {
        forbidden: () => 'You are not permitted to delete image(s) from cache.',
        failed: (error) => `'${error}': Unable to delete image(s) from cache.`,
      },
    );
  },
}; // prettier-ignore

interface Words {
  forbidden(id: string): string;
  failed(error: string, id: string): string;
}

function requireCache(glance: Glance): Promise<void> {
  return requireVersion(glance, 'v2.14', 'Glance does not support image caching API (v2.14)');
}

async function forEach(glance: Glance, args: ParsedArgs, method: string, words: Words): Promise<void> {
  for (const id of args.list('id')) {
    await orSay(
      glance,
      async () => {
        await requireCache(glance);
        await glance.client.request(method, `/v2/cache/${id}`);
      },
      words,
      id,
    );
  }
}

async function orSay(glance: Glance, action: () => Promise<void>, words: Words, id = ''): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    glance.output.error(`${error.status === 403 ? words.forbidden(id) : words.failed(error.message, id)}\n`);
  }
}
