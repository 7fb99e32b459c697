import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visible } from '../src/transcript/run-page';
import { hasTabs, lessonPaths } from './support/pages';
import { openPage, useBrowser } from './support/reader';

useBrowser();

describe.each(['/', ...lessonPaths()])('%s', (path) => {
  test.each(hasTabs(path) ? (['openstack', 'glance'] as const) : (['openstack'] as const))(
    'every Run gives the output that the page shows, with the tabs of %s',
    async (client) => {
      const page = await openPage(path, { client });
      // what is folded away is run too, in its place
      for (const summary of await page.locator('.markdown details > summary').all()) await summary.click();
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

/** Presses the Run of a block, as a reader does, and compares each of its answers with the page's. */
async function runBlock(page: Page, block: number, before: number): Promise<number> {
  const button = page.locator('[data-run="all"]:visible').nth(block);
  const shown = await button.evaluate((element) =>
    [...(element.closest('[data-block]')?.querySelectorAll('[data-step]') ?? [])].map((step) => ({
      command: step.querySelector('code')?.innerText ?? '',
      output: step.querySelector('pre')?.textContent ?? '',
    })),
  );
  await button.click();
  const answers = await page.evaluate(answersAfter, { before, count: shown.length });
  for (const [i, { command, output }] of shown.entries()) expect(visible(answers[i]!), command).toBe(output);
  return shown.length;
}

/** Runs in the page: waits until the terminal has answered `count` commands more, and returns what it answered. */
async function answersAfter({ before, count }: { before: number; count: number }): Promise<string[]> {
  const answers = () => [...document.querySelectorAll('[data-entry-status]')].slice(before);
  const ended = () =>
    answers().filter((entry) => /done|interrupted/.test(entry.getAttribute('data-entry-status') ?? ''))
      .length;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(look);
    function look() {
      if (ended() < count) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });
  return answers().map((entry) => entry.querySelector('pre')?.textContent ?? '');
}

async function stepsNotRun(page: Page): Promise<number> {
  const notRun = page.locator('[data-block]:visible').filter({ hasNot: page.locator('[data-run]') });
  return notRun.locator('[data-step]').count();
}
