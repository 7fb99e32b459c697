import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realSample } from '../../src/disk-image/real-samples';
import { tinyRaw } from '../../src/disk-image/samples';
import { embeddedCloud } from '../connection';
import { NotUploadableError, uploadIfGood } from './inspect-before-upload';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test('a file is uploaded as what it is, whatever its name says', async () => {
  const { connection } = await embeddedCloud('course');
  const image = await uploadIfGood(connection, await file('disk.qcow2', tinyRaw()));
  expect([image.name, image.status, image.disk_format]).toEqual(['disk.qcow2', 'active', 'raw']);
});

test.each([
  ['points-to-a-host-file.qcow2', 'Image has a backing file'],
  ['hyperv.vhd', 'Image content does not match disk_format'],
])('%s is refused before a byte is sent', async (name, reason) => {
  const { connection } = await embeddedCloud('empty');
  const path = await file(name, await realSample(name));
  await expect(uploadIfGood(connection, path)).rejects.toThrow(NotUploadableError);
  await expect(uploadIfGood(connection, path)).rejects.toThrow(reason);
  const images: unknown[] = [];
  for await (const image of connection.image.images()) images.push(image);
  expect(images).toEqual([]);
});
