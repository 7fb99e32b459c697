import type { IFileSystem } from 'just-bash';
import { completers, programs } from '../cli';
import type { Program } from '../cli/program';
import { BashShell } from './bash-shell';
import { SandboxFileSystem } from './file-system';
import type { BlobSource } from './files';
import { HOME } from './home';
import type { HomeFile } from './home';
import { realNetwork } from './real-network';

export interface RealShellOptions {
  /** Where to log in: with what the catalog there names, all that the network has. */
  authUrls: readonly string[];
  /** By absolute path. */
  files: Readonly<Record<string, HomeFile>>;
  env: Readonly<Record<string, string>>;
  mounts?: Readonly<Record<string, IFileSystem>>;
  blobOf?: BlobSource;
  columns?: () => number;
  maxSeconds?: number;
  /** The longest that a program waits before it asks the cloud again, in milliseconds; as long as it wants if not given. */
  longestWait?: number;
}

/** The sandbox's shell and our command line, with a real cloud and this machine's time instead of the embedded ones. */
export function realShell({ authUrls, files, env, longestWait, ...options }: RealShellOptions): BashShell {
  const now = () => new Date();
  const fs = new SandboxFileSystem({ '/tmp/.keep': '', ...files }, now);
  return new BashShell({
    ...options,
    fs,
    home: HOME,
    env: { USER: 'learner', ...env },
    programs: longestWait === undefined ? programs : impatient(programs, longestWait),
    completers,
    fetch: realNetwork(authUrls),
    now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

function impatient(patient: Readonly<Record<string, Program>>, longestWait: number): Record<string, Program> {
  const hurried = (program: Program): Program => {
    return (context) => program({ ...context, sleep: (ms) => context.sleep(Math.min(ms, longestWait)) });
  };
  return Object.fromEntries(Object.entries(patient).map(([name, program]) => [name, hurried(program)]));
}
