/** The lazy chunk: shell, command lines and cloud. Import it only through {@link loadEngine}. */
import { createSandbox, restoreSandbox } from '../../shell/sandbox';
import type { Engine } from './engine';

export const engine: Engine = {
  create: (cloud, samples) => createSandbox({ cloud, ...(samples !== undefined && { samples }) }),
  restore: ({ state, blobs }, samples) =>
    restoreSandbox(state, { blobs, ...(samples !== undefined && { samples }) }),
};
