import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection, Image } from '../../src/client';
import { realSample } from '../../src/disk-image/real-samples';
import { embeddedCloud } from '../connection';
import { findTrio, uploadTrio, type Trio } from './upload-kernel-ramdisk';

let folder: string;
let cloud: Connection;
let trio: Required<Trio>;

beforeEach(async () => {
  cloud = (await embeddedCloud('empty')).connection;
  folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
  await writeFile(join(folder, 'uec.tar.gz'), await realSample('course-uec.tar.gz'));
  execFileSync('tar', ['-xf', join(folder, 'uec.tar.gz'), '-C', folder]);
  const path = (name: string) => join(folder, `course-uec${name}`);
  trio = { kernel: path('-vmlinuz'), ramdisk: path('-initrd'), disk: path('.img') };
});

afterEach(() => rm(folder, { recursive: true }));

async function all(): Promise<Image[]> {
  const images: Image[] = [];
  for await (const image of cloud.image.images()) images.push(image);
  return images;
}

test('three images come of it, and the disk names the other two', async () => {
  const image = await uploadTrio(cloud, trio, 'web');
  expect(image).toMatchObject({ name: 'web', status: 'active', disk_format: 'ami', container_format: 'ami' });
  const { kernel_id = '', ramdisk_id = '' } = image.properties;
  const kernel = await cloud.image.getImage(String(kernel_id));
  expect(kernel).toMatchObject({ name: 'web-aki', status: 'active', disk_format: 'aki' });
  expect(kernel.size).toBe((await readFile(trio.kernel)).length);
  const ramdisk = await cloud.image.getImage(String(ramdisk_id));
  expect(ramdisk).toMatchObject({ name: 'web-ari', status: 'active', disk_format: 'ari' });
  expect(await all()).toHaveLength(3);
});

test('a kernel that wants no RAM disk goes without', async () => {
  const { properties } = await uploadTrio(cloud, { kernel: trio.kernel, disk: trio.disk }, 'web');
  expect(properties).toHaveProperty('kernel_id');
  expect(properties).not.toHaveProperty('ramdisk_id');
});

test('nothing stays behind when one of the three cannot be read', async () => {
  const files = { ...trio, disk: join(folder, 'nothing') };
  await expect(uploadTrio(cloud, files, 'web')).rejects.toThrow();
  expect(await all()).toEqual([]);
});

test('which file is which is known by its content, whatever the order', async () => {
  const { disk, ramdisk, kernel } = trio;
  expect(await findTrio([disk, ramdisk, kernel])).toEqual(trio);
  expect(await findTrio([kernel, disk])).toEqual({ kernel, disk });
  await expect(findTrio([disk, ramdisk])).rejects.toThrow(RangeError);
});
