/** Drives the dashboard through a walk-through as a reader would, and takes its pictures. */
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { PASSWORD } from '../../src/cloud/states/people';
import { menuTo } from '../../src/walk-throughs/panels';
import {
  targetOf,
  type Scene,
  type Step,
  type Target,
  type WalkThrough,
} from '../../src/walk-throughs/walk-through';
import { Mask } from './mask';

export const DASHBOARD = 'http://127.0.0.1:8000';

/** As narrow as the dialogs keep their columns, and high enough for all of them. */
const WINDOW = { width: 1000, height: 1300 };

/** What is left of a picture to write: a screenshot with two pixels for each of CSS. */
export interface Shot {
  scene: string;
  /** The screenshot, a PNG. */
  png: string;
  width: number;
  height: number;
  boxes: [number, number, number, number][];
}

/** A step that could not be taken. */
export interface Stuck {
  walkThrough: string;
  step: string;
  why: string;
  saw: { title: string; url: string; headings: string[]; screenshot: string };
}

/** What moves, and messages that go away by themselves; and long ids and sums, which Horizon lets run out of the window. */
const CALM = `dd { overflow-wrap: anywhere !important }
*, ::before, ::after { transition: none !important; animation: none !important; caret-color: transparent !important }
.toast, hz-toast, #main_content > .messages, .messages { display: none !important }`;

export interface WalkOptions {
  walkThrough: WalkThrough;
  /** Of the home folder, as base64. */
  files: Readonly<Record<string, string>>;
  /** Where screenshots go. */
  folder: string;
  /** Where the dashboard is. */
  url?: string;
  /** How long something may take to come, in milliseconds. */
  patience?: number;
}

