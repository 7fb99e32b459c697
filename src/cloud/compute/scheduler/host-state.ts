import { int } from '../python/text';
import { Version } from '../python/version';
import { convertVersionToStr } from '../python/versionutils';
import { loads } from '../python/json';
import { PythonError, PythonFloat, PythonObject, type Value } from '../python/values';

/** Architecture, hypervisor type and VM mode: what a host can run, in nova's canonical spelling. */
export type SupportedInstance = readonly [arch: string, hvType: string, vmMode: string];

/** A host aggregate. */
export interface Aggregate {
  uuid: string;
  /** Null only in a broken database. */
  metadata: { readonly [key: string]: string } | null;
}

/** What the scheduler knows of a nova-compute service. */
export interface ComputeService {
  disabled: boolean;
  disabled_reason?: string | null;
  /** Whether it has reported in the last `service_down_time` seconds and is not forced down. */
  up: boolean;
}

/** What a compute node reports, and what is known about it. */
export interface HostFacts {
  host: string;
  nodename?: string;
  uuid?: string;
  supported_instances?: readonly SupportedInstance[];
  hypervisor_type?: string | null;
  /** Three digits a part: 8002001 is 8.2.1. */
  hypervisor_version?: number | bigint | null;
  hypervisor_hostname?: string | null;
  host_ip?: string | null;
  /** JSON text, as compute nodes report it. */
  cpu_info?: Value;
  stats?: { readonly [name: string]: string | null };
  aggregates?: readonly Aggregate[];
  /** The servers that run there. */
  instances?: readonly string[];
  /** Null when no service was found for the node. */
  service?: ComputeService | null;
  /** The traits of its resource provider. */
  traits?: ReadonlySet<string>;
  vcpus?: number;
  vcpus_used?: number;
  memory_mb?: number;
  free_ram_mb?: number;
  local_gb?: number;
  local_gb_used?: number;
  free_disk_gb?: number;
  disk_available_least?: number | null;
  cpu_allocation_ratio?: number;
  ram_allocation_ratio?: number;
  disk_allocation_ratio?: number;
}

/** A hypervisor's version, read. */
interface Release {
  text: string;
  version: Version;
}

// The hosts of a cloud have few different ones.
const RELEASES = new Map<number | bigint, Release>();
const MAX_RELEASES = 1000;

function releaseOf(number: number | bigint): Release {
  const known = RELEASES.get(number);
  if (known) return known;
  const text = convertVersionToStr(number);
  const release = { text, version: new Version(text) };
  if (RELEASES.size < MAX_RELEASES) RELEASES.set(number, release);
  return release;
}

