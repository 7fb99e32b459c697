import { describe, expect, inject, test } from 'vitest';
import { finished, hydrated, openPage, terminalOf, useBrowser } from './support/reader';

useBrowser();

const upload = '/day-3/upload-an-image/';
const create = 'openstack image create --disk-format raw mine -f value -c name < /dev/null';
const list = 'openstack image list -f value -c Name';

describe('what a reader did', () => {
  test('is there after a reload: images, files, variables, history and what the terminal shows', async () => {
    const page = await openPage(upload);
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run(create);
    await terminal.run('echo kept > note.txt; word=kept; cd /tmp');
    await page.reload();
    await hydrated(page);
    expect(await terminal.entries.first().innerText()).toContain(create);
    expect(await terminal.run(list)).toContain('mine');
    expect(await terminal.run('echo $word; pwd; cat ~/note.txt')).toBe('kept\n/tmp\nkept');
    await terminal.input.press('ArrowUp');
    await terminal.input.press('ArrowUp');
    expect(await terminal.input.inputValue()).toBe(list);
  });

  test('is there after a visit to another page, which has a cloud of its own', async () => {
    const page = await openPage(upload);
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run(create);
    await page.getByRole('link', { name: 'Delete an image' }).first().click();
    await terminal.of('docs/day-3/delete-an-image.md');
    expect(await terminal.run(list)).not.toContain('mine');
    await page.goBack();
    await terminal.of('docs/day-3/upload-an-image.md');
    expect(await terminal.run(list)).toContain('mine');
  });

  test('is gone after "Start this page again", for good', async () => {
    const page = await openPage(upload);
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run(create);
    await terminal.panel.getByRole('button', { name: 'Start this page again' }).click();
    expect(await terminal.entries.count()).toBe(0);
    expect(await terminal.run(list)).toBe('cirros');
    await page.reload();
    await hydrated(page);
    expect(await terminal.run(list)).toBe('cirros');
  });

  test('changes an answer of the page: it says so quietly, and can run the page from its top', async () => {
    const page = await openPage('/day-3/');
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run('openstack image create --disk-format raw mine < /dev/null');
    await page.getByRole('button', { name: 'Run openstack image list', exact: true }).click();
    await finished(terminal.entries, 2);
    await page.getByText('Your sandbox answered something else').waitFor();
    await page.getByRole('button', { name: 'Run the page up to here' }).click();
    await page.getByRole('img', { name: 'Your sandbox answered the same' }).waitFor();
    expect(await page.getByText('Your sandbox answered something else').count()).toBe(0);
  });
});

describe('storage', () => {
  test('that holds something unreadable is said in one sentence, and the page starts fresh', async () => {
    const page = await openPage(upload);
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run(create);
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open('keyval-store');
          open.onsuccess = () => {
            const change = open.result.transaction('keyval', 'readwrite');
            const store = change.objectStore('keyval');
            store.getAllKeys().onsuccess = ({ target }) => {
              // the request's own result: the keys
              for (const key of (target as IDBRequest<IDBValidKey[]>).result)
                store.put({ version: 1, nonsense: true }, key);
            };
            change.oncomplete = resolve;
            change.onerror = reject;
          };
          open.onerror = reject;
        }),
    );
    await page.reload();
    await hydrated(page);
    expect(await terminal.panel.getByRole('alert').innerText()).toContain('cannot be read');
    expect(await terminal.run(list)).toBe('cirros');
    await terminal.panel.getByRole('button', { name: 'Understood' }).click();
    expect(await terminal.panel.getByRole('alert').count()).toBe(0);
  });

  test('that the browser does not give is said in one sentence, and everything else works', async () => {
    const page = await openPage('/', { ownBrowser: true });
    await page.context().addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined });
    });
    await page.goto(inject('siteUrl') + upload);
    await hydrated(page);
    const terminal = terminalOf(page);
    await terminal.open();
    expect(await terminal.run(list)).toBe('cirros');
    expect(await terminal.panel.getByRole('alert').innerText()).toContain('does not let the page store');
  });

  test('that is full is said in one sentence, and nothing in the page is lost', async () => {
    const page = await openPage('/', { ownBrowser: true });
    await page.context().addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.goto(inject('siteUrl') + upload);
    await hydrated(page);
    const terminal = terminalOf(page);
    await terminal.open();
    await terminal.run(create);
    expect(await terminal.panel.getByRole('alert').innerText()).toContain('is full');
    expect(await terminal.run(list)).toContain('mine');
  });
});

