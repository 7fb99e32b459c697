import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realSample } from '../../src/disk-image/real-samples';
import { adviseConversion } from './advise-conversion';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** What is said of a sample, with its name in place of its path. */
async function advice(name: string): Promise<string[]> {
  await writeFile(join(folder, name), await realSample(name));
  return (await adviseConversion(join(folder, name))).map((line) => line.replaceAll(`${folder}/`, ''));
}

const commands = async (name: string) => (await advice(name)).filter((line) => !line.startsWith('#'));

test('the advice for a VHD is to convert it', async () => {
  expect(await commands('hyperv.vhd')).toContain('qemu-img convert -f vpc -O qcow2 hyperv.vhd hyperv.qcow2');
});

test('an OVA is taken apart, its disk converted and uploaded, in this order', async () => {
  expect((await commands('appliance.ova')).slice(0, 3)).toEqual([
    'tar xf appliance.ova',
    'qemu-img convert -f vmdk -O qcow2 disk.vmdk disk.qcow2',
    'openstack image create --disk-format qcow2 --container-format bare --file disk.qcow2 disk',
  ]);
});

test('a file that points to another one is warned about first', async () => {
  const [what, warning] = await advice('points-to-a-host-file.qcow2');
  expect(what).toBe('# points-to-a-host-file.qcow2 is qcow2: a disk of 1048576 bytes');
  expect(warning).toMatch(/^# Careful: Image has a backing file/);
});

test('what is not there says so', async () => {
  await expect(adviseConversion(join(folder, 'nothing'))).rejects.toThrow(/ENOENT/);
});
