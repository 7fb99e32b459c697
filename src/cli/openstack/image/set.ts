/** SetImage and UnsetImage of openstackclient/image/v2/image.py. */
import type { Image, MemberStatus, PatchOperation } from '../../../client';
import { int, type ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { compareStrings } from '../../python';
import type { App } from '../app';
import type { PlainCommand } from '../command';
import { findProject } from '../identity/common';
import {
  CONTAINER_CHOICES,
  DISK_CHOICES,
  deadOption,
  projectDomain,
  properties,
  protectedOptions,
  visibilityOptions,
} from './options';
import { otherProperties, wireName } from './sdk-image';

/** `openstack image set` */
export const setImage: PlainCommand = {
  name: 'image set',
  upstream: 'openstackclient.image.v2.image.SetImage',
  kind: 'command',
  description: 'Change an image',
  arguments: [
    { names: ['image'], metavar: '<image>', help: 'Image to change (name or ID)' },
    { names: ['--name'], metavar: '<name>', help: 'New name' },
    {
      names: ['--min-disk'],
      type: int,
      metavar: '<disk-gb>',
      help: 'Disk that a server needs at least to boot it, in GB',
    },
    {
      names: ['--min-ram'],
      type: int,
      metavar: '<ram-mb>',
      help: 'Memory that a server needs at least to boot it, in MB',
    },
    {
      names: ['--container-format'],
      metavar: '<container-format>',
      choices: CONTAINER_CHOICES,
      help: `What is around the disk: ${CONTAINER_CHOICES.join(', ')}; before the upload only`,
    },
    {
      names: ['--disk-format'],
      metavar: '<disk-format>',
      choices: DISK_CHOICES,
      help: `Format of the disk: ${DISK_CHOICES.join(', ')}; before the upload only`,
    },
    ...protectedOptions,
    ...visibilityOptions,
    properties,
    {
      names: ['--tag'],
      dest: 'tags',
      metavar: '<tag>',
      action: 'append',
      help: 'Tag to add; repeat it for several',
    },
    { names: ['--architecture'], metavar: '<architecture>', help: 'Processor the system is made for' },
    { names: ['--instance-id'], metavar: '<instance-id>', help: 'ID of the server the image was made from' },
    { names: ['--instance-uuid'], metavar: '<instance-id>', dest: 'instance_id', hidden: true },
    { names: ['--kernel-id'], metavar: '<kernel-id>', help: 'ID of the image that holds the kernel' },
    { names: ['--os-distro'], metavar: '<os-distro>', help: 'Distribution of the system' },
    { names: ['--os-version'], metavar: '<os-version>', help: 'Version of that distribution' },
    { names: ['--ramdisk-id'], metavar: '<ramdisk-id>', help: 'ID of the image that holds the ramdisk' },
    {
      names: ['--deactivate'],
      action: 'store_true',
      exclusive: 'active',
      help: 'Refuse downloads of the image',
    },
    { names: ['--activate'], action: 'store_true', exclusive: 'active', help: 'Allow them again' },
    { names: ['--project'], metavar: '<project>', help: 'Project that shall own it (name or ID)' },
    projectDomain,
    deadOption('visibility', 'dead_visibility'),
    membership('accept', 'accepted', 'Take an image that was shared with your project'),
    membership('reject', 'rejected', 'Refuse an image that was shared with your project'),
    membership('pending', 'pending', 'Leave open whether to take it'),
    {
      names: ['--hidden'],
      dest: 'is_hidden',
      default: null,
      action: 'store_true',
      exclusive: 'hidden',
      help: 'Leave it out of lists',
    },
    {
      names: ['--unhidden'],
      dest: 'is_hidden',
      default: null,
      action: 'store_false',
      exclusive: 'hidden',
      help: 'Show it in lists again',
    },
  ],
  async run(app, args) {
    if (args.string('dead_visibility')) {
      throw new CommandError(
        'ERROR: --visibility was given, which is an Image v1 option that is no longer supported in Image v2',
      );
    }
    const client = app.connection.image;
    const image = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    const project = args.string('project');
    const owner = project ? await findProject(app, project, args.string('project_domain')) : undefined;
    if (args.flag('deactivate')) await client.deactivateImage(image.id);
    if (args.flag('activate')) await client.reactivateImage(image.id);
    await answerShare(app, args, image, owner);
    const operations = changes(args, image, owner);
    if (operations.length > 0) await client.patchImage(image.id, operations);
  },
};

function membership(name: string, status: MemberStatus, help: string) {
  return {
    names: [`--${name}`],
    action: 'store_const',
    const: status,
    dest: 'membership',
    exclusive: 'membership',
    help,
  } as const;
}

async function answerShare(
  app: App,
  args: ParsedArgs,
  image: Image,
  owner: string | undefined,
): Promise<void> {
  const status = args.string('membership');
  if (status === undefined) return;
  const project = owner ?? (await app.connection.session.getAccess()).projectId ?? '';
  await app.connection.image.updateMember(image.id, project, status as MemberStatus); // one of the three constants above
}

/** The SDK knows nothing of the image as it was, so it adds every field; sorted by path. */
function changes(args: ParsedArgs, image: Image, owner: string | undefined): PatchOperation[] {
  const fields: Record<string, unknown> = {};
  const text = [
    'architecture',
    'container_format',
    'disk_format',
    'kernel_id',
    'name',
    'os_distro',
    'os_version',
    'ramdisk_id',
    'visibility',
  ];
  for (const name of text) fields[name] = args.string(name);
  fields.instance_id = args.string('instance_id');
  fields.min_disk = args.number('min_disk');
  fields.min_ram = args.number('min_ram');
  fields.tags =
    args.list('tags').length > 0 ? [...new Set([...image.tags, ...args.list('tags')])] : undefined;
  for (const [name, value] of args.pairs('properties')) fields[wireName(name) ?? name] = value;
  fields.protected = args.choice('is_protected') ?? fields.protected;
  fields.owner = owner ?? fields.owner;
  fields.os_hidden = args.choice('is_hidden') ?? fields.os_hidden;
  return Object.keys(fields)
    .filter((name) => fields[name] !== undefined)
    .sort(compareStrings)
    .map((name) => ({ op: 'add', path: pointer(name), value: fields[name] }));
}

/** `openstack image unset` */
export const unsetImage: PlainCommand = {
  name: 'image unset',
  upstream: 'openstackclient.image.v2.image.UnsetImage',
  kind: 'command',
  description: 'Take tags and properties from an image',
  arguments: [
    { names: ['image'], metavar: '<image>', help: 'Image to change (name or ID)' },
    {
      names: ['--tag'],
      dest: 'tags',
      metavar: '<tag>',
      default: [],
      action: 'append',
      help: 'Tag to take away; repeat it for several',
    },
    {
      names: ['--property'],
      dest: 'properties',
      metavar: '<property-key>',
      default: [],
      action: 'append',
      help: 'Property to take away; repeat it for several',
    },
  ],
  async run(app, args) {
    const client = app.connection.image;
    const image = await client.findImage(args.string('image') ?? '', { ignoreMissing: false });
    const tags = args.list('tags');
    const names = args.list('properties');
    let tagFailures = 0;
    for (const tag of tags) {
      try {
        await client.removeTag(image.id, tag);
      } catch {
        app.log('error', `tag unset failed, '${tag}' is a nonexistent tag `);
        tagFailures++;
      }
    }
    const remove: PatchOperation[] = [];
    let propertyFailures = 0;
    for (const name of names) {
      const path = removable(image, name);
      if (path === undefined) {
        app.log('error', `property unset failed, '${name}' is a nonexistent property `);
        propertyFailures++;
      } else if (path !== '') remove.push({ op: 'remove', path });
    }
    if (remove.length > 0)
      await client.patchImage(
        image.id,
        remove.sort((a, b) => compareStrings(a.path, b.path)),
      );

    const failures = [
      tagFailures > 0 ? `Failed to unset ${tagFailures} of ${tags.length} tags` : '',
      propertyFailures > 0 ? `Failed to unset ${propertyFailures} of ${names.length} properties` : '',
    ].filter((sentence) => sentence !== '');
    if (failures.length > 0) throw new CommandError(`${failures.join(',')}.`);
  },
};

/** The path of what `name` stands for; empty when the SDK knows the name and the image has no such field. */
function removable(image: Image, name: string): string | undefined {
  const wire = wireName(name);
  if (wire !== undefined) return wire in image.properties || wire in image ? pointer(wire) : '';
  return name in otherProperties(image) ? pointer(name) : undefined;
}

/** A JSON pointer to a field (RFC 6901). */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
