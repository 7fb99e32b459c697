import { CommandError } from './errors';
import { FileError } from './program';
import { repr } from './python';

const ERRNO: Readonly<Record<FileError['code'], readonly [number, string]>> = {
  ENOENT: [2, 'No such file or directory'],
  EIO: [5, 'Input/output error'],
  EACCES: [13, 'Permission denied'],
  EEXIST: [17, 'File exists'],
  ENOTDIR: [20, 'Not a directory'],
  EISDIR: [21, 'Is a directory'],
  ENOSPC: [28, 'No space left on device'],
};

/** A failed file operation as Python's OSError prints it; any other error stays what it is. */
export function osError(error: unknown, path: string): unknown {
  if (!(error instanceof FileError)) return error;
  const [number, words] = ERRNO[error.code];
  return new CommandError(`[Errno ${number}] ${words}: ${repr(path)}`);
}
