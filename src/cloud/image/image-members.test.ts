import { expect, test } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

async function projectOf(cloud: TestCloud, user: 'demo' | 'partner'): Promise<string> {
  const { json } = await cloud.as(user, 'GET', '/identity/v3/auth/projects');
  return (json['projects'] as { id: string }[])[0]?.id ?? '';
}

test('a shared image is listed for a project once it has accepted', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ name: 'ours' });
  const member = await projectOf(cloud, 'partner');
  const path = `/image/v2/images/${id}/members`;
  expect((await cloud.as('partner', 'GET', `/image/v2/images/${id}`)).status).toBe(404);

  expect((await cloud.as('demo', 'POST', path, { member })).json).toMatchObject({
    member_id: member,
    status: 'pending',
  });
  expect(explanation(await cloud.as('demo', 'POST', path, { member }))).toBe(
    `Member ${member} is duplicated for image ${id}`,
  );
  expect((await cloud.as('partner', 'GET', `/image/v2/images/${id}`)).json).toMatchObject({ name: 'ours' });
  expect(await cloud.names('', 'partner')).toEqual([]);

  expect((await cloud.as('demo', 'PUT', `${path}/${member}`, { status: 'accepted' })).status).toBe(403);
  expect((await cloud.as('partner', 'PUT', `${path}/${member}`, { status: 'accepted' })).json).toMatchObject({
    status: 'accepted',
  });
  expect(await cloud.names('', 'partner')).toEqual(['ours']);

  expect((await cloud.as('partner', 'DELETE', `${path}/${member}`)).status).toBe(403);
  expect((await cloud.as('demo', 'DELETE', `${path}/${member}`)).status).toBe(204);
  expect(await cloud.names('', 'partner')).toEqual([]);
});

test('only shared images have members', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image({ visibility: 'private' });
  expect(explanation(await cloud.as('demo', 'GET', `/image/v2/images/${id}/members`))).toBe(
    `Not allowed to list members for image ${id}: Only shared images have members.`,
  );
  expect((await cloud.as('demo', 'POST', `/image/v2/images/${id}/members`, { member: 'x' })).status).toBe(
    403,
  );
});

test.each([
  [{}, 'Member to be added not specified'],
  [{ member: '' }, 'Member can&#x27;t be empty'],
  [[], 'Expected a member in the form: {&quot;member&quot;: &quot;image_id&quot;}'],
])('the member %j is refused', async (body, text) => {
  const cloud = await TestCloud.start();
  const answer = await cloud.as('demo', 'POST', `/image/v2/images/${await cloud.image()}/members`, body);
  expect([answer.status, explanation(answer)]).toEqual([400, text]);
});
