import { beforeEach, describe, expect, test } from 'vitest';
import { TestCompute } from './testing/test-compute';

let compute: TestCompute;
beforeEach(async () => {
  compute = await TestCompute.start();
});

describe('A new server', () => {
  test('is built for two seconds, and then active on the host that weighs most', async () => {
    const { status, json } = await compute.create();
    expect(status).toBe(202);
    const { id } = json['server'] as { id: string };
    const at = async () => {
      const {
        status: state,
        'OS-EXT-STS:task_state': task,
        'OS-EXT-SRV-ATTR:host': host,
      } = await compute.show(id);
      return [state, task, host];
    };
    expect(await at()).toEqual(['BUILD', 'scheduling', null]);
    compute.cloud.clock.advance(1000);
    expect(await at()).toEqual(['BUILD', 'spawning', 'compute-1']);
    compute.cloud.clock.advance(1000);
    expect(await at()).toEqual(['ACTIVE', null, 'compute-1']);
  });

  test('that fits nowhere ends in ERROR, and its fault says so', async () => {
    const image = await compute.imageWith({ hw_architecture: 'ppc64' });
    const server = await compute.server({ imageRef: image });
    expect(server).toMatchObject({ status: 'ERROR', hostId: '', 'OS-EXT-SRV-ATTR:host': null });
    expect(server['fault']).toMatchObject({
      code: 500,
      message: 'No valid host was found. There are not enough hosts available.',
    });
    // nova's lists look for faults in another database than the one where such servers lie
    const { json } = await compute.ask('admin', 'GET', '/servers/detail?all_tenants=1');
    expect((json['servers'] as object[])[0]).not.toHaveProperty('fault');
    const { compute: state } = await compute.cloud.cloud.snapshot();
    const [decision] = state?.decisions ?? [];
    expect(decision?.trace.at(-1)).toMatchObject({
      host: 'compute-vmware',
      filter: 'ImagePropertiesFilter',
      passes: false,
      property: 'hw_architecture',
      value: 'ppc64',
    });
  });

  test('that never ran cannot be brought to life, whatever is asked of it', async () => {
    const { id } = await compute.server({ imageRef: await compute.imageWith({ hw_architecture: 'ppc64' }) });
    const path = `/servers/${String(id)}`;
    const asked = async (body: object) => {
      const { status, json } = await compute.ask('demo', 'POST', `${path}/action`, body);
      const { message = '' } = (json['conflictingRequest'] ?? {}) as { message?: string };
      return `${status} ${message.replace(String(id), 'ID')}`;
    };
    const invalid = (action: string) => `409 Instance ID is in an invalid state for '${action}'`;
    const inError = (action: string) => `409 Cannot '${action}' instance ID while it is in vm_state error`;
    expect(await asked({ rebuild: { imageRef: compute.image } })).toBe(invalid('rebuild'));
    expect(await asked({ reboot: { type: 'HARD' } })).toBe(invalid('reboot'));
    expect(await asked({ rescue: null })).toBe(invalid('rescue'));
    expect(await asked({ reboot: { type: 'SOFT' } })).toBe(inError('reboot'));
    expect(await asked({ resize: { flavorRef: '2' } })).toBe(inError('resize'));
    expect(await asked({ suspend: null })).toBe(inError('suspend'));
    expect(await asked({ createImage: { name: 'copy' } })).toBe(inError('createImage'));
    expect(await asked({ shelve: null })).toBe(inError('shelve'));
    expect(await asked({ 'os-start': null })).toBe('409 Instance ID is not ready');
    expect(await asked({ 'os-getConsoleOutput': {} })).toBe('409 Instance ID is not ready');
    const metadata = await compute.ask('demo', 'POST', `${path}/metadata`, { metadata: { a: 'b' } });
    expect(metadata.json['conflictingRequest']).toMatchObject({
      message: `Cannot 'update metadata' instance ${String(id)} while it is in vm_state error`,
    });
    // an administrator's word does not make it run
    await compute.ask('admin', 'POST', `${path}/action`, { 'os-resetState': { state: 'active' } });
    expect(await asked({ suspend: null })).toBe(invalid('suspend'));
  });

  test('with an image that nova does not take is refused before anybody schedules', async () => {
    const image = await compute.imageWith({ hw_architecture: 'arm' });
    const { status, json } = await compute.create({ imageRef: image });
    expect(status).toBe(400);
    expect(json['badRequest']).toEqual({
      code: 400,
      message: "Invalid image metadata. Error: Architecture name 'arm' is not valid",
    });
  });

  test('with a CPU policy that there is not is refused with those that there are', async () => {
    const specs = { extra_specs: { 'hw:cpu_policy': 'bogus' } };
    await compute.ask('admin', 'POST', '/flavors/1/os-extra_specs', specs, '2.1');
    const { json } = await compute.create();
    expect(json['badRequest']).toMatchObject({
      message:
        "CPU policy requested from 'flavor extra specs' is invalid, given: 'bogus', " +
        "available: '('dedicated', 'shared', 'mixed')'.",
    });
  });

  test('needs a flavor with enough memory and disk for its image', async () => {
    const messages = [];
    for (const needs of [{ min_ram: 4096 }, { min_disk: 30 }]) {
      const { json } = await compute.create({ imageRef: await compute.imageWith({}, needs) });
      messages.push((json['badRequest'] as { message: string }).message);
    }
    expect(messages).toEqual([
      "Flavor's memory is too small for requested image.",
      "Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is 1073741824 bytes, " +
        'minimum size is 32212254720 bytes.',
    ]);
  });

  test('of an image without data is refused', async () => {
    const image = await compute.cloud.image({ disk_format: 'raw', container_format: 'bare' });
    const { json } = await compute.create({ imageRef: image });
    expect(json['badRequest']).toMatchObject({ message: `Image ${image} is not active.` });
  });

  test('takes its share of the host, and gives it back', async () => {
    const { id } = await compute.server({ flavorRef: '3' });
    const numbers = async () => {
      const { json } = await compute.ask('admin', 'GET', '/os-hypervisors/detail', undefined, '2.87');
      const [host] = json['hypervisors'] as Record<string, number>[];
      return [host?.['vcpus_used'], host?.['memory_mb_used'], host?.['local_gb_used'], host?.['running_vms']];
    };
    expect(await numbers()).toEqual([2, 4608, 40, 1]);
    expect((await compute.ask('demo', 'DELETE', `/servers/${String(id)}`)).status).toBe(204);
    expect(await numbers()).toEqual([0, 512, 0, 0]);
  });

  test('beyond the quota is refused with what was asked and what there is', async () => {
    const { status, json } = await compute.create({ min_count: 20 });
    expect(status).toBe(403);
    expect(json['forbidden']).toMatchObject({
      message: 'Quota exceeded for instances: Requested 20, but already used 0 of 10 instances',
    });
  });

  test('goes to the host that an administrator names, and to no other', async () => {
    const server = await compute.server({ availability_zone: 'nova:compute-2' }, { user: 'admin' });
    expect(server['OS-EXT-SRV-ATTR:host']).toBe('compute-2');
    const { status } = await compute.create({ availability_zone: 'nova:compute-2' });
    expect(status).toBe(403);
  });

  test('in a group of the policy anti-affinity goes where no other of the group is', async () => {
    const group = { server_group: { name: 'apart', policy: 'anti-affinity' } };
    const { json } = await compute.ask('demo', 'POST', '/os-server-groups', group);
    const hints = { group: (json['server_group'] as { id: string }).id };
    const hosts = [];
    for (let i = 0; i < 5; i++) hosts.push((await compute.server({}, { hints }))['OS-EXT-SRV-ATTR:host']);
    expect(hosts).toEqual(['compute-1', 'compute-arm', 'compute-2', 'compute-vmware', null]);
  });

  test('of one request in a group of the policy anti-affinity goes where no other of the request is', async () => {
    const group = { server_group: { name: 'apart', policy: 'anti-affinity' } };
    const made = await compute.ask('demo', 'POST', '/os-server-groups', group);
    const hints = { group: (made.json['server_group'] as { id: string }).id };
    await compute.create({ min_count: 4 }, { hints });
    compute.cloud.clock.advance(3000);
    const { json } = await compute.ask('admin', 'GET', '/servers/detail?all_tenants=1');
    const hosts = (json['servers'] as Record<string, string>[]).map((each) => each['OS-EXT-SRV-ATTR:host']);
    expect(hosts.sort()).toEqual(['compute-1', 'compute-2', 'compute-arm', 'compute-vmware']);
  });

  test('in an availability zone goes to its hosts, by the trait of an image to those that have it', async () => {
    const { json } = await compute.ask('admin', 'POST', '/os-aggregates', {
      aggregate: { name: 'east', availability_zone: 'east' },
    });
    const { id } = json['aggregate'] as { id: number };
    await compute.ask('admin', 'POST', `/os-aggregates/${id}/action`, { add_host: { host: 'compute-arm' } });
    const east = await compute.server({ availability_zone: 'east' });
    expect([east['OS-EXT-SRV-ATTR:host'], east['OS-EXT-AZ:availability_zone']]).toEqual([
      'compute-arm',
      'east',
    ]);
    const image = await compute.imageWith({ 'trait:HW_CPU_X86_AVX2': 'required' });
    expect((await compute.server({ imageRef: image }))['OS-EXT-SRV-ATTR:host']).toBe('compute-2');
  });
});

