import { expect, test } from 'vitest';
import { openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

test('below a known error stands a link to what it means, in a new tab; below other output there is none', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  const { open, run, entries } = terminalOf(page);
  await open();
  expect(await run('openstack image delete wbe')).toBe('Multi Backend support not enabled.\n'.trimEnd());
  await run('openstack image list');
  await run('cat nosuch');
  await run('echo Multi Backend support not enabled.');
  expect(await page.locator('[data-hint]').count()).toBe(1);
  const link = entries.nth(0).getByRole('link', {
    name: /^What this means.*: Multi Backend support not enabled\. \(opens in a new tab\)$/,
  });
  // in the log, so that a screen reader says it in its turn
  expect(await page.getByRole('log').locator('[data-hint]').count()).toBe(1);
  const here = page.url();
  const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await tab.waitForURL('**/reference/errors-decoded/#multi-backend-support-not-enabled');
  await tab.getByRole('heading', { name: 'Multi Backend support not enabled.' }).waitFor();
  expect(page.url()).toBe(here);
});

test('the hint is there again after a reload', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  const { open, run } = terminalOf(page);
  await open();
  await run('openstack image show wbe');
  await page.reload();
  await page.locator('[data-hint="no-image-found"]').waitFor();
});
