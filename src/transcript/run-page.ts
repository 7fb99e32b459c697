import type { Block, ClientName, Command, Page } from './transcript';

/** Something that runs a command line: the sandbox, or a real machine. */
export interface PageShell {
  run(source: string): Promise<{ terminal: string; exitCode: number }>;
  /** Moves the clock to this many seconds after the start, if it is not past it. */
  advanceTo?(seconds: number): void;
  /** What the cloud knows, as JSON, without what two ways to one end may differ in (tokens, counters). */
  state?(): Promise<unknown>;
  /** A copy that can be tried without a trace. */
  fork?(): Promise<PageShell>;
}

export interface CommandResult {
  file: string;
  line: number;
  command: Command;
  /** What came, in the form of {@link Command}. */
  actual: { output: string; exitCode: number };
  ok: boolean;
}

/** A reader's way through a page: all plain blocks, and of each pair of tabs the one of `client`. */
export type ClientPath = ClientName | undefined;

/** The ways through a page: one for each client when it has tabs. */
export function clientPaths(page: Page): ClientPath[] {
  return page.blocks.some(({ client }) => client) ? ['openstack', 'glance'] : [undefined];
}

/** The blocks that a reader meets on this way, in the page's order. */
export function blocksOn(page: Page, path: ClientPath): Block[] {
  return page.blocks.filter(({ client }) => client === undefined || client === path);
}

/**
 * When a command runs, in seconds after the page's start. It depends on the place on the page only. All commands
 * of a tab run at one time, so what they make has the same dates whichever tab a reader follows.
 */
export function commandTime(block: Pick<Block, 'group' | 'client'>, index: number): number {
  return block.group * 60 + (block.client === undefined ? index : 0);
}

/** Runs one block after those before it have run. */
export async function runBlock(page: Page, block: Block, shell: PageShell): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  for (const [index, command] of block.commands.entries()) {
    shell.advanceTo?.(commandTime(block, index));
    const { terminal, exitCode } = await shell.run(command.source);
    const actual = { output: visible(withFinalNewline(terminal)), exitCode };
    const ok = actual.output === command.expected && exitCode === command.exitCode;
    results.push({ file: page.file, line: command.line, command, actual, ok });
  }
  return results;
}

/**
 * Whether a block that "cannot run" would: every command of it ends as the block says.
 * A command that the sandbox lacks ends with 127, so a block about one is never stale.
 */
export async function isStale(page: Page, block: Block, shell: PageShell): Promise<boolean> {
  if (!shell.fork) return false;
  const results = await runBlock(page, block, await shell.fork());
  return results.every(
    ({ actual, command }) => actual.exitCode === command.exitCode && actual.exitCode !== 127,
  );
}

export interface PageRun {
  path: ClientPath;
  results: CommandResult[];
  /** Lines of the blocks whose `norun` is stale. */
  stale: number[];
  /** The state after each pair of tabs, by group. */
  states: Map<number, unknown>;
}

/** Runs a whole page on one way, from a fresh cloud. */
export async function runPath(page: Page, path: ClientPath, shell: PageShell): Promise<PageRun> {
  const run: PageRun = { path, results: [], stale: [], states: new Map() };
  for (const block of blocksOn(page, path)) {
    if (block.norun !== undefined) {
      if (await isStale(page, block, shell)) run.stale.push(block.line);
      continue;
    }
    run.results.push(...(await runBlock(page, block, shell)));
    if (block.client && shell.state) run.states.set(block.group, await shell.state());
  }
  return run;
}

/** Runs a page on every way through it. `makeShell` makes a fresh shell with the cloud and the files that the page names. */
export async function runPage(page: Page, makeShell: (page: Page) => Promise<PageShell>): Promise<PageRun[]> {
  const runs: PageRun[] = [];
  for (const path of clientPaths(page)) runs.push(await runPath(page, path, await makeShell(page)));
  return runs;
}

/** A page cannot show whether the last line ended, so it always does. */
function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Spaces at the ends of lines go: nobody sees them in a page, and editors and formatters take them away. */
export function visible(text: string): string {
  return text.replace(/[ \t]+$/gm, '');
}
