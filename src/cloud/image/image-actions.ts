import { HTTPError } from '../http/webob';
import type { ImageApi } from './app';
import { noContent } from './app';
import { enforce } from './policy';
import { rejectBody } from './request';

/** Deactivate and reactivate. Modelled on `glance/api/v2/image_actions.py`. */
export function mountImageActions(api: ImageApi): void {
  const { repository } = api;
  const actions = [
    { name: 'deactivate', from: 'active', to: 'deactivated' },
    { name: 'reactivate', from: 'deactivated', to: 'active' },
  ] as const;
  for (const { name, from, to } of actions) {
    api.route(`/v2/images/:id/actions/${name}`, {
      POST: async (c, context) => {
        await rejectBody(c.req.raw);
        const { image, target } = repository.get(context, c.req.param('id') ?? '');
        enforce(name, context, target);
        if (image.status === from) {
          image.status = to;
          repository.touch(image);
        } else if (image.status !== to) {
          throw new HTTPError(403, `Not allowed to ${name} image in status '${image.status}'`);
        }
        return noContent();
      },
    });
  }
}
