/** SetVolume and UnsetVolume of openstackclient/volume/v3/volume.py. */
import { int } from '../../arguments';
import { CommandError } from '../../errors';
import type { PlainCommand } from '../command';
import { atLeast, cinder, findResource, managers } from './cinder';
import { attempts, flags, properties } from './options';

const STATES = [
  'available', 'error', 'creating', 'deleting', 'in-use', 'attaching', 'detaching', 'error_deleting', 'maintenance',
]; // prettier-ignore

/** `openstack volume set` */
export const setVolume: PlainCommand = {
  name: 'volume set',
  upstream: 'openstackclient.volume.v3.volume.SetVolume',
  kind: 'command',
  description: 'Change a volume',
  arguments: [
    { names: ['volume'], metavar: '<volume>', help: 'Volume to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    { names: ['--size'], metavar: '<size>', type: int, help: 'New size in GB; it can only grow' },
    { names: ['--description'], metavar: '<description>', help: 'New description' },
    { names: ['--no-property'], dest: 'no_property', action: 'store_true', help: 'Remove all properties, before --property sets new ones' },
    properties('Property to set on the volume; repeat it for several'),
    properties('Property of its image to set on the volume; repeat it for several', '--image-property'),
    { names: ['--state'], metavar: '<state>', choices: STATES, help: `State to write into the database, whatever the truth is (administrators only): ${STATES.join(', ')}` },
    { names: ['--attached'], action: 'store_true', exclusive: 'attached', help: 'Write into the database that a server uses it (administrators only)' },
    { names: ['--detached'], action: 'store_true', exclusive: 'attached', help: 'Write into the database that no server uses it (administrators only)' },
    { names: ['--type'], metavar: '<volume-type>', help: 'New type (name or ID)' },
    { names: ['--retype-policy'], metavar: '<retype-policy>', choices: ['never', 'on-demand'], hidden: true },
    { names: ['--migration-policy'], metavar: '<migration-policy>', choices: ['never', 'on-demand'], help: 'With --type: whether it may move to another back end: never (default) or on-demand' },
    ...flags,
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const { volumes, types } = managers(client);
    const volume = await findResource(volumes, args.string('volume') ?? '');
    const { id } = volume;
    const tries = attempts(app);
    const failed =
      (what: string) =>
      (why: string): string =>
        `Failed to ${what}: ${why}`;
    if (args.string('retype_policy')) {
      app.log(
        'warning',
        "The '--retype-policy' option has been deprecated in favor of '--migration-policy' option. The '--retype-policy' option will be removed in a future release. Please use '--migration-policy' instead.",
      );
    }
    const size = args.number('size');
    if (size) {
      await tries.attempt(failed('set volume size'), async () => {
        if (size <= volume.size) throw new CommandError(`New size must be greater than ${volume.size} GB`);
        if (volume.status !== 'available' && !atLeast(app, 42)) {
          throw new CommandError(
            `Volume is in ${volume.status} state, it must be available before size can be extended`,
          );
        }
        await client.extendVolume(id, size);
      });
    }
    if (args.flag('no_property')) {
      await tries.attempt(failed('clean volume properties'), async () => {
        for (const key of Object.keys(volume.metadata)) await client.deleteVolumeMetadata(id, key);
      });
    }
    const metadata = Object.fromEntries(args.pairs('property'));
    if (Object.keys(metadata).length > 0)
      await tries.attempt(failed('set volume property'), () => client.setVolumeMetadata(id, metadata));
    const image = Object.fromEntries(args.pairs('image_property'));
    if (Object.keys(image).length > 0)
      await tries.attempt(failed('set image property'), () => client.setVolumeImageMetadata(id, image));
    const state = args.string('state');
    if (state)
      await tries.attempt(failed('set volume state'), () =>
        client.volumeAction(id, 'os-reset_status', { status: state }),
      );
    for (const option of ['attached', 'detached'])
      if (args.flag(option))
        await tries.attempt(failed('set volume attach-status'), () =>
          client.volumeAction(id, 'os-reset_status', { attach_status: option }),
        );
    if (args.flag('bootable') || args.flag('non_bootable'))
      await tries.attempt(failed('set volume bootable property'), () =>
        client.setVolumeBootable(id, args.flag('bootable')),
      );
    if (args.flag('read_only') || args.flag('read_write'))
      await tries.attempt(failed('set volume read-only access mode flag'), () =>
        client.setVolumeReadonly(id, args.flag('read_only')),
      );
    const policy = args.string('migration_policy') ?? args.string('retype_policy');
    const type = args.string('type');
    if (type) {
      await tries.attempt(failed('set volume type'), async () => {
        const new_type = (await findResource(types, type)).id;
        await client.volumeAction(id, 'os-retype', { new_type, migration_policy: policy ?? 'never' });
      });
    } else if (policy) {
      const option = args.string('migration_policy') ? '--migration-policy' : '--retype-policy';
      app.log('warning', `'${option}' option will not work without '--type' option`);
    }
    const [name, description] = [args.string('name'), args.string('description')];
    if (name || description) {
      const changes = {
        ...(name && { display_name: name }),
        ...(description && { display_description: description }),
      };
      await tries.attempt(failed('update volume display name or display description'), () =>
        client.updateVolume(id, changes),
      );
    }
    if (tries.failed > 0) throw new CommandError('One or more of the set operations failed');
  },
};

/** `openstack volume unset` */
export const unsetVolume: PlainCommand = {
  name: 'volume unset',
  upstream: 'openstackclient.volume.v3.volume.UnsetVolume',
  kind: 'command',
  description: 'Remove properties of a volume',
  arguments: [
    { names: ['volume'], metavar: '<volume>', help: 'Volume to change (name or ID)' },
    { names: ['--property'], metavar: '<key>', action: 'append', help: 'Property to remove; repeat it for several' },
    { names: ['--image-property'], metavar: '<key>', action: 'append', help: 'Property of its image to remove; repeat it for several' },
  ], // prettier-ignore
  async run(app, args) {
    const client = cinder(app);
    const { id } = await findResource(managers(client).volumes, args.string('volume') ?? '');
    const tries = attempts(app);
    const keys = args.list('property');
    if (keys.length > 0) {
      await tries.attempt(
        (why) => `Failed to unset volume property: ${why}`,
        async () => {
          for (const key of keys) await client.deleteVolumeMetadata(id, key);
        },
      );
    }
    const imageKeys = args.list('image_property');
    if (imageKeys.length > 0) {
      await tries.attempt(
        (why) => `Failed to unset image property: ${why}`,
        async () => {
          for (const key of imageKeys) await client.deleteVolumeImageMetadata(id, key);
        },
      );
    }
    if (tries.failed > 0) throw new CommandError('One or more of the unset operations failed');
  },
};
