import { PythonError } from '../../python/values';
import type { Conf } from '../conf';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';

/**
 * Isolated images run on isolated hosts only, and, unless the settings say otherwise, nothing else runs there.
 * nova/scheduler/filters/isolated_hosts_filter.py.
 */
export class IsolatedHostsFilter extends BaseHostFilter {
  override readonly runOnRebuild = true;
  override readonly runFilterOncePerRequest = true;
  readonly #images: readonly string[];
  readonly #hosts: readonly string[] | null;
  readonly #restrict: boolean;

  constructor(conf: Conf) {
    super();
    this.#images = conf.list('filter_scheduler.isolated_images') ?? [];
    this.#hosts = conf.list('filter_scheduler.isolated_hosts');
    this.#restrict = conf.boolean('filter_scheduler.restrict_isolated_hosts_to_isolated_images');
  }

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    if (this.#images.length === 0) {
      if (!this.#restrict) return pass('no image is isolated');
      return this.#isolated(host)
        ? fail('the host is isolated, and no image is', 'isolated_hosts', host.host)
        : pass('neither the host nor any image is isolated');
    }
    const image = spec.image?.has('id') ? spec.image.text('id') : '';
    const imageIsolated = this.#images.includes(image) && spec.image?.has('id') === true;
    const hostIsolated = this.#isolated(host);
    if (imageIsolated && !hostIsolated)
      return fail('the image is isolated, and the host is not', 'isolated_images', image);
    if (!imageIsolated && hostIsolated && this.#restrict)
      return fail('the host is isolated, and the image is not', 'isolated_hosts', host.host);
    return pass(imageIsolated ? 'image and host are isolated' : 'the image is not isolated');
  }

  #isolated(host: HostState): boolean {
    if (this.#hosts === null)
      throw new PythonError('TypeError', "argument of type 'NoneType' is not iterable");
    return this.#hosts.includes(host.host);
  }
}
