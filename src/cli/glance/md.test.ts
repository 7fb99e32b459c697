import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../cloud/clock';
import { Cloud } from '../../cloud/cloud';
import { startState } from '../../cloud/states';
import { login, MemoryFiles, run, type RunOptions } from '../testing/terminal';

let cloud: Cloud;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('empty'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
});

/** Both streams of `glance md-…`, as an administrator unless said otherwise. */
async function md(words: readonly string[], options: RunOptions = {}): Promise<string> {
  const { stdout, stderr } = await run(['glance', ...words], {
    env: login('admin'),
    fetch: (request) => cloud.fetch(request),
    ...options,
  });
  return (String(stdout) + stderr).replace(/[0-9a-f]{32}/g, (id) => 'x'.repeat(id.length));
}

const IMPORT = JSON.stringify({
  namespace: 'labs',
  visibility: 'public',
  resource_type_associations: [{ name: 'OS::Nova::Flavor', prefix: 'x:' }, { name: 'OS::Glance::Image' }],
  properties: { p1: { type: 'string', title: 'One', enum: ['a'] }, p0: { type: 'integer', title: 'Zero' } },
  objects: [
    {
      name: 'o1',
      required: ['q'],
      properties: { q: { type: 'number', title: 'Q', minimum: 1.5, default: true } },
    },
  ],
  tags: [{ name: 't1' }, { name: 't0' }],
});

test('a namespace is imported from a file, and all that is in it can be shown', async () => {
  const files = new MemoryFiles({ 'labs.json': IMPORT });
  expect(await md(['md-namespace-import', '--file', 'labs.json'], { files })).toMatchInlineSnapshot(`
    "+----------------------------+-------------------------------------------+
    | Property                   | Value                                     |
    +----------------------------+-------------------------------------------+
    | created_at                 | 2026-11-22T09:00:00Z                      |
    | namespace                  | labs                                      |
    | objects                    | ["o1"]                                    |
    | owner                      | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx          |
    | properties                 | ["p1", "p0"]                              |
    | protected                  | False                                     |
    | resource_type_associations | ["OS::Nova::Flavor", "OS::Glance::Image"] |
    | schema                     | /v2/schemas/metadefs/namespace            |
    | tags                       | ["t1", "t0"]                              |
    | updated_at                 | 2026-11-22T09:00:00Z                      |
    | visibility                 | public                                    |
    +----------------------------+-------------------------------------------+
    "
  `);
  expect(await md(['md-namespace-show', 'labs', '--resource-type', 'OS::Nova::Flavor']))
    .toMatchInlineSnapshot(`
    "+----------------------------+-------------------------------------------+
    | Property                   | Value                                     |
    +----------------------------+-------------------------------------------+
    | created_at                 | 2026-11-22T09:00:00Z                      |
    | namespace                  | labs                                      |
    | objects                    | ["o1"]                                    |
    | owner                      | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx          |
    | properties                 | ["x:p0", "x:p1"]                          |
    | protected                  | False                                     |
    | resource_type_associations | ["OS::Glance::Image", "OS::Nova::Flavor"] |
    | schema                     | /v2/schemas/metadefs/namespace            |
    | tags                       | ["t0", "t1"]                              |
    | updated_at                 | 2026-11-22T09:00:00Z                      |
    | visibility                 | public                                    |
    +----------------------------+-------------------------------------------+
    "
  `);
  expect(await md(['md-namespace-resource-type-list', 'labs'])).toMatchInlineSnapshot(`
    "+-------------------+--------+-------------------+
    | name              | prefix | properties_target |
    +-------------------+--------+-------------------+
    | OS::Glance::Image |        |                   |
    | OS::Nova::Flavor  | x:     |                   |
    +-------------------+--------+-------------------+
    "
  `);
  expect(await md(['md-property-list', 'labs'])).toMatchInlineSnapshot(`
    "+------+-------+---------+
    | name | title | type    |
    +------+-------+---------+
    | p0   | Zero  | integer |
    | p1   | One   | string  |
    +------+-------+---------+
    "
  `);
  expect(await md(['md-object-property-show', 'labs', 'o1', 'q'])).toMatchInlineSnapshot(`
    "+----------+--------+
    | Property | Value  |
    +----------+--------+
    | default  | True   |
    | minimum  | 1      |
    | name     | q      |
    | title    | Q      |
    | type     | number |
    +----------+--------+
    "
  `);
  expect(await md(['md-tag-list', 'labs'])).toMatchInlineSnapshot(`
    "+------+
    | name |
    +------+
    | t0   |
    | t1   |
    +------+
    "
  `);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{namespace: x}'],
  ['a list', '[1]'],
  ['two things wrong, of which the first in the schema is told', '{"namespace": 3, "visibility": 4}'],
])('what cannot be imported from standard input is refused: %s', async (_, text) => {
  expect(await md(['md-namespace-import'], { stdin: new Blob([text]) })).toMatchSnapshot();
});

test('without a file and with a terminal there is nothing to import', async () => {
  expect(await md(['md-namespace-import'])).toBe(
    'No metadata definition namespace passed via stdin or --file argument.\n',
  );
});

