import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HttpException, NotFoundException, type Connection, type Image } from '../../src/client';
import { tinyQcow2, tinyRaw } from '../../src/disk-image/samples';
import { embeddedCloud, type CloudAccess } from '../connection';
import { createImage } from './create';
import { deleteByTag, protectImage } from './delete';
import { downloadImage } from './download';
import { listImages } from './list';
import { describeImage } from './properties';
import { acceptImage, shareImage } from './share';
import { showImage } from './show';

let access: CloudAccess;
let cloud: Connection;
let folder: string;

beforeEach(async () => {
  access = await embeddedCloud('course');
  cloud = access.connection;
  folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function file(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

/** The same question, asked without the examples' help. */
async function all(connection = cloud): Promise<Image[]> {
  const images: Image[] = [];
  for await (const image of connection.image.images()) images.push(image);
  return images;
}

describe('images/create', () => {
  test('makes an active image of the bytes of the file', async () => {
    const bytes = tinyQcow2();
    const { id } = await createImage(cloud, await file('tiny.qcow2', bytes), 'tiny', 'qcow2');
    expect(await cloud.image.getImage(id)).toMatchObject({
      name: 'tiny',
      status: 'active',
      disk_format: 'qcow2',
      visibility: 'private',
      min_ram: 64,
      size: bytes.length,
      virtual_size: 64 * 1024 ** 2,
      os_hash_value: createHash('sha512').update(bytes).digest('hex'),
      properties: { os_distro: 'cirros', hw_disk_bus: 'virtio' },
    });
  });

  test('leaves nothing behind when the bytes are refused', async () => {
    const before = await all();
    await expect(createImage(cloud, await file('tiny.raw', tinyRaw()), 'tiny', 'qcow2')).rejects.toThrow(
      HttpException,
    );
    expect(await all()).toEqual(before);
  });
});

test('images/list finds what matches, sorted by name, however many pages it takes', async () => {
  const path = await file('tiny.raw', tinyRaw());
  await createImage(cloud, path, 'zebra', 'raw');
  await createImage(cloud, path, 'ant', 'raw');
  await cloud.image.createImage({ name: 'queued' });
  expect((await listImages(cloud)).map(({ name }) => name)).toEqual(['ant', 'cirros', 'zebra']);
  expect((await listImages(cloud, { limit: 1 })).map(({ name }) => name)).toEqual(['ant', 'cirros', 'zebra']);
  expect((await listImages(cloud, { visibility: 'public' })).map(({ name }) => name)).toEqual(['cirros']);
});

describe('images/show', () => {
  test('finds by name and by id, and nothing where there is nothing', async () => {
    const cirros = await showImage(cloud, 'cirros');
    expect(cirros?.name).toBe('cirros');
    expect(await showImage(cloud, cirros?.id ?? '')).toEqual(cirros);
    expect(await showImage(cloud, 'nosuch')).toBeUndefined();
  });

  test('takes one of several with the same name', async () => {
    await cloud.image.createImage({ name: 'twin' });
    await cloud.image.createImage({ name: 'twin' });
    expect((await showImage(cloud, 'twin'))?.name).toBe('twin');
  });
});

test('images/properties changes fields, properties and tags', async () => {
  const { id } = await cloud.image.createImage({
    name: 'web',
    tags: ['old'],
    properties: { draft: 'yes', kept: 'yes' },
  });
  await describeImage(cloud, id);
  const image = await cloud.image.getImage(id);
  expect(image).toMatchObject({ min_disk: 1, min_ram: 512 });
  expect(image.tags.toSorted()).toEqual(['approved', 'old']);
  expect(image.properties).toEqual({
    os_distro: 'debian',
    hw_disk_bus: 'virtio',
    maintained_by: 'the web team',
    kept: 'yes',
  });
});

test('images/share lets the partner see the image, and accept it', async () => {
  const partner = await access.connectAs('partner');
  const { projectId = '' } = await partner.identity.access();
  const { id } = await cloud.image.createImage({ name: 'gift', visibility: 'private' });
  await expect(partner.image.getImage(id)).rejects.toThrow(NotFoundException);

  await shareImage(cloud, id, projectId);
  expect(await partner.image.getImage(id)).toMatchObject({ name: 'gift', visibility: 'shared' });
  expect((await all(partner)).map(({ name }) => name)).toEqual(['cirros']);

  await acceptImage(partner, id);
  expect((await all(partner)).map(({ name }) => name).toSorted()).toEqual(['cirros', 'gift']);
  expect(await cloud.image.members(id)).toMatchObject([{ member_id: projectId, status: 'accepted' }]);
});

describe('images/download', () => {
  test('saves the bytes that were uploaded', async () => {
    const bytes = tinyQcow2();
    const { id } = await createImage(cloud, await file('tiny.qcow2', bytes), 'tiny', 'qcow2');
    const target = join(folder, 'copy.qcow2');
    await downloadImage(cloud, id, target);
    expect(Buffer.compare(await readFile(target), bytes)).toBe(0);
  });

  test('keeps no damaged file', async () => {
    const { id } = await createImage(cloud, await file('tiny.raw', tinyRaw()), 'tiny', 'raw');
    vi.spyOn(cloud.image, 'downloadImage').mockResolvedValue({
      stream: new Blob(['damaged']).stream(),
      size: 7,
      md5: null,
    });
    const target = join(folder, 'copy.raw');
    await expect(downloadImage(cloud, id, target)).rejects.toThrow('arrived damaged');
    await expect(readFile(target)).rejects.toThrow('ENOENT');
  });

  test('says that there is nothing to download yet', async () => {
    const { id } = await cloud.image.createImage({ name: 'queued' });
    await expect(downloadImage(cloud, id, join(folder, 'copy'))).rejects.toThrow('has no data yet');
  });
});

test('images/delete removes tagged images of the project, except protected ones', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { id } = await cloud.image.createImage({ name: 'golden', tags: ['old'] });
  for (let i = 0; i < 30; i++) await cloud.image.createImage({ name: `old-${i}`, tags: ['old'] });
  await protectImage(cloud, id);

  expect(await deleteByTag(cloud, 'old')).toHaveLength(30);
  expect((await all()).map(({ name }) => name).toSorted()).toEqual(['cirros', 'golden']);

  await protectImage(cloud, id, false);
  expect(await deleteByTag(cloud, 'old')).toEqual(['golden']);
});
