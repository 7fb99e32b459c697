import type { CloudState } from '../cloud';
import { course } from './course';
import { empty } from './empty';

const STATES: Readonly<Record<string, () => Promise<CloudState>>> = { empty, course };

/** The names {@link startState} knows. */
export const START_STATES: readonly string[] = Object.keys(STATES);

/** There is no start state of this name. */
export class UnknownStateError extends Error {
  override readonly name = 'UnknownStateError';
}

/**
 * A cloud to begin with: `empty` has users and no images, `course` has the public image `cirros` as well.
 *
 * @throws {@link UnknownStateError} for any other name; its message lists the names.
 */
export async function startState(name: string): Promise<CloudState> {
  const make = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  if (make === undefined)
    throw new UnknownStateError(`There is no cloud "${name}". Choose one of: ${START_STATES.join(', ')}.`);
  return make();
}
