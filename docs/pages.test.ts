import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import sidebars from '../sidebars';
import { findRegion } from '../src/plugins/region.mjs';
import { pageShell } from '../src/shell/page-shell';
import {
  blocksOn,
  clientPaths,
  isStale,
  runBlock,
  UPDATE_COMMAND,
  updatePage,
  type Block,
  type CommandResult,
  type PageShell,
} from '../src/transcript';
import { findExamples, parsePage } from '../src/transcript/parse-page';

/**
 * Runs every console block of every page, on each way through the page's tabs, and compares exactly.
 * `npm test -- --update` writes what came back into the pages instead.
 */
const top = path.resolve(import.meta.dirname, '..');
const update = inject('updatePages');

const pages = readdirSync(path.join(top, 'docs'), { recursive: true, encoding: 'utf8' })
  // the reference of the typed client is generated, and has no commands
  .filter((name) => /\.mdx?$/.test(name) && !name.startsWith(path.join('reference', 'client')))
  .sort()
  .map((name) => {
    const file = `docs/${name.replaceAll(path.sep, '/')}`;
    return { file, markdown: readFileSync(path.join(top, file), 'utf8') };
  });

test('every lesson stands in the sidebar', () => {
  const listed = JSON.stringify(sidebars);
  const lessons = pages.flatMap(({ file }) => /^docs\/(day-\d\/[\w-]+)\.md$/.exec(file)?.[1] ?? []);
  expect(lessons.filter((lesson) => !listed.includes(`"${lesson}"`))).toEqual([]);
});

test('there are pages with commands to run', () => {
  const commands = pages.flatMap(({ file, markdown }) =>
    parsePage(file, markdown).blocks.flatMap((block) => block.commands),
  );
  expect(commands.length).toBeGreaterThan(0);
});

/** A page without commands and scripts has nothing to hold. */
const tested = pages.filter(
  ({ file, markdown }) =>
    parsePage(file, markdown).blocks.length > 0 || findExamples(file, markdown).length > 0,
);

describe.each(tested)('$file', ({ file, markdown }) => {
  const page = parsePage(file, markdown);
  const corrected = new Map<number, CommandResult>();
  const endStates = new Map<string, unknown>();

  const ways = page.blocks.length > 0 ? clientPaths(page) : [];
  describe.each(ways.map((client) => ({ client, way: client ?? 'any client' })))(
    'with $way',
    ({ client }) => {
      let shell: PageShell;
      beforeAll(async () => {
        shell = await pageShell(page);
      });

      for (const block of blocksOn(page, client)) {
        const place = `${file}:${block.line}`;
        test(`${place} ${block.commands[0]?.source.split('\n')[0]}`, async ({ task }) => {
          const meta = { page: file, block: block.line, commands: block.commands.length };
          task.meta.consoleBlock = block.norun === undefined ? meta : { ...meta, norun: block.norun };
          if (block.norun !== undefined) {
            const message = `${place}: this block says norun="${block.norun}", but it runs. Take the norun away.`;
            expect(await isStale(page, block, shell), message).toBe(false);
            return;
          }
          const results = await runBlock(page, block, shell);
          if (block.client) endStates.set(`${client} ${block.group}`, await shell.state?.());
          if (update)
            for (const result of results) corrected.set(result.line, corrected.get(result.line) ?? result);
          else expectSame(block, results);
        });
      }
    },
  );

  for (const block of page.blocks.filter(({ client }) => client === 'openstack')) {
    test(`${file}:${block.line} both tabs end in the same state`, () => {
      expect(endStates.get(`glance ${block.group}`)).toEqual(endStates.get(`openstack ${block.group}`));
    });
  }

  for (const example of findExamples(file, markdown)) {
    test(`${file}:${example.line} shows ${example.file}${example.region ? `#${example.region}` : ''}`, () => {
      expect(existsSync(path.join(top, example.file)), `there is no ${example.file}`).toBe(true);
      if (example.region === undefined) return;
      expect(
        findRegion(readFileSync(path.join(top, example.file), 'utf8'), example.region),
      ).not.toHaveProperty('error');
    });
  }

  afterAll(() => {
    const text = updatePage(markdown, [...corrected.values()]);
    if (update && text !== markdown) writeFileSync(path.join(top, file), text);
  });
});

/** One failure for a block: the first line that differs, and the whole block as it is and as it should be. */
function expectSame(block: Block, results: readonly CommandResult[]): void {
  const wrong = results.find(({ ok }) => !ok);
  if (!wrong) return;
  const shown = results
    .map(({ command, actual }) => blockText(command.source, actual.output, actual.exitCode))
    .join('');
  const written = block.commands.map((each) => blockText(each.source, each.expected, each.exitCode)).join('');
  const message = `${wrong.file}:${wrong.line}: the page shows something else than "${wrong.command.source}" prints.
If the new output is right, run: ${UPDATE_COMMAND}`;
  // vitest prints a diff for an error that has these
  if (shown !== written)
    throw Object.assign(new Error(message), { actual: shown, expected: written, showDiff: true });
}

function blockText(source: string, output: string, exitCode: number): string {
  return `$ ${source.replaceAll('\n', '\n> ')}\n${output}${exitCode === 0 ? '' : `? ${exitCode}\n`}`;
}
