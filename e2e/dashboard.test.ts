import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './support/axe';
import { finished, hydrated, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

const upload = '/day-3/upload-an-image/';

/** Opens a page and chooses the dashboard's tab. */
async function openDashboard(path: string, options = {}): Promise<Page> {
  const page = await openPage(path, options);
  await page.getByRole('tab', { name: 'Dashboard' }).first().click();
  return page;
}

test('the dashboard is a tab before the clients, and takes their place when it is chosen', async () => {
  const page = await openPage(upload);
  const tabs = page.getByRole('tablist').first().getByRole('tab');
  expect(await tabs.allInnerTexts()).toEqual(['Dashboard', 'openstack', 'glance']);
  const walkThrough = page.locator('[data-walk-through]').first();
  const group = page.getByRole('group', { name: 'Commands' }).filter({ has: walkThrough });
  expect(await walkThrough.isVisible()).toBe(false);
  await tabs.first().click();
  expect(await walkThrough.isVisible()).toBe(true);
  expect(await group.locator('[data-block]:visible').count()).toBe(0);
  await tabs.nth(2).click();
  expect(await walkThrough.isVisible()).toBe(false);
  expect(await group.locator('[data-block]:visible').count()).toBe(1);
});

test('the choice of the dashboard holds after a reload and on the next page, and tabs without it keep their client', async () => {
  const page = await openDashboard(upload, { client: 'glance' });
  await page.reload();
  await hydrated(page);
  const selected = async () => page.locator('[role="tab"][aria-selected="true"]').allInnerTexts();
  const here = await selected();
  expect(here[0]).toBe('Dashboard');
  expect(here.slice(1).every((name) => name === 'glance')).toBe(true);
  await page.getByRole('tab', { name: 'openstack' }).nth(1).click();
  expect((await selected())[0]).toBe('Dashboard');
  await page.getByRole('link', { name: 'Delete an image' }).first().click();
  await page.waitForURL('**/delete-an-image/');
  expect((await selected())[0]).toBe('Dashboard');
});

test('call-outs lie inside their picture at every width, and are numbered as the steps are', async () => {
  const page = await openDashboard(upload);
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const outside = await page.locator('[data-call-out]:visible').evaluateAll(
      (callOuts) =>
        callOuts.filter((callOut) => {
          const box = callOut.getBoundingClientRect();
          const picture = callOut.closest('div')?.querySelector('img')?.getBoundingClientRect();
          const slack = 4.5; // a frame stands 3 pixels around its element
          return (
            !picture ||
            box.width === 0 ||
            box.left < picture.left - slack ||
            box.top < picture.top - slack ||
            box.right > picture.right + slack ||
            box.bottom > picture.bottom + slack
          );
        }).length,
    );
    expect(outside, `${width}`).toBe(0);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      `${width}`,
    ).toBe(0);
  }
  const walkThrough = page.locator('[data-walk-through]').first();
  const numbers = await walkThrough
    .locator('[data-call-out]')
    .evaluateAll((all) => all.map((callOut) => Number(callOut.getAttribute('data-call-out'))));
  const steps = await walkThrough.locator('ol > li').count();
  expect(numbers).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
});

test('who follows the dashboard goes on in the sandbox by the commands that do the same', async () => {
  const page = await openDashboard('/day-3/floating-ips/');
  const walkThrough = page.locator('[data-walk-through]').first();
  await walkThrough.getByRole('button', { name: 'run the commands' }).click();
  const { entries } = terminalOf(page);
  await finished(entries, 2);
  expect(await entries.nth(0).innerText()).toContain('openstack network create private');
  expect(await entries.nth(1).innerText()).toContain('10.0.0.0/24');
});

test('pictures come when they are near, and nothing moves when they do', async () => {
  const page = await openPage(upload);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/img/day-3/')) loaded.push(request.url());
  });
  await page.waitForLoadState('networkidle');
  expect(loaded).toEqual([]);
  await page.getByRole('tab', { name: 'Dashboard' }).first().click();
  const picture = page.locator('[data-walk-through] img').last();
  const height = () => picture.evaluate((img) => img.getBoundingClientRect().height);
  const before = await height();
  expect(before).toBeGreaterThan(50);
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
    .toBeGreaterThan(0);
  expect(await height()).toBe(before);
  expect(loaded.every((url) => url.endsWith('.webp'))).toBe(true);
});

test('without JavaScript the steps and their pictures stand above the commands', async () => {
  const page = await openPage(upload, { javaScriptEnabled: false });
  const pictures = page.locator('[data-walk-through] img:visible');
  expect(await pictures.count()).toBeGreaterThan(0);
  for (const alt of await pictures.evaluateAll((all) => all.map((img) => img.getAttribute('alt') ?? '')))
    expect(alt).toMatch(/\.$/);
});

test('axe finds nothing in a walk-through, in the light theme and in the dark one', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openDashboard(upload, { colorScheme });
    expect(await violations(page, { of: '[data-walk-through]' })).toEqual([]);
  }
});
