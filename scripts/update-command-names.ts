/**
 * Writes down which commands the real clients have, so that "did you mean" and "not in this sandbox" can tell them
 * apart. Needs python-openstackclient 7.4.0 and python-glanceclient 4.8.0 on the PATH, and a cloud to log in to.
 *
 *     npx tsx scripts/update-command-names.ts
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** What a program prints, on both streams. */
function output(program: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return stdout + stderr;
}

function write(path: string, names: object): void {
  writeFileSync(new URL(`../src/cli/${path}`, import.meta.url), `${JSON.stringify(names, null, 2)}\n`);
}

interface Group {
  'Command Group': string;
  Commands: string[];
}
const groups = JSON.parse(output('openstack', 'command', 'list', '-f', 'json')) as Group[]; // its own format
write(
  'openstack/commands-of-7.4.0.json',
  Object.fromEntries(groups.map((group) => [group['Command Group'], group.Commands.sort()])),
);

// the parser lists its subcommands, hidden ones too, when it refuses one
const refusal = /choose from (.*)\)/.exec(output('glance', 'nosuch'));
write('glance/commands-of-4.8.0.json', refusal?.[1]?.split(', ') ?? []);
