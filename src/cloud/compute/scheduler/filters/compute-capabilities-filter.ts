import { str } from '../../python/text';
import { get, isDict, type Value } from '../../python/values';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, perRequest, type Decision } from './base';
import { matcher, type Match } from './extra-specs-ops';

const MAXPHYSADDR = 'hw:maxphysaddr_bits';

/** An extra spec that may be about a capability of the host. */
interface Demand {
  key: string;
  demand: string;
  /** The way down to the capability. */
  scope: readonly string[];
  /** Whether the key has no namespace: then it is looked at only if the host has something of that name. */
  bare: boolean;
  match: Match;
}

/**
 * A host passes if it has the capabilities that the flavor's extra specs `capabilities:…` ask for. It does not read
 * image properties. nova/scheduler/filters/compute_capabilities_filter.py.
 */
export class ComputeCapabilitiesFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;
  readonly #demands = perRequest(demandsOf);

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    let checked: Decision | undefined;
    for (const { key, demand, scope, bare, match } of this.#demands(spec)) {
      if (bare && host.attribute(key) === undefined && !Object.hasOwn(host.stats, key)) continue;
      const capability = getCapability(host, scope);
      if (capability === null)
        return fail(
          () => `the flavor asks for ${key}=${demand}, and the host reports no ${scope.join(':')}`,
          key,
          demand,
        );
      const reported = str(capability);
      if (!match(reported))
        return fail(
          () => `the flavor asks for ${key}=${demand}, and the host reports ${reported}`,
          key,
          demand,
        );
      checked = pass(
        () => `the host reports ${reported}, and the flavor asks for ${key}=${demand}`,
        key,
        demand,
      );
    }
    return checked ?? NOTHING;
  }
}

const NOTHING = pass('the flavor asks for no capabilities');

/** The extra specs, with `hw:maxphysaddr_bits` turned into a capability and moved to the end. */
function demandsOf(spec: RequestSpec): Demand[] {
  const specs = new Map(Object.entries(spec.flavor.extra_specs));
  const bits = specs.get(MAXPHYSADDR);
  if (bits !== undefined) {
    specs.set('capabilities:cpu_info:maxphysaddr:bits', `>= ${bits}`);
    specs.delete(MAXPHYSADDR);
  }
  return [...specs].flatMap(([key, demand]) => {
    const [first = '', ...rest] = key.split(':');
    const bare = rest.length === 0;
    if (!bare && first !== 'capabilities') return [];
    return { key, demand, scope: bare ? [first] : rest, bare, match: matcher(demand) };
  });
}

/** Goes down from the host, through JSON texts and dicts; null where that ends. */
function getCapability(host: HostState, scope: readonly string[]): Value {
  const [first = ''] = scope;
  let capability: Value = host.attribute(first) ?? host.stat(first);
  for (let i = 1; i < scope.length; i++) {
    if (typeof capability === 'string') {
      const parsed = host.parse(capability);
      if (parsed === undefined) return null;
      capability = parsed;
    }
    // a list or a number has neither such an attribute nor the statistics that nova looks into next
    if (!isDict(capability)) return null;
    capability = get(capability, scope[i] ?? '') ?? null;
  }
  return capability;
}
