/** What the metadef commands share. */
import { NotFoundException } from '../../../client';
import type { ArgumentSpec } from '../../arguments';
import { CommandError } from '../../errors';
import { message } from '../../messages';
import type { App } from '../app';

/** The argument that names a namespace. */
export function namespaceName(help: string): ArgumentSpec {
  return { names: ['namespace'], metavar: '<namespace>', help };
}

/** Deletes one after the other and goes on after a failure. @throws {@link CommandError} with the summary. */
export async function deleteEach(
  app: App,
  names: readonly string[],
  how: {
    remove: (name: string) => Promise<void>;
    /** What is said about one that failed, up to the reason. */
    failure: (name: string) => string;
    summary: (failed: number) => string;
  },
): Promise<void> {
  let failed = 0;
  for (const name of names) {
    try {
      await how.remove(name);
    } catch (error) {
      if (app.context.signal?.aborted) throw error;
      failed++;
      app.log('error', `${how.failure(name)}: ${message(error)}`);
    }
  }
  if (failed > 0) throw new CommandError(how.summary(failed));
}

/** The SDK minds no thing that is gone already when it is to be deleted. */
export async function ignoreMissing(deletion: Promise<void>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
  }
}