test('a namespace is made, changed, renamed and deleted', async () => {
  expect(await md(['md-namespace-create', 'labs', '--protected', 'True'])).toMatchInlineSnapshot(`
    "+------------+----------------------------------+
    | Property   | Value                            |
    +------------+----------------------------------+
    | created_at | 2026-11-22T09:00:00Z             |
    | namespace  | labs                             |
    | owner      | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx |
    | protected  | True                             |
    | schema     | /v2/schemas/metadefs/namespace   |
    | updated_at | 2026-11-22T09:00:00Z             |
    | visibility | private                          |
    +------------+----------------------------------+
    "
  `);
  expect(await md(['md-namespace-delete', 'labs'])).toMatchInlineSnapshot(`
    "HTTP 403 Forbidden: Metadata definition namespace labs is protected and cannot be deleted.
    "
  `);
  await md(['md-namespace-update', 'labs', '--protected', 'False', '--namespace', 'shop']);
  expect(await md(['md-namespace-show', 'shop', '--max-column-width', '20'])).toMatchInlineSnapshot(`
    "+------------+----------------------+
    | Property   | Value                |
    +------------+----------------------+
    | created_at | 2026-11-22T09:00:00Z |
    | namespace  | shop                 |
    | owner      | 4fe55103b6bb4fd5a572 |
    |            | cf3faab971fc         |
    | protected  | False                |
    | schema     | /v2/schemas/metadefs |
    |            | /namespace           |
    | updated_at | 2026-11-22T09:00:00Z |
    | visibility | private              |
    +------------+----------------------+
    "
  `);
  expect(await md(['md-namespace-delete', 'shop'])).toBe('');
  expect(await md(['md-namespace-show', 'shop'])).toMatchInlineSnapshot(`
    "HTTP 404 Not Found: Metadata definition namespace=shop was not found.
    "
  `);
});

test('a value that the schema refuses never leaves the client', async () => {
  expect(await md(['md-namespace-create', 'labs', '--visibility', 'shared'])).toMatchInlineSnapshot(`
    "'shared' is not one of ['public', 'private']

    Failed validating 'enum' in schema['properties']['visibility']:
        {'description': 'Who may see it',
         'enum': ['public', 'private'],
         'type': 'string'}

    On instance['visibility']:
        'shared'
    "
  `);
  await md(['md-namespace-create', 'labs']);
  expect(await md(['md-namespace-update', 'labs', '--visibility', 'shared'])).toMatchInlineSnapshot(`
    "Unable to set 'visibility' to 'shared'. Reason: 'shared' is not one of ['public', 'private']

    Failed validating 'enum' in schema['properties']['visibility']:
        {'description': 'Who may see it',
         'enum': ['public', 'private'],
         'type': 'string'}

    On instance['visibility']:
        'shared'
    "
  `);
});

test('a property keeps what an update does not name, and can be renamed', async () => {
  await md(['md-namespace-create', 'labs']);
  const create = ['md-property-create', 'labs', '--name', 'p', '--title', 'T', '--type', 'string'];
  await md([...create, '--schema', '{"minLength": 2, "default": 7}']);
  expect(await md(['md-property-update', 'labs', 'p', '--name', 'q', '--title', 'U'])).toMatchInlineSnapshot(`
    "+-----------+--------+
    | Property  | Value  |
    +-----------+--------+
    | default   | 7      |
    | minLength | 2      |
    | name      | q      |
    | title     | U      |
    | type      | string |
    +-----------+--------+
    "
  `);
  expect(await md([...create, '--schema', 'x'])).toBe('Schema is not a valid JSON object.\n');
  expect(await md([...create, '--schema', '3'])).toBe("'int' object is not iterable\n");
  expect(await md([...create, '--schema', '{"enum": [1]}'])).toMatchInlineSnapshot(`
    "HTTP 500 Internal Server Error: The server has either erred or is incapable of performing the requested operation.
    "
  `);
});

test('an object has its description wrapped in lists', async () => {
  await md(['md-namespace-create', 'labs']);
  const schema = { description: 'so many words that they do not fit into fifty characters' };
  await md(['md-object-create', 'labs', '--name', 'o', '--schema', JSON.stringify(schema)]);
  expect(await md(['md-object-list', 'labs'])).toMatchInlineSnapshot(`
    "+------+----------------------------------------------------+
    | name | description                                        |
    +------+----------------------------------------------------+
    | o    | so many words that they do not fit into fifty      |
    |      | characters                                         |
    +------+----------------------------------------------------+
    "
  `);
});

test('tags: several at once replace those before, and --append fails as it does in the real client', async () => {
  await md(['md-namespace-create', 'labs']);
  expect(await md(['md-tag-create', 'labs', '--name', ' a b '])).toMatchInlineSnapshot(`
    "+------------+----------------------+
    | Property   | Value                |
    +------------+----------------------+
    | created_at | 2026-11-22T09:00:00Z |
    | name       | a b                  |
    | updated_at | 2026-11-22T09:00:00Z |
    +------------+----------------------+
    "
  `);
  expect(await md(['md-tag-create-multiple', 'labs', '--names', 'x, y,,z'])).toMatchInlineSnapshot(`
    "+------+
    | name |
    +------+
    | x    |
    | y    |
    | z    |
    +------+
    "
  `);
  expect(await md(['md-tag-list', 'labs'])).toMatchInlineSnapshot(`
    "+------+
    | name |
    +------+
    | z    |
    | y    |
    | x    |
    +------+
    "
  `);
  expect(await md(['md-tag-create-multiple', 'labs', '--names', 'u', '--append'])).toBe(
    'quote_from_bytes() expected bytes\n',
  );
});

test('the path takes bytes for characters, so what is not ASCII is not found', async () => {
  await md(['md-namespace-create', 'é']);
  expect(await md(['md-namespace-show', 'é'])).toMatchInlineSnapshot(`
    "HTTP 404 Not Found: Metadata definition namespace=&#195;&#169; was not found.
    "
  `);
});

test('emoji are refused', async () => {
  expect(await md(['md-namespace-create', 'a', '--display-name', '😀'])).toMatchInlineSnapshot(`
    "HTTP 400 Bad Request: Couldn&#x27;t create metadata namespace: Display_Name can&#x27;t contain 4 byte unicode characters.
    "
  `);
});
