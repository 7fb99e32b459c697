/** The services of a real cloud that a page's commands reach, and what of them is only a stand-in there. */
import type { Block } from '../transcript/transcript';

/** By service: the words behind `openstack`, or the program, that lead to it. */
const COMMANDS: Readonly<Record<string, RegExp>> = {
  glance: /^(glance|openstack (image|cached image))\b/,
  nova: /^openstack (server|flavor|keypair|hypervisor|aggregate|compute|availability zone|usage|limits)\b/,
  neutron: /^openstack (network|subnet|router|port|floating ip|security group|address)\b/,
  cinder: /^openstack (volume|backup|snapshot)\b/,
  barbican: /^openstack (secret|acl)\b/,
  swift: /^(swift|openstack (container|object))\b/,
  manila: /^openstack share\b/,
  magnum: /^openstack coe\b/,
};

/** What nobody should take for the real thing. See real-cloud/README.md. */
export const STAND_INS: Readonly<Record<string, string>> = {
  nova: 'its hypervisors start no machine',
  neutron: 'its ports are bound on paper and no packet travels',
  cinder: 'its volumes are plain files that no server reads',
  manila: 'its share driver keeps no folder, so nothing can be mounted',
  magnum: 'it has nothing to build clusters with',
};

/** A command line without what stands before the words that name the command. */
function words(command: string): string {
  return command
    .replace(/^(\w+=\S* )+/, '')
    .replace(/^openstack( --os-[\w-]+[= ]\S+| --?[\w-]+)* /, 'openstack ');
}

/** Names of the services that these blocks reach, Keystone first, which every login does. */
export function servicesOf(blocks: readonly Pick<Block, 'norun' | 'commands'>[]): string[] {
  const sources = blocks.flatMap(({ norun, commands }) =>
    norun === undefined ? commands.map(({ source }) => source) : [],
  );
  const lines = sources.flatMap((source) =>
    source.split(/[|;&\n]|\$\(|\(/).map((part) => words(part.trim())),
  );
  const found = Object.keys(COMMANDS).filter((name) => lines.some((line) => COMMANDS[name]?.test(line)));
  return ['keystone', ...found];
}
