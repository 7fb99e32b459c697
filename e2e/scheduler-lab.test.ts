import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { violations } from './support/axe';
import { openPage, terminalOf, useBrowser } from './support/reader';
import type { ReaderOptions } from './support/reader';

useBrowser();

const PATH = '/day-3/scheduler-lab/';

/** The lab as a reader knows it. */
async function openLab(fragment = '', options: ReaderOptions = {}) {
  const page = await openPage(PATH + fragment, options);
  const lab = page.locator('[data-lab][data-outcome]');
  await lab.waitFor();
  return { page, lab, ...partsOf(page, lab) };
}

function partsOf(page: Page, lab: Locator) {
  return {
    summary: lab.locator('[data-summary]'),
    card: (name: string) => lab.locator(`[data-host="${name}"]`),
    /** The names of the hosts that are left, in the order of the cards. */
    left: () =>
      lab
        .locator('[data-verdict="chosen"], [data-verdict="passes"]')
        .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-host'))),
    preset: (title: string) => lab.getByRole('button', { name: title, exact: true }).click(),
    setProperty: async (name: string, value: string) => {
      await lab.getByRole('button', { name: 'Add a property' }).click();
      await lab
        .getByLabel(/^Name of property/)
        .last()
        .fill(name);
      await lab.getByLabel(`Value of ${name}`).fill(value);
    },
    filters: () =>
      lab
        .locator('[data-filter]')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-filter'))),
    address: () => page.evaluate(() => window.location.hash),
  };
}

test('a preset shows which hosts are left, and of each other one the filter, the property, the value and why', async () => {
  const { preset, left, card, summary } = await openLab();
  await preset('One architecture');
  expect(await left()).toEqual(['compute-arm']);
  expect(await summary.innerText()).toBe('1 of 4 hosts is left. nova takes compute-arm.');
  const text = await card('compute-vmware').innerText();
  expect(text).toContain('Falls at ImagePropertiesFilter');
  expect(text).toContain(
    'The image asks for hw_architecture=aarch64, and the host supports only (i686, vmware, hvm), (x86_64, vmware, hvm).',
  );
});

test('a change of a property changes at once which hosts are left', async () => {
  const { setProperty, left, lab } = await openLab();
  expect(await left()).toHaveLength(4);
  await setProperty('trait:HW_CPU_X86_AVX2', 'required');
  expect(await left()).toEqual(['compute-2']);
  await lab.getByLabel('Value of trait:HW_CPU_X86_AVX2').fill('true');
  expect(await left()).toHaveLength(4);
  await lab.getByRole('button', { name: 'Remove trait:HW_CPU_X86_AVX2' }).click();
  expect(await left()).toHaveLength(4);
});

test('a value that nova refuses is a 400 with nova’s words, and no host is asked', async () => {
  const { preset, lab, card } = await openLab();
  await preset('“arm” is no architecture');
  expect(await lab.getAttribute('data-outcome')).toBe('refused');
  expect(await lab.innerText()).toContain(
    "Invalid image metadata. Error: Architecture name 'arm' is not valid",
  );
  expect(await card('compute-arm').getAttribute('data-verdict')).toBe('unasked');
});

test('when no host is left, the fault of the server stands there', async () => {
  const { preset, lab } = await openLab();
  await preset('No valid host was found');
  expect(await lab.innerText()).toContain('No valid host was found. There are not enough hosts available.');
});

test('a host can be changed, and its new combination counts', async () => {
  const { preset, card, left, lab } = await openLab();
  await preset('One architecture');
  await lab.getByRole('button', { name: 'Change compute-vmware' }).click();
  await card('compute-vmware')
    .getByRole('textbox', { name: /^Supports/ })
    .fill('aarch64 vmware hvm');
  expect(await left()).toEqual(['compute-arm', 'compute-vmware']);
  await card('compute-vmware')
    .getByRole('textbox', { name: /^Supports/ })
    .fill('arm vmware hvm');
  expect(await card('compute-vmware').innerText()).toContain("Architecture name 'arm' is not valid.");
  expect(await left()).toEqual(['compute-arm', 'compute-vmware']);
});

