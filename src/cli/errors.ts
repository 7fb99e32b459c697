/** What a command stops with. The message is all the user sees; exit code 1. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** Something the real client does and this sandbox does not. */
export class NotInSandbox extends CommandError {
  override readonly name = 'NotInSandbox';

  /** @param what the words the user typed, such as `'server create'`. @param url where upstream explains it. */
  constructor(program: string, what: string, url: string) {
    super(`${program}: ${what} is not in this sandbox. Read about it at ${url}`);
  }
}

/** Ends the program at once, with what is to be printed: a parser's usage error, `--help`, `--version`. */
export class ProgramExit extends Error {
  override readonly name = 'ProgramExit';

  constructor(
    readonly status: number,
    readonly stdout: string,
    readonly stderr = '',
  ) {
    super(`exit ${status}`);
  }
}
