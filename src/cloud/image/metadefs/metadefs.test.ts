import { describe, expect, it } from 'vitest';
import { explanation, TestCloud } from '../../testing/test-cloud';

const ROOT = '/image/v2/metadefs/namespaces';

async function names(test: TestCloud, query = ''): Promise<string[]> {
  const { json } = await test.as('demo', 'GET', `${ROOT}?${query}`);
  return (json['namespaces'] as { namespace: string }[]).map(({ namespace }) => namespace); // a list's shape
}

describe('the definitions that come with Glance', () => {
  it('are there for everybody, but for two that are private', async () => {
    const test = await TestCloud.start();
    const found = await names(test, 'limit=1000');
    expect(found).toHaveLength(31);
    expect(found).toContain('OS::Compute::CPUPinning');
  });

  it('name the properties of an image with the prefix that images use', async () => {
    const test = await TestCloud.start();
    const url = `${ROOT}/OS::Compute::CPUPinning?resource_type=OS::Glance::Image`;
    const { json } = await test.as('demo', 'GET', url);
    expect(Object.keys(json['properties'] as object)).toContain('hw_cpu_policy');
  });

  it('are not in the state until somebody changes them', async () => {
    const test = await TestCloud.start();
    await names(test);
    expect((await test.cloud.snapshot()).image.metadefs).toBeUndefined();
    await test.as('admin', 'POST', ROOT, { namespace: 'mine' });
    expect((await test.cloud.snapshot()).image.metadefs?.namespaces[0]?.namespace).toBe('mine');
  });

  it('are changed in one cloud and stay as they are in the next', async () => {
    const test = await TestCloud.start();
    await test.as('admin', 'PUT', `${ROOT}/OS::Compute::CPUMode`, { namespace: 'changed' });
    expect(await names(await TestCloud.start(), 'limit=1000')).not.toContain('changed');
  });
});

describe('a namespace', () => {
  it('is for administrators to make, and private unless they say otherwise', async () => {
    const test = await TestCloud.start();
    expect((await test.as('demo', 'POST', ROOT, { namespace: 'mine' })).status).toBe(403);
    expect((await test.as('admin', 'POST', ROOT, { namespace: 'mine' })).status).toBe(201);
    expect((await test.as('demo', 'GET', `${ROOT}/mine`)).status).toBe(404);
    const again = await test.as('admin', 'POST', ROOT, { namespace: 'mine' });
    expect(explanation(again)).toBe('The metadata definition namespace=mine already exists.');
  });

  it('keeps properties, objects, tags and resource types, and is gone with all of them', async () => {
    const test = await TestCloud.start();
    const post = (path: string, body?: object) => test.as('admin', 'POST', `${ROOT}${path}`, body);
    await post('', { namespace: 'mine', visibility: 'public' });
    expect((await post('/mine/properties', { name: 'p', type: 'string', title: 'P' })).status).toBe(201);
    expect((await post('/mine/objects', { name: 'o' })).status).toBe(201);
    expect((await post('/mine/tags', { tags: [{ name: 't' }] })).status).toBe(201);
    expect((await post('/mine/resource_types', { name: 'OS::Glance::Image' })).status).toBe(201);
    expect((await test.as('demo', 'GET', `${ROOT}/mine`)).json).toMatchObject({
      properties: { p: { title: 'P' } },
      objects: [{ name: 'o', required: [], properties: {} }],
      tags: [{ name: 't' }],
      resource_type_associations: [{ name: 'OS::Glance::Image' }],
    });
    expect((await test.as('admin', 'DELETE', `${ROOT}/mine`)).status).toBe(204);
    expect((await test.as('admin', 'GET', `${ROOT}/mine/tags`)).status).toBe(404);
  });

  it('that is protected is not deleted', async () => {
    const test = await TestCloud.start();
    const answer = await test.as('admin', 'DELETE', `${ROOT}/OS::Software::DBMS`);
    expect(answer.status).toBe(403);
    expect(explanation(answer)).toContain('is protected and cannot be deleted');
  });
});
