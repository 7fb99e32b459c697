import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';

/** Why a filter let a host pass, or not. */
export interface Decision {
  passes: boolean;
  /** What was asked for, by its name: an image property, an extra spec, a hint, a setting. */
  property?: string | undefined;
  /** What was asked of it. */
  value?: string | undefined;
  /** In words. */
  because: string;
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

const REBUILD: Decision = { passes: true, because: 'a rebuild stays on its host, and this filter lets it' };

/** A host passes. */
export function pass(because: string, property?: string, value?: string): Decision {
  return { passes: true, property, value, because };
}

/** A host fails. */
export function fail(because: string, property?: string, value?: string): Decision {
  return { passes: false, property, value, because };
}
