import type { Nova } from './nova';
import { hostState, usages } from './hosts';
import { ImageMeta } from './objects/image-meta';
import { str } from './python/text';
import { isList, PythonError, type Value } from './python/values';
import { Conf } from './scheduler/conf';
import type { HostState } from './scheduler/host-state';
import { SchedulerManager, type Selection } from './scheduler/manager';
import { RequestSpec, type InstanceGroup } from './scheduler/request-spec';
import type { DecisionRecord, FlavorRecord } from './state';

/** How many decisions are kept to be looked at. */
const KEPT_DECISIONS = 50;

/** What the scheduler is asked about one server, or several alike. */
export interface SchedulingRequest {
  image: ImageMeta | null;
  flavor: FlavorRecord;
  hints: Record<string, Value>;
  projectId: string;
  availabilityZone: string | null;
  isBfv: boolean;
  /** `zone:host:node` or `host`: only there, whatever the filters say, or only there if they let it. */
  forced?: { host: string | null; node: string | null };
  destination?: { host: string | null; node: string | null };
  isRebuild?: boolean;
  /** A host where it must not go: a resize moves. */
  except?: string | null;
}

/** Where servers can go: nova/scheduler/manager.py, fed from nova's database. */
export class Scheduling {
  readonly #nova: Nova;
  readonly #hosts: HostState[];

  constructor(nova: Nova) {
    this.#nova = nova;
    const used = usages(nova.state);
    this.#hosts = nova.state.nodes.flatMap((node) => {
      const usage = used.get(node.host);
      return usage === undefined ? [] : [hostState(nova.state, node, usage)];
    });
  }

  /** The host for one server. What is given away is taken from the host at once. */
  select(request: SchedulingRequest, serverId: string): { host: string | null; message: string | null } {
    const selection = this.#decide(request, serverId);
    this.#keep(serverId, selection);
    const { host, message } = selection;
    if (host !== null && request.isRebuild !== true) {
      consume(host, request);
      // the servers of the same request that come after it have to see it there
      if (groupOf(this.#nova, request.hints) !== null) host.instances.add(serverId);
    }
    return { host: host?.host ?? null, message };
  }

  #decide(request: SchedulingRequest, serverId: string): Selection {
    const { state } = this.#nova;
    const none = (message: string): Selection => ({
      host: null,
      message: `No valid host was found. ${message}`,
      trace: [],
      weighed: [],
    });
    const { forced, destination } = request;
    let hosts: HostState[] = this.#hosts;
    if (forced !== undefined) {
      hosts = hosts.filter((host) => isAt(host, forced));
      if (hosts.length === 0)
        return none(`No such host - host: ${forced.host ?? 'None'} node: ${forced.node ?? 'None'} `);
    }
    if (destination !== undefined) hosts = hosts.filter((host) => isAt(host, destination));
    if (request.except != null) hosts = hosts.filter(({ host }) => host !== request.except);
    try {
      const spec = new RequestSpec({
        image: request.image,
        flavor: request.flavor,
        schedulerHints: hintsOf(request),
        instanceGroup: groupOf(this.#nova, request.hints),
        instanceUuid: serverId,
        projectId: request.projectId,
        availabilityZone: request.availabilityZone,
        isBfv: request.isBfv,
      });
      // somebody who names a host gets it, whatever the filters say
      const conf = new Conf({
        ...state.conf,
        ...(forced === undefined ? {} : { 'filter_scheduler.enabled_filters': [] }),
      });
      return new SchedulerManager(conf).selectDestination(spec, hosts, state.aggregates);
    } catch (error) {
      // what nova's scheduler lets out becomes the server's fault
      if (error instanceof PythonError) return { ...none(''), message: error.message };
      throw error;
    }
  }

  #keep(serverId: string, { host, message, trace, weighed }: Selection): void {
    const { state } = this.#nova;
    const decision: DecisionRecord = {
      server_id: serverId,
      at: this.#nova.now(),
      host: host?.host ?? null,
      message,
      trace: trace.map(({ host: name, filter, decision: { passes, property, value, because } }) => ({
        host: name,
        filter,
        passes,
        ...(property === undefined ? {} : { property }),
        ...(value === undefined ? {} : { value }),
        because,
      })),
      weighed: weighed.map(({ host: { host: name }, weight }) => ({ host: name, weight })),
    };
    state.decisions = [...state.decisions, decision].slice(-KEPT_DECISIONS);
  }
}

function isAt(host: HostState, { host: name, node }: { host: string | null; node: string | null }): boolean {
  return (name === null || host.host === name) && (node === null || host.nodename === node);
}

/** `HostState.consume_from_request`. */
function consume(host: HostState, { flavor, isBfv }: SchedulingRequest): void {
  const disk = (isBfv ? 0 : flavor.root_gb) + flavor.ephemeral_gb;
  host.freeRamMb -= flavor.memory_mb;
  host.freeDiskMb -= disk * 1024;
  host.vcpusUsed += flavor.vcpus;
  host.numInstances += 1;
  host.numIoOps += 1;
}

function hintsOf({ hints, isRebuild }: SchedulingRequest): Record<string, string[]> {
  const lists = Object.entries(hints).map(([hint, value]): [string, string[]] => [
    hint,
    (isList(value) ? value : [value]).map(str),
  ]);
  return { ...Object.fromEntries(lists), ...(isRebuild === true ? { _nova_check_type: ['rebuild'] } : {}) };
}

function groupOf(nova: Nova, hints: Record<string, Value>): InstanceGroup | null {
  const hint = Object.hasOwn(hints, 'group') ? hints['group'] : undefined;
  const id = isList(hint) ? hint[0] : hint;
  const group = nova.state.server_groups.find(({ uuid }) => uuid === id);
  if (group === undefined) return null;
  const members = nova.state.servers.filter(
    ({ id: member, deleted }) => !deleted && group.members.includes(member),
  );
  return {
    uuid: group.uuid,
    policy: group.policy,
    members: group.members,
    hosts: [...new Set(members.flatMap(({ claimed }) => claimed ?? []))],
    rules: group.rules,
  };
}
