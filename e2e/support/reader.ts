import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from './browser';

export interface ReaderOptions extends BrowserContextOptions {
  /** The client whose tabs she follows. */
  client?: 'openstack' | 'glance';
  /** Problems that this test brings about itself. */
  expectedProblems?: RegExp;
  /** Her browser is changed by the test, so nobody has it after her. */
  ownBrowser?: boolean;
}

/** A browser's profile. It goes from test to test, emptied, because its cache spares each test most of the loading. */
interface Reader {
  context: BrowserContext;
  key: string;
  ownBrowser: boolean;
  problems: string[];
  /** Takes what the pages report. */
  report: (problem: string) => void;
}

let browser: Browser | undefined;
let free: Reader[] = [];
let taken: Reader[] = [];

/** Call once in a test file: starts the browser, and after each test looks whether anything went wrong in a page. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const leaving = taken;
    taken = [];
    await Promise.all(leaving.map(leave));
    expect(leaving.flatMap(({ problems }) => problems.splice(0))).toEqual([]);
  });
  afterAll(async () => {
    free = [];
    await browser?.close();
  });
}

async function leave(reader: Reader): Promise<void> {
  const { context, ownBrowser, key } = reader;
  const used = free.filter((other) => other.key === key).length > 0;
  if (ownBrowser || used) return context.close();
  await Promise.all(context.pages().map((page) => page.close()));
  free.push(reader);
  return undefined;
}

/**
 * A reader with an empty browser opens a page. Whatever the page says on its console as an error, whatever it asks of
 * another host, and whatever its Content-Security-Policy refuses fails the test.
 */
export async function openPage(path: string, options: ReaderOptions = {}): Promise<Page> {
  const { client, expectedProblems, ownBrowser = false, ...contextOptions } = options;
  const siteUrl = inject('siteUrl');
  const reader = await readerWith(contextOptions, ownBrowser);
  taken.push(reader);
  reader.report = (problem) => {
    if (!expectedProblems?.test(problem)) reader.problems.push(`${path}: ${problem}`);
  };
  const page = await reader.context.newPage();
  await empty(page, siteUrl, client);
  await page.goto(siteUrl + path);
  if (options.javaScriptEnabled !== false) await hydrated(page);
  return page;
}

async function readerWith(contextOptions: BrowserContextOptions, ownBrowser: boolean): Promise<Reader> {
  if (!browser) throw new Error('call useBrowser() in this file');
  const key = JSON.stringify(contextOptions);
  const known = ownBrowser ? undefined : free.find((reader) => reader.key === key);
  if (known) {
    free = free.filter((reader) => reader !== known);
    return known;
  }
  const context = await browser.newContext({ reducedMotion: 'reduce', ...contextOptions });
  const reader: Reader = { context, key, ownBrowser, problems: [], report: () => {} };
  context.on('console', (message) => {
    if (message.type() === 'error') reader.report(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => reader.report(`uncaught: ${String(error.error())}`));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== inject('siteUrl'))
      reader.report(`asked another host: ${request.url()}`);
  });
  return reader;
}

/** Takes away what an earlier reader has stored, and stores the choice of a client. */
async function empty(page: Page, origin: string, client: ReaderOptions['client']): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage,cookies' });
  if (!client) return;
  const blank = `${origin}/blank`;
  await page.route(blank, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto(blank);
  await page.evaluate((name) => localStorage.setItem('learn-openstack.client', name), client);
}

/** Waits until the page reacts to clicks. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.hasHydrated === 'true');
}

/** The terminal as a reader knows it. */
export function terminalOf(page: Page) {
  const panel = page.getByRole('region', { name: 'Terminal' });
  const input = panel.getByRole('textbox', { name: 'Command line' });
  const entries = panel.locator('[data-entry-status]');
  return {
    panel,
    input,
    entries,
    async open(): Promise<void> {
      await page.getByRole('button', { name: 'Terminal', exact: true }).click();
      await input.waitFor();
    },
    /** Waits until the terminal is the one of a page, named by its path in the repository. */
    async of(file: string): Promise<void> {
      await page.locator(`[aria-label="Terminal"][data-page="${file}"]`).waitFor();
    },
    /** Types a line and waits for its answer; returns what it printed. */
    async run(line: string): Promise<string> {
      const before = await entries.count();
      await input.fill(line);
      await input.press('Enter');
      await finished(entries, before + 1);
      return outputOf(entries.nth(before));
    },
  };
}

/** Waits until the terminal shows `count` commands and the last of them has ended. */
export async function finished(entries: Locator, count: number): Promise<void> {
  const last = entries.nth(count - 1);
  await last.waitFor();
  await expect
    .poll(() => last.getAttribute('data-entry-status'), { timeout: 20_000 })
    .toMatch(/done|interrupted/);
}

/** What stands below a command, in the terminal or in the page. */
export async function outputOf(place: Locator): Promise<string> {
  const text = place.locator('pre');
  return (await text.count()) === 0 ? '' : ((await text.first().textContent()) ?? '');
}
