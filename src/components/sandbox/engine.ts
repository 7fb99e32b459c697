import type { CloudCopy } from './use-copy';
import type { RunOptions, RunResult, SandboxState, Shell } from '../../shell/shell';

/** A sandbox as it is kept: JSON, and the images' data beside it, which IndexedDB stores without a copy. */
export interface SavedSandbox {
  state: SandboxState;
  blobs: Map<string, Blob>;
}

/** One page's sandbox, as far as a page needs it. */
export interface PageShell extends Shell {
  /** `at`: when a command of the page runs, in seconds after the page's start. */
  run(line: string, options?: RunOptions & { at?: number }): Promise<RunResult>;
  snapshotWithBlobs(): Promise<SavedSandbox>;
  /** One like this, for looking at its cloud without leaving traces in this one. */
  fork(): Promise<CloudCopy>;
}

/** Makes sandboxes. */
export interface Engine {
  /** A fresh one in the named start state, with the named folder of small real files. */
  create(cloud: string, samples: string | undefined): Promise<PageShell>;
  /** One that goes on from what was saved. Throws when that is damaged. */
  restore(saved: SavedSandbox, samples: string | undefined): Promise<PageShell>;
}

let loading: Promise<Engine> | undefined;

/**
 * Fetches shell, command lines and cloud: one chunk, once. Called early (a hover, a focus) it fetches ahead.
 * After a failure the next call tries again.
 */
export function loadEngine(): Promise<Engine> {
  loading ??= import(/* webpackChunkName: "sandbox" */ './engine-chunk')
    .then(({ engine }) => engine)
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Fetches ahead; a failure is told when somebody needs the sandbox. */
export function prefetchEngine(): void {
  loadEngine().catch(() => {});
}
