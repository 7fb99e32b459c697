import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { connect } from '../../src/client';
import { tinyQcow2 } from '../../src/disk-image/samples';
import { comparableState, pageShell } from '../../src/shell/page-shell';
import { createSandbox } from '../../src/shell/sandbox';
import { blocksOn, runBlock } from '../../src/transcript';
import { parsePage } from '../../src/transcript/parse-page';
import { liveThroughTheApi } from './api';

const pageFile = 'docs/day-3/the-api-behind-the-commands.md';

/** Two ways to one end take different times. */
function withoutTimes(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'));
}

/** What the cloud knows after the page's commands. */
async function afterThePage(): Promise<unknown> {
  const page = parsePage(pageFile, await readFile(resolve(import.meta.dirname, '../..', pageFile), 'utf8'));
  const shell = await pageShell(page);
  for (const block of blocksOn(page, undefined)) await runBlock(page, block, shell);
  return shell.state?.();
}

/** What the cloud knows after the program, and what that printed. */
async function afterTheProgram(): Promise<{ state: unknown; printed: unknown[][] }> {
  const { cloud, clock } = await createSandbox({ cloud: 'course' });
  const connection = connect(
    {
      auth: {
        auth_url: `${cloud.baseUrl}/identity/v3`,
        username: 'demo',
        password: 'secret',
        project_name: 'demo',
        default_domain: 'default',
      },
      region_name: 'RegionOne',
    },
    { fetch: (request) => cloud.fetch(request), now: () => clock.now() },
  );
  const folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
  await writeFile(join(folder, 'tiny.qcow2'), tinyQcow2());
  const log = vi.spyOn(console, 'log').mockReturnValue();
  await liveThroughTheApi(connection, join(folder, 'tiny.qcow2'));
  await rm(folder, { recursive: true });
  return { state: comparableState(await cloud.snapshot()), printed: log.mock.calls };
}

test('images/api leaves the cloud as the curl commands of the page do', async () => {
  const { state, printed } = await afterTheProgram();
  expect(withoutTimes(state)).toEqual(withoutTimes(await afterThePage()));
  expect(printed).toEqual([
    ['cirros', 'active'],
    ['scratch', 'queued'],
    ['tiny-api', 'active'],
    [404, 'No image found with ID 00000000-0000-0000-0000-000000000000'],
  ]);
});
