import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../cloud/clock';
import { Cloud } from '../../cloud/cloud';
import { startState } from '../../cloud/states';
import { login, MemoryFiles, run, type RunOptions } from '../testing/terminal';

const clock = new SimulatedClock('2026-11-22T09:00:00Z');
let cloud: Cloud;
let files: MemoryFiles;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('empty'), clock });
  files = new MemoryFiles({ disk: 'x'.repeat(2_000_000) });
});

async function as(user: string, line: string, { env = {}, ...options }: RunOptions = {}): Promise<string> {
  clock.advance(1000);
  const { stdout, stderr, exitCode } = await run(`glance ${line}`, {
    env: { ...login(user), ...env },
    files,
    fetch: (request) => cloud.fetch(request),
    ...options,
  });
  return `${String(stdout)}${stderr}${exitCode === 0 ? '' : `[${exitCode}]`}`;
}

const idIn = (output: string): string => /\| id +\| (\S+)/.exec(output)?.[1] ?? '';
const field = (output: string, name: string): string =>
  new RegExp(`\\| ${name} +\\| (.*?) *\\|`).exec(output)?.[1] ?? '';

const RAW = '--disk-format raw --container-format bare';

test('glance stages an image and imports it into two stores; an administrator takes it out of one', async () => {
  const id = idIn(await as('demo', `image-create --name web ${RAW}`));
  expect(await as('demo', `image-import ${id}`)).toBe(
    "The 'glance-direct' import method can only be applied to an image in status 'uploading'\n[1]",
  );
  expect(await as('demo', `image-stage --file disk ${id}`)).toBe('');
  expect(await as('demo', `image-import ${id} --stores local,nosuch`)).toBe(
    "Store 'nosuch' is not valid for this cloud. Valid values can be retrieved with stores-info command.\n[1]",
  );
  const importing = await as('demo', `image-import ${id} --stores local,fast`);
  expect(field(importing, 'status')).toBe('uploading');
  const image = await as('demo', `image-show ${id}`);
  expect([field(image, 'status'), field(image, 'stores')]).toEqual(['active', 'local,fast']);
  expect(await as('demo', `image-tasks ${id}`)).toMatch(/\| Copied 1 MiB \| success \| /);
  expect(await as('admin', `stores-delete --store fast ${id}`)).toBe('');
  expect(await as('admin', `stores-delete --store local ${id}`)).toBe(
    `Unable to delete image '${id}' from store 'local'. (HTTP 403 Forbidden: Cannot delete image data from the only store containing it. Consider deleting the image instead.)\n[1]`,
  );
});

test('glance makes an image and imports its data in one go', async () => {
  const bar = await as('demo', `image-create-via-import --file disk --progress ${RAW}`, { terminal: 80 });
  expect(bar).toMatch(/^\r\[===============> {14}\] 52%\r\[=============================>\] 100%\n\+/);
  expect(field(await as('demo', `image-show ${idIn(bar)}`), 'status')).toBe('active');

  const web = `image-create-via-import --import-method web-download --uri http://images.example/tiny.raw ${RAW}`;
  const id = idIn(await as('demo', web));
  expect(field(await as('demo', `image-show ${id}`), 'size')).toBe('1048576');
  expect(
    await as('demo', 'image-create-via-import', { env: { OS_IMAGE_IMPORT_METHOD: 'web-download' } }),
  ).toBe("URI is required for web-download import method. Please use '--uri <uri>'.\n[1]");
});

test('glance shows a task to administrators, and checks a new one against the schema', async () => {
  const task = await as('admin', 'task-create --type import');
  expect(field(task, 'status')).toBe('pending');
  expect(await as('admin', `task-show ${idIn(task)}`)).toContain('| type       | import ');
  expect(await as('admin', 'task-list --type import')).toContain(`| ${idIn(task)} | import | `);
  expect(await as('admin', 'task-create --type foo')).toMatch(
    /^Unable to set 'type' to 'foo'\. Reason: 'foo' is not one of \['import', 'api_image_import', 'location_import'\]\n/,
  );
  expect(await as('demo', 'task-list')).toBe(
    'HTTP 403 Forbidden: You are not authorized to complete tasks_api_access action.\n[1]',
  );
});

test('glance fails without a cache and says so, with exit code 0', async () => {
  const id = idIn(await as('demo', 'image-create'));
  expect(await as('admin', `cache-queue ${id}`)).toBe(
    `'HTTP Glance does not support image caching API (v2.14)': Unable to queue image '${id}' for caching.\n`,
  );
  expect(await as('admin', 'cache-list')).toBe('HTTP Glance does not support image caching API (v2.14)\n[1]');
});

test('glance knows that locations are not shown, and what validation data may hold', async () => {
  const id = idIn(await as('demo', 'image-create'));
  expect(await as('demo', `location-delete --url http://x/y ${id}`)).toBe(
    'HTTP The administrator has disabled API access to image locations\n[1]',
  );
  expect(await as('demo', `location-update --url http://x/y ${id}`)).toBe(
    "WARNING -- The location's metadata will be updated to an empty JSON object.\nHTTP The administrator has disabled API access to image locations\n[1]",
  );
  expect(await as('demo', `add-location --url http://x/y --validation-data {"a":1} ${id}`)).toBe(
    'Validation Data should contain only os_hash_algo and os_hash_value. `a` is not allowed\n[1]',
  );
});

test('glance explains models, and lists quotas, of which there are none', async () => {
  expect(await as('demo', 'explain tasks')).toBe(`+-----------+-------------+
| Attribute | Description |
+-----------+-------------+
| tasks     |             |
| schema    |             |
+-----------+-------------+
`);
  expect(await as('demo', 'explain nosuch')).toBe("Unable to find requested model 'nosuch'\n[1]");
  expect(await as('demo', 'usage')).toContain('| Quota | Limit | Usage |');
});
