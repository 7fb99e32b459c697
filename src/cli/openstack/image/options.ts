/** Options that several image commands share. */
import type { ArgumentSpec } from '../../arguments';

export const CONTAINER_CHOICES = ['ami', 'ari', 'aki', 'bare', 'docker', 'ova', 'ovf'];
export const DISK_CHOICES = [
  'ami',
  'ari',
  'aki',
  'vhd',
  'vmdk',
  'raw',
  'qcow2',
  'vhdx',
  'vdi',
  'iso',
  'ploop',
];

export const protectedOptions: readonly ArgumentSpec[] = [
  {
    names: ['--protected'],
    action: 'store_true',
    dest: 'is_protected',
    default: null,
    exclusive: 'protected',
    help: 'Let nobody delete the image until this is taken back',
  },
  {
    names: ['--unprotected'],
    action: 'store_false',
    dest: 'is_protected',
    default: null,
    exclusive: 'protected',
    help: 'Let the image be deleted (default)',
  },
];

export const visibilityOptions: readonly ArgumentSpec[] = [
  visibility('public', 'Everybody in the cloud sees and uses the image; administrators may set this'),
  visibility('private', 'Only the project that owns the image sees and uses it'),
  visibility('community', 'Everybody can use the image, but only its owner finds it in lists'),
  visibility('shared', 'The owner and the projects it is shared with use the image (default)'),
];

function visibility(name: string, help: string): ArgumentSpec {
  return {
    names: [`--${name}`],
    action: 'store_const',
    const: name,
    dest: 'visibility',
    exclusive: 'visibility',
    help,
  };
}

export const projectDomain: ArgumentSpec = {
  names: ['--project-domain'],
  metavar: '<project-domain>',
  help: 'Domain of the project (name or ID), where several projects have that name',
};

export const properties: ArgumentSpec = {
  names: ['--property'],
  dest: 'properties',
  metavar: '<key=value>',
  action: 'key_value',
  help: 'Property to set; repeat it for several',
};

/** An option of Image v1 that is still taken, only to be refused with a sentence. */
export function deadOption(name: string, dest = name.replaceAll('-', '_')): ArgumentSpec {
  return { names: [`--${name}`], metavar: `<${name}>`, dest, hidden: true };
}
