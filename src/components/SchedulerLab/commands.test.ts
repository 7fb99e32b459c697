import { expect, test } from 'vitest';
import { START } from './case';
import { recipeOf } from './commands';
import { PRESETS } from './presets';

test('The commands of a case set its properties and create its server', () => {
  const image = { ...START.image, properties: [['img_hv_requested_version', '>=8, <10'] as const] };
  expect(recipeOf({ ...START, image })).toEqual({
    image: ["openstack image set --property 'img_hv_requested_version=>=8, <10' cirros"],
    server: ['openstack server create --image cirros --flavor m1.tiny --no-network --wait lab'],
    admin: [],
    conf: '',
  });
});

test('What only an administrator may do stands apart: aggregates, flavors, settings', () => {
  const isolation = PRESETS.find(({ id }) => id === 'isolation')?.case ?? START;
  const { admin, conf } = recipeOf({ ...isolation, flavor: { ...START.flavor, ram: 2048 } });
  expect(admin).toEqual([
    'openstack flavor create --ram 2048 --vcpus 1 --disk 1 lab',
    'openstack aggregate create --property os_type=windows windows',
    'openstack aggregate add host windows compute-2',
  ]);
  expect(conf).toMatch(/^\[filter_scheduler\]\nenabled_filters = ComputeFilter,.*Isolation$/);
});

test('What a reader typed is quoted for the shell', () => {
  const image = { ...START.image, name: "it's", properties: [['a b', '$(rm -rf ~)'] as const] };
  expect(recipeOf({ ...START, image }).image).toEqual([
    `openstack image set --property 'a b=$(rm -rf ~)' 'it'\\''s'`,
  ]);
});
