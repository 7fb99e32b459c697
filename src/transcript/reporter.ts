import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What a test tells the reporter about the console block that it ran, in `task.meta`. */
export interface BlockMeta {
  page: string;
  block: number;
  commands: number;
  /** Why the block was not run. */
  norun?: string;
}

declare module 'vitest' {
  interface TaskMeta {
    consoleBlock?: BlockMeta;
    /** The example that the test ran, such as `images/create`. */
    example?: string;
  }
}

/**
 * Ends a test run with what was run: pages, console blocks, commands, examples, and what was left out.
 * The very last line is `N passed, N failed`, which every CI runner can read.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    // a file that does not load, and an error outside of any test, fail the run as well
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = tests.filter((test) => test.result().state === 'failed').length + broken + errors.length;
    const left = tests.filter((test) => test.result().state === 'skipped');
    const lines = [
      ...blockTotals(tests),
      ...exampleTotals(tests),
      left.length === 0
        ? 'No test was skipped.'
        : `Skipped:\n${left.map(({ fullName }) => `  ${fullName}`).join('\n')}`,
      `${passed} passed, ${failed} failed`,
    ];
    // other reporters print when the run ends: this comes after all of them
    process.once('exit', () => process.stdout.write(`\n${lines.join('\n')}\n`));
  }
}

function blockTotals(tests: readonly TestCase[]): string[] {
  const blocks = tests.flatMap((test) => test.meta().consoleBlock ?? []);
  if (blocks.length === 0) return [];
  const pages = new Set(blocks.map(({ page }) => page)).size;
  // a block outside of tabs runs once on each way through its page
  const run = blocks.filter(({ norun }) => norun === undefined);
  const distinct = new Map(run.map((each) => [`${each.page}:${each.block}`, each.commands]));
  const commands = [...distinct.values()].reduce((sum, each) => sum + each, 0);
  const runs = run.reduce((sum, each) => sum + each.commands, 0);
  const reasons = new Map(
    blocks.flatMap(({ page, block, norun }) =>
      norun === undefined ? [] : [[`${page}:${block}`, norun] as const],
    ),
  );
  return [
    `${pages} pages, ${distinct.size} console blocks, ${commands} commands (${runs} runs, with both ways through the tabs)`,
    ...[...reasons].map(([place, reason]) => `  not run: ${place} (${reason})`),
  ];
}

function exampleTotals(tests: readonly TestCase[]): string[] {
  const examples = tests.filter((test) => test.meta().example !== undefined);
  if (examples.length === 0) return [];
  const ran = examples.filter((test) => test.result().state === 'passed').length;
  return [`${ran} of ${examples.length} examples ran`];
}
