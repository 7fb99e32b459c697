/** Image data that a command sends: get_data_from_stdin and the files of openstackclient/image/v2/image.py. */
import { CommandError } from '../../errors';
import { osError } from '../../os-error';
import { FileError } from '../../program';
import { progressBar } from '../../progress';
import { repr } from '../../python';
import type { ParsedArgs } from '../../arguments';
import type { App } from '../app';

/** So many bytes go into a request at once: http.client's block size. */
const BLOCK = 16384;

/** What `--file` names, else what comes in on standard input; undefined when that is a terminal. */
export async function openData(app: App, args: ParsedArgs): Promise<Blob | undefined> {
  const { files, stdin } = app.context;
  const filename = args.string('filename');
  if (!filename) return stdin;
  try {
    return await files.open(filename);
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOENT')
      throw new CommandError(`${repr(filename)} is not a valid file`);
    throw osError(error, filename);
  }
}

/** Draws what `--progress` does while the data of a file go out. */
export function showProgress(app: App, args: ParsedArgs, data: Blob): void {
  if (args.flag('progress') && args.string('filename') && app.terminal.isTerminal)
    app.output.write(progressBar(data.size, BLOCK));
}
