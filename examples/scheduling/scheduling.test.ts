import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BadRequestException, ResourceFailure, type Architecture, type Connection } from '../../src/client';
import { tinyQcow2 } from '../../src/disk-image/samples';
import { embeddedCloud } from '../connection';
import { isolateByAggregate } from './isolate-by-aggregate';
import { startServer, uploadFor } from './pin-architecture';
import { askForHypervisor } from './pin-hypervisor';
import { requireTrait } from './require-trait';
import { whyNoHost } from './why-no-host';

let cloud: Connection;
let admin: Connection;
let folder: string;
let disk: string;

beforeEach(async () => {
  const access = await embeddedCloud();
  cloud = access.connection;
  admin = await access.connectAs('admin');
  folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
  disk = join(folder, 'tiny.qcow2');
  await writeFile(disk, tinyQcow2());
});

afterEach(() => rm(folder, { recursive: true }));

/** Where a server of this image lands. */
async function hostOf(imageId: string): Promise<string | null | undefined> {
  const { id } = await startServer(cloud, imageId, 'probe');
  return (await admin.compute.getServer(id))['OS-EXT-SRV-ATTR:host'];
}

test('an image for one architecture runs on its hosts alone', async () => {
  expect(await hostOf((await uploadFor(cloud, disk, 'arm', 'aarch64')).id)).toBe('compute-arm');
  expect(await hostOf((await uploadFor(cloud, disk, 'x86', 'x86_64')).id)).toBe('compute-1');
});

test('an architecture that nova does not know is refused before a server exists', async () => {
  const nonsense = 'arm' as Architecture; // what a script without types would send
  const { id } = await uploadFor(cloud, disk, 'nonsense', nonsense);
  await expect(startServer(cloud, id, 'never')).rejects.toThrow(BadRequestException);
  for await (const server of cloud.compute.servers()) expect.unreachable(server.name);
});

test('a hypervisor with a release leaves out hosts with an older one', async () => {
  const { id } = await uploadFor(cloud, disk, 'new', 'x86_64');
  await askForHypervisor(cloud, id, 'kvm', '<9.0');
  expect(await hostOf(id)).toBe('compute-2');
  await askForHypervisor(cloud, id, 'vmware', '>=8.0');
  expect(await hostOf(id)).toBe('compute-vmware');
});

test('a required trait beats free memory', async () => {
  const { id } = await uploadFor(cloud, disk, 'avx2', 'x86_64');
  expect(await hostOf(id)).toBe('compute-1');
  await requireTrait(cloud, id, 'HW_CPU_X86_AVX2');
  expect(await hostOf(id)).toBe('compute-2');
});

test('an aggregate has the hosts and the metadata, and isolates nothing while its filter is off', async () => {
  const { id } = await isolateByAggregate(admin, 'windows', ['compute-1'], { os_type: 'windows' });
  expect(await admin.compute.findAggregate(String(id))).toMatchObject({
    hosts: ['compute-1'],
    metadata: { os_type: 'windows' },
  });
  const image = await uploadFor(cloud, disk, 'linux', 'x86_64');
  await cloud.image.updateImage(image.id, { properties: { os_type: 'linux' } });
  expect(await hostOf(image.id)).toBe('compute-1');
});

test('a server that found no host tells what was asked for, and one that runs tells nothing', async () => {
  const { id } = await uploadFor(cloud, disk, 'mainframe', 's390x');
  await expect(startServer(cloud, id, 'nowhere')).rejects.toThrow(ResourceFailure);
  const failed = await cloud.compute.findServer('nowhere', { ignoreMissing: false });
  expect(await whyNoHost(cloud, failed.id)).toMatchObject({
    fault: 'No valid host was found. There are not enough hosts available.',
    image: { hw_architecture: 's390x' },
    flavor: { original_name: 'm1.tiny', ram: 512 },
  });
  const cirros = await cloud.image.findImage('cirros', { ignoreMissing: false });
  expect(await whyNoHost(cloud, (await startServer(cloud, cirros.id, 'runs')).id)).toBeNull();
});
