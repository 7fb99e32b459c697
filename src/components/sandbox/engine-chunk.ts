/** The lazy chunk: shell, command lines and cloud. Import it only through {@link loadEngine}. */
import { createSandbox, restoreSandbox } from '../../shell/sandbox';
import type { Engine } from './engine';

export const engine: Engine = {
  create: (cloud) => createSandbox({ cloud }),
  restore: ({ state, blobs }) => restoreSandbox(state, { blobs }),
};
