import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../../cloud/clock';
import { Cloud } from '../../../cloud/cloud';
import { startState } from '../../../cloud/states';
import { login, run } from '../../testing/terminal';

let cloud: Cloud;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('empty'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
});

/** Both streams of `openstack image metadef …`, as an administrator unless said otherwise. */
async function metadef(words: readonly string[], user = 'admin'): Promise<string> {
  const { stdout, stderr } = await run(['openstack', 'image', 'metadef', ...words], {
    env: login(user),
    fetch: (request) => cloud.fetch(request),
  });
  return (String(stdout) + stderr).replace(/[0-9a-f]{32}/g, (id) => 'x'.repeat(id.length));
}

test('a namespace is made, changed and shown; what set is not told is reset', async () => {
  const made = await metadef(['namespace', 'create', 'labs', '--public', '--description', 'Ours']);
  expect(made).toMatchInlineSnapshot(`
    "+-------------+----------------------------------+
    | Field       | Value                            |
    +-------------+----------------------------------+
    | created_at  | 2026-11-22T09:00:00Z             |
    | description | Ours                             |
    | namespace   | labs                             |
    | owner       | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx |
    | protected   | False                            |
    | updated_at  | 2026-11-22T09:00:00Z             |
    | visibility  | public                           |
    +-------------+----------------------------------+
    "
  `);
  expect(await metadef(['namespace', 'set', 'labs', '--display-name', 'Labs', '--protected'])).toBe('');
  expect(await metadef(['namespace', 'show', 'labs', '-f', 'json'])).toMatchInlineSnapshot(`
    "{
      "created_at": "2026-11-22T09:00:00Z",
      "display_name": "Labs",
      "namespace": "labs",
      "owner": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "protected": true,
      "updated_at": "2026-11-22T09:00:00Z",
      "visibility": "private"
    }
    "
  `);
});

test('namespaces are deleted one by one, and those that cannot be are counted', async () => {
  await metadef(['namespace', 'create', 'one']);
  await metadef(['namespace', 'create', 'kept', '--protected']);
  expect(await metadef(['namespace', 'delete', 'one', 'kept', 'nope'])).toMatchInlineSnapshot(`
    "Failed to delete namespace with name or ID 'kept': ForbiddenException: 403: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/kept, 403 Forbidden: Metadata definition namespace kept is protected and cannot be deleted.
    Failed to delete namespace with name or ID 'nope': No MetadefNamespace found for nope: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/nope, 404 Not Found: Metadata definition namespace=nope was not found.
    2 of 3 namespace failed to delete.
    "
  `);
});

test('only administrators make namespaces, and nobody else sees private ones', async () => {
  expect(await metadef(['namespace', 'create', 'mine'], 'demo')).toMatchInlineSnapshot(`
    "ForbiddenException: 403: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces, 403 Forbidden: You are not authorized to complete add_metadef_namespace action.
    "
  `);
  await metadef(['namespace', 'create', 'hidden']);
  expect(await metadef(['namespace', 'show', 'hidden'], 'demo')).toMatchInlineSnapshot(`
    "No MetadefNamespace found for hidden: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/hidden, 404 Not Found: The resource could not be found.
    "
  `);
});