describe('the line', () => {
  test('is completed by Tab: commands, options, image names and files', async () => {
    const page = await openPage(upload);
    const { open, run, input } = terminalOf(page);
    await open();
    await run('true');
    for (const [typed, completed] of [
      ['openstack image sh', 'openstack image show '],
      ['openstack image show cir', 'openstack image show cirros '],
      ['openstack image create --disk-f', 'openstack image create --disk-format '],
      ['wc -c tiny.qc', 'wc -c tiny.qcow2 '],
    ] as const) {
      await input.fill(typed);
      await input.press('Tab');
      await expect.poll(() => input.inputValue()).toBe(completed);
      await input.press('Control+c');
      expect(await input.inputValue()).toBe('');
    }
  });

  test('goes on below while a quote is open, and is run as a whole', async () => {
    const page = await openPage(upload);
    const { open, run, input, entries } = terminalOf(page);
    await open();
    await run('true');
    await input.fill("echo 'one");
    await input.press('Enter');
    await input.fill("two'");
    await input.press('Enter');
    await finished(entries, 2);
    expect(await entries.nth(1).locator('pre').innerText()).toBe('one\ntwo');
  });

  test('takes several pasted lines, each a command', async () => {
    const page = await openPage(upload, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { open, run, input, entries } = terminalOf(page);
    await open();
    await run('true');
    await page.evaluate(() => navigator.clipboard.writeText('echo one\necho "two\nthree"\necho four'));
    await input.press('Control+v');
    await finished(entries, 3);
    expect(await entries.nth(1).locator('pre').innerText()).toBe('one');
    expect(await entries.nth(2).locator('pre').innerText()).toBe('two\nthree');
    expect(await input.inputValue()).toBe('echo four');
  });

  test('that never ends is stopped by Ctrl-C, and the next one runs', async () => {
    const page = await openPage(upload);
    const { open, run, input, entries } = terminalOf(page);
    await open();
    await run('true');
    await input.fill('while true; do true; done');
    await input.press('Enter');
    await expect.poll(() => entries.nth(1).getAttribute('data-entry-status')).toBe('running');
    await input.press('Control+c');
    await finished(entries, 2);
    expect(await run('echo alive')).toBe('alive');
  });
});

describe('what is printed', () => {
  test('is text: a <script> as an image name does nothing', async () => {
    const page = await openPage(upload);
    const { open, run } = terminalOf(page);
    await open();
    const name = '<img src=x onerror=alert(1)><script>document.title="broken"</script>';
    const output = await run(
      `openstack image create --disk-format raw -f value -c name '${name}' < /dev/null`,
    );
    expect(output).toBe(name);
    expect(await page.title()).not.toBe('broken');
    expect(await page.locator('[role="log"] script, [role="log"] img').count()).toBe(0);
  });

  test('is cut when there is very much of it, until the reader wants it all', async () => {
    const page = await openPage(upload);
    const { open, run, entries } = terminalOf(page);
    await open();
    const shown = await run('seq 5000');
    expect(shown.split('\n').length).toBeLessThan(1000);
    await entries.first().getByRole('button', { name: 'Show all 5000 lines' }).click();
    expect((await entries.first().locator('pre').innerText()).split('\n').length).toBe(5000);
  });

  test('may be anything: binary, and a line of 10,000 characters', async () => {
    const page = await openPage(upload);
    const { open, run } = terminalOf(page);
    await open();
    await run('head -c 2000 tiny.qcow2');
    expect(await run(`echo ${'x'.repeat(10_000)}`)).toBe('x'.repeat(10_000));
  });
});

describe('without a network', () => {
  const expectedProblems = /Failed to load resource|ERR_FAILED|ERR_INTERNET/;

  test('a sandbox that cannot be fetched is said in one sentence, and fetched when asked again', async () => {
    const page = await openPage(upload, { expectedProblems });
    await page.route('**/sandbox.*.js', (route) => route.abort());
    const { panel, input, entries, run } = terminalOf(page);
    await page.getByRole('button', { name: 'Terminal', exact: true }).click();
    await input.fill('echo there');
    await input.press('Enter');
    await panel.getByRole('alert').waitFor();
    expect(await panel.getByRole('alert').innerText()).toContain('The sandbox could not be fetched');
    await page.unroute('**/sandbox.*.js');
    await panel.getByRole('button', { name: 'Try again' }).click();
    await finished(entries, 1);
    expect(await run('echo still')).toBe('still');
  });

  test('so is a terminal that cannot be fetched', async () => {
    const page = await openPage(upload, { expectedProblems });
    await page.route('**/terminal.*.js', (route) => route.abort());
    const { panel, run } = terminalOf(page);
    await page.getByRole('button', { name: 'Terminal', exact: true }).click();
    await panel.getByRole('alert').waitFor();
    expect(await panel.getByRole('alert').innerText()).toContain('The terminal could not be fetched');
    await page.unroute('**/terminal.*.js');
    await panel.getByRole('button', { name: 'Try again' }).click();
    expect(await run('echo there')).toBe('there');
  });
});
