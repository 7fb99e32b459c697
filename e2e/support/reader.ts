import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from './browser';

export interface ReaderOptions extends BrowserContextOptions {
  /** The client whose tabs she follows. */
  client?: 'openstack' | 'glance';
  /** Problems that this test brings about itself. */
  expectedProblems?: RegExp;
}

let browser: Browser | undefined;
let readers: { close: () => Promise<void>; problems: string[] }[] = [];

/** Call once in a test file: starts the browser, and after each test looks whether anything went wrong in a page. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const leaving = readers;
    readers = [];
    await Promise.all(leaving.map(({ close }) => close()));
    expect(leaving.flatMap(({ problems }) => problems)).toEqual([]);
  });
  afterAll(() => browser?.close());
}

/**
 * A reader with an empty browser opens a page. Whatever the page says on its console as an error, whatever it asks of
 * another host, and whatever its Content-Security-Policy refuses fails the test.
 */
export async function openPage(path: string, options: ReaderOptions = {}): Promise<Page> {
  if (!browser) throw new Error('call useBrowser() in this file');
  const { client, expectedProblems, ...contextOptions } = options;
  const siteUrl = inject('siteUrl');
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    storageState: {
      cookies: [],
      origins: client
        ? [{ origin: siteUrl, localStorage: [{ name: 'learn-openstack.client', value: client }] }]
        : [],
    },
    ...contextOptions,
  });
  const problems: string[] = [];
  const report = (problem: string) => {
    if (!expectedProblems?.test(problem)) problems.push(`${path}: ${problem}`);
  };
  context.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => report(`uncaught: ${String(error.error())}`));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== siteUrl) report(`asked another host: ${request.url()}`);
  });
  readers.push({ close: () => context.close(), problems });
  const page = await context.newPage();
  await page.goto(siteUrl + path);
  if (options.javaScriptEnabled !== false) await hydrated(page);
  return page;
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
