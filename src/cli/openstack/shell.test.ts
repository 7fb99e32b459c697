import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../cloud/clock';
import { Cloud } from '../../cloud/cloud';
import { startState } from '../../cloud/states';
import type { ProgramResult } from '../program';
import { MemoryFiles, login, run, type RunOptions } from '../testing/terminal';

let cloud: Cloud;
let files: MemoryFiles;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('course'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
  files = new MemoryFiles({
    'noise.raw': 'not a disk',
    'clouds.yaml':
      'clouds: {d: {auth: {auth_url: https://openstack.example/identity, username: demo, password: secret, project_name: demo, domain_name: Default}}}',
  });
});

function openstack(words: string, options: RunOptions = {}): Promise<ProgramResult> {
  return run(['openstack', ...words.split(' ')], {
    files,
    fetch: (request) => cloud.fetch(request),
    ...options,
  });
}

async function out(words: string, options: RunOptions = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await openstack(words, options);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return String(stdout);
}

async function refusal(words: string, options: RunOptions = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await openstack(words, options);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  return stderr;
}

test('lists images by name, wherever global options stand', async () => {
  expect(await out('image list -f value -c Name -c Status')).toBe('cirros active\n');
  expect(await out('image --os-region-name RegionOne list -f value -c Name')).toBe('cirros\n');
});

test('an image without a file is queued; with one, active, and never called raw by mistake of ours', async () => {
  expect(await out('image create --disk-format qcow2 a -f value -c status -c disk_format')).toBe(
    'qcow2\nqueued\n',
  );
  expect(await out('image create --file noise.raw b -f value -c status -c size -c disk_format')).toBe(
    'raw\n10\nactive\n',
  );
});

test('data from standard input make an image, too', async () => {
  expect(await out('image create c -f value -c size', { stdin: new Blob(['12345']) })).toBe('5\n');
});

test('a name that is a file’s name uploads that file', async () => {
  expect(await out('image create noise.raw -f value -c name -c size')).toBe('noise\n10\n');
});

test('a failed upload leaves no record behind', async () => {
  expect(await refusal('image create --file noise.raw --disk-format qcow2 wrong')).toMatch(
    /^HttpException: 415: Client Error for url: .*\/file, Unsupported Media Type\n$/,
  );
  expect(await out('image list -f value -c Name')).toBe('cirros\n');
});

test('a missing file is named before anything is made', async () => {
  expect(await refusal('image create --file nope x')).toBe("'nope' is not a valid file\n");
});

test('names must fit exactly one image', async () => {
  await out('image create twin -c id');
  await out('image create twin -c id');
  expect(await refusal('image show twin')).toBe("More than one Image exists with the name 'twin'.\n");
  expect(await refusal('image show nope')).toBe('No Image found for nope\n');
  expect(await refusal('image delete nope')).toBe('Multi Backend support not enabled.\n');
});

test('set and unset change what they name and keep the rest', async () => {
  await out('image create --tag a --property team=blue --property os_distro=debian x -c id');
  await out('image set x --tag b --property team=green --name y --min-disk 2');
  const shown = JSON.parse(await out('image show y -f json')) as {
    tags: string[];
    properties: Record<string, string>;
    min_disk: number;
  };
  expect([...shown.tags].sort()).toEqual(['a', 'b']);
  expect(shown).toMatchObject({ min_disk: 2, properties: { team: 'green', os_distro: 'debian' } });
  await out('image unset y --tag a --property team --property os_distro');
  expect(await refusal('image unset y --tag a --property team')).toBe(
    "tag unset failed, 'a' is a nonexistent tag \nproperty unset failed, 'team' is a nonexistent property \nFailed to unset 1 of 1 tags,Failed to unset 1 of 1 properties.\n",
  );
});

test('a protected image stays, and the sum is told', async () => {
  await out('image create --protected keep -c id');
  await out('image create go -c id');
  expect(await refusal('image delete keep go')).toMatch(
    /^Failed to delete image with name or ID 'keep': ForbiddenException: 403: .*is protected and cannot be deleted\.\nFailed to delete 1 of 2 images\.\n$/,
  );
  expect(await out('image list -f value -c Name')).toBe('cirros\nkeep\n');
});

test('save writes the bytes to a file or to standard output', async () => {
  await out('image create --file noise.raw b -c id');
  await out('image save b --file copy');
  expect(await (await files.open('copy')).text()).toBe('not a disk');
  const { stdout } = await openstack('image save b');
  expect(new TextDecoder().decode(stdout as Uint8Array)).toBe('not a disk');
});

test('a token has an end, and belongs to someone', async () => {
  const token = JSON.parse(await out('token issue -f json')) as Record<string, string>;
  expect(Object.keys(token)).toEqual(['expires', 'id', 'project_id', 'user_id']);
  expect(token.expires).toBe('2026-11-22T10:00:00+0000');
});

