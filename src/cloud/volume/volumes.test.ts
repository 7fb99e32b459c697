import { beforeEach, expect, test } from 'vitest';
import { writeQcow2 } from '../../disk-image/qcow2-writer';
import { TestCloud, type Answer, type UserName } from '../testing/test-cloud';

// The answers were read off Cinder 26 with curl.

const GIB = 1024 ** 3;
let cloud: TestCloud;

beforeEach(async () => {
  cloud = await TestCloud.start('course');
});

type Thing = Record<string, unknown> & { id: string; status: string };

function send(method: string, path: string, body?: unknown, user: UserName = 'demo', version?: string) {
  const headers: Record<string, string> = version ? { 'OpenStack-API-Version': `volume ${version}` } : {};
  return cloud.as(user, method, `/volume/v3${path}`, body, headers);
}

function thing(answer: Answer, key = 'volume'): Thing {
  return answer.json[key] as Thing; // a test looks at what it expects
}

async function volume(fields: object = {}): Promise<string> {
  const { id } = thing(await send('POST', '/volumes', { volume: { size: 1, ...fields } }));
  cloud.clock.advance(5000);
  return id;
}

async function shown(id: string): Promise<Thing> {
  return thing(await send('GET', `/volumes/${id}`));
}

/** The sentence of a refusal. */
function words(answer: Answer): unknown {
  const [fault] = Object.values(answer.json) as { message: string }[];
  return fault?.message;
}

async function image(data: Uint8Array<ArrayBuffer>, fields: object): Promise<string> {
  const id = await cloud.image({ name: 'i', container_format: 'bare', ...fields });
  await cloud.upload(id, data);
  return id;
}

test('a volume is creating, and available a second later', async () => {
  const created = await send('POST', '/volumes', { volume: { size: 1, name: 'disk' } });
  expect(created.status).toBe(202);
  const { id } = thing(created);
  expect(thing(created)).toMatchObject({ status: 'creating', size: 1, name: 'disk', updated_at: null });
  expect((await shown(id)).status).toBe('creating');
  cloud.clock.advance(1000);
  expect((await shown(id)).status).toBe('available');
});

test('a volume keeps what is known of its image, and knows that a server can boot from it', async () => {
  const properties = { hw_disk_bus: 'scsi', os_distro: 'cirros', min_ram: 64 };
  const imageRef = await image(writeQcow2({ size: GIB }), { disk_format: 'qcow2', ...properties });
  const { id } = thing(await send('POST', '/volumes', { volume: { size: 1, imageRef } }));
  cloud.clock.advance(1000);
  expect((await shown(id)).status).toBe('downloading');
  cloud.clock.advance(1000);
  const ready = await shown(id);
  expect(ready).toMatchObject({ status: 'available', bootable: 'true' });
  expect(ready['volume_image_metadata']).toMatchObject({
    signature_verified: 'False',
    hw_disk_bus: 'scsi',
    os_distro: 'cirros',
    image_id: imageRef,
    image_name: 'i',
    disk_format: 'qcow2',
    min_ram: '64',
  });
});

test.each([
  [{ size: 0 }, 'Invalid input for field/attribute size. Value: 0. 0 is less than the minimum of 1'],
  [{ size: 'x' }, "Invalid input for field/attribute size. Value: x. 'x' does not match '^[0-9]+$'"],
  [{ size: 1, volume_type: 'nosuch' }, 'Volume type with name nosuch could not be found.'],
  [{ size: 1, availability_zone: 'mars' }, "Availability zone 'mars' is invalid."],
  [{ size: 1, imageRef: 'nosuch' }, 'Invalid image identifier or unable to access requested image.'],
  [
    { size: 1001 },
    'VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 1001G, quota is 1000G and 0G has been consumed.',
  ],
])('a volume of %j is refused in the words of Cinder', async (fields, message) => {
  expect(words(await send('POST', '/volumes', { volume: fields }))).toBe(message);
});

test('an image that does not fit into the volume is refused', async () => {
  const big = await image(writeQcow2({ size: 3 * GIB }), { disk_format: 'qcow2' });
  expect(words(await send('POST', '/volumes', { volume: { size: 1, imageRef: big } }))).toBe(
    `Image ${big} is unacceptable: Image virtual size is 3GB and doesn't fit in a volume of size 1GB.`,
  );
  const picky = await image(writeQcow2({ size: GIB }), { disk_format: 'qcow2', min_disk: 5 });
  expect(words(await send('POST', '/volumes', { volume: { size: 1, imageRef: picky } }))).toBe(
    'Invalid input received: Volume size 1GB cannot be smaller than the image minDisk size 5GB.',
  );
  const queued = await cloud.image({ name: 'q', container_format: 'bare', disk_format: 'raw' });
  expect(words(await send('POST', '/volumes', { volume: { size: 1, imageRef: queued } }))).toBe(
    `Invalid input received: Image ${queued} is not active.`,
  );
});

