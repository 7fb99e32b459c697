import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { DIGEST_SIZES } from './hash';
import { IMPORT_TASK, startTask } from './import-task';
import type { LocationInput } from './location-task';
import { enforce, forbidden, type RequestContext } from './policy';
import { readJson, rejectBody } from './request';
import { validate } from './validate';

const LOCATION_SCHEMA = {
  name: 'location',
  properties: {
    add_location: {
      type: 'object',
      description: 'Data that lie somewhere already',
      required: ['url'],
      properties: {
        url: { type: 'string', readOnly: true, description: 'Where the data lie' },
        validation_data: {
          description: 'Hashes that the data must have',
          type: 'object',
          writeOnly: true,
          additionalProperties: false,
          properties: {
            os_hash_algo: { type: 'string', maxLength: 64, enum: ['sha1', 'sha256', 'sha512', 'md5'] },
            os_hash_value: { type: 'string', maxLength: 128 },
          },
          dependentRequired: { os_hash_value: ['os_hash_algo'], os_hash_algo: ['os_hash_value'] },
        },
      },
    },
  },
};

interface LocationBody {
  url: string;
  validation_data?: LocationInput['validation_data'];
}

/**
 * Locations are for services; what anybody may add is data on the web, for the web store.
 * Modelled on `add_location` and `get_locations` of `glance/api/v2/images.py`.
 */
export function mountLocations(api: ImageApi): void {
  const { repository } = api;
  api.route('/v2/images/:id/locations', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      const { target } = repository.get(context, c.req.param('id') ?? '');
      enforce('get_image', context, target);
      throw forbidden('fetch_image_location');
    },
    POST: async (c, context) => {
      const body = await readJson(c.req.raw);
      validate({ add_location: body }, LOCATION_SCHEMA);
      // the schema has looked
      start(c.req.param('id') ?? '', body as LocationBody, context, api);
      const headers = { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': '0' };
      return new Response(null, { status: 202, headers });
    },
  });
}

function start(id: string, body: LocationBody, context: RequestContext, api: ImageApi): void {
  const { repository } = api;
  const { image, target } = repository.get(context, id);
  if (image.status !== 'queued')
    throw new HTTPError(409, `It's not allowed to add locations if image status is ${image.status}.`);
  enforce('add_image_location', context, target);
  if (!body.url.startsWith('http'))
    throw new HTTPError(403, 'http store must be enabled to use location API by normal user.');
  const validation = body.validation_data ?? {};
  enforceHash(validation);
  if (IMPORT_TASK in image.properties) throw new HTTPError(409, 'Image has active task');
  const input: LocationInput = { image_id: id, loc_url: body.url, validation_data: validation };
  startTask('location_import', image, input, context, api);
}

function enforceHash({
  os_hash_algo: algorithm,
  os_hash_value: value,
}: LocationInput['validation_data']): void {
  if (algorithm === undefined || value === undefined) return;
  if (!/^(\s*[0-9a-f]{2})*\s*$/i.test(value))
    throw new HTTPError(400, `os_hash_value (${value}) is not a valid hexadecimal value`);
  const size = DIGEST_SIZES[algorithm];
  if (value.replace(/\s/g, '').length !== 2 * size) {
    throw new HTTPError(
      400,
      `os_hash_value: (${value}) is not the correct size for (${algorithm}) (should be (${size}) bytes)`,
    );
  }
}