describe('A server', () => {
  const act = (id: unknown, action: object) =>
    compute.ask('demo', 'POST', `/servers/${String(id)}/action`, action);

  test('stops and starts, each when it can be', async () => {
    const { id } = await compute.server();
    expect((await act(id, { 'os-stop': null })).status).toBe(202);
    expect((await act(id, { 'os-start': null })).json['conflictingRequest']).toMatchObject({
      message: `Cannot 'start' instance ${String(id)} while it is in vm_state active`,
    });
    compute.cloud.clock.advance(1000);
    expect(await compute.show(String(id))).toMatchObject({ status: 'SHUTOFF', 'OS-EXT-STS:power_state': 4 });
    await act(id, { 'os-start': null });
    compute.cloud.clock.advance(1000);
    expect(await compute.show(String(id))).toMatchObject({ status: 'ACTIVE' });
  });

  test('that is rebuilt stays where it is, or ends in ERROR if the new image cannot run there', async () => {
    const { id } = await compute.server();
    const { status, json } = await act(id, { rebuild: { imageRef: compute.image } });
    expect([status, (json['server'] as { status: string }).status]).toEqual([202, 'REBUILD']);
    compute.cloud.clock.advance(2000);
    expect(await compute.show(String(id))).toMatchObject({ status: 'ACTIVE' });
    const other = await compute.imageWith({ hw_architecture: 'aarch64' });
    await act(id, { rebuild: { imageRef: other } });
    compute.cloud.clock.advance(2000);
    expect((await compute.show(String(id)))['fault']).toMatchObject({
      message: 'No valid host was found. There are not enough hosts available.',
    });
  });

  test('becomes an image with its properties', async () => {
    const { id } = await compute.server();
    const { json } = await act(id, { createImage: { name: 'snap', metadata: { foo: 'bar' } } });
    const path = `/image/v2/images/${String(json['image_id'])}`;
    expect((await compute.cloud.as('demo', 'GET', path)).json['status']).toBe('queued');
    compute.cloud.clock.advance(1000);
    const { json: image } = await compute.cloud.as('demo', 'GET', path);
    expect(image).toMatchObject({
      status: 'active',
      disk_format: 'raw',
      size: 1048576,
      checksum: 'b6d81b360a5672d80c27430f39153e2c',
      min_ram: 64,
      min_disk: 1,
      os_distro: 'cirros',
      image_type: 'snapshot',
      instance_uuid: id,
      base_image_ref: compute.image,
      owner_user_name: 'demo',
      foo: 'bar',
    });
  });

  test('that is locked by an administrator cannot be unlocked by its owner', async () => {
    const { id } = await compute.server();
    await compute.ask('admin', 'POST', `/servers/${String(id)}/action`, { lock: null });
    expect((await act(id, { 'os-stop': null })).status).toBe(409);
    expect((await act(id, { unlock: null })).status).toBe(403);
  });

  test('boots from a volume that is made of the image, and deletes it with itself if it is to', async () => {
    const root = {
      uuid: compute.image,
      source_type: 'image',
      destination_type: 'volume',
      boot_index: 0,
      volume_size: 1,
      delete_on_termination: true,
    };
    const { json } = await compute.create({ imageRef: '', block_device_mapping_v2: [root] });
    const { id } = json['server'] as { id: string };
    for (let i = 0; i < 10; i++) {
      compute.cloud.clock.advance(1000);
      await compute.show(id);
    }
    const server = await compute.show(id);
    expect([server['status'], server['image']]).toEqual(['ACTIVE', '']);
    const [volume] = server['os-extended-volumes:volumes_attached'] as { id: string }[];
    const path = `/volume/v3/volumes/${volume?.id}`;
    const { json: made } = await compute.cloud.as('demo', 'GET', path);
    expect(made['volume']).toMatchObject({
      status: 'in-use',
      attachments: [{ server_id: id, device: '/dev/sda' }],
    });
    await compute.ask('demo', 'DELETE', `/servers/${id}`);
    compute.cloud.clock.advance(5000);
    expect((await compute.cloud.as('demo', 'GET', path)).status).toBe(404);
  });

  test('takes a volume and lets it go', async () => {
    const { id } = await compute.server();
    const made = await compute.cloud.as('demo', 'POST', '/volume/v3/volumes', { volume: { size: 1 } });
    const { id: volumeId } = made.json['volume'] as { id: string };
    compute.cloud.clock.advance(3000);
    const path = `/servers/${String(id)}/os-volume_attachments`;
    const { status, json } = await compute.ask('demo', 'POST', path, { volumeAttachment: { volumeId } });
    expect([status, (json['volumeAttachment'] as { device: string }).device]).toEqual([200, '/dev/sdb']);
    const volume = async () =>
      (
        (await compute.cloud.as('demo', 'GET', `/volume/v3/volumes/${volumeId}`)).json['volume'] as {
          status: string;
        }
      ).status;
    expect(await volume()).toBe('in-use');
    expect((await compute.ask('demo', 'DELETE', `${path}/${volumeId}`)).status).toBe(202);
    expect(await volume()).toBe('available');
  });
});

test('Whoever may only read creates nothing', async () => {
  const { status, json } = await compute.create({}, { user: 'viewer' });
  expect(status).toBe(403);
  expect(json['forbidden']).toMatchObject({
    message: "Policy doesn't allow os_compute_api:servers:create to be performed.",
  });
});

test('A state from before there was a Compute service begins with a new one', async () => {
  const { compute: _compute, ...old } = await compute.cloud.cloud.snapshot();
  const { TestCloud } = await import('../testing/test-cloud');
  const cloud = await TestCloud.start(old);
  const { json } = await cloud.as('demo', 'GET', '/compute/v2.1/flavors');
  expect((json['flavors'] as object[]).length).toBe(5);
});
