import { loads } from '../../python/json';
import { str } from '../../python/text';
import { get, isDict, PythonError, type Value } from '../../python/values';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { match } from './extra-specs-ops';

const MAXPHYSADDR = 'hw:maxphysaddr_bits';

/**
 * A host passes if it has the capabilities that the flavor's extra specs `capabilities:…` ask for. It does not read
 * image properties. nova/scheduler/filters/compute_capabilities_filter.py.
 */
export class ComputeCapabilitiesFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    let checked = '';
    for (const [key, demand] of demands(spec)) {
      const scope = key.split(':');
      if (scope.length === 1) {
        // for compatibility: a name without a namespace is looked at if the host has something of that name
        if (host.attribute(key) === undefined && !Object.hasOwn(host.stats, key)) continue;
      } else if (scope.shift() !== 'capabilities') continue;
      const capability = getCapability(host, scope);
      if (capability === null)
        return fail(
          `the flavor asks for ${key}=${demand}, and the host reports no ${scope.join(':')}`,
          key,
          demand,
        );
      const reported = str(capability);
      if (!match(reported, demand))
        return fail(`the flavor asks for ${key}=${demand}, and the host reports ${reported}`, key, demand);
      checked = `the host reports ${reported}, and the flavor asks for ${key}=${demand}`;
    }
    return checked === '' ? NOTHING : pass(checked);
  }
}

const NOTHING = pass('the flavor asks for no capabilities');

/** The extra specs, with `hw:maxphysaddr_bits` turned into a capability and moved to the end. */
function* demands(spec: RequestSpec): Generator<[key: string, demand: string]> {
  const bits = spec.extraSpec(MAXPHYSADDR);
  const replacement = 'capabilities:cpu_info:maxphysaddr:bits';
  for (const [key, demand] of Object.entries(spec.flavor.extra_specs)) {
    if (key === replacement && bits !== undefined) yield [key, `>= ${bits}`];
    else if (key !== MAXPHYSADDR) yield [key, demand];
  }
  if (bits !== undefined && spec.extraSpec(replacement) === undefined) yield [replacement, `>= ${bits}`];
}

/** Goes down from the host, through JSON texts and dicts; null where that ends. */
function getCapability(host: HostState, scope: readonly string[]): Value {
  let capability: Value = attributeOrStat(host, scope[0] ?? '');
  for (const name of scope.slice(1)) {
    if (typeof capability === 'string') {
      const parsed = parse(capability);
      if (parsed === undefined) return null;
      capability = parsed;
    }
    // a list or a number has neither such an attribute nor the statistics that nova looks into next
    if (!isDict(capability)) return null;
    capability = get(capability, name) ?? null;
  }
  return capability;
}

function attributeOrStat(host: HostState, name: string): Value {
  return host.attribute(name) ?? host.stat(name);
}

function parse(text: string): Value | undefined {
  try {
    return loads(text);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}
