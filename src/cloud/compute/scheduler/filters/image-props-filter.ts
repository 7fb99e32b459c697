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
import { convertVersionToStr, VersionPredicate } from '../../python/versionutils';
import type { Conf } from '../conf';
import type { HostState, SupportedInstance } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';

/** A property that a host's supported instance has to hold. */
interface Demand {
  property: string;
  value: string;
  said: string;
}

/**
 * A host passes if one of the combinations of architecture, hypervisor and VM mode that it supports holds all that
 * the image asks for. nova/scheduler/filters/image_props_filter.py.
 */
export class ImagePropertiesFilter extends BaseHostFilter {
  override readonly runOnRebuild = true;
  override readonly runFilterOncePerRequest = true;
  readonly #defaultArchitecture: string | null;
  #predicate: { text: string; parsed: VersionPredicate } | undefined;

  constructor(conf: Conf) {
    super();
    this.#defaultArchitecture = conf.text('filter_scheduler.image_properties_default_architecture');
  }

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const props = spec.image?.properties;
    const demands = this.#demands(props);
    // nova's bug: without one of the three, a demand on the version or the address bits is not looked at
    if (demands.length === 0) return pass('the image asks for no architecture, hypervisor type or VM mode');
    const said = demands.map((demand) => demand.said).join(', ');
    const [first] = demands;
    if (host.supportedInstances.length === 0)
      return fail(
        `the image asks for ${said}, and the host does not say what it supports`,
        first?.property,
        first?.value,
      );

    const matching = host.supportedInstances.find((instance) =>
      demands.every((demand) => holds(instance, demand)),
    );
    if (matching === undefined) return this.#unsupported(host, demands, said);
    const version = this.#compareVersion(host, props);
    if (version) return version;
    const bits = compareMaxphysaddrBits(host, props);
    if (bits) return bits;
    return pass(
      `the host supports ${matching.join(', ')}, and the image asks for ${said}`,
      first?.property,
      first?.value,
    );
  }

  #demands(props: ImageMetaProps | undefined): Demand[] {
    const demands: Demand[] = [];
    for (const property of ['hw_architecture', 'img_hv_type', 'hw_vm_mode']) {
      const value = props?.text(property);
      if (value !== undefined) demands.push({ property, value, said: props?.describe(property) ?? '' });
      else if (property === 'hw_architecture' && this.#defaultArchitecture !== null)
        demands.push({
          property: 'image_properties_default_architecture',
          value: this.#defaultArchitecture,
          said: `image_properties_default_architecture=${this.#defaultArchitecture} (the image names none)`,
        });
    }
    return demands;
  }

  #unsupported(host: HostState, demands: Demand[], said: string): Decision {
    const advertised = host.supportedInstances.map((instance) => `(${instance.join(', ')})`).join(', ');
    const missing = demands.find(
      (demand) => !host.supportedInstances.some((instance) => holds(instance, demand)),
    );
    const culprit = missing ?? demands[0];
    const because = missing
      ? `the host supports ${advertised}, nowhere ${missing.said}`
      : `each of ${said} is supported, but not together: the host supports ${advertised}`;
    return fail(because, culprit?.property, culprit?.value);
  }

  /** Undefined if there is nothing to object to. */
  #compareVersion(host: HostState, props: ImageMetaProps | undefined): Decision | undefined {
    const property = 'img_hv_requested_version';
    const text = props?.text(property);
    const version = host.hypervisorVersion;
    if (!truthy(version) || version === null || text === undefined) return undefined;
    if (this.#predicate?.text !== text) this.#predicate = { text, parsed: new VersionPredicate(text) };
    const reported = convertVersionToStr(version);
    if (this.#predicate.parsed.satisfiedBy(reported)) return undefined;
    return fail(
      `the host's hypervisor is ${reported}, the image asks for ${props?.describe(property)}`,
      property,
      text,
    );
  }
}

function holds(instance: SupportedInstance, demand: Demand): boolean {
  // nova's bug: it looks for each value in the whole combination, so that img_hv_type=xen is also held by a host
  // whose VM mode is xen
  return instance.includes(demand.value);
}

/** Undefined if there is nothing to object to. */
function compareMaxphysaddrBits(host: HostState, props: ImageMetaProps | undefined): Decision | undefined {
  const property = 'hw_maxphysaddr_bits';
  const required = props?.get(property);
  if (required === undefined || !truthy(required)) return undefined;
  // nova's bug: compute nodes report cpu_info as a JSON text, which has no get()
  const maxphysaddr = get(dict(host.cpuInfo), 'maxphysaddr');
  const bits = maxphysaddr === undefined ? undefined : get(dict(maxphysaddr), 'bits');
  if (bits === undefined || !truthy(bits) || ordered(bits, '>=', required)) return undefined;
  return fail(
    `the host has ${String(bits)} address bits, the image asks for ${props?.describe(property)}`,
    property,
    String(required),
  );
}

function dict(value: Value): Dict {
  if (isDict(value)) return value;
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'get'`);
}
