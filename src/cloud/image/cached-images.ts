import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { allows, forbidden, type PolicyName, type RequestContext } from './policy';
import { rejectBody } from './request';

/** The cache is off, as it is by default; these routes say so. Modelled on `glance/api/v2/cached_images.py`. */
export function mountCachedImages(api: ImageApi): void {
  const { repository } = api;

  api.route('/v2/cache', {
    GET: async (c, context) => {
      await rejectBody(c.req.raw);
      return refuse('cache_list', context);
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      return refuse('cache_delete', context);
    },
  });
  api.route('/v2/cache/:id', {
    PUT: async (c, context) => {
      await rejectBody(c.req.raw);
      const id = c.req.param('id') ?? '';
      repository.get(context, id, `Image ${id} not found.`);
      return refuse('cache_image', context);
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      // without a cache Glance stumbles over an image that it does not know
      if (repository.find(context, c.req.param('id') ?? '') === undefined) throw new HTTPError(500);
      return refuse('cache_delete', context);
    },
  });

  function refuse(rule: PolicyName, context: RequestContext): never {
    if (!allows(rule, context, { owner: null, visibility: 'private' })) throw forbidden(rule);
    throw new HTTPError(404, 'Caching via API is not supported at this site.');
  }
}
