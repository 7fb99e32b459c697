/** RebuildServer and EvacuateServer of openstackclient/compute/v2/server.py. */
import type { Server, ServerRebuild } from '../../../client';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { App } from '../app';
import type { ShowOneCommand } from '../command';
import { compute, image, need, needFor } from './client';
import { flag, opt, pair, property, server, wait } from './options';
import { SERVER } from './sdk';
import { userData } from './server-create';
import { refreshed, serverDetail } from './server-detail';
import { waitForStatus } from './wait';

const upstream = 'openstackclient.compute.v2.server';

/** `openstack server rebuild` */
export const rebuildServer: ShowOneCommand = {
  name: 'server rebuild',
  upstream: `${upstream}.RebuildServer`,
  kind: 'show',
  description: 'Put a fresh disk of an image under a server',
  arguments: [
    server('Server to rebuild (name or ID)'),
    opt('image', 'Image to take (name or ID; default: the one it has)'),
    opt('name', 'New name'),
    opt('password', 'New password of its administrator'),
    property('Property to have, instead of those it has'),
    opt('description', 'New description'),
    ...pair(
      'preserve_ephemeral',
      ['preserve-ephemeral', 'Keep its other disk as it is'],
      ['no-preserve-ephemeral', 'Empty its other disk too'],
      { exclusive: 'ephemeral' },
    ),
    opt('key-name', 'Key pair whose public key it gets', 'key-name', { exclusive: 'key' }),
    flag('no-key-name', 'Have no key pair any more', { exclusive: 'key' }),
    flag('key-unset', '', { dest: 'no_key_name', exclusive: 'key', hidden: true }),
    opt('user-data', 'File for cloud-init', 'user-data', { exclusive: 'data' }),
    flag('no-user-data', 'Have no data for cloud-init any more', { exclusive: 'data' }),
    opt(
      'trusted-image-cert',
      'Certificate that may have signed the image; repeat it for several',
      'trusted-cert-id',
      {
        action: 'append',
        dest: 'trusted_image_certs',
        exclusive: 'certs',
      },
    ),
    flag('no-trusted-image-certs', 'Trust no certificate any more', { exclusive: 'certs' }),
    opt('hostname', 'New host name, as the metadata service tells it'),
    ...pair(
      'reimage_boot_volume',
      ['reimage-boot-volume', 'Write the image over the volume that it boots from'],
      ['no-reimage-boot-volume', 'Leave that volume as it is'],
    ),
    wait,
  ],
  async run(app, args) {
    const client = compute(app);
    const images = await image(app);
    const one = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    const name = args.string('image');
    const fromVolume = one.image === '' || !one.image.id;
    if (!name && fromVolume)
      throw new CommandError('The --image option is required when rebuilding a volume-backed server');
    const { id: imageRef } = name
      ? await images.findImage(name, { ignoreMissing: false })
      : await images.getImage(one.image === '' ? '' : one.image.id);
    const changes = await rebuild(app, args);
    await checkVolume(app, args, fromVolume);
    const rebuilt = await client.rebuildServer(one.id, { imageRef, ...changes, ...statusOf(one) });
    if (args.flag('wait')) {
      const success = [one.status === 'SHUTOFF' ? 'shutoff' : 'active'];
      if (!(await waitForStatus(app, () => client.getServer(one.id), success)))
        throw new CommandError(`Error rebuilding server: ${one.id}`);
      app.output.write('Complete\n');
    }
    return serverDetail(app, SERVER({ ...one, ...rebuilt }));
  },
};

async function checkVolume(app: App, args: ParsedArgs, fromVolume: boolean): Promise<void> {
  const modern = await compute(app).supports('2.93');
  if (args.choice('reimage_boot_volume')) return needFor(app, '2.93', '--reimage-boot-volume');
  if (!fromVolume) return;
  if (modern) throw new CommandError('--reimage-boot-volume is required to rebuild a volume-backed server');
  app.log(
    'warning',
    'Attempting to rebuild a volume-backed server using --os-compute-api-version 2.92 or earlier, which will only succeed if the image is identical to the one initially used. This will be an error in a future release.',
  );
}

