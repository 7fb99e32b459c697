import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../../cloud/clock';
import { Cloud } from '../../../cloud/cloud';
import { startState } from '../../../cloud/states';
import { login, run } from '../../testing/terminal';

let cloud: Cloud;
let partner: string;
let id: string;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('empty'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
  partner = (await as('partner', 'openstack token issue -f value -c project_id')).trim();
  id = (await as('demo', 'openstack image create web -f value -c id')).trim();
});

async function as(user: string, line: string): Promise<string> {
  const { stdout, stderr } = await run(line, { env: login(user), fetch: (request) => cloud.fetch(request) });
  return String(stdout) + stderr;
}

test('openstack shares an image, the other project accepts, and the share is taken back', async () => {
  await as('demo', `openstack image add project web ${partner}`);
  expect(await as('demo', 'openstack image member list web -f value')).toBe(`${id} ${partner} pending\n`);
  await as('partner', `openstack image set --accept ${id}`);
  expect(await as('demo', `openstack image member get web ${partner} -f value -c status`)).toBe('accepted\n');
  expect(await as('partner', 'openstack image list -f value -c Name')).toBe('web\n');
  expect(await as('demo', `openstack image remove project web ${partner}`)).toBe('');
  expect(await as('demo', 'openstack image member list web -f value')).toBe('');
});

test('openstack minds no member that is not there when it removes one, and does when it shows one', async () => {
  expect(await as('demo', 'openstack image remove project web nosuch')).toBe('');
  expect(await as('demo', 'openstack image member get web nosuch')).toBe(
    `No Member found for None: Client Error for url: https://openstack.example/image/v2/images/${id}/members/nosuch, 404 Not Found: nosuch not found in the member list of the image ${id}.\n`,
  );
});

test('glance does the same, and says what is not there', async () => {
  expect(await as('demo', `glance member-create ${id} ${partner}`)).toContain(`${partner} | pending |`);
  expect(await as('partner', `glance member-update ${id} ${partner} accepted`)).toContain('| accepted |');
  expect(await as('demo', `glance member-get ${id} ${partner}`)).toContain('| status     | accepted ');
  expect(await as('demo', `glance member-delete ${id} ${partner}`)).toBe('');
  expect(await as('demo', `glance member-delete ${id} ${partner}`)).toMatch(/^HTTP 404 Not Found: /);
  expect(await as('demo', 'glance help member-list')).toContain(
    '\nRequired arguments:\n  --image-id <IMAGE_ID>',
  );
});
