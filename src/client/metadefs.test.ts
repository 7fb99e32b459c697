import { expect, test } from 'vitest';
import { SimulatedClock } from '../cloud/clock';
import { Cloud } from '../cloud/cloud';
import { startState } from '../cloud/states';
import { connect, ConflictException, ForbiddenException, NotFoundException, type MetadefClient } from '.';

async function metadefs(user: string, cloud?: Cloud): Promise<MetadefClient> {
  const clock = new SimulatedClock('2026-11-22T09:00:00Z');
  const there = cloud ?? new Cloud({ state: await startState('empty'), clock });
  const auth_url = `${there.baseUrl}/identity/v3`;
  const auth = {
    auth_url,
    username: user,
    password: 'secret',
    project_name: user,
    default_domain: 'default',
  };
  return connect({ auth }, { fetch: (request) => there.fetch(request), now: () => clock.now() }).image
    .metadefs;
}

test('a namespace is made with its contents, filled, emptied and deleted', async () => {
  const client = await metadefs('admin');
  await client.createNamespace({
    namespace: 'labs',
    properties: { p: { type: 'string', title: 'P' } },
    objects: [{ name: 'o' }],
    tags: [{ name: 't' }],
  });
  await client.createProperty('labs', { name: 'n', type: 'integer', title: 'N', minimum: 1 });
  await client.updateProperty('labs', 'n', { name: 'm', type: 'integer', title: 'M' });
  expect(Object.keys(await client.properties('labs'))).toEqual(['m', 'p']);
  await client.deleteProperty('labs', 'm');
  await expect(client.getProperty('labs', 'm')).rejects.toThrow(NotFoundException);
  await client.deleteAllProperties('labs');
  expect(await client.properties('labs')).toEqual({});

  await client.createObject('labs', { name: 'o2' });
  await expect(client.createObject('labs', { name: 'o2' })).rejects.toThrow(ConflictException);
  await client.updateObject('labs', 'o2', { name: 'o3', description: 'Third' });
  expect((await client.objects('labs')).map(({ name }) => name)).toEqual(['o', 'o3']);
  expect((await client.getObject('labs', 'o3')).description).toBe('Third');
  await client.deleteObject('labs', 'o3');
  await client.deleteAllObjects('labs');
  expect(await client.objects('labs')).toEqual([]);

  await client.createTag('labs', 'u');
  await client.updateTag('labs', 'u', 'v');
  expect(await client.createTags('labs', ['w'], { append: true })).toEqual([{ name: 'w' }]);
  expect((await client.tags('labs')).map(({ name }) => name)).toEqual(['w', 'v', 't']);
  await client.deleteTag('labs', 'v');
  await expect(client.getTag('labs', 'v')).rejects.toThrow(NotFoundException);
  await client.deleteAllTags('labs');

  await client.createResourceTypeAssociation('labs', { name: 'Ours::Lab', prefix: 'x_' });
  expect((await client.resourceTypeAssociations('labs')).map(({ prefix }) => prefix)).toEqual(['x_']);
  expect((await client.resourceTypes()).map(({ name }) => name)).toContain('Ours::Lab');
  await client.deleteResourceTypeAssociation('labs', 'Ours::Lab');

  const { visibility } = await client.updateNamespace('labs', { namespace: 'labs', visibility: 'public' });
  expect(visibility).toBe('public');
  await client.deleteNamespace('labs');
  await expect(client.getNamespace('labs')).rejects.toThrow('No MetadefNamespace found for labs');
});

test('the list goes on over all pages', async () => {
  const client = await metadefs('demo');
  const all: string[] = [];
  for await (const { namespace } of client.namespaces({ limit: 7 })) all.push(namespace);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(25);
});

test('only administrators write', async () => {
  const client = await metadefs('demo');
  await expect(client.createNamespace({ namespace: 'x' })).rejects.toThrow(ForbiddenException);
});
