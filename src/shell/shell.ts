/** The sandbox's shell: one line in, what a terminal would show out. State lasts between lines. */

import type { Exchange } from './exchange';
import type { OutputChunk } from './output';

export interface RunResult {
  /** The line as typed. */
  command: string;
  stdout: string;
  stderr: string;
  /** Both streams in the order in which a terminal shows them. */
  terminal: string;
  exitCode: number;
  /** The HTTP requests that the line caused, in order; only when {@link RunOptions.exchanges} asks for them. */
  exchanges?: readonly Exchange[];
}

export interface RunOptions {
  /** Aborting is Ctrl-C: exit code 130. */
  signal?: AbortSignal;
  /** Called while the line runs, with the text that the terminal shows next. */
  onOutput?: (text: string, stream: OutputChunk['stream']) => void;
  /** Whether to note the HTTP requests that the line causes. */
  exchanges?: boolean;
}

export interface Completion {
  /** Where in the line the text to replace starts (UTF-16 offset); it ends at the cursor. */
  start: number;
  /** Full replacements, sorted; with a trailing space or slash where bash would put one. */
  candidates: string[];
}

/** A shell's whole state as JSON: files, variables, working directory, history, and the cloud behind it. */
export interface SandboxState {
  version: 1;
  cloud: unknown;
  clock: string;
  shell: unknown;
}

export interface Shell {
  readonly cwd: string;
  readonly history: readonly string[];
  /** Runs one (possibly multi-line) command. Never throws for what a user typed. */
  run(line: string, options?: RunOptions): Promise<RunResult>;
  /** True when the line cannot be run yet: an open quote, a trailing backslash, an unfinished `for` or here-document. */
  isIncomplete(line: string): boolean;
  complete(line: string, cursor: number): Promise<Completion>;
}
