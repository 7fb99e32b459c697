import { expect, test } from 'vitest';
import { explanation, TestCloud } from '../testing/test-cloud';

const WIDE = 'sun\u{1f31e}';

test('names, properties and tags with characters of four bytes are refused, at the start and later', async () => {
  const cloud = await TestCloud.start();
  const make = async (record: object) => {
    const answer = await cloud.as('demo', 'POST', '/image/v2/images', record);
    return `${answer.status} ${explanation(answer)}`;
  };
  expect(await make({ name: WIDE })).toBe('400 Name can&#x27;t contain 4 byte unicode characters.');
  expect(await make({ [WIDE]: 'x' })).toBe('400 Property names can&#x27;t contain 4 byte unicode.');
  expect(await make({ our_sun: WIDE })).toBe('400 Our_Sun can&#x27;t contain 4 byte unicode characters.');
  expect(await make({ tags: [WIDE] })).toBe('400 Param values can&#x27;t contain 4 byte unicode.');
  const id = await cloud.image();
  const answer = await cloud.patch(id, [{ op: 'replace', path: '/name', value: WIDE }]);
  expect(answer.status).toBe(400);
});

test('a tag in a path is taken byte by byte', async () => {
  const cloud = await TestCloud.start();
  const id = await cloud.image();
  await cloud.as('demo', 'PUT', `/image/v2/images/${id}/tags/%C3%A9`);
  expect((await cloud.as('demo', 'GET', `/image/v2/images/${id}`)).json['tags']).toEqual(['Ã©']);
});