function parse(text: string): Value | undefined {
  try {
    return loads(text);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** What flavors and hints can ask a host for, by nova's names. */
const ATTRIBUTES: { readonly [name: string]: ((host: HostState) => Value) | undefined } = {
  host: (host) => host.host,
  nodename: (host) => host.nodename,
  uuid: (host) => host.uuid,
  total_usable_ram_mb: (host) => host.totalUsableRamMb,
  total_usable_disk_gb: (host) => host.totalUsableDiskGb,
  disk_mb_used: (host) => host.diskMbUsed,
  free_ram_mb: (host) => host.freeRamMb,
  free_disk_mb: (host) => host.freeDiskMb,
  vcpus_total: (host) => host.vcpusTotal,
  vcpus_used: (host) => host.vcpusUsed,
  num_instances: (host) => host.numInstances,
  num_io_ops: (host) => host.numIoOps,
  failed_builds: (host) => host.failedBuilds,
  host_ip: (host) => (host.hostIp === null ? null : new PythonObject('IPAddress', host.hostIp, host.hostIp)),
  hypervisor_type: (host) => host.hypervisorType,
  hypervisor_version: (host) => host.hypervisorVersion,
  hypervisor_hostname: (host) => host.hypervisorHostname,
  cpu_info: (host) => host.cpuInfo,
  supported_instances: (host) => host.supportedInstances,
  cpu_allocation_ratio: (host) => float(host.cpuAllocationRatio),
  ram_allocation_ratio: (host) => float(host.ramAllocationRatio),
  disk_allocation_ratio: (host) => float(host.diskAllocationRatio),
  stats: (host) => host.stats,
  limits: () => ({}),
  allocation_candidates: () => [],
  aggregates: (host) =>
    host.aggregates.map((aggregate) => new PythonObject('Aggregate', aggregate.uuid, aggregate)),
  instances: (host) =>
    Object.fromEntries([...host.instances].map((uuid) => [uuid, new PythonObject('Instance', uuid, uuid)])),
  service: (host) => ({ disabled: host.service?.disabled ?? null }),
  numa_topology: () => null,
  cell_uuid: () => null,
  updated: () => null,
  pci_stats: () => new PythonObject('PciDeviceStats', '<PciDeviceStats>', 'pci_stats'),
  metrics: () => new PythonObject('MonitorMetricList', '<MonitorMetricList>', 'metrics'),
  update: method('update'),
  consume_from_request: method('consume_from_request'),
  _update_from_compute_node: method('_update_from_compute_node'),
  _locked_consume_from_request: method('_locked_consume_from_request'),
};

/** What `str()` makes of a method: an extra spec may have the name of one. */
function method(name: string): (host: HostState) => Value {
  return (host) => new PythonObject('method', `<bound method HostState.${name} of ${host.toString()}>`, name);
}

function float(value: number): Value {
  return Number.isInteger(value) ? new PythonFloat(value) : value;
}

/** A host as the scheduler sees it: nova/scheduler/host_manager.py `HostState`. */
export class HostState {
  readonly host: string;
  readonly nodename: string;
  readonly uuid: string | null;
  readonly supportedInstances: readonly SupportedInstance[];
  readonly hypervisorType: string | null;
  readonly hypervisorVersion: number | bigint | null;
  readonly cpuInfo: Value;
  readonly stats: { readonly [name: string]: string | null };
  readonly aggregates: readonly Aggregate[];
  readonly instances: Set<string>;
  readonly service: ComputeService | null;
  readonly traits: ReadonlySet<string>;
  readonly hypervisorHostname: string | null;
  readonly hostIp: string | null;
  readonly totalUsableRamMb: number;
  readonly totalUsableDiskGb: number;
  readonly diskMbUsed: number;
  readonly vcpusTotal: number;
  readonly failedBuilds: number;
  readonly cpuAllocationRatio: number;
  readonly ramAllocationRatio: number;
  readonly diskAllocationRatio: number;
  /** What is free by the books: placement does not know what the driver says of `disk_available_least`. */
  readonly freeDiskGb: number;
  freeRamMb: number;
  freeDiskMb: number;
  vcpusUsed: number;
  numInstances: number;
  numIoOps: number;

  /** @throws {@link PythonError} when a statistic that has to be a number is none. */
  constructor(facts: HostFacts) {
    this.host = facts.host;
    this.nodename = facts.nodename ?? facts.host;
    this.uuid = facts.uuid ?? null;
    this.supportedInstances = facts.supported_instances ?? [];
    this.hypervisorType = facts.hypervisor_type ?? null;
    this.hypervisorVersion = facts.hypervisor_version ?? null;
    this.hypervisorHostname = facts.hypervisor_hostname ?? null;
    this.hostIp = facts.host_ip ?? null;
    this.cpuInfo = facts.cpu_info ?? null;
    this.stats = facts.stats ?? {};
    this.aggregates = facts.aggregates ?? [];
    this.instances = new Set(facts.instances);
    this.service = facts.service === undefined ? { disabled: false, up: true } : facts.service;
    this.traits = facts.traits ?? new Set();
    this.totalUsableRamMb = facts.memory_mb ?? 0;
    this.totalUsableDiskGb = facts.local_gb ?? 0;
    this.diskMbUsed = (facts.local_gb_used ?? 0) * 1024;
    this.vcpusTotal = facts.vcpus ?? 0;
    this.cpuAllocationRatio = facts.cpu_allocation_ratio ?? 4;
    this.ramAllocationRatio = facts.ram_allocation_ratio ?? 1;
    this.diskAllocationRatio = facts.disk_allocation_ratio ?? 1;
    this.freeRamMb = facts.free_ram_mb ?? 0;
    this.freeDiskGb = facts.free_disk_gb ?? 0;
    this.freeDiskMb = Math.min(facts.disk_available_least ?? this.freeDiskGb, this.freeDiskGb) * 1024;
    this.vcpusUsed = facts.vcpus_used ?? 0;
    this.numInstances = this.#count('num_instances');
    this.numIoOps = this.#count('io_workload');
    this.failedBuilds = this.#count('failed_builds');
  }

  #release: Release | undefined;

  /** The hypervisor's version: 8002001 is 8.2.1. It must have one. */
  get hypervisorRelease(): Version {
    this.#release ??= releaseOf(this.hypervisorVersion ?? 0);
    return this.#release.version;
  }

  get hypervisorReleaseText(): string {
    return this.#release?.text ?? '';
  }

  readonly #parsed = new Map<string, Value | undefined>();

  /** What a JSON text of this host says, undefined if it is none. */
  parse(text: string): Value | undefined {
    if (!this.#parsed.has(text)) this.#parsed.set(text, parse(text));
    return this.#parsed.get(text);
  }

  #metadata: Map<string, Set<string>> | undefined;

  /** All metadata of the host's aggregates, read by `read` once. */
  aggregateMetadata(
    read: (aggregates: readonly Aggregate[]) => Map<string, Set<string>>,
  ): Map<string, Set<string>> {
    this.#metadata ??= read(this.aggregates);
    return this.#metadata;
  }

  #count(name: string): number {
    return Object.hasOwn(this.stats, name) ? Number(int(this.stats[name] ?? null)) : 0;
  }

  /** How nova's log names the host. */
  toString(): string {
    return (
      `(${this.host}, ${this.nodename}) ram: ${this.freeRamMb}MB disk: ${this.freeDiskMb}MB ` +
      `io_ops: ${this.numIoOps} instances: ${this.numInstances}, allocation_candidates: 0`
    );
  }

  /**
   * `getattr(host_state, name)`, by nova's name: flavors and hints may ask for any attribute.
   *
   * @returns undefined where the host has no such attribute.
   */
  attribute(name: string): Value | undefined {
    return Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name]?.(this) : undefined;
  }

  /** A statistic that the compute node reported, null if it did not. */
  stat(name: string): string | null {
    return Object.hasOwn(this.stats, name) ? (this.stats[name] ?? null) : null;
  }
}
