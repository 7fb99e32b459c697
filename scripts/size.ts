/**
 * How much a reader is sent, and how long she waits: prints figures of the built site; a size over budget fails.
 *
 *     npm run build && npm run size
 */
import path from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { findBrowser, launchBrowser } from '../e2e/support/browser';
import { lessonPaths } from '../e2e/support/pages';
import { serveSite } from '../e2e/support/server';

const budget = {
  /** JavaScript of a lesson page before the terminal is reached for, compressed, in kB. */
  pageJs: 150,
  /** From the press on Run to the answer, with nothing cached, at 10 Mbit/s, in ms. */
  firstRun: 2000,
  /** The same when the sandbox is there, in ms. */
  warmRun: 50,
};
const megabit = 1_000_000 / 8;
const build = path.resolve('build');
const failures: string[] = [];

interface Sent {
  js: number;
  css: number;
  html: number;
}

async function main() {
  if (!findBrowser()) throw new Error('npm run size needs a Chromium or Chrome; see e2e/support/browser.ts.');
  const site = await serveSite(build);
  const browser = await launchBrowser();
  try {
    await sizes(browser, site.url);
    await speeds(browser, site.url);
  } finally {
    await browser.close();
    await site.close();
  }
  for (const failure of failures) print(`OVER BUDGET: ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

async function sizes(browser: Browser, url: string) {
  print(
    `\nkB sent, compressed (gzip), by a cold cache    budget: ${budget.pageJs} kB of JavaScript for a page\n`,
  );
  print(row('page', 'html', 'css', 'js', 'ahead'));
  for (const at of ['/', ...lessonPaths()]) {
    const { page, context, sent } = await freshPage(browser);
    await page.goto(url + at, { waitUntil: 'networkidle' });
    const { now, ahead } = sent();
    print(row(at, kB(now.html), kB(now.css), kB(now.js), kB(ahead.js)));
    within(`JavaScript of ${at}`, now.js / 1000, budget.pageJs, 'kB');
    if (at === lessonPaths().at(-1)) {
      const before = now.js + ahead.js;
      await press(page);
      const after = sent();
      print(row('\nthe sandbox (lazy)', '', '', kB(after.now.js + after.ahead.js - before), ''));
    }
    await context.close();
  }
  print(
    '\n"ahead": chunks of pages that are linked from here, which Docusaurus fetches when the browser has nothing to do.',
  );
}

async function speeds(browser: Browser, url: string) {
  const { page, context, cdp } = await freshPage(browser);
  await page.goto(`${url}/day-3/`, { waitUntil: 'networkidle' });
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: 10 * megabit,
    uploadThroughput: 10 * megabit,
  });
  const first = await press(page);
  // the browser compiles what runs often only after a few times
  for (let i = 0; i < 5; i++) await press(page);
  const warm: number[] = [];
  for (let i = 0; i < 15; i++) warm.push(await press(page));
  const median = warm.sort((a, b) => a - b)[7] ?? Infinity;
  print(`\nms from Run to the answer of "openstack image list"\n`);
  print(row('cold cache, 10 Mbit/s, 40 ms away', '', '', first.toFixed(0), `of ${budget.firstRun}`));
  print(row('warm (median of 15)', '', '', median.toFixed(0), `of ${budget.warmRun}`));
  within('the first Run', first, budget.firstRun, 'ms');
  within('a warm Run', median, budget.warmRun, 'ms');
  await context.close();
}

/** Presses the first Run without going near it before, as a finger does. Returns the ms until the answer is on the page. */
function press(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('[data-run="all"]');
    if (!button) throw new Error('no Run on this page');
    const done = '[data-entry-status="done"]';
    const before = document.querySelectorAll(done).length;
    const started = performance.now();
    button.click();
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelectorAll(done).length <= before) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    return performance.now() - started;
  });
}

async function freshPage(browser: Browser): Promise<{
  page: Page;
  context: BrowserContext;
  cdp: CDPSession;
  sent: () => { now: Sent; ahead: Sent };
}> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const now: Sent = { js: 0, css: 0, html: 0 };
  const ahead: Sent = { js: 0, css: 0, html: 0 };
  page.on('response', (response) => {
    const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1] ?? 'html';
    if (kind === 'html' && response.request().resourceType() !== 'document') return;
    const prefetch = response.request().headers()['sec-purpose']?.startsWith('prefetch') ?? false;
    const bytes = Number(response.headers()['content-length'] ?? 0);
    // the expression above can only give these
    (prefetch ? ahead : now)[kind as keyof Sent] += bytes;
  });
  return { page, context, cdp, sent: () => ({ now: { ...now }, ahead: { ...ahead } }) };
}

function within(what: string, value: number, limit: number, unit: string) {
  if (value <= limit) return;
  const text = `${what} is ${value.toFixed(0)} ${unit}, the budget is ${limit} ${unit}.`;
  // time depends on what else the machine does: it is said loudly, and only sizes fail
  if (unit === 'ms') print(`!!! ${text}`);
  else failures.push(text);
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function row(first: string, ...cells: string[]): string {
  return first.padEnd(44) + cells.map((cell) => cell.padStart(9)).join('');
}

function print(text: string) {
  process.stdout.write(`${text}\n`);
}

await main();
