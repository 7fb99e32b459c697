import type { ImageApi } from './app';
import { json, jsonText, noContent } from './app';
import { dumps } from '../http/python-json';
import { HTTPError } from '../http/webob';
import { downloadImageData, uploadImageData } from './image-data';
import { createImage, deleteImage, updateImage } from './images';
import { listImages } from './list';
import { parsePatch, PATCH_TYPES } from './patch';
import { allows, enforce, forbidden } from './policy';
import { parseListQuery } from './query';
import { mediaType, readJson, rejectBody } from './request';
import { IMAGE_SCHEMA, IMAGES_SCHEMA, MEMBER_SCHEMA, MEMBERS_SCHEMA } from './schema';
import { TASK_SCHEMA, TASKS_SCHEMA } from './schema-task';
import { IMPORT_METHODS, STORES, type ImageRecord } from './state';
import { imageJson } from './view';

/** Glance names its two inner stores here, too. */
const STORE_IDS = [...STORES.map(({ id }) => id), 'os_glance_staging_store', 'os_glance_tasks_store'];

/** The routes below /v2/images that are about the records and their data, and the schemas. */
export function mountImageRoutes(api: ImageApi): void {
  const { repository } = api;

  api.route('/v2/images', {
    GET: (c, context) => {
      const { searchParams } = new URL(c.req.url);
      const query = parseListQuery(searchParams);
      if (!allows('get_images', context, { owner: context.projectId, visibility: 'private' }))
        throw forbidden('get_images');
      const found = listImages(repository, context, query);
      const images = found.filter((image) => repository.mayGet(context, image));
      const params = new URLSearchParams(searchParams);
      params.delete('marker');
      const pairs = [...new Map(params)];
      const last = images.at(-1);
      const next =
        last !== undefined && found.length === query.limit
          ? { next: collectionUrl([...pairs, ['marker', last.id]]) }
          : {};
      const rest = dumps(
        { first: collectionUrl(pairs), schema: '/v2/schemas/images', ...next },
        { ensureAscii: false },
      );
      const texts = images.map((image) => imageJson(image, context));
      return jsonText(`{"images": [${texts.join(', ')}], ${rest.slice(1)}`);
    },
    POST: async (c, context) => {
      const body = await readJson(c.req.raw);
      if (Array.isArray(body)) throw new HTTPError(400, 'Request body must be a JSON object.');
      // an object that came out of JSON.parse
      const image = createImage(body as Record<string, unknown>, context, repository, api.ids);
      const response = jsonText(imageJson(image, context), {
        status: 201,
        headers: {
          Location: `${api.baseUrl}/image/v2/images/${image.id}`,
          'OpenStack-image-import-methods': IMPORT_METHODS.join(','),
          'OpenStack-image-store-ids': STORE_IDS.join(','),
        },
      });
      normalize(image);
      return response;
    },
  });

  api.route('/v2/images/:id', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { image, target } = repository.get(context, c.req.param('id') ?? '');
      enforce('get_image', context, target);
      return jsonText(imageJson(image, context));
    },
    PATCH: async (c, context) => {
      const draft = PATCH_TYPES[mediaType(c.req.raw)];
      if (draft === undefined) {
        throw new HTTPError(415, undefined, {
          headers: { 'Accept-Patch': Object.keys(PATCH_TYPES).join(', ') },
        });
      }
      const changes = parsePatch(await readJson(c.req.raw), draft);
      const image = updateImage(c.req.param('id') ?? '', changes, context, repository);
      const response = jsonText(imageJson(image, context));
      normalize(image);
      return response;
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      deleteImage(c.req.param('id') ?? '', context, repository);
      return noContent();
    },
  });

  api.route('/v2/images/:id/file', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      return downloadImageData(c.req.param('id') ?? '', c.req.raw, context, repository);
    },
    PUT: async (c, context) => {
      await uploadImageData(c.req.param('id') ?? '', c.req.raw, context, repository);
      return noContent();
    },
  });

  const schemas = [IMAGE_SCHEMA, IMAGES_SCHEMA, MEMBER_SCHEMA, MEMBERS_SCHEMA, TASK_SCHEMA, TASKS_SCHEMA];
  for (const schema of schemas) {
    api.route(`/v2/schemas/${schema.name}`, { GET: () => json(schema, { ensureAscii: true }) });
  }
}

/** The database gives properties back in the order of their names. Tags have no order; ours are sorted. */
function normalize(image: ImageRecord): void {
  image.properties = Object.fromEntries(
    Object.entries(image.properties).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  image.tags.sort();
}

function collectionUrl(pairs: [string, string][]): string {
  const query = new URLSearchParams(pairs).toString();
  return query === '' ? '/v2/images' : `/v2/images?${query}`;
}
