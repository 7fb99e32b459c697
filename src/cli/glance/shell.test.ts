import { beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../cloud/clock';
import { Cloud } from '../../cloud/cloud';
import { startState } from '../../cloud/states';
import type { ProgramResult } from '../program';
import { MemoryFiles, run, type RunOptions } from '../testing/terminal';

let cloud: Cloud;
let files: MemoryFiles;

beforeEach(async () => {
  cloud = new Cloud({ state: await startState('course'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
  files = new MemoryFiles({
    'noise.raw': 'not a disk',
    'clouds.yaml': 'clouds: {d: {auth: {username: demo}}}',
  });
});

function glance(words: string, options: RunOptions = {}): Promise<ProgramResult> {
  return run(['glance', ...words.split(' ')], {
    files,
    fetch: (request) => cloud.fetch(request),
    ...options,
  });
}

async function out(words: string, options: RunOptions = {}): Promise<string> {
  const { stdout, stderr, exitCode } = await glance(words, options);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return String(stdout);
}

async function refusal(words: string, options: RunOptions = {}): Promise<string> {
  const { stderr, exitCode } = await glance(words, options);
  expect(exitCode).toBe(1);
  return stderr;
}

/** The id in a table of properties. */
async function create(words: string): Promise<string> {
  return /\| id +\| ([0-9a-f-]+) /.exec(await out(`image-create ${words}`))?.[1] ?? '';
}

test('reads no clouds.yaml', async () => {
  expect(await refusal('image-list', { env: { HOME: '/home/learner', OS_CLOUD: 'd' } })).toBe(
    'You must provide a username via either --os-username or env[OS_USERNAME]\n',
  );
});

test('lists ids and names; more with -v', async () => {
  expect(await out('image-list')).toMatch(/^\+-+\+-+\+\n\| ID +\| Name +\|\n.*\| cirros \|\n/s);
  expect(await out('-v image-list')).toMatch(
    /\| ID +\| Name +\| Disk_format \| Container_format \| Size +\| Status \| Owner +\|/,
  );
});

test('data need both formats', async () => {
  expect(await refusal('image-create --file noise.raw')).toBe(
    'error: Must provide --container-format, --disk-format when using --file.\n',
  );
  expect(await refusal('image-create --disk-format raw', { stdin: new Blob(['x']) })).toBe(
    'error: Must provide --container-format when using stdin.\n',
  );
});

test('a failed upload leaves the record, which is printed', async () => {
  const { stdout, stderr, exitCode } = await glance(
    'image-create --name w --disk-format qcow2 --container-format bare --file noise.raw',
  );
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/\| status +\| queued /);
  expect(stderr).toMatch(/^HTTP 415 Unsupported Media Type: /);
});

test('a record gets its data later, once', async () => {
  const id = await create('--name later --disk-format raw --container-format bare');
  expect(await out(`image-upload ${id} --file noise.raw`)).toBe('');
  expect(await out(`image-show ${id}`)).toMatch(/\| status +\| active /);
  expect(await refusal(`image-upload ${id} --file noise.raw`)).toMatch(/^HTTP 409 Conflict: /);
  await out(`image-download ${id} --file copy`);
  expect(await (await files.open('copy')).text()).toBe('not a disk');
});

test('the schema is held before anything is sent', async () => {
  expect(await refusal('image-create --disk-format foo')).toMatch(
    /^Unable to set 'disk_format' to 'foo'\. Reason: 'foo' is not one of \[None, .*\n\nFailed validating 'enum' in schema\['properties'\]\['disk_format'\]:\n {4}\{'description': /,
  );
  expect(await refusal('image-create --id abc')).toMatch(
    /^Unable to set 'id' to 'abc'\. Reason: 'abc' does not match /,
  );
});

test('takes ids only', async () => {
  expect(await refusal('image-show cirros')).toBe('HTTP 404 Not Found: No image found with ID cirros\n');
  expect(await refusal('image-delete cirros nope')).toBe(
    "No image with an ID of 'cirros' exists.\nNo image with an ID of 'nope' exists.\n",
  );
});

test('update changes, adds and removes properties', async () => {
  const id = await create('--name a --property team=blue');
  const shown = await out(`image-update ${id} --name b --property x=y --remove-property team`);
  expect(shown).toMatch(/\| name +\| b .*\| x +\| y /s);
  expect(shown).not.toContain('team');
});

test('tags are set and taken one by one', async () => {
  const id = await create('--name a');
  expect(await out(`image-tag-update ${id} one`)).toContain("| ['one'] |");
  expect(await out(`image-tag-delete ${id} one`)).toBe('');
  expect(await refusal(`image-tag-delete ${id} one`)).toMatch(/^HTTP 404 Not Found: /);
});

test('bytes do not go to a terminal', async () => {
  expect(await refusal('image-download x', { terminal: 80 })).toMatch(
    /^No redirection or local file specified for downloaded image data\./,
  );
});

test('subcommands are not abbreviated; unknown ones are listed', async () => {
  const { stderr, exitCode } = await glance('image-li');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    "glance: error: argument <subcommand>: invalid choice: 'image-li' (choose from add-location, cache-clear,",
  );
});

test('help ends with a hint where version 1 had the subcommand', async () => {
  expect(await out('help image-show')).toMatch(
    /^usage: glance image-show \[--human-readable\] .*\nRun `glance --os-image-api-version 1 help image-show` for v1 help\n$/s,
  );
  expect(await out('help image-tag-update')).not.toContain('v1');
});

test('bash-completion prints every subcommand and option once, without logging in', async () => {
  const { stdout, exitCode } = await run('glance bash-completion', { env: {} });
  const words = String(stdout).trimEnd().split(' ');
  expect(exitCode).toBe(0);
  expect(words).toContain('image-create-via-import');
  expect(words).toContain('--container-format');
  expect(words).not.toContain('bash-completion');
  expect(new Set(words).size).toBe(words.length);
  expect((await run('glance bash_completion', { env: {} })).stdout).toBe(stdout);
});
