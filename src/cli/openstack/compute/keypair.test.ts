import { expect, test } from 'vitest';
import { SimulatedClock } from '../../../cloud/clock';
import { Cloud } from '../../../cloud/cloud';
import { startState } from '../../../cloud/states';
import { login, MemoryFiles, run } from '../../testing/terminal';

// the real client says `key_type` to an SDK that knows `type`
test('--type x509 registers an SSH key, as the real client does', async () => {
  const cloud = new Cloud({
    state: await startState('course'),
    clock: new SimulatedClock('2026-11-22T09:00:00Z'),
  });
  const files = new MemoryFiles({
    'k.pub': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBJ+k+RgtLY/d77YYtunByU9ZVtY0FaClIN7+Qb9i8Y3 k2\n',
  });
  const words = 'keypair create --type x509 --public-key k.pub k -f value -c type -c fingerprint';
  const answer = await run(['openstack', ...words.split(' ')], {
    env: login('demo'),
    fetch: (request) => cloud.fetch(request),
    files,
  });
  expect(answer).toMatchObject({
    exitCode: 0,
    stdout: 'ce:7a:db:ca:60:3f:73:ea:a7:eb:ab:07:9d:ab:c6:8d\nssh\n',
  });
});