/** Logs in as demo and takes every step. */
export async function walk(browser: Browser, options: WalkOptions): Promise<Shot[] | Stuck> {
  const { walkThrough, files, folder, url = DASHBOARD, patience = 60_000 } = options;
  const context = await browser.newContext({
    viewport: WINDOW,
    deviceScaleFactor: 2,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  try {
    const page = await openDashboard(context, patience);
    return await new Walk(page, { walkThrough, files, folder, url, patience }).take();
  } finally {
    await context.close();
  }
}

async function openDashboard(context: BrowserContext, patience: number): Promise<Page> {
  // tsx names functions with a helper that the page has not
  await context.addInitScript('globalThis.__name ??= (named) => named');
  await context.addInitScript(`addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style'); style.textContent = ${JSON.stringify(CALM)}; document.head.append(style) })`);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

class Walk {
  readonly #mask: Mask;
  #underWay = 0;
  #step = 'log in';

  constructor(
    private readonly page: Page,
    private readonly options: Required<WalkOptions>,
  ) {
    const steps = options.walkThrough.scenes.flatMap((scene) => scene.steps);
    this.#mask = new Mask(steps.flatMap((step) => ('type' in step ? [step.type] : [])));
    page.on('request', () => this.#underWay++);
    page.on('requestfinished', () => this.#underWay--);
    page.on('requestfailed', () => this.#underWay--);
  }

  async take(): Promise<Shot[] | Stuck> {
    const shots: Shot[] = [];
    try {
      await this.#logIn();
      await this.#openMenu(this.options.walkThrough.start);
      let number = 1;
      for (const scene of this.options.walkThrough.scenes) {
        shots.push(await this.#play(scene, number));
        number += scene.steps.length;
      }
      await this.#settle();
      return shots;
    } catch (error) {
      return this.#stuck(error);
    }
  }

  async #logIn(): Promise<void> {
    await this.page.goto(`${this.options.url}/auth/login/?next=/project/`);
    await this.page.fill('#id_username', 'demo');
    await this.page.fill('#id_password', PASSWORD);
    await this.page.click('#loginBtn');
    await this.page.waitForURL((url) => !url.pathname.startsWith('/auth/login'));
  }

  /** The way that the first step tells, by the names that stand in the menu. */
  async #openMenu(start: string): Promise<void> {
    const menu = menuTo(start);
    if (!menu)
      throw new Error(`nothing says how to come to ${start} by the menu: src/walk-throughs/panels.ts`);
    for (const [index, name] of menu.entries()) {
      this.#step = `the menu, at ${menu.slice(0, index + 1).join(', ')}`;
      const entry = this.page
        .locator('#sidebar-accordion a:visible')
        .filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
      await entry.waitFor();
      // an entry that holds others is open, or opens by a click
      const isOpen = await entry.evaluate((one) => 'toggle' in one.dataset && !one.matches('.collapsed'));
      if (!isOpen) await entry.click();
      await this.#settle();
    }
    await this.page.waitForURL(({ pathname }) => pathname.startsWith(start.replace(/\/$/, '')));
  }

  async #play({ picture, steps }: Scene, first: number): Promise<Shot> {
    this.#step = `before step ${first}, waiting for ${picture.when}`;
    await this.page.locator(picture.when).first().waitFor();
    await this.#settle();
    for (const [index, step] of steps.entries()) await this.#act(step, first + index, 'before the picture');
    this.#step = `the picture "${picture.name}"`;
    const shot = await this.#photograph(picture.name, picture.of, steps, first);
    for (const [index, step] of steps.entries()) await this.#act(step, first + index, 'after the picture');
    return shot;
  }

  async #act(step: Step, number: number, when: 'before the picture' | 'after the picture'): Promise<void> {
    if ('look' in step || 'click' in step !== (when === 'after the picture')) return;
    this.#step = describe(step, number, targetOf(step));
    const target = this.page.locator(targetOf(step));
    if ('click' in step || 'set' in step) await target.click();
    if ('type' in step) {
      await target.fill(step.type);
      // Horizon's filters look at what is there when a key goes up
      await target.press('End');
      if (step.frame) await this.page.locator(step.frame).scrollIntoViewIfNeeded();
    }
    if ('choose' in step) await this.#choose(target, step.choose);
    if ('attach' in step) await target.setInputFiles(this.#file(step.attach));
    await this.#settle();
  }

  /** From a list of the browser's, or from one of Horizon's, which hides the browser's and shows the same entries. */
  async #choose(list: Locator, entry: string): Promise<void> {
    await list.waitFor({ state: 'attached' });
    const options = list.locator('option');
    const come = options.filter({ hasText: entry }).first().waitFor({ state: 'attached' });
    await come.catch(() => undefined); // what is there instead is said below
    const labels = (await options.allTextContents()).map((text) => text.trim());
    const label = labels.find((each) => each === entry) ?? labels.find((each) => each.startsWith(entry));
    if (label === undefined) throw new Error(`"${entry}" is not in the list: ${labels.join(', ')}`);
    const ownList = list.locator('xpath=ancestor::*[contains(@class, "themable-select")]');
    if ((await ownList.count()) === 0) return void (await list.selectOption({ label }));
    await ownList.getByRole('button').click();
    await ownList.locator('.dropdown-menu').getByText(label, { exact: true }).click();
  }

  #file(name: string) {
    const content = this.options.files[name];
    if (content === undefined) throw new Error(`there is no file ${name} in the home folder`);
    return {
      name: path.basename(name),
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content, 'base64'),
    };
  }

  async #photograph(
    name: string,
    of: Target | undefined,
    steps: readonly Step[],
    first: number,
  ): Promise<Shot> {
    await this.page.evaluate(async () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      await document.fonts.ready;
    });
    await this.page.mouse.move(0, 0);
    for (const [index, step] of steps.entries()) {
      this.#step = describe(step, first + index);
      const place = this.page.locator(step.frame ?? targetOf(step));
      await place.waitFor();
      checkWords(step, await place.evaluate(textOf));
    }
    await this.#hideWhatVaries();
    const clip = of === undefined ? await this.#wholePage() : await this.#boxOfAll(of);
    const boxes: Shot['boxes'] = [];
    for (const [index, step] of steps.entries()) {
      this.#step = describe(step, first + index);
      const box = await boxOf(this.page.locator(step.frame ?? targetOf(step)));
      boxes.push(inPerCent(box, clip));
    }
    this.#step = `the picture "${name}"`;
    const png = path.join(this.options.folder, `${this.options.walkThrough.name}-${name}.png`);
    await this.page.screenshot({ path: png, clip, animations: 'disabled' });
    return { scene: name, png, width: clip.width, height: clip.height, boxes };
  }

  async #hideWhatVaries(): Promise<void> {
    const texts = await this.page.evaluate(() => {
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) found.push(walker.currentNode.nodeValue ?? '');
      return found;
    });
    const masked = texts.map((text) => this.#mask.apply(text));
    await this.page.evaluate((replaced) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (const text of replaced)
        if (walker.nextNode() && walker.currentNode.nodeValue !== text) walker.currentNode.nodeValue = text;
    }, masked);
  }

  /** What holds all that match. */
  async #boxOfAll(target: Target): Promise<Box> {
    const places = this.page.locator(target);
    await places.first().waitFor();
    const boxes = await Promise.all((await places.all()).map(boxOf));
    const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
    return {
      x,
      y,
      width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
      height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
    };
  }

  /** From the top to where its text ends: Horizon has elements without any that are as high as the window. */
  #wholePage(): Promise<Box> {
    return this.page.evaluate(() => {
      window.scrollTo(0, 0);
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let end = 0;
      while (walker.nextNode()) {
        const { currentNode: text } = walker;
        if (!text.nodeValue?.trim() || !text.parentElement?.checkVisibility()) continue;
        range.selectNodeContents(text);
        end = Math.max(end, range.getBoundingClientRect().bottom);
      }
      return { x: 0, y: 0, width: innerWidth, height: Math.min(innerHeight, Math.ceil(end) + 24) };
    });
  }

  /** Until nothing has been asked of the dashboard for a while. */
  async #settle(): Promise<void> {
    const deadline = performance.now() + this.options.patience;
    for (let quiet = 0; quiet < 4 && performance.now() < deadline;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      quiet = this.#underWay > 0 ? 0 : quiet + 1;
    }
  }

  async #stuck(error: unknown): Promise<Stuck> {
    const screenshot = path.join(this.options.folder, `${this.options.walkThrough.name}-stuck.png`);
    await this.page.screenshot({ path: screenshot });
    const headings = await this.page
      .locator('h1:visible, h2:visible, h3:visible, h4:visible, .modal-title:visible')
      .allInnerTexts();
    const why = error instanceof Error ? error.message : String(error);
    return {
      walkThrough: this.options.walkThrough.name,
      step: this.#step,
      why: why.split('\nCall log')[0] ?? why,
      saw: {
        title: await this.page.title(),
        url: this.page.url(),
        headings: [...new Set(headings.map((text) => text.trim()).filter(Boolean))],
        screenshot,
      },
    };
  }
}

