import type { ProgramContext } from './program';

/** The context of a program that Ctrl-C ends at its next request, or in the middle of one. */
export function interruptible(context: ProgramContext): ProgramContext {
  const { signal, fetch } = context;
  if (signal === undefined) return context;
  return {
    ...context,
    fetch: (request) => {
      signal.throwIfAborted();
      return Promise.race([fetch(request), aborted(signal)]);
    },
  };
}

/** Never fulfilled; rejected when the signal says stop. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Exit code of a program ended by Ctrl-C: 128 and the number of SIGINT. */
export const SIGINT_EXIT = 130;
