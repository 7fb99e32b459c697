import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** For any browser, so it can be handed to a page as it is: that spares the seconds that its builder for Playwright takes. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Look {
  /** Axe's rules; all of them if nothing is said. */
  rules?: readonly string[];
  /** A selector of what is looked at; the document if nothing is said. */
  of?: string;
}

/** What axe finds wrong in a page as it stands, a line for each rule with the elements that break it. */
export async function violations(page: Page, { rules, of }: Look = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ['violations'],
    iframes: false,
    ...(rules && { runOnly: [...rules] }),
  };
  const found = await page.evaluate(
    ({ of, options }) => {
      const { axe } = globalThis as unknown as {
        axe: { run(of: unknown, how: unknown): Promise<AxeResults> };
      }; // just put there
      const elements = of === undefined ? document : [...document.querySelectorAll(of)];
      if (Array.isArray(elements) && elements.length === 0) throw new Error(`there is no ${of}`);
      return axe.run(elements, options).then(({ violations }) => violations);
    },
    { of, options },
  );
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}
