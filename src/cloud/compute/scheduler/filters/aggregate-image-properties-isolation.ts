import { str } from '../../python/text';
import { PythonError, truthy, type Value } from '../../python/values';
import type { ImageMetaProps } from '../../objects/image-meta';
import type { Conf } from '../conf';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';
import { aggregateMetadataGetByHost } from './utils';

/**
 * A host fails if its aggregate names a standard image property and the image has another value for it.
 * nova/scheduler/filters/aggregate_image_properties_isolation.py.
 */
export class AggregateImagePropertiesIsolation extends BaseHostFilter {
  override readonly runOnRebuild = true;
  override readonly runFilterOncePerRequest = true;
  readonly #prefix: string;

  constructor(conf: Conf) {
    super();
    const namespace = conf.text('filter_scheduler.aggregate_image_properties_isolation_namespace') ?? '';
    const separator = conf.text('filter_scheduler.aggregate_image_properties_isolation_separator') ?? '';
    // nova's bug: with a namespace only keys like ns.x are looked at, and no standard property is named so
    this.#prefix = namespace === '' ? '' : namespace + separator;
  }

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const props = spec.image?.properties;
    let checked: Decision | undefined;
    for (const [key, options] of aggregateMetadataGetByHost(host)) {
      if (!key.startsWith(this.#prefix)) continue;
      const value = props && property(props, key);
      // nova's bug: an image without the property passes, and so does one whose property is false or 0
      if (value === undefined || !truthy(value)) continue;
      const text = str(value); // a boolean is True here, as Python writes it
      if (!options.has(text))
        return fail(
          () =>
            `the aggregate wants ${key} to be one of ${[...options].join(', ')}, the image has ${props?.describe(key)}`,
          key,
          text,
        );
      checked = pass(
        () => `the image has ${props?.describe(key)}, the aggregate allows ${[...options].join(', ')}`,
        key,
        text,
      );
    }
    return checked ?? NOTHING;
  }
}

const NOTHING = pass('no aggregate names a property that this image has');

/** Undefined also for names that are no standard properties: nova only warns about them in its log. */
function property(props: ImageMetaProps, name: string): Value | undefined {
  try {
    return props.get(name);
  } catch (error) {
    if (error instanceof PythonError && error.type === 'AttributeError') return undefined;
    throw error;
  }
}