test('clouds.yaml is read, and a wrong password is what Keystone says it is', async () => {
  const env = { HOME: '/home/learner', OS_CLOUD: 'd' };
  expect(await out('image list -f value -c Name', { env })).toBe('cirros\n');
  expect(await refusal('--os-password wrong image list', { env })).toMatch(
    /^The request you have made requires authentication\. \(HTTP 401\) \(Request-ID: req-[0-9a-f-]+\)\n$/,
  );
});

test('what is not in the sandbox says so; what does not exist says what the client says', async () => {
  expect(await refusal('network trunk create x')).toMatch(
    /^openstack: 'network trunk create' is not in this sandbox\. Read about it at https:/,
  );
  expect(await refusal('--timing image list')).toMatch(/^openstack: '--timing' is not in this sandbox\./);
  const { stdout, exitCode } = await openstack('imgae list');
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(
    /^openstack: 'imgae list' is not an openstack command\. See 'openstack --help'\.\nDid you mean one of these\?\n {2}image add project\n/,
  );
});

test('help needs no cloud, and lists what begins with a word', async () => {
  const fetch = (): Promise<Response> => Promise.reject(new Error('no network'));
  expect(await out('help image save', { fetch, env: {} })).toMatch(
    /^usage: openstack image save \[-h\] \[--file <filename>\] <image>\n/,
  );
  expect(await out('image show --help', { fetch, env: {} })).toMatch(/^usage: openstack image show /);
  expect(await out('help token', { fetch, env: {} })).toBe(
    'Command "token" matches:\n  token issue\n  token revoke\n',
  );
  expect(await out('--help', { fetch, env: {} })).toContain('\nCommands:\n');
});

test('--debug shows each request and answer, and no secret', async () => {
  const { stderr } = await openstack('--debug image list', { env: login('demo') });
  expect(stderr).toContain(
    'REQ: curl -g -i -X GET https://openstack.example/image/v2/images -H "Accept: application/json"',
  );
  expect(stderr).toMatch(/-H "X-Auth-Token: \{SHA256\}[0-9a-f]{64}"/);
  expect(stderr).toMatch(/\nRESP BODY: \{"images": /);
  expect(stderr).not.toMatch(/secret|gAAAA/);
});

test('Ctrl-C ends a command that waits', async () => {
  const stop = new AbortController();
  const fetch = (): Promise<Response> => new Promise(() => stop.abort());
  expect(await openstack('image list', { fetch, signal: stop.signal })).toEqual({
    stdout: '',
    stderr: '',
    exitCode: 130,
  });
  expect(await run('glance image-list', { fetch, signal: stop.signal })).toEqual({
    stdout: '',
    stderr: '... terminating glance client\n',
    exitCode: 130,
  });
});

test('versions of the APIs decide which commands there are', async () => {
  const unknown = await openstack('--os-image-api-version 9 image list');
  expect(unknown).toEqual({
    stdout:
      "openstack: 'image list' is not an openstack command. See 'openstack --help'.\nDid you mean one of these?\n  usage list\n  usage show\n",
    stderr: 'image version 9 is not in supported versions: 1, 2\n',
    exitCode: 2,
  });
  const v9 = await openstack('--os-identity-api-version 9 project list');
  expect(v9.exitCode).toBe(2);
  expect(v9.stdout).toBe(
    "openstack: 'project list' is not an openstack command. See 'openstack --help'.\nDid you mean one of these?\n  project cleanup\n  object create\n  object delete\n  object list\n  object save\n  object set\n  object show\n  object store account set\n  object store account show\n  object store account unset\n  object unset\n",
  );
  expect(await refusal('--os-identity-api-version 9 image list')).toBe(
    "identity version 9 is not in supported versions: 2, 2.0, 3\nInvalid identity client version '9'. must be one of: 2, 2.0, 3\n",
  );
  expect(await refusal('--os-image-api-version 1 image list')).toBe(
    'The image service for :RegionOne exists but does not have any supported versions.\n',
  );
  const env = { ...login('demo'), OS_IDENTITY_API_VERSION: '2' };
  expect(await refusal('image list', { env })).toMatch(
    /^openstack: version 2 of the Identity API is not in this sandbox\./,
  );
  expect(await out('--os-image-api-version 1 project list -f value -c Name')).toBe('demo\n');
});

test('a terminal that says it is 0 wide gets a table of any width', async () => {
  const wide = await out('image show cirros');
  expect(await out('image show cirros', { terminal: 0 })).toBe(wide);
  expect(await out('image show cirros', { terminal: 60 })).not.toBe(wide);
});
