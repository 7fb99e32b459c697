import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../../cloud/clock';
import { Cloud } from '../../../cloud/cloud';
import { startState } from '../../../cloud/states';
import { login, MemoryFiles, run, type RunOptions } from '../../testing/terminal';

const clock = new SimulatedClock('2026-11-22T09:00:00Z');
let cloud: Cloud;
let files: MemoryFiles;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('empty'), clock });
  files = new MemoryFiles({ disk: 'x'.repeat(40_000) });
});

async function as(user: string, line: string, options: RunOptions = {}): Promise<string> {
  clock.advance(1000);
  const { stdout, stderr } = await run(`openstack ${line}`, {
    env: login(user),
    files,
    fetch: (request) => cloud.fetch(request),
    ...options,
  });
  return String(stdout) + stderr;
}

const status = (name: string) => as('demo', `image show ${name} -f value -c status`);

test('openstack stages an image and imports it into two stores; an administrator takes it out of one', async () => {
  const id = (await as('demo', 'image create web -f value -c id')).trim();
  expect(await as('demo', 'image import web')).toBe(
    "The 'glance-direct' import method can only be used with an image in status 'uploading'\n",
  );
  expect(await as('demo', 'image stage --file disk web')).toBe('');
  expect(await as('demo', 'image stage --file disk web')).toBe(
    'Image stage is only possible for images in the queued state. Current state is uploading\n',
  );
  expect(await as('demo', 'image import web --store local fast -f value -c status')).toBe('uploading\n');
  expect(await status('web')).toBe('active\n');
  const [task = ''] = (await as('admin', 'image task list -f value -c ID')).split('\n');
  expect(await as('admin', `image task show ${task} -f value -c status -c message`)).toBe(
    'Copied 0 MiB\nsuccess\n',
  );
  expect(await as('admin', `image delete --store fast ${id}`)).toBe('');
  expect(await as('demo', 'image show web -f value -c properties')).toContain("'stores': 'local'");
});

test('openstack does not say that Glance refused an import, and asks for what a method needs', async () => {
  await as('demo', 'image create web');
  expect(await as('demo', 'image import web --method web-download --uri ftp://x/y -f value -c status')).toBe(
    'queued\n',
  );
  expect(await as('demo', 'image import web --method web-download')).toBe(
    "The '--uri' option is required when using '--method=web-download'\n",
  );
  expect(await as('demo', 'image import web --remote-image x')).toBe(
    "The '--remote-image' option is only supported when using '--method=glance-download'\n",
  );
  expect(await as('demo', 'image import web --method copy-image')).toBe(
    "The '--stores' or '--all-stores' options are required when using '--method=copy-image'\n",
  );
});

test('openstack lists stores, import methods and a cache that is off', async () => {
  expect(await as('demo', 'image stores list -f value')).toMatch(
    /^local Local disk True\nfast Fast disk None\n/,
  );
  expect(await as('demo', 'image import info -f value')).toBe(
    "['glance-direct', 'web-download', 'copy-image']\n",
  );
  expect(await as('admin', 'cached image list')).toBe(
    'No Cache found for None: Client Error for url: https://openstack.example/image/v2/cache, 404 Not Found: Caching via API is not supported at this site.\n',
  );
  expect(await as('admin', 'cached image clear')).toBe(
    'Failed to clear image cache\nFailed to clear image cache\n',
  );
  expect(await as('admin', 'cached image queue nosuch')).toBe(
    "Failed to queue image with name or ID 'nosuch': No Image found for nosuch\nFailed to queue 1 of 1 images\n",
  );
});

test('openstack imports while it creates, with a bar on a terminal', async () => {
  const output = await as('demo', 'image create web --file disk --import --progress -f value -c status', {
    terminal: 80,
  });
  expect(output.replaceAll('\r', '\n')).toBe(
    `
[============>                 ] 41%
[========================>     ] 82%
[=============================>] 100%
uploading
`,
  );
  expect(await status('web')).toBe('active\n');
});

test('openstack makes no image of a volume that is not there, and says which options mean nothing', async () => {
  expect(await as('demo', 'image create web --volume v --import')).toBe(
    "'--import' was given, which is not supported when creating an image from a volume. This will be an error in a future version.\n" +
      "No volume with a name or ID of 'v' exists.\n",
  );
});

test('openstack makes numbers of the properties that are fields', async () => {
  expect(await as('demo', 'image create web --property min_ram=7 -f value -c min_ram')).toBe('7\n');
  expect(await as('demo', 'image create web --property min_disk=x')).toBe(
    "invalid literal for int() with base 10: 'x'\n",
  );
});
