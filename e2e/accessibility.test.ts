import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { allPaths, lessonPaths, SOME_LESSONS } from './support/pages';
import { finished, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

/** All of the site's own pages; of the generated reference the overview and one class stand for the rest. */
const paths = allPaths().filter(
  (path) => !/^\/reference\/client\/./.test(path) || path.endsWith('/classes/ImageClient/'),
);

/** Of axe's rules those that look at colours: all that can differ between two themes of one page. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Parts and rows of the generated reference's pages that axe looks at: the thousands of others are like them. */
const ROWS = 60;

async function shorten(page: Page): Promise<void> {
  await page.evaluate((rows) => {
    for (const list of document.querySelectorAll('main :is(.markdown, .markdown section, tbody, ul, ol, dl)'))
      for (const row of [...list.children].slice(rows)) row.remove();
  }, ROWS);
}

/** All rules in the light theme, and in the dark one those that can tell it from the light one. */
async function violationsInBothThemes(page: Page) {
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme="dark"]').waitFor();
  return { light, dark: await violations(page, { rules: colourRules }) };
}

const none = { light: [], dark: [] };

describe('axe finds nothing, in the light theme and in the dark one', () => {
  test.each(paths)('%s', { timeout: 240_000 }, async (path) => {
    const page = await openPage(path);
    if (path.startsWith('/reference/')) await shorten(page);
    expect(await violationsInBothThemes(page)).toEqual(none);
  });

  test('with a terminal that is open and has answered', async () => {
    const page = await openPage('/day-3/');
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run('openstack image list');
    await terminal.run('openstack image show nosuch');
    expect(await violationsInBothThemes(page)).toEqual(none);
  });

  test('on a phone with the terminal open', async () => {
    const page = await openPage('/day-3/upload-an-image/', { viewport: { width: 390, height: 844 } });
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run('ls -l');
    expect(await violationsInBothThemes(page)).toEqual(none);
  });
});

describe('with the keyboard alone', () => {
  test.each(lessonPaths())(
    '%s: past the navigation Tab reaches Run; on some, Enter presses it, and the terminal answers',
    async (path) => {
      const page = await openPage(path);
      const run = page.locator('[data-run="all"]:visible').first();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      for (let i = 0; i < 80 && !(await run.evaluate((button) => button === document.activeElement)); i++) {
        await page.keyboard.press('Tab');
      }
      expect(await run.evaluate((button) => button === document.activeElement)).toBe(true);
      if (!SOME_LESSONS.includes(path)) return;
      await page.keyboard.press('Enter');
      await finished(terminalOf(page).entries, 1);
    },
  );

  test('one goes into the terminal, types, and comes out again with Escape to where one was', async () => {
    const page = await openPage('/day-3/');
    const run = page.locator('[data-run="all"]:visible').first();
    await run.focus();
    await page.keyboard.press('Enter');
    const { panel, input, entries } = terminalOf(page);
    await finished(entries, 1);

    // the terminal is the last thing on the page
    await panel.getByRole('separator').focus();
    const height = async () => (await panel.boundingBox())?.height ?? 0;
    const before = await height();
    await page.keyboard.press('ArrowUp');
    await expect.poll(height).toBeGreaterThan(before);

    await run.focus();
    for (let i = 0; i < 200 && !(await input.evaluate((field) => field === document.activeElement)); i++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('echo typed');
    await page.keyboard.press('Enter');
    await finished(entries, 2);
    expect(await entries.nth(1).innerText()).toContain('typed');

    await page.keyboard.press('Escape');
    expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(false);
  });

  test('Tab leaves the terminal when there is nothing to complete', async () => {
    const page = await openPage('/day-3/');
    const { input, open, run } = terminalOf(page);
    await open();
    await run('true');
    await input.focus();
    await page.keyboard.press('Shift+Tab');
    expect(await input.evaluate((field) => field === document.activeElement)).toBe(false);
    await input.focus();
    await page.keyboard.press('Tab');
    expect(await input.evaluate((field) => field === document.activeElement)).toBe(false);
  });

  test('the types of an example are shown from name to name by the arrow keys', async () => {
    const page = await openPage('/day-3/upload-an-image/');
    const code = page.locator('pre[aria-label*="examples/images/create.ts"]');
    await code.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tooltip').innerText()).not.toBe('');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('tooltip').count()).toBe(0);
  });
});
