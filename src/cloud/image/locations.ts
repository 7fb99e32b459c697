import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { enforce, forbidden } from './policy';
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

/**
 * Locations are for services, and for data on the web where an administrator has switched that store on. By default
 * nobody gets any further than a refusal. Modelled on `add_location` and `get_locations` of `glance/api/v2/images.py`.
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
      validate({ add_location: await readJson(c.req.raw) }, LOCATION_SCHEMA);
      const { image, target } = repository.get(context, c.req.param('id') ?? '');
      if (image.status !== 'queued')
        throw new HTTPError(409, `It's not allowed to add locations if image status is ${image.status}.`);
      enforce('add_image_location', context, target);
      throw new HTTPError(403, 'http store must be enabled to use location API by normal user.');
    },
  });
}
