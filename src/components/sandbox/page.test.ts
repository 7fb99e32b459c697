import { expect, test } from 'vitest';
import { commandsOf, keyOf, pathTo } from './page';
import type { SessionBlock } from './page';

const command = (source: string) => ({ source, expected: '', exitCode: 0 });
const blocks: SessionBlock[] = [
  { group: 2, commands: [command('last'), command('not reached')] },
  { group: 0, commands: [command('first')] },
  { group: 1, client: 'openstack', commands: [command('by openstack')] },
  { group: 1, client: 'glance', commands: [command('by glance')] },
  { group: 1, norun: 'needs a host', commands: [command('never')] },
];
const [last] = commandsOf(blocks[0]!);

test('the way to a command goes down the page, through the tabs of the chosen client, past what is not run', () => {
  expect(pathTo(last!, blocks, 'glance').map(({ source }) => source)).toEqual(['first', 'by glance', 'last']);
  expect(pathTo(last!, blocks, 'openstack').map(({ source }) => source)).toEqual([
    'first',
    'by openstack',
    'last',
  ]);
});

test('the way to a command in a tab goes through the tabs of its client', () => {
  const [inTab] = commandsOf(blocks[3]!);
  expect(pathTo(inTab!, blocks, 'openstack').map(({ source }) => source)).toEqual(['first', 'by glance']);
});

test('commands of two tabs have different names', () => {
  expect(keyOf(commandsOf(blocks[2]!)[0]!)).not.toBe(keyOf(commandsOf(blocks[3]!)[0]!));
});
