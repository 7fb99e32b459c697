import { expect, test } from 'vitest';
import { TestCloud } from '../testing/test-cloud';

test('the discovery documents name version 3 and need no token', async () => {
  const cloud = await TestCloud.start();
  const root = await cloud.send('GET', '/identity');
  expect(root.status).toBe(300);
  expect(root.text).toContain('"href": "https://openstack.example/identity/v3/"');
  const v3 = await cloud.send('GET', '/identity/v3/');
  expect(v3.json).toMatchObject({ version: { id: 'v3.14', status: 'stable' } });
});

test('an admin finds projects, users and services by name, whatever the case', async () => {
  const cloud = await TestCloud.start();
  expect((await cloud.as('admin', 'GET', '/identity/v3/projects?name=DEMO')).json['projects']).toMatchObject([
    { name: 'demo' },
  ]);
  expect((await cloud.as('admin', 'GET', '/identity/v3/users?name=nosuch')).json['users']).toEqual([]);
  expect((await cloud.as('admin', 'GET', '/identity/v3/services?type=image')).json['services']).toMatchObject(
    [{ name: 'glance' }],
  );
});

test('a member may not list projects, and may show her own', async () => {
  const cloud = await TestCloud.start();
  const refused = await cloud.as('demo', 'GET', '/identity/v3/projects');
  expect(refused.text).toBe(
    '{"error":{"code":403,"message":"You are not authorized to perform the requested action: identity:list_projects.","title":"Forbidden"}}',
  );
  const { json } = await cloud.as('demo', 'GET', '/identity/v3/auth/projects');
  const [project] = json['projects'] as { id: string }[];
  expect((await cloud.as('demo', 'GET', `/identity/v3/projects/${project?.id}`)).json).toMatchObject({
    project: { name: 'demo' },
  });
  expect((await cloud.as('partner', 'GET', `/identity/v3/projects/${project?.id}`)).status).toBe(403);
});

test('what does not exist is a 404 in the words of Keystone', async () => {
  const cloud = await TestCloud.start();
  expect((await cloud.as('admin', 'GET', '/identity/v3/users/nosuch')).json).toMatchObject({
    error: { message: 'Could not find user: nosuch.' },
  });
  expect((await cloud.as('admin', 'GET', '/identity/v3/nosuch')).text).toContain(
    '<title>404 Not Found</title>',
  );
});

test('role assignments come with names when asked for', async () => {
  const cloud = await TestCloud.start();
  const answer = await cloud.as('admin', 'GET', '/identity/v3/role_assignments?include_names=true');
  expect(answer.json['role_assignments']).toContainEqual(
    expect.objectContaining({
      user: expect.objectContaining({ name: 'viewer' }),
      role: expect.objectContaining({ name: 'reader' }),
      scope: { project: expect.objectContaining({ name: 'demo' }) },
    }),
  );
});
