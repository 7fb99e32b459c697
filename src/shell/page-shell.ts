import type { Page, PageShell } from '../transcript';
import type { Sandbox } from './sandbox';
import { createSandbox } from './sandbox';

/** A fresh sandbox as the page runner wants it, with the cloud and the samples that the page asks for. */
export async function pageShell({ cloud, samples }: Pick<Page, 'cloud' | 'samples'>): Promise<PageShell> {
  return adapt(await createSandbox({ cloud, ...(samples !== undefined && { samples }) }));
}

function adapt(sandbox: Sandbox): PageShell {
  let at = 0;
  return {
    run: (source) => sandbox.run(source, { at }),
    advanceTo: (seconds) => {
      at = seconds;
    },
    state: async () => comparableState((await sandbox.snapshot()).cloud),
    fork: async () => adapt(await sandbox.fork()),
  };
}

/**
 * A cloud's state without what two clients may differ in although they did the same: tokens, the counters of ids,
 * and the note that `openstack` writes on an image about the file it came from.
 */
export function comparableState(state: unknown): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, value: unknown) =>
      key === 'tokens' || key === 'ids' || key.startsWith('owner_specified.openstack') ? undefined : value,
    ),
  );
}
