import { expect, test } from 'vitest';
import { TestCloud } from '../../cloud/testing/test-cloud';
import { START } from './case';
import { decide } from './decide';
import { fragmentFor } from './from-sandbox';
import { fromFragment } from './link';

interface Server {
  id: string;
  fault?: { message: string };
}

/** A cloud with one image, and what can be done there. */
async function startCloud() {
  const cloud = await TestCloud.start('course');
  const { json } = await cloud.as('demo', 'GET', '/image/v2/images');
  const image = (json['images'] as { id: string }[])[0]?.id ?? '';
  const version = { 'OpenStack-API-Version': 'compute 2.100' };
  const setProperty = (name: string, value: string) =>
    cloud.as('admin', 'PATCH', `/image/v2/images/${image}`, [{ op: 'add', path: `/${name}`, value }], {
      'Content-Type': 'application/openstack-images-v2.1-json-patch',
    });
  const server = async (name: string): Promise<Server> => {
    const wanted = { name, flavorRef: '1', imageRef: image, networks: 'none' };
    const made = await cloud.as('demo', 'POST', '/compute/v2.1/servers', { server: wanted }, version);
    const { id } = made.json['server'] as Server;
    cloud.clock.advance(3000);
    const shown = await cloud.as('demo', 'GET', `/compute/v2.1/servers/${id}`, undefined, version);
    return shown.json['server'] as Server;
  };
  return { setProperty, server, snapshot: () => cloud.cloud.snapshot() };
}

test('The link to a server that found no host opens its very case: the lab decides what the cloud decided', async () => {
  const { setProperty, server, snapshot } = await startCloud();
  await setProperty('hw_architecture', 's390x');
  const { id, fault } = await server('web');
  const state = await snapshot();
  const labCase = fromFragment(fragmentFor(state, `| id | ${id} |`) ?? '');
  if (!labCase) throw new Error('no case');
  expect(labCase.image).toEqual({ name: 'cirros', format: 'qcow2', properties: expect.anything() });
  expect(labCase.image.properties).toContainEqual(['hw_architecture', 's390x']);
  expect(labCase.hosts).toEqual(START.hosts);
  const outcome = decide(labCase);
  expect(outcome.message).toBe(fault?.message);
  const decision = state.compute?.decisions.find(({ server_id }) => server_id === id);
  expect(
    'trace' in outcome &&
      outcome.trace.map(({ host, filter, decision: { passes, because } }) => [host, filter, passes, because]),
  ).toEqual(decision?.trace.map(({ host, filter, passes, because }) => [host, filter, passes, because]));
});

test('What runs on the hosts is in the link too, and without a server that found no host there is no link', async () => {
  const { setProperty, server, snapshot } = await startCloud();
  const { id } = await server('first');
  expect(fragmentFor(await snapshot(), 'No valid host was found')).toBeUndefined();
  await setProperty('hw_vm_mode', 'uml');
  await server('second');
  const labCase = fromFragment(fragmentFor(await snapshot(), 'No valid host was found') ?? '');
  const [first] = labCase?.hosts ?? [];
  expect([first?.servers, first?.vcpusUsed, first?.ramUsed]).toEqual([[id], 1, 1024]);
});
