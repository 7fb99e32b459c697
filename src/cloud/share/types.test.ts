import { beforeEach, expect, test } from 'vitest';
import { refusal, TestShares, thing } from './testing';

// The answers were read off Manila 20 with curl.

let shares: TestShares;

beforeEach(async () => {
  shares = await TestShares.start();
});

const make = async (name: string, specs: object = {}) => {
  const extra_specs = { driver_handles_share_servers: 'False', ...specs };
  return thing(await shares.send('POST', '/types', { share_type: { name, extra_specs } }, 'admin'));
};
const names = async (path: string, user: 'admin' | 'demo' = 'admin') => {
  const [list] = Object.values((await shares.send('GET', path, undefined, user)).json);
  return (list as { name: string }[]).map(({ name }) => name);
};
const specs = (text: string) => `/types?extra_specs=${encodeURIComponent(text)}`;

test('types are listed by name, whatever their capitals', async () => {
  await make('Zoned');
  await make('any');
  expect(await names('/types')).toEqual(['any', 'default', 'no-snapshots', 'Zoned']);
});

test('the zones of a type are kept without the blanks around them', async () => {
  const type = await make('zoned', { availability_zones: 'az1,  az 2 ' });
  expect(type['extra_specs']).toMatchObject({ availability_zones: 'az1,az 2' });
  const more = { extra_specs: { availability_zones: ' x , y' } };
  expect(thing(await shares.send('POST', `/types/${type.id}/extra_specs`, more, 'admin'))).toEqual({
    availability_zones: 'x,y',
  });
});

test('a type is found by a zone when it names it, or names none; of other extra specs the first counts', async () => {
  await make('zoned', { availability_zones: 'az1,az2', a: '1' });
  await make('any', { a: '1' });
  expect(await names(specs("{'availability_zones': 'az1'}"))).toContain('zoned');
  expect(await names(specs("{'availability_zones': 'az3'}"))).toEqual(['any', 'default', 'no-snapshots']);
  expect(await names(specs("{'availability_zones': 'az3', 'a': '1'}"))).toEqual(['any']);
  expect(await names(specs("{'a': '1', 'driver_handles_share_servers': 'nope'}"))).toEqual(['any', 'zoned']);
  expect(await names(specs("{'driver_handles_share_servers': 'nope', 'a': '1'}"))).toEqual([]);
});

test('a type of share groups names the types that shares in them may have', async () => {
  const create = (name: string, share_types: string[], user: 'admin' | 'demo' = 'admin') =>
    shares.send('POST', '/share-group-types', { share_group_type: { name, share_types } }, user);
  const { id } = await make('any');
  const made = thing(await create('g', ['any']));
  expect(made).toMatchObject({ share_types: [id], is_public: true, is_default: false, group_specs: {} });
  // Manila fills the blanks of other exceptions
  expect(refusal(await create('g', ['any']))).toEqual([409, 'Share group type %(type_id)s already exists.']);
  expect(refusal(await create('h', ['nope']))).toEqual([404, 'Share Type %(share_type)s does not exist.']);
  expect(refusal(await create('h', ['any'], 'demo'))).toEqual([403, 'Access was denied to this resource.']);
  expect(await names('/share-group-types', 'demo')).toEqual(['g']);
  expect((await shares.send('DELETE', `/share-group-types/${made.id}`, undefined, 'admin')).status).toBe(204);
  expect(await names('/share-group-types')).toEqual([]);
});

test('what nothing is called finds nothing for an administrator, and is passed over for others', async () => {
  const body = { security_service: { type: 'ldap', name: 'l' } };
  await shares.send('POST', '/security-services', body);
  expect(await names('/security-services?nope=1', 'demo')).toEqual(['l']);
  expect(await names('/security-services?name=x', 'demo')).toEqual([]);
  expect(await names('/security-services?all_tenants=1&name=l')).toEqual(['l']);
  expect(await names('/security-services?all_tenants=1&nope=1')).toEqual([]);
});

test('what is said of a new share network is kept, its age included', async () => {
  const values = {
    neutron_net_id: '1',
    neutron_subnet_id: '2',
    cidr: '10.0.0.0/24',
    created_at: '2002-02-02',
  };
  const made = await shares.send('POST', '/share-networks', { share_network: { name: 'n', ...values } });
  expect(thing(made)['created_at']).toBe('2002-02-02T00:00:00.000000');
  expect(await names('/share-networks?cidr=10.0.0.0/24', 'demo')).toEqual(['n']);
  expect(await names('/share-networks?cidr=10.0.1.0/24', 'demo')).toEqual([]);
  const check = { share_network_subnet_create_check: { availability_zone: 'nope' } };
  expect(refusal(await shares.send('POST', `/share-networks/${thing(made).id}/action`, check))).toEqual([
    400,
    'The provided availability zone nope does not exist.',
  ]);
});