describe('a link', () => {
  test('opens the case that it was copied from, and the address is one', async () => {
    const { setProperty, left, lab, page, address } = await openLab('', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await setProperty('hw_architecture', 'aarch64');
    await lab.getByLabel('RAM MB', { exact: true }).first().fill('20000');
    await lab.getByRole('button', { name: 'Copy link' }).click();
    await lab.getByRole('button', { name: 'Copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(address).toBe(new URL(link).hash);
    const other = await openLab(new URL(link).hash);
    expect(await other.left()).toEqual(await left());
    expect(await other.lab.getByLabel('Value of hw_architecture').inputValue()).toBe('aarch64');
    expect(await other.lab.getByLabel('RAM MB', { exact: true }).first().inputValue()).toBe('20000');
  });

  test('that is pasted into the address of the open lab opens its case', async () => {
    const { page, left } = await openLab();
    await page.evaluate(() => {
      window.location.hash = '#preset-fits';
    });
    await expect.poll(left).toEqual(['compute-arm']);
  });

  test('that is damaged says what is wrong, and the lab starts as it does without one', async () => {
    const { lab, left } = await openLab('#lab=1.zzzz&p=hw_architecture=aarch64');
    expect(await lab.getByRole('alert').innerText()).toContain(
      'a part of it is missing or was changed on the way',
    );
    expect(await left()).toHaveLength(4);
  });

  test('with markup in it shows it as text', async () => {
    const markup = '<img src=x onerror=document.title=1>';
    const { lab, page } = await openLab(
      `#lab=1&p=${encodeURIComponent(markup)}=${encodeURIComponent(markup)}`,
    );
    expect(await lab.locator('img').count()).toBe(0);
    expect(await page.title()).toContain('Scheduler lab');
  });
});

test('the chain is put in another order with the keyboard alone, and the focus stays with the filter', async () => {
  const { page, lab, filters } = await openLab();
  const before = await filters();
  await lab.getByRole('button', { name: 'Move ImagePropertiesFilter up' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect((await filters())[0]).toBe('ImagePropertiesFilter');
  // it is at the top: up is over, and the focus is on the other way
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Move ImagePropertiesFilter down',
  );
  expect(await lab.getByText('ImagePropertiesFilter is filter 1 of 5.').count()).toBe(1);
  await lab.getByRole('button', { name: 'Switch ComputeFilter off' }).press('Enter');
  expect(await filters()).toHaveLength(before.length - 1);
  await lab.getByLabel('Switch a filter on').selectOption('JsonFilter');
  expect((await filters()).at(-1)).toBe('JsonFilter');
});

test('ten thousand hosts are a table of which only what is seen is there, and a screen reader is told of all', async () => {
  const { lab, summary } = await openLab('#preset-fits');
  await lab.getByLabel('How many').fill('10000');
  await expect.poll(() => summary.innerText()).toMatch(/^[\d,]+ of 10,000 hosts are left\./);
  const table = lab.getByRole('table', { name: 'Hosts' });
  expect(await table.getAttribute('aria-rowcount')).toBe('10001');
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await table.locator('[aria-rowindex="10001"]').waitFor();
  await lab.getByRole('button', { name: /fall at ImagePropertiesFilter/ }).click();
  await expect.poll(() => table.getAttribute('aria-rowcount')).not.toBe('10001');
});

test('a screen reader hears what came of a change when the reader has stopped typing', async () => {
  const { preset, lab } = await openLab();
  await preset('One architecture');
  await lab.getByRole('status').getByText('1 of 4 hosts is left. nova takes compute-arm.').waitFor();
});

test('the lab gives the commands that make its case', async () => {
  const { preset, lab } = await openLab();
  await preset('One architecture');
  await lab.getByText('The same on a cloud: commands').click();
  expect(await lab.innerText()).toContain('openstack image set --property hw_architecture=aarch64 cirros');
});

describe.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('when hosts fall, a card is open, and everything is unfolded', async () => {
    const { page, lab, preset } = await openLab('', { colorScheme });
    await preset('Isolation that does not isolate');
    await lab.getByRole('button', { name: 'Change compute-1' }).click();
    const closed = lab.locator('details:not([open]) > summary');
    while ((await closed.count()) > 0) await closed.first().click();
    expect(await violations(page)).toEqual([]);
  });

  test('when a value is refused, and on a phone with many hosts', async () => {
    const { page, preset } = await openLab('', { colorScheme });
    await preset('“arm” is no architecture');
    expect(await violations(page)).toEqual([]);
    const phone = await openLab('#lab=1&p=hw_architecture=aarch64&count=500', {
      colorScheme,
      viewport: { width: 360, height: 780 },
    });
    expect(await violations(phone.page)).toEqual([]);
  });
});

test.each([320, 360, 640])('it never goes sideways at %i pixels', async (width) => {
  for (const fragment of ['#preset-tuple', '#lab=1&p=hw_architecture=aarch64&count=500']) {
    const { page } = await openLab(fragment, { viewport: { width, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  }
});

test('a server is refused, the lab that the terminal leads to says why, the property is mended, and the server is active', async () => {
  const page = await openPage('/day-3/upload-an-image/');
  const terminal = terminalOf(page);
  await terminal.open();
  const image = 'openstack image create --disk-format qcow2 --file tiny.qcow2';
  await terminal.run(`${image} --property hw_architecture=s390x web-image -f value -c name`);
  const create = 'openstack server create --image web-image --flavor m1.tiny --no-network --wait';
  expect(await terminal.run(`${create} web`)).toContain('Error creating server: web');

  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    terminal.panel.getByRole('link', { name: /scheduler lab/ }).click(),
  ]);
  const lab = tab.locator('[data-lab][data-outcome]');
  await lab.waitFor();
  const { left, card } = partsOf(tab, lab);
  expect(await lab.innerText()).toContain('No valid host was found. There are not enough hosts available.');
  expect(await card('compute-1').innerText()).toContain('The image asks for hw_architecture=s390x');
  await lab.getByLabel('Value of hw_architecture').fill('x86_64');
  await expect.poll(left).toContain('compute-1');
  await lab.getByText('The same on a cloud: commands').click();
  const commands = await lab.getByText(/^openstack image set/).innerText();

  await page.bringToFront();
  await terminal.run(commands.split('\n')[0] ?? '');
  expect(await terminal.run(`${create} web-2 -f value -c status`)).toContain('ACTIVE');
});

test('a page without the lab does not load it', async () => {
  const page = await openPage('/day-3/');
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(scripts.filter((name) => name.includes('/scheduler-lab.'))).toEqual([]);
});
