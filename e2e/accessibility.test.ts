import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { allPaths, lessonPaths } from './support/pages';
import { finished, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

/** All of the site's own pages; of the generated reference the overview and one class stand for the rest. */
const paths = allPaths().filter(
  (path) => !/^\/reference\/client\/./.test(path) || path.endsWith('/classes/ImageClient/'),
);

async function violations(page: ConstructorParameters<typeof AxeBuilder>[0]['page']) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}

describe.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test.each(paths)('%s', { timeout: 240_000 }, async (path) => {
    const page = await openPage(path, { colorScheme });
    expect(await violations(page)).toEqual([]);
  });

  test('with a terminal that is open and has answered', async () => {
    const page = await openPage('/day-3/', { colorScheme });
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run('openstack image list');
    await terminal.run('openstack image show nosuch');
    expect(await violations(page)).toEqual([]);
  });

  test('on a phone with the terminal open', async () => {
    const page = await openPage('/day-3/upload-an-image/', {
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run('ls -l');
    expect(await violations(page)).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  test.each(lessonPaths())(
    '%s: Tab reaches Run, Enter presses it, and the terminal answers',
    async (path) => {
      const page = await openPage(path);
      const run = page.locator('[data-run="all"]:visible').first();
      for (let i = 0; i < 80 && !(await run.evaluate((button) => button === document.activeElement)); i++) {
        await page.keyboard.press('Tab');
      }
      expect(await run.evaluate((button) => button === document.activeElement)).toBe(true);
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
