import { HTTPError } from '../http/webob';
import { noContent, type ImageApi } from './app';
import { allows, enforce } from './policy';
import { rejectBody } from './request';
import { STORES } from './state';

/** Takes an image out of one of its stores. Modelled on `delete_from_store` of `glance/api/v2/images.py`. */
export function mountStores(api: ImageApi): void {
  const { repository } = api;
  api.route('/v2/stores/:store/:id', {
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { store = '', id = '' } = c.req.param();
      if (!STORES.some((candidate) => candidate.id === store))
        throw new HTTPError(409, `The selected store ${store} is not available on this node.`);
      const { image, target } = repository.get(context, id, `Failed to find image ${id}`);
      enforce('get_image_location', context, target);
      if (!allows('delete_image_location', context, target))
        enforce('delete_image_location', context, target);
      if (image.status !== 'active') {
        throw new HTTPError(
          409,
          "It's not allowed to remove image data from store if image status is not 'active'",
        );
      }
      if (image.stores.length === 1) {
        throw new HTTPError(
          403,
          'Cannot delete image data from the only store containing it. Consider deleting the image instead.',
        );
      }
      if (!image.stores.includes(store))
        throw new HTTPError(404, `Image ${id} is not stored in store ${store}.`);
      image.stores = image.stores.filter((candidate) => candidate !== store);
      repository.touch(image);
      return noContent();
    },
  });
}
