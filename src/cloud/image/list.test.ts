import { beforeAll, expect, test } from 'vitest';
import { tinyQcow2 } from '../../disk-image/samples';
import { explanation, TestCloud } from '../testing/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.start('course');
  const make = async (record: object, user: 'demo' | 'partner' = 'demo') => {
    cloud.clock.advance(60_000);
    return cloud.image(record, user);
  };
  const small = await make({
    name: 'small',
    disk_format: 'raw',
    container_format: 'bare',
    tags: ['a', 'b'],
    os_distro: 'debian',
  });
  await cloud.upload(small, '123456');
  const big = await make({
    name: 'big',
    disk_format: 'qcow2',
    container_format: 'bare',
    tags: ['a'],
    visibility: 'private',
  });
  await cloud.upload(big, tinyQcow2());
  await make({ name: 'old', os_hidden: true });
  await make({ name: 'with,comma', visibility: 'community', protected: true });
  await make({ name: 'theirs', visibility: 'community' }, 'partner');
  const shared = await make({ name: 'shared' }, 'partner');
  const { json } = await cloud.as('demo', 'GET', '/identity/v3/auth/projects');
  const [project] = json['projects'] as { id: string }[];
  await cloud.as('partner', 'POST', `/image/v2/images/${shared}/members`, { member: project?.id });
});

test.each([
  ['', ['with,comma', 'big', 'small', 'cirros']],
  ['name=small', ['small']],
  ['name=SMALL', ['small']],
  ['name=in:small,big', ['big', 'small']],
  ['name=in:"with,comma",big', ['with,comma', 'big']],
  ['status=queued', ['with,comma']],
  ['disk_format=raw', ['small']],
  ['tag=a', ['big', 'small']],
  ['tag=a&tag=b', ['small']],
  ['os_distro=debian', ['small']],
  ['os_hidden=true', ['old']],
  ['protected=true', ['with,comma']],
  ['size_max=10', ['small']],
  ['size_min=7&size_max=200000', ['cirros']],
  ['visibility=private', ['big']],
  ['visibility=public', ['cirros']],
  ['visibility=community', ['theirs', 'with,comma']],
  ['visibility=all', ['theirs', 'with,comma', 'big', 'small', 'cirros']],
  ['member_status=pending&visibility=shared', ['shared', 'small']],
  ['created_at=lt:2026-11-22T09:00:00Z', ['cirros']],
  ['created_at=gte:2026-11-22T09:02:00Z', ['with,comma', 'big']],
  ['sort=name:asc', ['big', 'cirros', 'small', 'with,comma']],
  ['sort_key=size&sort_dir=desc', ['big', 'cirros', 'small', 'with,comma']],
  ['sort=disk_format:asc,name:desc', ['with,comma', 'cirros', 'big', 'small']],
  ['limit=2', ['with,comma', 'big']],
  ['nosuch=property', []],
])('the list with %j', async (query, names) => {
  expect(await cloud.names(query)).toEqual(names);
});

test.each([
  ['limit=x', 'limit param must be an integer'],
  ['limit=-1', 'limit param must be positive'],
  [
    'sort=foo',
    'Invalid sort key: foo. It must be one of the following: name, status, container_format, disk_format, size, id, created_at, updated_at.',
  ],
  ['sort=name:up', 'Invalid sort direction: up'],
  ['sort=name&sort_key=size', 'Old and new sorting syntax cannot be combined'],
  ['visibility=secret', 'Invalid visibility value: secret'],
  [
    'protected=yes',
    'Invalid value &#x27;yes&#x27; for &#x27;protected&#x27; filter. Valid values are &#x27;true&#x27; or &#x27;false&#x27;.',
  ],
  ['size_min=x', 'Unable to filter on a range with a non-numeric value.'],
  ['name=gt:x', 'Unable to filter by unknown operator &#x27;gt&#x27;.'],
  ['created_at=x', 'Bad &quot;created_at&quot; query filter format. Use ISO 8601 DateTime notation.'],
  ['marker=nosuch', 'No image found with ID nosuch'],
  ['member_status=x', 'Invalid status: x'],
])('the list with %j is refused', async (query, text) => {
  const answer = await cloud.as('demo', 'GET', `/image/v2/images?${query}`);
  expect([answer.status, explanation(answer)]).toEqual([400, text]);
});

test('pages follow one another by the link to the next', async () => {
  const names: unknown[] = [];
  for (let path: string | undefined = '/v2/images?limit=1&sort=name:asc'; path !== undefined;) {
    const { json } = await cloud.as('demo', 'GET', `/image${path}`);
    expect(json['first']).toBe('/v2/images?limit=1&sort=name%3Aasc');
    names.push(...(json['images'] as { name: string }[]).map(({ name }) => name));
    path = json['next'] as string | undefined;
  }
  expect(names).toEqual(['big', 'cirros', 'small', 'with,comma']);
});

test('an admin sees what belongs to everybody', async () => {
  expect(await cloud.names('sort=name:asc', 'admin')).toEqual(['big', 'cirros', 'shared', 'small']);
});

test('of two images made within one second the later one is the newer', async () => {
  const cloud = await TestCloud.start('empty');
  // so many that their random ids hardly have the same order
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const name of names) {
    cloud.clock.advance(1);
    await cloud.image({ name });
  }
  expect(await cloud.names('sort=created_at:asc')).toEqual(names);
});
