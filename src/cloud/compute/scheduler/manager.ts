import { Conf } from './conf';
import { getFilteredObjects, type TraceEntry } from './filter-handler';
import { chooseHostFilters, type EnabledFilter } from './filters/index';
import type { Aggregate, HostState } from './host-state';
import { isCandidate, placementRequest } from './placement';
import { processReqspec, RequestFilterFailed } from './request-filter';
import type { RequestSpec } from './request-spec';
import { getWeighedObjects, type WeighedHost } from './weights/index';

/** Where a server goes, and why. */
export interface Selection {
  /** The best host, null if there is none. */
  host: HostState | null;
  /** What the server's fault says if there is none: `No valid host was found. …`. */
  message: string | null;
  /** Every decision, in the order in which it was made. Placement's come under the name `placement`. */
  trace: TraceEntry[];
  /** The hosts that were left, best first. */
  weighed: WeighedHost[];
}

/**
 * Pre-filters, placement, filters, weighers. nova/scheduler/manager.py `SchedulerManager`.
 *
 * @example
 * const scheduler = new SchedulerManager(new Conf());
 * scheduler.selectDestination(spec, hosts, aggregates).host?.host; // 'compute1'
 */
export class SchedulerManager {
  readonly #conf: Conf;
  readonly #filters: readonly EnabledFilter[];

  /** @throws {@link SchedulerHostFilterNotFound} when the settings enable a filter that is not there. */
  constructor(conf: Conf = new Conf()) {
    this.#conf = conf;
    this.#filters = chooseHostFilters(conf.list('filter_scheduler.enabled_filters') ?? [], conf);
  }

  /**
   * The host for one server. Of hosts that weigh the same the first one is taken, where nova throws dice.
   *
   * @throws {@link PythonError} where nova raises; its server ends in ERROR with that text.
   */
  selectDestination(
    spec: RequestSpec,
    hosts: readonly HostState[],
    aggregates: readonly Aggregate[],
  ): Selection {
    const trace: TraceEntry[] = [];
    let candidates = [...hosts];
    // a rebuild asks about the host where the server is, and that has its resources already
    if (!spec.isRebuild) {
      try {
        processReqspec({ conf: this.#conf, aggregates }, spec);
      } catch (error) {
        if (error instanceof RequestFilterFailed) return noValidHost(error.message, trace);
        throw error;
      }
      const request = placementRequest(spec);
      candidates = candidates.filter((host) => {
        const decision = isCandidate(host, request);
        trace.push({ host: host.host, filter: 'placement', decision });
        return decision.passes;
      });
      if (candidates.length === 0) return noValidHost('', trace);
    }
    const filtered = getFilteredObjects(this.#filters, candidates, spec);
    trace.push(...filtered.trace);
    const weighed = getWeighedObjects(filtered.hosts, spec, this.#conf);
    const [best] = weighed;
    if (!best) return noValidHost('There are not enough hosts available.', trace);
    return { host: best.host, message: null, trace, weighed };
  }
}

function noValidHost(reason: string, trace: TraceEntry[]): Selection {
  return { host: null, message: `No valid host was found. ${reason}`, trace, weighed: [] };
}
