import { CPU_INFO, DRIVER_TRAITS } from '../../cloud/compute/initial-state';
import { enumField } from '../../cloud/compute/objects/fields';
import exported from '../../cloud/compute/objects/image-meta-props.json';
import { str } from '../../cloud/compute/python/text';
import { HostState, type Aggregate, type SupportedInstance } from '../../cloud/compute/scheduler/host-state';
import type { LabAggregate, LabHost } from './case';

/** What the scheduler is given: the hosts, and every aggregate. */
export interface Fleet {
  hosts: HostState[];
  aggregates: Aggregate[];
}

const KINDS = [
  enumField(exported.types.Architecture),
  enumField(exported.types.HVType),
  enumField(exported.types.VMMode),
] as const;

/**
 * The combination as nova-compute reports it, each word in nova's spelling.
 *
 * @throws {@link PythonError} with nova's words for one that nova does not know.
 */
export function supportedInstance(words: readonly string[]): SupportedInstance {
  const [arch = '', hvType = '', vmMode = ''] = words;
  return [str(KINDS[0]('arch', arch)), str(KINDS[1]('hv_type', hvType)), str(KINDS[2]('vm_mode', vmMode))];
}

/** `8.2.1` as nova keeps it: 8002001. Undefined if it is no version. */
export function versionNumber(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  return [...parts, '0', '0']
    .slice(0, Math.max(3, parts.length))
    .reduce((sum, part) => sum * 1000 + Number(part), 0);
}

/**
 * The hosts of a case, and up to `count` variants of them: the same make, and differently full.
 *
 * @throws {@link PythonError} for a combination that nova does not know.
 */
export function fleetOf(
  hosts: readonly LabHost[],
  labAggregates: readonly LabAggregate[],
  count: number,
): Fleet {
  const aggregates = labAggregates.map(({ name, metadata }): Aggregate => ({
    uuid: name,
    metadata: Object.fromEntries(metadata),
  }));
  const made = hosts.map((host) => ({
    host,
    supported: host.supported.map(supportedInstance),
    traits: new Set([
      ...DRIVER_TRAITS,
      ...host.traits,
      ...(host.disabled ? ['COMPUTE_STATUS_DISABLED'] : []),
    ]),
    aggregates: aggregates.filter((_, i) => labAggregates[i]?.hosts.includes(host.name)),
  }));
  const total = made.length === 0 ? 0 : count;
  return {
    aggregates,
    hosts: Array.from({ length: total }, (_, i) => {
      const model = made[i % made.length]!; // there is at least one
      return hostState(model, Math.floor(i / made.length));
    }),
  };
}

interface Model {
  host: LabHost;
  supported: SupportedInstance[];
  traits: ReadonlySet<string>;
  aggregates: Aggregate[];
}

/** The host itself (round 0), or a variant of it that is fuller by some. */
function hostState({ host, supported, traits, aggregates }: Model, round: number): HostState {
  // any step that has no factor in common with 100 goes through all of them before it repeats
  const fuller = ((round * 37) % 100) / 100;
  const used = (total: number, own: number) => own + Math.floor((total - own) * fuller);
  const [ramUsed, diskUsed, vcpusUsed] = [
    used(host.ram, host.ramUsed),
    used(host.disk, host.diskUsed),
    used(host.vcpus, host.vcpusUsed),
  ];
  return new HostState({
    host: round === 0 ? host.name : `${host.name}-${round + 1}`,
    supported_instances: supported,
    hypervisor_type: host.type,
    hypervisor_version: versionNumber(host.version) ?? null,
    aggregates,
    traits,
    instances: round === 0 ? host.servers : [],
    service: { disabled: host.disabled, up: !host.down },
    cpu_info: CPU_INFO,
    stats: {
      failed_builds: '0',
      num_instances: String(round === 0 ? host.servers.length : 0),
      io_workload: '0',
    },
    vcpus: host.vcpus,
    vcpus_used: vcpusUsed,
    memory_mb: host.ram,
    free_ram_mb: host.ram - ramUsed,
    local_gb: host.disk,
    local_gb_used: diskUsed,
    free_disk_gb: host.disk - diskUsed,
    // as the cloud's own hosts say: by disk all weigh the same
    disk_available_least: 0,
  });
}