/** Nothing, for a server that can be rebuilt. */
function statusOf({ status }: Server): object {
  if (['SHUTOFF', 'ERROR', 'ACTIVE'].includes(status)) return {};
  throw new CommandError('The server status is not ACTIVE, SHUTOFF or ERROR.');
}

async function rebuild(app: App, args: ParsedArgs): Promise<Omit<ServerRebuild, 'imageRef'>> {
  const changes: Omit<ServerRebuild, 'imageRef'> = {};
  const [name, password] = [args.string('name'), args.string('password')];
  const preserve = args.choice('preserve_ephemeral');
  if (preserve !== undefined) changes.preserve_ephemeral = preserve;
  if (name !== undefined) changes.name = name;
  if (password !== undefined) changes.adminPass = password;
  const properties = args.pairs('properties');
  if (properties.length > 0) changes.metadata = Object.fromEntries(properties);
  const [description, key, hostname] = ['description', 'key_name', 'hostname'].map((dest) =>
    args.string(dest),
  );
  if (description) {
    await needFor(app, '2.19', '--description');
    changes.description = description;
  }
  if (key) {
    await needFor(app, '2.54', '--key-name');
    changes.key_name = key;
  } else if (args.flag('no_key_name')) {
    await needFor(app, '2.54', '--no-key-name');
    changes.key_name = null;
  }
  if (args.string('user_data')) {
    await needFor(app, '2.54', '--user-data');
    changes.user_data = (await userData(app, args.string('user_data'))) ?? null;
  } else if (args.flag('no_user_data')) {
    await needFor(app, '2.54', '--no-user-data');
    changes.user_data = null;
  }
  const certs = args.list('trusted_image_certs');
  if (certs.length > 0) {
    await needFor(app, '2.63', '--trusted-certs');
    changes.trusted_image_certificates = certs;
  } else if (args.flag('no_trusted_image_certs')) {
    await needFor(app, '2.63', '--no-trusted-certs');
    changes.trusted_image_certificates = null;
  }
  if (hostname) {
    await needFor(app, '2.90', '--hostname');
    changes.hostname = hostname;
  }
  return changes;
}

/** `openstack server evacuate` */
export const evacuateServer: ShowOneCommand = {
  name: 'server evacuate',
  upstream: `${upstream}.EvacuateServer`,
  kind: 'show',
  description: 'Build a server again on another host, after its own has failed; administrators may do this',
  arguments: [
    server(),
    wait,
    opt('host', 'Host to build it on', 'host', { default: null }),
    opt('password', 'New password of its administrator', 'password', { default: null, exclusive: 'how' }),
    flag('shared-storage', 'Its disk is on storage that hosts share; before 2.14', {
      default: false,
      exclusive: 'how',
    }),
  ],
  async run(app, args) {
    const client = compute(app);
    await image(app);
    const [host, password] = [args.string('host'), args.string('password')];
    if (host)
      await need(
        app,
        '2.29',
        '--os-compute-api-version 2.29 or later is required to specify a preferred host.',
      );
    const modern = await client.supports('2.14');
    if (args.flag('shared_storage') && modern)
      throw new CommandError(
        '--os-compute-api-version 2.13 or earlier is required to specify shared-storage.',
      );
    const { id, ...one } = await client.findServer(args.string('server') ?? '', { ignoreMissing: false });
    await client.act(id, {
      evacuate: {
        ...(host !== undefined && { host }),
        ...(password !== undefined && { adminPass: password }),
        ...(!modern && { onSharedStorage: args.flag('shared_storage') }),
      },
    });
    if (args.flag('wait')) {
      if (!(await waitForStatus(app, () => client.getServer(id))))
        throw new CommandError(`Error evacuating server: ${id}`);
      app.output.write('Complete\n');
    }
    return serverDetail(app, refreshed(SERVER({ id, ...one }), await client.getServer(id)));
  },
};
