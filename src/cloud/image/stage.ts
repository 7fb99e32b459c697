import { HTTPError } from '../http/webob';
import { noContent, type ImageApi } from './app';
import { ImageData } from './data';
import { chunksOf, goneDuringUpload, IMAGE_SIZE_CAP } from './image-data';
import { enforce, type RequestContext } from './policy';
import { mediaType } from './request';
import type { ImageRecord } from './state';

/** PUT /v2/images/{id}/stage: data that wait for an import. Modelled on `stage` of `glance/api/v2/image_data.py`. */
export function mountStage(api: ImageApi): void {
  api.route('/v2/images/:id/stage', {
    PUT: async (c, context) => {
      await stage(c.req.param('id') ?? '', c.req.raw, context, api);
      return noContent();
    },
  });
}

async function stage(
  id: string,
  request: Request,
  context: RequestContext,
  { repository }: ImageApi,
): Promise<void> {
  if (mediaType(request) !== 'application/octet-stream') throw new HTTPError(415);
  const { image, target } = repository.get(context, id);
  enforce('modify_image', context, target);
  if (image.status !== 'queued') {
    throw new HTTPError(409, `Image status transition from ${image.status} to uploading is not allowed`);
  }
  image.status = 'uploading';
  repository.touch(image);
  const data = new ImageData();
  try {
    for await (const chunk of chunksOf(request)) {
      if (data.size + chunk.length > IMAGE_SIZE_CAP) throw new HTTPError(413);
      data.append(chunk);
    }
  } catch (error) {
    unstage(image);
    throw error;
  }
  if (!repository.has(image)) throw goneDuringUpload(id);
  repository.setData(id, data);
  image.size = data.size;
  repository.touch(image);
}

/** Back to where the staging started. */
function unstage(image: ImageRecord): void {
  image.status = 'queued';
  image.size = null;
}