test('an image made of a volume has the properties of the image the volume was made of, without the core ones', async () => {
  const imageRef = await image(writeQcow2({ size: GIB }), { disk_format: 'qcow2', os_distro: 'cirros' });
  const id = await volume({ imageRef });
  await shown(id);
  cloud.clock.advance(5000);
  const answer = await send('POST', `/volumes/${id}/action`, {
    'os-volume_upload_image': { image_name: 'up', disk_format: 'qcow2' },
  });
  const { image_id, status } = answer.json['os-volume_upload_image'] as { image_id: string; status: string };
  expect([answer.status, status]).toEqual([202, 'uploading']);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${image_id}`)).json['status']).toBe('queued');
  cloud.clock.advance(2000);
  const made = (await cloud.as('demo', 'GET', `/image/v2/images/${image_id}`)).json;
  // the checksum is that of what qemu-img wrote for Cinder
  expect(made).toMatchObject({
    status: 'active',
    os_distro: 'cirros',
    size: 197120,
    virtual_size: GIB,
    checksum: 'c68439d39a2d449547b4c010d7f01866',
  });
  expect(made).not.toHaveProperty('image_id');
  expect(made).not.toHaveProperty('signature_verified');
  expect((await shown(id)).status).toBe('available');
});

test('a volume with a snapshot cannot be deleted; with --purge both go', async () => {
  const id = await volume();
  await shown(id);
  await send('POST', '/snapshots', { snapshot: { volume_id: id, name: 's' } });
  cloud.clock.advance(2000);
  expect((await send('DELETE', `/volumes/${id}`)).status).toBe(400);
  expect((await send('DELETE', `/volumes/${id}?cascade=True`)).status).toBe(202);
  expect((await shown(id)).status).toBe('deleting');
  cloud.clock.advance(2000);
  expect((await send('GET', `/volumes/${id}`)).status).toBe(404);
  expect((await send('GET', '/snapshots')).json['snapshots']).toEqual([]);
});

test('an attachment reserves a volume, connects it, and makes it in-use; only a service takes it away again', async () => {
  const volume_uuid = await volume();
  const instance_uuid = '11111111-1111-4111-8111-111111111111';
  const body = { attachment: { volume_uuid, instance_uuid } };
  const { id } = thing(await send('POST', '/attachments', body, 'demo', '3.44'), 'attachment');
  expect((await shown(volume_uuid)).status).toBe('reserved');
  const connector = { host: 'compute-1', mountpoint: '/dev/vdb', mode: 'rw' };
  await send('PUT', `/attachments/${id}`, { attachment: { connector } }, 'demo', '3.44');
  const done = await send('POST', `/attachments/${id}/action`, { 'os-complete': id }, 'demo', '3.44');
  expect(done.status).toBe(204);
  expect(await shown(volume_uuid)).toMatchObject({
    status: 'in-use',
    attachments: [{ server_id: instance_uuid, device: '/dev/vdb', host_name: null }],
  });
  expect((await send('DELETE', `/attachments/${id}`, undefined, 'demo', '3.44')).status).toBe(409);
  const service = { 'OpenStack-API-Version': 'volume 3.44', 'X-Service-Token': await cloud.login('demo') };
  await cloud.as('demo', 'DELETE', `/volume/v3/attachments/${id}`, undefined, service);
  expect((await shown(volume_uuid)).status).toBe('available');
});

test('nobody sees the volumes of another project, except an administrator', async () => {
  const id = await volume();
  expect((await send('GET', `/volumes/${id}`, undefined, 'partner')).status).toBe(404);
  expect((await send('GET', `/volumes/${id}`, undefined, 'admin')).status).toBe(200);
  expect((await send('GET', `/volumes/${id}`, undefined, 'viewer')).status).toBe(200);
});

test('a state without volumes is one from before there were any', async () => {
  const { volume: _none, ...old } = await cloud.cloud.snapshot();
  cloud = await TestCloud.start(old);
  expect((await send('GET', '/volumes')).json).toEqual({ volumes: [] });
});

test('volumes and what is being done to them are in the state', async () => {
  const { id } = thing(await send('POST', '/volumes', { volume: { size: 1 } }));
  cloud = await TestCloud.start(await cloud.cloud.snapshot());
  cloud.clock.advance(1000);
  expect((await shown(id)).status).toBe('available');
});
