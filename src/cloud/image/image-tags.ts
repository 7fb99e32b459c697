import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { noContent } from './app';
import { tagLimitMessage, TAG_QUOTA } from './images';
import { enforce } from './policy';
import { rejectBody } from './request';
import { validateImage } from './validate-image';

/** One tag of an image. Modelled on `glance/api/v2/image_tags.py`. */
export function mountImageTags(api: ImageApi): void {
  const { repository } = api;
  api.route('/v2/images/:id/tags/:tag', {
    PUT: async (c, context) => {
      await rejectBody(c.req.raw);
      const { id = '', tag = '' } = c.req.param();
      validateImage({ tags: [tag] });
      const { image, target } = repository.get(context, id, `Image ${id} not found.`);
      enforce('modify_image', context, target);
      if (!image.tags.includes(tag)) {
        const attempted = image.tags.length + 1;
        if (attempted > TAG_QUOTA)
          throw new HTTPError(
            413,
            `Image tag limit exceeded for image ${id}: ${tagLimitMessage(attempted)}:`,
          );
        image.tags = [...image.tags, tag].sort();
      }
      repository.touch(image);
      return noContent();
    },
    DELETE: async (c, context) => {
      await rejectBody(c.req.raw);
      const { id = '', tag = '' } = c.req.param();
      const { image, target } = repository.get(context, id, `Image ${id} not found.`);
      enforce('modify_image', context, target);
      if (!image.tags.includes(tag)) throw new HTTPError(404);
      image.tags = image.tags.filter((candidate) => candidate !== tag);
      repository.touch(image);
      return noContent();
    },
  });
}