type Box = { x: number; y: number; width: number; height: number };

/** On whole pixels. */
async function boxOf(place: Locator): Promise<Box> {
  await place.waitFor();
  const box = await place.boundingBox();
  if (!box) throw new Error('it is there, but nothing of it shows');
  const [x, y] = [Math.floor(box.x), Math.floor(box.y)];
  return { x, y, width: Math.ceil(box.x + box.width) - x, height: Math.ceil(box.y + box.height) - y };
}

function inPerCent(box: Box, of: Box): [number, number, number, number] {
  const [left, top] = [Math.max(box.x, of.x), Math.max(box.y, of.y)];
  const right = Math.min(box.x + box.width, of.x + of.width);
  const bottom = Math.min(box.y + box.height, of.y + of.height);
  if (right <= left || bottom <= top) throw new Error('it is outside of the picture');
  const part = (length: number, whole: number) => Math.round((length / whole) * 10_000) / 100;
  return [
    part(left - of.x, of.width),
    part(top - of.y, of.height),
    part(right - left, of.width),
    part(bottom - top, of.height),
  ];
}

/** What a reader reads there: in the page, in its fields and on its buttons. */
function textOf(place: Element): string {
  const fields = [place, ...place.querySelectorAll('input, select, textarea')].map((field) =>
    field instanceof HTMLSelectElement
      ? (field.selectedOptions[0]?.text ?? '')
      : field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        ? field.value
        : '',
  );
  let text = (place as HTMLElement).innerText;
  // said by screen readers alone
  for (const hidden of place.querySelectorAll<HTMLElement>('.sr-only'))
    text = text.replace(hidden.innerText, '');
  return [text, ...fields].join(' ');
}

/**
 * The words of a step name what stands there, so a button that was renamed is noticed. What shows no text has no name.
 * @throws if none of the words in bold, or of those in code, stands there.
 */
function checkWords(step: Step, shown: string): void {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();
  // the way through the menu has been gone: a button "New Network" is not named by the menu's Network
  const words = step.says.replace(/^Open (\*\*[^*]+\*\*, )+and /, '');
  const names = [...words.matchAll(/\*\*([^*]+)\*\*|`([^`]+)`/g)].map(([, bold, code]) => bold ?? code ?? '');
  const isNamed = names.some((name) => plain(shown).includes(plain(name)));
  if (plain(shown) === '' || isNamed || (names.length === 0 && !('click' in step))) return;
  throw new Error(
    `the words name ${names.join(', ') || 'nothing'}, and there stands "${plain(shown).slice(0, 200)}"`,
  );
}

function describe(step: Step, number: number, target = step.frame ?? targetOf(step)): string {
  const says = step.says.length > 60 ? `${step.says.slice(0, 60)}…` : step.says;
  return `step ${number}, "${says}", at ${target}`;
}
