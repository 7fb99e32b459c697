import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visible } from '../src/transcript/run-page';
import { lessonPaths } from './support/pages';
import { finished, openPage, outputOf, terminalOf, useBrowser } from './support/reader';

useBrowser();

describe.each(['/', ...lessonPaths()])('%s', (path) => {
  test.each(['openstack', 'glance'] as const)(
    'every Run gives the output that the page shows, with the tabs of %s',
    async (client) => {
      const page = await openPage(path, { client });
      const runs = page.locator('[data-run="all"]:visible');
      const blocks = await runs.count();
      let ran = 0;
      for (let block = 0; block < blocks; block++) ran += await runBlock(page, block, ran);
      expect(blocks).toBeGreaterThan(0);
      // nothing that could be run was left out
      expect(await page.locator('[data-step]:visible').count()).toBe(ran + (await stepsNotRun(page)));
    },
    300_000,
  );
});

async function runBlock(page: Page, block: number, before: number): Promise<number> {
  const button = page.locator('[data-run="all"]:visible').nth(block);
  const steps = page
    .locator('[data-block]:visible')
    .filter({ has: page.locator('[data-run]') })
    .nth(block)
    .locator('[data-step]');
  const { entries } = terminalOf(page);
  const count = await steps.count();
  await button.click();
  await finished(entries, before + count);
  for (let i = 0; i < count; i++) {
    const expected = await outputOf(steps.nth(i));
    const actual = visible(await outputOf(entries.nth(before + i)));
    expect(actual, await steps.nth(i).locator('code').first().innerText()).toBe(expected);
  }
  return count;
}

async function stepsNotRun(page: Page): Promise<number> {
  const notRun = page.locator('[data-block]:visible').filter({ hasNot: page.locator('[data-run]') });
  return notRun.locator('[data-step]').count();
}
