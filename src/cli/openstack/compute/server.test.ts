import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../../cloud/clock';
import { Cloud } from '../../../cloud/cloud';
import { startState } from '../../../cloud/states';
import type { ProgramResult } from '../../program';
import { login, run } from '../../testing/terminal';

let cloud: Cloud;
let clock: SimulatedClock;

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-22T09:00:00Z');
  cloud = new Cloud({ state: await startState('course'), clock });
});

function openstack(words: string, user = 'demo'): Promise<ProgramResult> {
  return run(['openstack', ...words.split(' ')], {
    env: login(user),
    fetch: (request) => cloud.fetch(request),
  });
}

async function refusal(words: string): Promise<string> {
  const { stderr } = await openstack(words);
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}

test('a server is made, listed, shown and deleted', async () => {
  expect(await openstack('server create web --flavor m1.tiny --image cirros --no-network')).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  clock.advance(5000);
  expect((await openstack('server list -f value -c Name -c Status -c Image -c Flavor')).stdout).toBe(
    'web ACTIVE cirros m1.tiny\n',
  );
  expect((await openstack('server show web -f value -c status -c OS-EXT-STS:power_state')).stdout).toBe(
    '1\nACTIVE\n',
  );
  expect(await openstack('server delete web')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('what cannot be a network interface is refused before anything is sent', async () => {
  const create = 'server create web --flavor m1.tiny --image cirros';
  expect(await refusal(`${create} --nic foo`)).toBe(
    "openstack server create: error: argument --nic: Invalid argument foo; argument must be of form 'net-id=net-uuid,port-id=port-uuid,v4-fixed-ip=ip-addr,v6-fixed-ip=ip-addr,tag=tag'",
  );
  expect(await refusal(`${create} --network a,b`)).toBe(
    "openstack server create: error: argument --network: Invalid argument a,b; characters ',' and '=' are not allowed",
  );
  expect(await refusal(`${create} --nic none --no-network`)).toBe(
    'Specifying a --nic of auto or none cannot be used with any other --nic, --network or --port value.',
  );
});

test('names that are not there are told in the words of the SDK', async () => {
  expect(await refusal('server show nosuch')).toBe('No Server found for nosuch');
  expect(await refusal('server create web --flavor nosuch --image cirros')).toBe(
    'No Flavor found for nosuch',
  );
  expect(await refusal('server create web --flavor m1.tiny')).toBe(
    'An image (--image, --image-property) or bootable volume (--volume, --snapshot, --block-device) is required',
  );
});

test('a microversion that an option needs is asked for by its number', async () => {
  expect(
    await refusal(
      '--os-compute-api-version 2.18 server create web --flavor m1.tiny --image cirros --description x',
    ),
  ).toBe('--os-compute-api-version 2.19 or greater is required to support the --description option');
});

test('a flavor has its factor as a number with a point, in every format', async () => {
  expect((await openstack('flavor show m1.tiny -f json')).stdout).toContain('"rxtx_factor": 1.0,');
  expect((await openstack('flavor show m1.tiny -f yaml')).stdout).toContain('rxtx_factor: 1.0\n');
  expect((await openstack('flavor list --long -f csv')).stdout).toContain(
    '"m1.tiny",512,1,0,1,True,0,1.0,"{}"',
  );
});
