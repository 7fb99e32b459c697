import type { ProgramContext } from './program';

/** The context of a program that Ctrl-C ends at its next request, or in the middle of one. */
export function interruptible(context: ProgramContext): ProgramContext {
  const { signal, fetch } = context;
  if (signal === undefined) return context;
  return {
    ...context,
    fetch: (request) => {
      signal.throwIfAborted();
      return untilAborted(signal, fetch(request));
    },
  };
}

/** What is waited for, or the rejection of a signal that says stop first; nothing listens to the signal afterwards. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener('abort', stop, { once: true });
  // the work may have begun with the signal
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Exit code of a program ended by Ctrl-C: 128 and the number of SIGINT. */
export const SIGINT_EXIT = 130;
