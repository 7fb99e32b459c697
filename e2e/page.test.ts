import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { allPaths, hasTabs, lessonPaths, SOME_LESSONS } from './support/pages';
import { hydrated, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

test('every page opens without an error, a refused script or a request to another host', async () => {
  const page = await openPage('/');
  for (const path of allPaths()) {
    await page.goto(new URL(path, page.url()).href);
    await hydrated(page);
    expect(await page.locator('h1').count()).toBe(1);
  }
});

test('the home page leads into Day 3 with one click', async () => {
  const page = await openPage('/');
  await page.getByRole('link', { name: /^Start Day 3/ }).click();
  await page.waitForURL('**/day-3/');
});

describe.each(lessonPaths())('%s', (path) => {
  test('reads whole without JavaScript, with the commands and outputs of both clients', async () => {
    const page = await openPage(path, { javaScriptEnabled: false });
    expect(await page.locator('h1').isVisible()).toBe(true);
    const steps = await stepsOf(page);
    expect(steps.every(({ visible }) => visible)).toBe(true);
    if (hasTabs(path)) {
      const withScript = await stepsOf(await openPage(path));
      expect(steps.map(({ output }) => output)).toEqual(withScript.map(({ output }) => output));
    }
    // what needs JavaScript is not offered
    expect(await page.locator('[data-run]:visible').count()).toBe(0);
  });

  test('never goes sideways on a phone of 320 or 390 pixels, with the terminal open or not', async () => {
    const page = await openPage(path, {
      viewport: { width: 320, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    const terminal = terminalOf(page);
    const atBothWidths = async () => {
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 700 });
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          `${width}`,
        ).toBe(0);
      }
    };
    await atBothWidths();
    if (!SOME_LESSONS.includes(path)) return;
    await terminal.open();
    await terminal.run('openstack image show cirros');
    await atBothWidths();
    expect(
      await terminal.input.evaluate((field) => parseFloat(getComputedStyle(field).fontSize)),
    ).toBeGreaterThanOrEqual(16);
  });
});

/** Every step of a page: what stands below its command, and whether a reader sees it, or what it is folded away in. */
function stepsOf(page: Page) {
  return page.locator('[data-step]').evaluateAll((steps) =>
    steps.map((step) => ({
      output: step.querySelector('pre')?.textContent ?? '',
      visible: (step.closest('details:not([open])') ?? step).checkVisibility(),
    })),
  );
}

test('a page at 200 % zoom does not go sideways', async () => {
  const page = await openPage('/day-3/upload-an-image/', {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
});

test('Copy gives the commands alone, without prompts and outputs', async () => {
  const page = await openPage('/day-3/upload-an-image/', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const block = page.locator('[data-block]').first();
  const commands = (await block.locator('[data-step] code').allInnerTexts()).map((text) =>
    text.replace(/^\$\s*/, '').trim(),
  );
  await block.getByRole('button', { name: 'Copy all commands' }).click();
  await block.getByRole('button', { name: 'Copied all commands' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(commands.join('\n'));
});

test('a choice of client holds for all tabs of the page, for the next page and after a reload', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  await page.getByRole('tab', { name: 'glance' }).first().click();
  // there are tabs of the dashboard alone, too
  const ofClients = page.getByRole('tablist').filter({ has: page.getByRole('tab', { name: 'glance' }) });
  const chosen = () => ofClients.locator('[role="tab"][aria-selected="true"]').allInnerTexts();
  expect(new Set(await chosen())).toEqual(new Set(['glance']));
  await page.reload({ waitUntil: 'networkidle' });
  expect(new Set(await chosen())).toEqual(new Set(['glance']));
  await page.getByRole('link', { name: 'Delete an image' }).first().click();
  await page.waitForURL('**/delete-an-image/');
  expect(new Set(await chosen())).toEqual(new Set(['glance']));
});

test('the tabs are moved through with the arrow keys, and to both ends with Home and End', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  await page.getByRole('tab', { name: 'openstack' }).first().focus();
  await page.keyboard.press('ArrowRight');
  const selected = () => page.getByRole('tablist').first().locator('[aria-selected="true"]').innerText();
  expect(await selected()).toBe('glance');
  await page.keyboard.press('Home');
  expect(await selected()).toBe('Dashboard');
  await page.keyboard.press('End');
  expect(await selected()).toBe('glance');
  await page.keyboard.press('ArrowRight');
  expect(await selected()).toBe('Dashboard');
});

test('an example shows the type of the name under the mouse', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  await page.locator('pre[aria-label*="examples/images/create.ts"] [data-type]').first().hover();
  await page.getByRole('tooltip').waitFor();
});
