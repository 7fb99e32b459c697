import { expect, test } from 'vitest';
import { startState } from '.';
import { TestCloud } from '../testing/test-cloud';

test('an empty cloud has four users and no image', async () => {
  const state = await startState('empty');
  expect(state.identity.users.map(({ name }) => name)).toEqual(['admin', 'demo', 'partner', 'viewer']);
  expect(state.image.images).toEqual([]);
});

test('the cloud of the course has cirros: public, 64 MiB inside, the bytes that qemu-img writes', async () => {
  const state = await startState('course');
  expect(state.image.images).toMatchObject([
    {
      name: 'cirros',
      status: 'active',
      visibility: 'public',
      disk_format: 'qcow2',
      min_ram: 64,
      size: 196616,
      virtual_size: 64 * 1024 ** 2,
      // md5sum of what `qemu-img create -f qcow2 x 64M` of QEMU 10 wrote
      checksum: '41ce4d32ce22529a293044bc1eb4e734',
      properties: { os_distro: 'cirros' },
    },
  ]);
  expect(state.identity.tokens).toEqual([]);
});

test('a start state is the same every time', async () => {
  expect(await startState('course')).toEqual(await startState('course'));
});

test('users have the same ids in every start state', async () => {
  const [empty, course] = [await startState('empty'), await startState('course')];
  expect(course.identity.users).toEqual(empty.identity.users);
});

test('everybody of the start states can log in', async () => {
  const cloud = await TestCloud.start();
  for (const user of ['admin', 'demo', 'partner', 'viewer'] as const)
    expect(await cloud.login(user)).toMatch(/^gAAAA/);
});

test('an unknown name is an error that lists the names', async () => {
  await expect(startState('nosuch')).rejects.toThrow(
    'There is no cloud "nosuch". Choose one of: empty, course.',
  );
  await expect(startState('constructor')).rejects.toThrow('There is no cloud');
});
