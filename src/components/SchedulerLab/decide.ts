import { ImageMeta } from '../../cloud/compute/objects/image-meta';
import { words } from '../../cloud/compute/python/text';
import { PythonError } from '../../cloud/compute/python/values';
import { Conf, InvalidConfig } from '../../cloud/compute/scheduler/conf';
import type { TraceEntry } from '../../cloud/compute/scheduler/filter-handler';
import { SchedulerHostFilterNotFound } from '../../cloud/compute/scheduler/filters/index';
import type { HostState } from '../../cloud/compute/scheduler/host-state';
import { SchedulerManager, type Selection } from '../../cloud/compute/scheduler/manager';
import { RequestSpec } from '../../cloud/compute/scheduler/request-spec';
import type { WeighedHost } from '../../cloud/compute/scheduler/weights/index';
import { ENABLED_FILTERS, type LabCase, type Pair } from './case';
import { fleetOf, type Fleet } from './fleet';

/** One station on the way: placement, or a filter. */
export interface Stage {
  /** nova's name of the filter, or `placement`. */
  name: string;
  /** How many hosts came to it; 0 if none was left. */
  asked: number;
  passed: number;
}

/** What nova answers: a host, none (`NoValidHost`), or an error of another kind. */
export type Outcome =
  | {
      kind: 'chosen' | 'none';
      /** What `openstack server show` says in `fault`; empty if there is a host. */
      message: string;
      hosts: readonly HostState[];
      stages: readonly Stage[];
      /** The decision that a host fell at, by its name. */
      fell: ReadonlyMap<string, TraceEntry>;
      /** The hosts that were left, best first. */
      weighed: readonly WeighedHost[];
      /** The place of a host among those that were left, by its name; the best has 0. */
      rank: ReadonlyMap<string, number>;
      trace: readonly TraceEntry[];
    }
  | { kind: 'refused' | 'error' | 'misconfigured'; message: string };

/** The last hosts, kept: most changes are about the image, and 10,000 hosts take their time. */
let last:
  { hosts: LabCase['hosts']; aggregates: LabCase['aggregates']; count: number; fleet: Fleet } | undefined;

function fleetFor({ hosts, aggregates, count }: LabCase): Fleet {
  if (last?.hosts !== hosts || last.aggregates !== aggregates || last.count !== count)
    last = { hosts, aggregates, count, fleet: fleetOf(hosts, aggregates, count) };
  return last.fleet;
}

/** Asks the cloud's own scheduler where the server of a case goes. Nothing is decided here. */
export function decide(labCase: LabCase): Outcome {
  const conf = attempt('misconfigured', () => new Conf(settingsOf(labCase)));
  if (!(conf instanceof Conf)) return conf;
  const scheduler = attempt('misconfigured', () => new SchedulerManager(conf));
  if (!(scheduler instanceof SchedulerManager)) return scheduler;
  const image = attempt('refused', () => imageOf(labCase));
  if (!(image instanceof ImageMeta)) return image;
  return attempt('error', () => {
    const { hosts, aggregates } = fleetFor(labCase);
    return summary(scheduler.selectDestination(requestOf(labCase, image), hosts, aggregates), hosts, conf);
  });
}

/** Runs a step; what nova raises there is the outcome. */
function attempt<Result>(
  kind: 'refused' | 'error' | 'misconfigured',
  step: () => Result,
): Result | { kind: typeof kind; message: string } {
  try {
    return step();
  } catch (error) {
    if (
      error instanceof PythonError ||
      error instanceof InvalidConfig ||
      error instanceof SchedulerHostFilterNotFound
    )
      return { kind, message: error.message };
    throw error;
  }
}

function settingsOf({ settings }: LabCase): { [name: string]: string } {
  return Object.fromEntries(settings);
}

/** What the Compute API makes of an image that nova cannot read: nova/compute/api.py `_get_image_meta_obj`. */
function imageOf({ image }: LabCase): ImageMeta {
  try {
    return ImageMeta.fromDict({
      id: image.name,
      name: image.name,
      disk_format: image.format,
      properties: Object.fromEntries(named(image.properties)),
    });
  } catch (error) {
    if (error instanceof PythonError && error.type === 'ValueError')
      throw new PythonError('InvalidRequest', `Invalid image metadata. Error: ${error.message}`);
    throw error;
  }
}

/** A row without a name is one that the reader has not filled in yet. */
function named(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(([name]) => name !== '');
}

function requestOf({ flavor, hints, zone, group, hosts }: LabCase, image: ImageMeta): RequestSpec {
  const given: { [hint: string]: string[] } = {};
  for (const [hint, value] of named(hints)) (given[hint] ??= []).push(value);
  return new RequestSpec({
    image,
    flavor: {
      name: 'lab',
      vcpus: flavor.vcpus,
      memory_mb: flavor.ram,
      root_gb: flavor.disk,
      ephemeral_gb: 0,
      swap: 0,
      extra_specs: Object.fromEntries(named(flavor.extraSpecs)),
    },
    schedulerHints: given,
    instanceGroup:
      group.policy === ''
        ? null
        : {
            uuid: 'group',
            policy: group.policy,
            members: group.members,
            hosts: hosts
              .filter(({ servers }) => servers.some((server) => group.members.includes(server)))
              .map(({ name }) => name),
            rules: {},
          },
    instanceUuid: 'the new server',
    projectId: 'demo',
    availabilityZone: zone === '' ? null : zone,
  });
}

function summary(selection: Selection, hosts: readonly HostState[], conf: Conf): Outcome {
  const { host, message, trace, weighed } = selection;
  const names = ['placement', ...(conf.list(ENABLED_FILTERS) ?? [])];
  const stages = names.map((name) => ({ name, asked: 0, passed: 0 }));
  const fell = new Map<string, TraceEntry>();
  // each station is asked about those whom the one before let pass
  let at = 0;
  let coming = hosts.length;
  for (const entry of trace) {
    if (stages[at]?.asked === coming) {
      coming = stages[at]?.passed ?? 0;
      at++;
    }
    const stage = stages[at];
    if (!stage) break;
    stage.asked++;
    if (entry.decision.passes) stage.passed++;
    else fell.set(entry.host, entry);
  }
  return {
    kind: host ? 'chosen' : 'none',
    message: message ?? '',
    hosts,
    stages,
    fell,
    weighed,
    rank: new Map(weighed.map((each, i) => [each.host.host, i])),
    trace,
  };
}

/** All decisions about one host, in the order in which they were made. */
export function decisionsAbout(trace: readonly TraceEntry[], host: string): TraceEntry[] {
  return trace.filter((entry) => entry.host === host);
}

/** Words between commas or spaces. */
export function wordsOf(text: string): string[] {
  return words(text.replaceAll(',', ' '));
}