test('the catalogue is listed, all of it', async () => {
  const lines = (await metadef(['namespace', 'list', '-f', 'value'], 'demo')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(25);
  expect(lines).toContain('OS::Compute::LibvirtImage');
});

test('an error about columns shows them as the real client keeps them', async () => {
  expect(await metadef(['namespace', 'list', '-c', 'nope'])).toMatchInlineSnapshot(`
    "No recognized column names in ['nope']. Recognized columns are ['namespace'].
    "
  `);
});

test('a property is defined by options and JSON, and set loses what the client does not print', async () => {
  await metadef(['namespace', 'create', 'labs']);
  const schema = '{"enum": ["a", "b"], "min_length": 1, "nobody knows": 1}';
  const create = ['property', 'create', 'labs', '--name', 'p', '--title', 'T', '--type', 'string'];
  expect(await metadef([...create, '--schema', schema, '-f', 'json'])).toMatchInlineSnapshot(`
    "{
      "enum": [
        "a",
        "b"
      ],
      "name": "p",
      "title": "T",
      "type": "string"
    }
    "
  `);
  await metadef(['property', 'set', 'labs', 'p', '--title', 'U']);
  const shown = await run(['glance', 'md-property-show', 'labs', 'p'], {
    env: login('admin'),
    fetch: (request) => cloud.fetch(request),
  });
  expect(shown.stdout).toMatchSnapshot();
});

test.each(['{', '[1]', 'null', '"abc"', '{"foo": 1, "type": "nope"}'])(
  'bad JSON in --schema is refused in the words of Python: %s',
  async (schema) => {
    await metadef(['namespace', 'create', 'labs']);
    const create = ['property', 'create', 'labs', '--name', 'p', '--title', 'T', '--type', 'string'];
    expect(await metadef([...create, '--schema', schema])).toMatchSnapshot();
  },
);

test('an object is made, renamed, listed and deleted; the summary counts the letters of the namespace', async () => {
  await metadef(['namespace', 'create', 'labs']);
  expect(await metadef(['object', 'create', '--namespace', 'labs', 'o'])).toMatchInlineSnapshot(`
    "+----------------+----------------------+
    | Field          | Value                |
    +----------------+----------------------+
    | created_at     | 2026-11-22T09:00:00Z |
    | description    | None                 |
    | name           | o                    |
    | namespace_name | labs                 |
    | properties     | None                 |
    | required       | None                 |
    | updated_at     | 2026-11-22T09:00:00Z |
    +----------------+----------------------+
    "
  `);
  expect(await metadef(['object', 'update', 'labs', 'o', '--name', 'n'])).toBe('');
  expect(await metadef(['object', 'list', 'labs', '-f', 'csv'])).toMatchInlineSnapshot(`
    ""name","description"
    "n",""
    "
  `);
  expect(await metadef(['object', 'delete', 'labs', 'n', 'o'])).toMatchInlineSnapshot(`
    "Failed to delete object with name or ID 'o': No MetadefObject found for None: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/labs/objects/o, 404 Not Found: Could not find metadata object o
    1 of 4 object failed to delete.
    "
  `);
  expect(await metadef(['object', 'create', 'o'])).toBe('Request requires an ID but none was found\n');
});

test('a property of an object is shown', async () => {
  const show = ['object', 'property', 'show', 'OS::Software::WebServers', 'Apache HTTP Server'];
  expect(await metadef([...show, 'sw_webserver_apache_http_port'])).toMatchInlineSnapshot(`
    "+---------+-------------------------------+
    | Field   | Value                         |
    +---------+-------------------------------+
    | default | 80                            |
    | maximum | 65535                         |
    | minimum | 1                             |
    | name    | sw_webserver_apache_http_port |
    | title   | HTTP Port                     |
    | type    | integer                       |
    +---------+-------------------------------+
    "
  `);
  expect(await metadef([...show, 'nope'])).toBe('Property nope not found in object Apache HTTP Server.\n');
});

test('a namespace is about types of resources; --force lifts the protection and sets it again', async () => {
  await metadef(['namespace', 'create', 'labs', '--protected', '--public']);
  const association = ['resource', 'type', 'association'];
  expect(await metadef([...association, 'create', 'labs', 'OS::Nova::Flavor', '--properties-target', 'x']))
    .toMatchInlineSnapshot(`
    "+-------------------+----------------------+
    | Field             | Value                |
    +-------------------+----------------------+
    | created_at        | 2026-11-22T09:00:00Z |
    | id                | OS::Nova::Flavor     |
    | name              | OS::Nova::Flavor     |
    | prefix            | None                 |
    | properties_target | x                    |
    | updated_at        | 2026-11-22T09:00:00Z |
    +-------------------+----------------------+
    "
  `);
  expect(await metadef([...association, 'delete', 'labs', 'OS::Nova::Flavor'])).toMatchInlineSnapshot(`
    "Failed to delete resource type with name or ID 'OS::Nova::Flavor': ForbiddenException: 403: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/labs/resource_types/OS::Nova::Flavor, 403 Forbidden: Metadata definition resource-type-association OS::Nova::Flavor is protected and cannot be deleted.
    1 of 4 resource type failed to delete.
    "
  `);
  expect(await metadef([...association, 'delete', 'labs', 'OS::Nova::Flavor', '--force'])).toBe('');
  expect(await metadef([...association, 'list', 'labs', '-f', 'json'])).toBe('[]\n');
  expect(
    await metadef(['namespace', 'show', 'labs', '-c', 'protected', '-c', 'visibility', '-f', 'value']),
  ).toBe('True\nprivate\n');
});

test('the URL in an error has the name as it was typed, but for what no URL can have', async () => {
  expect(await metadef(['namespace', 'show', 'OS::No such/thing%'])).toMatchInlineSnapshot(`
    "No MetadefNamespace found for OS::No such/thing%: Client Error for url: https://openstack.example/image/v2/metadefs/namespaces/OS::No%20such/thing%25, 404 Not Found: The resource could not be found.
    "
  `);
});
