import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';

/** Words, or what makes them when somebody reads them: of ten thousand hosts hardly any is looked at. */
type Words = string | (() => string);

/** Why a filter let a host pass, or not. */
export class Decision {
  readonly #words: Words;

  constructor(
    readonly passes: boolean,
    words: Words,
    /** What was asked for, by its name: an image property, an extra spec, a hint, a setting. */
    readonly property: string | undefined,
    /** What was asked of it. */
    readonly value: string | undefined,
  ) {
    this.#words = words;
  }

  /** The reason, in words. */
  get because(): string {
    return typeof this.#words === 'string' ? this.#words : this.#words();
  }

  toJSON(): { passes: boolean; property?: string | undefined; value?: string | undefined; because: string } {
    return { passes: this.passes, property: this.property, value: this.value, because: this.because };
  }
}

/**
 * A filter of the scheduler: nova/scheduler/filters/__init__.py `BaseHostFilter`.
 * Where nova's filter has a bug, ours has it too, and says so.
 */
export abstract class BaseHostFilter {
  /** Whether it also runs when a server is rebuilt on the host where it is. */
  readonly runOnRebuild: boolean = false;

  /** Whether the first of several servers decides for all of them. */
  readonly runFilterOncePerRequest: boolean = false;

  /** @throws {@link PythonError} where nova's filter raises. */
  abstract hostPasses(host: HostState, spec: RequestSpec): Decision;

  /** What the filter says about a host, rebuilds considered. */
  decide(host: HostState, spec: RequestSpec): Decision {
    if (!this.runOnRebuild && spec.isRebuild) return REBUILD;
    return this.hostPasses(host, spec);
  }
}

/** A host passes. */
export function pass(because: Words, property?: string, value?: string): Decision {
  return new Decision(true, because, property, value);
}

/** A host fails. */
export function fail(because: Words, property?: string, value?: string): Decision {
  return new Decision(false, because, property, value);
}

const REBUILD = pass('a rebuild stays on its host, and this filter lets it');

interface Made<Value> {
  value: Value | undefined;
  error: unknown;
}

/** What a filter makes of a request once, for all hosts; an exception is kept too. */
export function perRequest<Value>(make: (spec: RequestSpec) => Value): (spec: RequestSpec) => Value {
  const made = new WeakMap<RequestSpec, Made<Value>>();
  // the hosts of one request come one after the other
  let last: RequestSpec | undefined;
  let known: Made<Value> | undefined;
  return (spec) => {
    if (spec !== last || known === undefined) {
      last = spec;
      known = made.get(spec);
      if (known === undefined) made.set(spec, (known = attempt(make, spec)));
    }
    if (known.error !== undefined) throw known.error;
    return known.value as Value; // without an error there is one
  };
}

function attempt<Value>(make: (spec: RequestSpec) => Value, spec: RequestSpec): Made<Value> {
  try {
    return { value: make(spec), error: undefined };
  } catch (error) {
    return { value: undefined, error };
  }
}
