import type { ImageMetaProps } from '../../objects/image-meta';
import {
  get,
  isDict,
  ordered,
  PythonError,
  truthy,
  typeName,
  type Dict,
  type Value,
} from '../../python/values';
import type { Version } from '../../python/version';
import { VersionPredicate } from '../../python/versionutils';
import type { Conf } from '../conf';
import type { HostState, SupportedInstance } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, perRequest, type Decision } from './base';

const VERSION = 'img_hv_requested_version';
const BITS = 'hw_maxphysaddr_bits';

/** A property that a host's supported instance has to hold. */
interface Demand {
  property: string;
  value: string;
  said: string;
}

/** What an image asks for. */
interface Demands {
  properties: Demand[];
  /** All of them, in words. */
  said: string;
  version: { text: string; satisfiedBy: (version: Version) => boolean; said: string } | undefined;
  bits: { required: Value; said: string } | undefined;
}

/**
 * A host passes if one of the combinations of architecture, hypervisor and VM mode that it supports holds all that
 * the image asks for. nova/scheduler/filters/image_props_filter.py.
 */
export class ImagePropertiesFilter extends BaseHostFilter {
  override readonly runOnRebuild = true;
  override readonly runFilterOncePerRequest = true;
  readonly #demands: (spec: RequestSpec) => Demands;

  constructor(conf: Conf) {
    super();
    const defaultArchitecture = conf.text('filter_scheduler.image_properties_default_architecture');
    this.#demands = perRequest((spec) => demandsOf(spec.image?.properties, defaultArchitecture));
  }

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const { properties, said, version, bits } = this.#demands(spec);
    const [first] = properties;
    // nova's bug: without one of the three, a demand on the version or the address bits is not looked at
    if (first === undefined)
      return version || bits ? notLookedAt(version?.said ?? bits?.said ?? '') : NOTHING;
    if (host.supportedInstances.length === 0)
      return fail(
        () => `the image asks for ${said}, and the host does not say what it supports`,
        first.property,
        first.value,
      );

    const matching = findInstance(host.supportedInstances, properties);
    if (matching === undefined) return unsupported(host, properties, said);
    // nova skips this where the host has no number, or 0
    if (version && truthy(host.hypervisorVersion) && !version.satisfiedBy(host.hypervisorRelease))
      return fail(
        () =>
          `the image asks for ${version.said}, and the host's hypervisor is ${host.hypervisorReleaseText}`,
        VERSION,
        version.text,
      );
    if (bits && !hasBits(host, bits.required))
      return fail(() => `the host has fewer address bits than ${bits.said}`, BITS, String(bits.required));
    return pass(
      () => `the image asks for ${said}, and the host supports (${matching.join(', ')})`,
      first.property,
      first.value,
    );
  }
}

const NOTHING = pass('the image asks for no architecture, hypervisor type or VM mode');

function notLookedAt(said: string): Decision {
  return pass(() => `${NOTHING.because}, and so nova does not look at ${said}`);
}

function demandsOf(props: ImageMetaProps | undefined, defaultArchitecture: string | null): Demands {
  const properties: Demand[] = [];
  for (const property of ['hw_architecture', 'img_hv_type', 'hw_vm_mode']) {
    const value = props?.text(property);
    if (value !== undefined) properties.push({ property, value, said: props?.describe(property) ?? '' });
    else if (property === 'hw_architecture' && defaultArchitecture !== null)
      properties.push({
        property: 'image_properties_default_architecture',
        value: defaultArchitecture,
        said: `image_properties_default_architecture=${defaultArchitecture} (the image names none)`,
      });
  }
  const text = props?.text(VERSION);
  const required = props?.get(BITS);
  return {
    properties,
    said: properties.map((demand) => demand.said).join(', '),
    version:
      text === undefined
        ? undefined
        : { text, satisfiedBy: remembered(new VersionPredicate(text)), said: props?.describe(VERSION) ?? '' },
    bits:
      required === undefined || !truthy(required)
        ? undefined
        : { required, said: props?.describe(BITS) ?? '' },
  };
}

/** Many hosts have the same version: each version is compared once. */
function remembered(predicate: VersionPredicate): (version: Version) => boolean {
  const answers = new Map<Version, boolean>();
  return (version) => {
    let answer = answers.get(version);
    if (answer === undefined) answers.set(version, (answer = predicate.satisfiedBy(version)));
    return answer;
  };
}

/** The first combination that holds everything. */
function findInstance(
  instances: readonly SupportedInstance[],
  demands: readonly Demand[],
): SupportedInstance | undefined {
  search: for (const instance of instances) {
    for (const demand of demands) if (!holds(instance, demand)) continue search;
    return instance;
  }
  return undefined;
}

function holds(instance: SupportedInstance, { value }: Demand): boolean {
  // nova's bug: it looks for each value in the whole combination, so that img_hv_type=xen is also held by a host
  // whose VM mode is xen
  return instance[0] === value || instance[1] === value || instance[2] === value;
}

/** The first demand that no combination holds. */
function missingDemand(
  instances: readonly SupportedInstance[],
  demands: readonly Demand[],
): Demand | undefined {
  search: for (const demand of demands) {
    for (const instance of instances) if (holds(instance, demand)) continue search;
    return demand;
  }
  return undefined;
}

function unsupported(host: HostState, demands: readonly Demand[], said: string): Decision {
  const missing = missingDemand(host.supportedInstances, demands);
  const culprit = missing ?? demands[0];
  return fail(
    () => {
      const advertised = host.supportedInstances.map((instance) => `(${instance.join(', ')})`).join(', ');
      return missing
        ? `the image asks for ${missing.said}, and the host supports only ${advertised}`
        : `the host supports each of ${said}, but no combination has them all: ${advertised}`;
    },
    culprit?.property,
    culprit?.value,
  );
}

/** Whether the host has the address bits, or does not say. */
function hasBits(host: HostState, required: Value): boolean {
  // nova's bug: compute nodes report cpu_info as a JSON text, which has no get()
  const maxphysaddr = get(dict(host.cpuInfo), 'maxphysaddr');
  const bits = maxphysaddr === undefined ? undefined : get(dict(maxphysaddr), 'bits');
  return bits === undefined || !truthy(bits) || ordered(bits, '>=', required);
}

function dict(value: Value): Dict {
  if (isDict(value)) return value;
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'get'`);
}
