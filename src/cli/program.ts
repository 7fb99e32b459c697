/**
 * What a command-line program of the sandbox (`openstack`, `glance`, …) gets from the shell, and what it gives back.
 * A program knows no terminal, no file system and no network of its own: everything comes in here.
 */

/** The files a program can reach. Relative paths are resolved against the working directory by the implementation. */
export interface Files {
  /** The file as a Blob: nothing is read until the program reads it. Throws {@link FileError}. */
  open(path: string): Promise<Blob>;
  /** Creates or replaces a file. Throws {@link FileError}. */
  write(path: string, data: string | Uint8Array | Blob | ReadableStream<Uint8Array>): Promise<void>;
  /** What is there, or undefined. Follows symbolic links. */
  stat(path: string): Promise<{ type: 'file' | 'directory'; size: number; mtime: Date } | undefined>;
  /** The names in a folder, sorted. Throws {@link FileError}. */
  list(path: string): Promise<string[]>;
  /** Makes a folder, and those on the way to it; one that is there already stays. Throws {@link FileError}. */
  makeFolder(path: string): Promise<void>;
  /** Says when a file was last changed. Throws {@link FileError}. */
  setTime(path: string, time: Date): Promise<void>;
}

/** A file operation that failed, with the errno name that Python and the shell would use. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    readonly code: 'ENOENT' | 'EISDIR' | 'EACCES' | 'ENOTDIR' | 'ENOSPC' | 'EEXIST' | 'EIO',
    readonly path: string,
  ) {
    super(`${code}: ${path}`);
  }
}

export interface ProgramContext {
  /** The words after the program's name. */
  args: readonly string[];
  /** Exported environment variables. `HOME` is set. */
  env: Readonly<Record<string, string>>;
  files: Files;
  /** Standard input, or undefined when it is a terminal. */
  stdin: Blob | undefined;
  /** Whether standard output goes to a terminal (it does not in a pipe, a redirect or `$(…)`). */
  stdoutIsTerminal: boolean;
  /** Width of the terminal in characters. */
  columns: number;
  /** The only way to any API: the embedded cloud's, or the network's when the shell talks to a real cloud. */
  fetch(request: Request): Promise<Response>;
  /** The time in the sandbox (what the embedded cloud believes), or the real one with a real cloud. */
  now(): Date;
  /** Lets `--wait` loops pause; in the sandbox this moves the simulated clock instead of waiting. */
  sleep(ms: number): Promise<void>;
  /** Bytes nobody can guess; in the sandbox always the same at the same time. Default: the platform's. */
  random?: ((size: number) => Uint8Array<ArrayBuffer>) | undefined;
  signal?: AbortSignal;
}

export interface ProgramResult {
  stdout: string | Uint8Array;
  stderr: string;
  exitCode: number;
}

/** Runs one program. Never throws for anything a user typed: the error is in the result, in the real client's words. */
export type Program = (context: ProgramContext) => Promise<ProgramResult>;

/** What Tab can offer for the last word of `words` (without the program's name). */
export interface ProgramCompleter {
  (
    words: readonly string[],
    context: Pick<ProgramContext, 'env' | 'files' | 'fetch' | 'now'>,
  ): Promise<string[]>;
}
