import { expect, test } from 'vitest';
import { violations } from './support/axe';
import { openPage, terminalOf, useBrowser } from './support/reader';
import type { ReaderOptions } from './support/reader';

useBrowser();

const PATH = '/day-3/packet-lab/';

/** The lab as a reader knows it. */
async function openLab(fragment = '', options: ReaderOptions = {}) {
  const page = await openPage(PATH + fragment, options);
  const lab = page.locator('[data-lab][data-outcome]');
  await lab.waitFor();
  return {
    page,
    lab,
    says: () => lab.locator('[data-summary]').innerText(),
    preset: (title: string) => lab.getByRole('button', { name: title, exact: true }).click(),
    step: (at: string) => lab.locator(`[data-leg="${at}"]`),
    group: (name: string) => lab.locator(`[data-group="${name}"]`),
  };
}

test('a preset says which rule lets the packet in, and a change of the packet at once that none does', async () => {
  const { preset, says, step, lab } = await openLab();
  expect(await says()).toBe('It is dropped on its way into web.');
  await preset('SSH from one address');
  expect(await says()).toBe('It gets from outside to web, and the answer comes back.');
  expect(await step('in').innerText()).toContain(
    'The group ssh lets it in: TCP port 22 from 198.51.100.7/32.',
  );
  expect(await step('answerOut').innerText()).toContain('A stateful group lets answers pass.');
  await lab.getByLabel('Address of outside').fill('198.51.100.8');
  await expect.poll(says).toBe('It is dropped on its way into web.');
  await lab.getByRole('status').getByText('It is dropped on its way into web.').waitFor();
});

test('a rule is added and removed with the keyboard alone, a server changes its group, and a bad rule is told', async () => {
  const { lab, group, says, page } = await openLab('#preset-stateless');
  expect(await says()).toBe('It gets to outside, but the answer is dropped on its way into web.');
  await group('fast').getByRole('button', { name: 'Add a rule to fast' }).press('Enter');
  await group('fast').getByLabel('Ports').fill('60999-32768');
  expect(await group('fast').innerText()).toContain('The range begins with the smaller port.');
  await group('fast').getByLabel('Ports').fill('32768-60999');
  await page.keyboard.press('Enter');
  await expect.poll(says).toContain('the answer comes back');
  await group('fast')
    .getByRole('button', { name: /^Remove from fast: In: TCP ports 32768/ })
    .press('Enter');
  await expect.poll(says).toContain('the answer is dropped');
  const port = lab.getByRole('group', { name: 'Port of web' });
  await port.getByLabel('default').check();
  await port.getByLabel('fast').uncheck();
  await expect.poll(says).toContain('the answer comes back');
});

test('a link opens its case, and one that is damaged says what is wrong', async () => {
  const { lab, page, preset } = await openLab();
  await preset('A group instead of addresses');
  await lab.getByLabel('Port', { exact: true }).fill('5433');
  const address = () => page.evaluate(() => window.location.hash);
  await expect.poll(address).toContain('port=5433');
  const other = await openLab(await address());
  expect(await other.says()).toBe('It is dropped on its way into db.');
  const damaged = await openLab('#lab=1.zzzz&port=80');
  expect(await damaged.lab.getByRole('alert').innerText()).toContain('missing or was changed on the way');
});

test('the sandbox decides as it is: by the rule of its group a server gets to its neighbour, and when the rule is deleted the same packet is dropped', async () => {
  const { page, lab, says, step } = await openLab();
  const terminal = terminalOf(page);
  await terminal.open();
  for (const line of [
    'openstack network create inside',
    'openstack subnet create --network inside --subnet-range 192.168.10.0/24 inside-4',
    'openstack security group create ssh',
    'RULE=$(openstack security group rule create --protocol tcp --dst-port 22 --remote-ip 192.168.10.0/24 ssh -f value -c id)',
    'openstack port create --network inside --security-group ssh web-port',
    'openstack server create --image cirros --flavor m1.tiny --port web-port --wait web',
    'openstack server create --image cirros --flavor m1.tiny --network inside --wait client',
  ])
    await terminal.run(line);
  const take = () => lab.getByRole('button', { name: 'Take the sandbox as it is now' }).press('Enter');
  const news = lab.locator('[data-news]');
  await take();
  await expect.poll(says).toBe('It gets from client to web, and the answer comes back.');
  expect(await step('in').innerText()).toContain(
    'The group ssh lets it in: TCP port 22 from 192.168.10.0/24.',
  );
  expect(await news.innerText()).toContain('The lab chose a packet from client to web.');
  await terminal.run('openstack security group rule delete $RULE');
  await take();
  await expect.poll(says).toBe('It is dropped on its way into web.');
  expect(await lab.getByRole('combobox', { name: 'From', exact: true }).inputValue()).toBe('client');
  expect(await news.innerText()).toMatch(/^Before, it got from client to web.* That rule is gone\.$/);
  await lab.getByRole('status').getByText('That rule is gone.').waitFor();
  await lab.getByRole('button', { name: 'Send from web' }).click();
  await expect.poll(says).toBe('It is dropped on its way into client.');
  expect(await news.count()).toBe(0);
  await take();
  expect(await news.innerText()).toBe('Taken again: nothing changed for this packet.');
  expect(await says()).toBe('It is dropped on its way into client.');
});

test('axe finds nothing on a desk with everything unfolded, nor on a small phone in the dark, which never goes sideways', async () => {
  const { page, lab } = await openLab('#preset-floating');
  await lab.getByRole('button', { name: 'Add a rule to web' }).click();
  const closed = lab.locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  expect(await violations(page)).toEqual([]);
  const viewport = { width: 320, height: 700 };
  const phone = await openLab('#preset-stateless', { colorScheme: 'dark', viewport });
  expect(await violations(phone.page)).toEqual([]);
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
});
