import { expect, test } from 'vitest';
import { completers } from '.';
import { SimulatedClock } from '../cloud/clock';
import { Cloud } from '../cloud/cloud';
import { startState } from '../cloud/states';
import { MemoryFiles, login } from './testing/terminal';

async function offers(program: 'openstack' | 'glance', words: string, reachable = true): Promise<string[]> {
  const cloud = new Cloud({
    state: await startState('course'),
    clock: new SimulatedClock('2026-11-22T09:00:00Z'),
  });
  return completers[program](words.split(' '), {
    env: login('demo'),
    files: new MemoryFiles(),
    fetch: (request) => (reachable ? cloud.fetch(request) : Promise.reject(new Error('no network'))),
    now: () => new Date('2026-11-22T09:00:00Z'),
  });
}

test('offers the next word of commands', async () => {
  expect(await offers('openstack', 'ima')).toEqual(['image']);
  expect(await offers('openstack', 'image s')).toEqual(['save', 'set', 'show', 'stage', 'stores']);
  expect(await offers('openstack', '--os-cloud demo token ')).toEqual(['issue', 'revoke']);
  expect(await offers('openstack', 'help image sh')).toEqual(['show']);
  expect(await offers('glance', 'image-tag')).toEqual(['image-tag-delete', 'image-tag-update']);
});

test('offers options, and their choices', async () => {
  expect(await offers('openstack', 'image create --disk')).toEqual(['--disk-format']);
  expect(await offers('openstack', 'image create --disk-format q')).toEqual(['qcow2']);
  expect(await offers('openstack', 'image list -f ')).toEqual(['csv', 'json', 'table', 'value', 'yaml']);
  expect(await offers('glance', 'image-list --sort-d')).toEqual(['--sort-dir']);
  expect(await offers('openstack', '--tim')).toEqual([]);
});

test('offers images: names for openstack, ids for glance', async () => {
  expect(await offers('openstack', 'image show c')).toEqual(['cirros']);
  expect(await offers('glance', 'image-show ')).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

test('offers what an argument names, by its place and by its option', async () => {
  expect(await offers('openstack', 'network show p')).toEqual(['public']);
  expect(await offers('openstack', 'port create --network ')).toEqual(['public']);
  expect(await offers('openstack', 'security group rule create d')).toEqual(['default']);
  expect(await offers('openstack', 'server create --image c')).toEqual(['cirros']);
  expect(await offers('openstack', 'router add subnet --debug r p')).toEqual(['public-subnet']);
});

test('offers nothing when the cloud cannot be reached', async () => {
  expect(await offers('openstack', 'image show c', false)).toEqual([]);
});
