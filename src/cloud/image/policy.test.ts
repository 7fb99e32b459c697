import { describe, expect, it } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

async function systemToken(test: TestCloud): Promise<string> {
  const user = { name: 'admin', domain: { id: 'default' }, password: 'secret' };
  const { headers } = await test.authenticate({
    identity: { methods: ['password'], password: { user } },
    scope: { system: { all: true } },
  });
  return headers.get('X-Subject-Token') ?? '';
}

// Glance's rules are for projects: what these answer is what Glance 30 answered
describe('a token of the whole system', () => {
  it.each([
    ['GET', '/images', 403, 'You are not authorized to complete get_images action.'],
    ['GET', '/tasks', 403, 'You are not authorized to complete tasks_api_access action.'],
    ['GET', '/cache', 403, 'You are not authorized to complete cache_list action.'],
    ['GET', '/metadefs/namespaces', 404, 'The resource could not be found.'],
    ['GET', '/metadefs/resource_types', 404, 'The resource could not be found.'],
  ])('is refused: %s %s', async (method, path, status, why) => {
    const test = await TestCloud.start();
    const headers = { 'X-Auth-Token': await systemToken(test) };
    const answer = await test.send(method, `/image/v2${path}`, { headers });
    expect(answer.status).toBe(status);
    expect(explanation(answer)).toContain(why);
  });

  it('sees no image, whoever holds it', async () => {
    const test = await TestCloud.start();
    const id = await test.image({ name: 'x' });
    const headers = { 'X-Auth-Token': await systemToken(test) };
    expect((await test.send('GET', `/image/v2/images/${id}`, { headers })).status).toBe(404);
    expect((await test.send('DELETE', `/image/v2/images/${id}`, { headers })).status).toBe(404);
  });

  it('may ask what this Glance can do', async () => {
    const test = await TestCloud.start();
    const headers = { 'X-Auth-Token': await systemToken(test) };
    for (const path of ['/info/stores', '/info/import', '/info/usage', '/schemas/image'])
      expect((await test.send('GET', `/image/v2${path}`, { headers })).status).toBe(200);
  });
});
