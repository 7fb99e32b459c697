/** image-deactivate and image-reactivate of glanceclient/v2/shell.py. */
import type { Subcommand } from '../command';
import { imageId } from './options';

/** `glance image-deactivate` */
export const imageDeactivate: Subcommand = {
  name: 'image-deactivate',
  upstream: 'glanceclient.v2.shell.do_image_deactivate',
  description: 'Refuse downloads of an image.',
  arguments: [imageId],
  async run(glance, args) {
    await glance.client.request('POST', `/v2/images/${args.string('id') ?? ''}/actions/deactivate`);
  },
};

/** `glance image-reactivate` */
export const imageReactivate: Subcommand = {
  name: 'image-reactivate',
  upstream: 'glanceclient.v2.shell.do_image_reactivate',
  description: 'Allow downloads of an image again.',
  arguments: [imageId],
  async run(glance, args) {
    await glance.client.request('POST', `/v2/images/${args.string('id') ?? ''}/actions/reactivate`);
  },
};
