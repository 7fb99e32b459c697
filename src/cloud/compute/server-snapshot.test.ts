import { expect, test } from 'vitest';
import { TestCompute } from './testing/test-compute';

test('The image of a server that boots from a volume has no data, and a server boots from it', async () => {
  const compute = await TestCompute.start();
  const { cloud } = compute;
  const boots = { source_type: 'image', destination_type: 'volume', uuid: compute.image, boot_index: 0 };
  const disk = { ...boots, volume_size: 1 };
  const server = await compute.server({ imageRef: '', block_device_mapping_v2: [disk] });
  const active = async (id: string) => {
    for (let i = 0; i < 10 && (await compute.show(id))['status'] === 'BUILD'; i++) cloud.clock.advance(2000);
    return compute.show(id);
  };
  await active(String(server['id']));
  const action = { createImage: { name: 'snap' } };
  const { status, json } = await compute.ask(
    'demo',
    'POST',
    `/servers/${String(server['id'])}/action`,
    action,
  );
  expect(status).toBe(202);
  const id = String(json['image_id']);
  const image = await cloud.as('demo', 'GET', `/image/v2/images/${id}`);
  expect(image.json).toMatchObject({
    status: 'active',
    size: 0,
    disk_format: 'raw',
    bdm_v2: 'True',
    base_image_ref: '',
    root_device_name: '/dev/sda',
  });
  const [mapping] = JSON.parse(String(image.json['block_device_mapping'])) as { snapshot_id: string }[];
  cloud.clock.advance(5000);
  const { json: found } = await cloud.as('demo', 'GET', '/volume/v3/snapshots/detail');
  expect(found['snapshots']).toMatchObject([
    { id: mapping?.snapshot_id, name: 'snapshot for snap', status: 'available', size: 1 },
  ]);

  const root = { source_type: 'image', destination_type: 'local', uuid: id, boot_index: 0 };
  const again = await compute.server({ imageRef: id, block_device_mapping_v2: [root] });
  expect(await active(String(again['id']))).toMatchObject({
    status: 'ACTIVE',
    image: '',
    'os-extended-volumes:volumes_attached': [{ delete_on_termination: false }],
  });
});
