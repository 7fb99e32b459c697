/** Options that glanceclient builds from the schema of images: glanceclient/v2/image_schema.py. */
import { int, type ArgumentSpec } from '../../arguments';
import { boolFromString, strictBool } from '../options';

const text = (name: string, help: string): ArgumentSpec => ({
  names: [`--${name.replaceAll('_', '-')}`],
  metavar: `<${name.toUpperCase()}>`,
  help,
});
const number = (name: string, help: string): ArgumentSpec => ({ ...text(name, help), type: int });

/** In the order in which the client has them, which is not the schema's. */
const FIELDS: readonly ArgumentSpec[] = [
  text('architecture', 'Processor the system is made for'),
  {
    names: ['--protected'],
    metavar: '[True|False]',
    type: strictBool,
    help: 'Whether nobody may delete the image',
  },
  text('name', 'Name of the image'),
  text('instance_uuid', 'ID of the server the image was made from; for information only'),
  number('min_disk', 'Disk that a server needs at least to boot it, in GB'),
  text('visibility', 'Who can use it: public, private, community or shared'),
  text('kernel_id', 'ID of the image that holds the kernel'),
  { names: ['--tags'], metavar: '<TAGS>', nargs: '+', help: 'Tags, one or more' },
  text('os_version', 'Version of the distribution'),
  text('disk_format', 'Format of the disk: ami, ari, aki, vhd, vhdx, vmdk, raw, qcow2, vdi, iso, ploop'),
  text('os_distro', 'Distribution of the system'),
  text('id', 'ID to give it, a UUID'),
  text('owner', 'ID of the project that owns it'),
  text('ramdisk_id', 'ID of the image that holds the ramdisk'),
  number('min_ram', 'Memory that a server needs at least to boot it, in MB'),
  text('container_format', 'What is around the disk: ami, ari, aki, bare, ovf, ova, docker'),
];

const hidden: ArgumentSpec = {
  names: ['--hidden'],
  type: boolFromString,
  metavar: '[True|False]',
  dest: 'os_hidden',
  help: 'Whether lists leave the image out',
};
const property: ArgumentSpec = {
  names: ['--property'],
  metavar: '<key=value>',
  action: 'append',
  default: [],
  help: 'Any other property; repeat it for several',
};

/** Options of image-create that describe the image. */
export const createOptions: readonly ArgumentSpec[] = [...FIELDS, hidden, property];

/** The same for image-update: the ID stands as an argument, tags have commands of their own. */
export const updateOptions: readonly ArgumentSpec[] = [
  ...FIELDS.filter(({ names: [name] }) => name !== '--id' && name !== '--tags'),
  hidden,
  property,
  {
    names: ['--remove-property'],
    metavar: 'key',
    action: 'append',
    default: [],
    help: 'Property to take away; repeat it for several',
  },
];

export const imageId: ArgumentSpec = { names: ['id'], metavar: '<IMAGE_ID>', help: 'ID of the image' };
export const file: ArgumentSpec = {
  names: ['--file'],
  metavar: '<FILE>',
  help: 'File with the data; without it, standard input',
};
export const progress: ArgumentSpec = {
  names: ['--progress'],
  action: 'store_true',
  help: 'Show how far it is.',
};
export const store: ArgumentSpec = {
  names: ['--store'],
  metavar: '<STORE>',
  env: 'OS_IMAGE_STORE',
  help: 'Store to put the data in, on clouds with several (OS_IMAGE_STORE)',
};
