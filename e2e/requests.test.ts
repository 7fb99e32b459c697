import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './support/axe';
import { hydrated, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

const upload = '/day-3/upload-an-image/';

function requestsOf(page: Page) {
  const { panel } = terminalOf(page);
  return {
    toggle: panel.getByRole('switch', { name: 'Requests', exact: true }),
    items: panel.locator('[aria-live="off"] li'),
    /** Method, path and status of each. */
    lines: async () => (await panel.locator('[aria-live="off"] summary').allInnerTexts()).map(oneLine),
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('the switch "Requests"', () => {
  test('shows the requests behind a command, in order, also those of commands before; and is remembered', async () => {
    const page = await openPage(upload);
    const { open, run } = terminalOf(page);
    const { toggle, items, lines } = requestsOf(page);
    await open();
    await run('openstack image create --disk-format raw --file tiny.raw mine -f value -c name');
    expect(await items.count()).toBe(0);
    await toggle.check();
    await items.first().waitFor();
    const shown = (await lines()).map((line) => line.replace(/[0-9a-f-]{36}/, 'ID'));
    expect(shown).toEqual([
      'GET /identity 300',
      'POST /identity/v3/auth/tokens 201',
      'GET /image 300',
      'POST /image/v2/images 201',
      'PUT /image/v2/images/ID/file 204',
      'GET /image/v2/images/ID 200',
    ]);

    await page.reload();
    await hydrated(page);
    expect(await toggle.isChecked()).toBe(true);
    expect(await items.count()).toBe(0);
    await run('curl -s -o /dev/null https://openstack.example/image/v2/images');
    await expect.poll(lines).toEqual(['GET /image/v2/images 401']);
    await toggle.uncheck();
    expect(await items.count()).toBe(0);
  });

  test('opens to what was sent and what came back: JSON on lines, image data as a size, no token, no password', async () => {
    const page = await openPage(upload);
    const { open, run, panel } = terminalOf(page);
    const { toggle, items } = requestsOf(page);
    await open();
    await toggle.check();
    await run('openstack image create --disk-format raw --file tiny.raw mine -f value -c name');
    await items.first().waitFor();
    const [, login, , create, put] = await items.all();
    expect(await login?.locator('dl').isVisible()).toBe(false);
    await login?.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await login?.locator('dl').innerText()).toContain('"password": "$OS_PASSWORD"');
    await create?.locator('summary').click();
    expect(await create?.locator('pre').first().innerText()).toContain('\n  "name": "mine"');
    await put?.locator('summary').click();
    expect(await put?.innerText()).toContain('1,048,576 bytes of application/octet-stream');
    expect(await login?.innerText()).toContain(
      '$OS_PASSWORD stands for your password: source demo-openrc first',
    );
    expect(await put?.innerText()).toContain('@FILE stands for the data');
    expect(await panel.innerHTML()).not.toContain('gAAAA');
  });

  test('copies a request as a curl command, which runs in the sandbox', async () => {
    const page = await openPage(upload, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { open, run } = terminalOf(page);
    const { toggle, items } = requestsOf(page);
    await open();
    await toggle.check();
    await run('openstack image list -f value -c Name');
    await items.first().waitFor();
    await items.last().getByRole('button', { name: 'Copy as curl' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain('-H "X-Auth-Token: $TOKEN"');
    await run('TOKEN=$(openstack token issue -f value -c id)');
    expect(await run(`${command} | jq -r '.images[].name'`)).toBe('cirros');
  });
});

describe.each([
  ['a phone', { width: 320, height: 640 }],
  ['a desk', { width: 1280, height: 800 }],
])('on %s', (_name, viewport) => {
  test.each(['light', 'dark'] as const)(
    '%s: axe finds nothing, and nothing is cut off',
    async (colorScheme) => {
      const page = await openPage(upload, { colorScheme, viewport });
      const { open, run, panel } = terminalOf(page);
      const { toggle, items } = requestsOf(page);
      await open();
      await toggle.check();
      await run('openstack image show cirros -f value -c name');
      await run('curl -s -o /dev/null https://openstack.example/image/v2/images/nosuch');
      await items.first().waitFor();
      await items.nth(3).locator('summary').click();
      await items.last().locator('summary').click();
      expect(await violations(page, { of: '[aria-label="Terminal"]' })).toEqual([]);
      const box = await panel.boundingBox();
      expect(box?.width).toBe(viewport.width);
      for (const part of await panel
        .locator('header button, header label, summary, [aria-live="off"] button')
        .all()) {
        const { x = -1, width = 0 } = (await part.boundingBox()) ?? {};
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(viewport.width);
      }
      if (process.env.SCREENSHOTS)
        await page.screenshot({
          path: `${process.env.SCREENSHOTS}/requests-${viewport.width}-${colorScheme}.png`,
        });
    },
  );
});
