/** Images of servers: openstackclient/compute/v2/server_image.py and server_backup.py. */
import { CommandError } from '../../errors';
import type { App } from '../app';
import { sortedFields, type ShowOneCommand } from '../command';
import { formatImage } from '../image/sdk-image';
import { compute, image } from './client';
import { num, opt, property, server, wait } from './options';
import { waitForStatus } from './wait';

/** `openstack server image create` */
export const createServerImage: ShowOneCommand = {
  name: 'server image create',
  upstream: 'openstackclient.compute.v2.server_image.CreateServerImage',
  kind: 'show',
  description: "Make an image of a server's disk",
  arguments: [
    server('Server to make it of (name or ID)'),
    opt('name', 'Name of the new image (default: as the server)', 'image-name'),
    property('Property to set on the image'),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const images = await image(app);
    const name = args.string('server') ?? '';
    const one = await client.findServer(name, { ignoreMissing: false });
    const properties = args.pairs('properties');
    const id = await client.createServerImage(
      one.id,
      args.string('name') || one.name,
      properties.length > 0 ? Object.fromEntries(properties) : undefined,
    );
    await images.findImage(id); // as the SDK does
    if (args.flag('wait')) {
      if (!(await waitForStatus(app, () => images.getImage(id)))) {
        app.log('error', `Error creating server image: ${name}`);
        throw new CommandError('');
      }
      app.output.write('\n');
    }
    return sortedFields(formatImage(await images.findImage(id, { ignoreMissing: false })));
  },
};

/** `openstack server backup create` */
export const createServerBackup: ShowOneCommand = {
  name: 'server backup create',
  upstream: 'openstackclient.compute.v2.server_backup.CreateServerBackup',
  kind: 'show',
  description: "Make an image of a server's disk, and delete older ones",
  arguments: [
    server('Server to back up (name or ID)'),
    opt('name', 'Name of the new image (default: as the server)', 'image-name'),
    opt('type', 'What kind of backup it is called, such as daily (default: none)', 'backup-type'),
    num('rotate', 'So many backups of this kind to keep (default: 1)', 'count'),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const one = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const name = args.string('name') ?? one.name;
    await client.act(one.id, {
      createBackup: { name, backup_type: args.string('type') ?? '', rotation: args.number('rotate') ?? 1 },
    });
    const images = await image(app);
    const made = await images.findImage(name, { ignoreMissing: false });
    if (args.flag('wait')) {
      const show = (to: App, progress: unknown): void => {
        if (progress) to.output.error(`\rProgress: ${String(progress)}`);
      };
      if (!(await waitForStatus(app, () => images.getImage(made.id), ['active'], show)))
        throw new CommandError(`Error creating server backup: ${args.string('name') ?? 'None'}`);
      app.output.write('\n');
    }
    return sortedFields(formatImage(made));
  },
};
