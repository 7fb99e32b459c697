import { describe, expect, test } from 'vitest';
import { openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

describe('the website of a container', () => {
  const path = '/day-3/share-objects/';

  test('opens in the page, with its style, and its links are followed', async () => {
    // the test's own questions are scripts, which the frame runs as little as anybody's
    const page = await openPage(path, { expectedProblems: /Blocked script execution in 'about:srcdoc'/ });
    const { open, run } = terminalOf(page);
    await open();
    await run(
      'mkdir site; echo "<link rel=stylesheet href=a.css><h1>Mine</h1><a href=b.html>on</a>" > site/index.html',
    );
    await run('echo "h1 { color: rgb(1, 2, 3) }" > site/a.css; echo "<h1>Second</h1>" > site/b.html');
    await run('source demo-openrc; cd site; swift upload www .');
    await run("swift post --read-acl '.r:*,.rlistings' -m web-index:index.html www");
    const site = page.frameLocator('[data-website] iframe');
    await expect.poll(() => site.locator('h1').innerText()).toBe('Mine');
    await expect
      .poll(() => site.locator('h1').evaluate((h1) => getComputedStyle(h1).color))
      .toBe('rgb(1, 2, 3)');
    await site.getByRole('link', { name: 'on' }).click();
    await expect.poll(() => site.locator('h1').innerText()).toBe('Second');
    await page.getByRole('textbox', { name: 'Address' }).fill('nosuch.html');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await expect.poll(() => page.locator('[data-website] figcaption').innerText()).toContain('404');
  });

  test('reaches neither the page nor its storage, whatever is in it', async () => {
    // what the browser refuses it says so
    const page = await openPage(path, {
      expectedProblems: /Content Security Policy directive|Blocked form submission|Blocked script execution/,
    });
    const { open, run } = terminalOf(page);
    await open();
    const bad = [
      '<h1>Bad</h1>',
      '<script>parent.document.title = "taken"; parent.localStorage.setItem("taken", "1")</script>',
      '<img src="nosuch.png" onerror="parent.document.title = 1">',
      '<img src="https://elsewhere.example/x.png"><iframe src="https://elsewhere.example/"></iframe>',
      '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
      '<a href="javascript:parent.document.title=1">one</a>',
      '<a href="https://elsewhere.example/" target="_top">two</a>',
      '<form action="https://elsewhere.example/"><button>three</button></form>',
      '<style>h1 { color: red }</style><p style="color: red">styled</p>',
      '<svg onload="parent.document.title = 1"></svg>',
    ];
    await run(`echo '${bad.join('')}' > index.html`);
    await run('source demo-openrc; swift upload www index.html');
    await run("swift post --read-acl '.r:*,.rlistings' -m web-index:index.html www");
    const site = page.frameLocator('[data-website] iframe');
    await expect.poll(() => site.locator('h1').innerText()).toBe('Bad');
    const url = page.url();
    await site.getByText('one').click();
    await site.getByText('two').click();
    await site.getByText('three').click();
    expect(await site.locator('h1').innerText()).toBe('Bad');
    expect(await page.title()).not.toBe('taken');
    expect(await page.evaluate(() => localStorage.getItem('taken'))).toBeNull();
    expect(page.url()).toBe(url);
  });
});

test('who can mount a share is drawn from the cloud, and said in words', async () => {
  const page = await openPage('/day-3/share-access/');
  const { open, run } = terminalOf(page);
  const access = page.locator('[data-share-access]');
  await open();
  await run('openstack share create NFS 1 --name docs --wait -f value -c status');
  const from = access.getByRole('combobox', { name: 'From the address' });
  await from.fill('10.0.0.11');
  await expect.poll(() => access.getByRole('status').innerText()).toContain('The share has no access rule.');
  await run('openstack share access create docs ip 10.0.0.0/24 --access-level ro --wait -f value -c state');
  await run('openstack share access create docs ip 10.0.0.11 --wait -f value -c state');
  await expect
    .poll(() => access.getByRole('status').innerText())
    .toContain('10.0.0.11 reads and writes, by the rule for 10.0.0.11.');
  await from.fill('10.0.0.12');
  await expect
    .poll(() => access.getByRole('status').innerText())
    .toContain('10.0.0.12 reads only, by the rule for 10.0.0.0/24.');

  await run('openstack network create private -f value -c name');
  await run('openstack subnet create --network private --subnet-range 10.0.0.0/24 s -f value -c name');
  await run(
    'openstack port create --network private --fixed-ip ip-address=10.0.0.11 writer -f value -c name',
  );
  await run(
    'openstack server create --image cirros --flavor m1.tiny --port writer --wait writer -f value -c name',
  );
  const servers = access.getByRole('list', { name: 'Who can mount docs' });
  await expect.poll(() => servers.innerText()).toContain('reads and writes, by the rule for 10.0.0.11');
  await page.setViewportSize({ width: 320, height: 700 });
  const writer = servers.getByRole('button', { name: 'writer 10.0.0.11' });
  await writer.press('Enter');
  expect(await from.inputValue()).toBe('10.0.0.11');
  expect(await writer.getAttribute('aria-pressed')).toBe('true');
  expect(await servers.getByText('rw · 10.0.0.11').isVisible()).toBe(true);
  const rules = access.getByRole('list', { name: 'Access rules of docs' });
  expect((await rules.getByRole('listitem').allInnerTexts()).sort()).toEqual([
    'ro · 10.0.0.0/24',
    'rw · 10.0.0.11',
  ]);
  expect(await access.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
});
