/** The shape of a page's `console` blocks: made by the parser, used by the tests, the site and the real replay. */

export type ClientName = 'openstack' | 'glance';

/** One `$ ` line of a block, with its continuation lines and the output that stands below it. */
export interface Command {
  /** What to type, without prompts; continuation lines are joined by newlines. */
  source: string;
  /** Stdout and stderr as a terminal shows them, with a final newline unless empty. */
  expected: string;
  /** From `? n`; 0 when absent. */
  exitCode: number;
  /** 1-based line of the `$ ` in the file. */
  line: number;
  /** 1-based lines of everything below the command that `--update` rewrites: [first, last + 1). */
  output: { from: number; to: number };
}

export interface Block {
  /** 1-based line of the opening fence. */
  line: number;
  /** Which client's way this is; such neighbours form one group and become tabs. */
  client?: ClientName;
  /** Why this block is not run. */
  norun?: string;
  /** The walk-through of the dashboard that is a tab beside this block's group. */
  dashboard?: string;
  /** 0-based position on the page; blocks that are tabs of one group share it. */
  group: number;
  commands: Command[];
}

export interface Page {
  /** Path from the top of the repository, such as `docs/day-3/upload.md`. */
  file: string;
  /** Name of the start state, from the front matter's `cloud`; `course` when absent. */
  cloud: string;
  /** A folder of small real files in the home folder, from the front matter's `samples`. */
  samples?: string;
  blocks: Block[];
}
