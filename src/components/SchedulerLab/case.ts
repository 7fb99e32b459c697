import { RESERVED_HOST_MEMORY_MB } from '../../cloud/compute/initial-state';
import { HOSTS, type StartHost } from '../../cloud/states/compute';

/** A property, an extra spec, a hint: a name and what it is set to. */
export type Pair = readonly [name: string, value: string];

/** A compute host: what it advertises, and how full it is. */
export interface LabHost {
  name: string;
  /** Architecture, hypervisor type and VM mode, each. */
  supported: readonly (readonly string[])[];
  type: string;
  /** As a person writes it: `8.2.1`. */
  version: string;
  /** Beside those that the driver gives every host. */
  traits: readonly string[];
  vcpus: number;
  vcpusUsed: number;
  /** MB */
  ram: number;
  ramUsed: number;
  /** GB */
  disk: number;
  diskUsed: number;
  disabled: boolean;
  down: boolean;
  /** Names of the servers that run there: hints and groups name them. */
  servers: readonly string[];
}

/** A host aggregate. */
export interface LabAggregate {
  name: string;
  hosts: readonly string[];
  metadata: readonly Pair[];
}

export interface LabFlavor {
  /** MB */
  ram: number;
  vcpus: number;
  /** GB */
  disk: number;
  extraSpecs: readonly Pair[];
}

/** All that decides where one server goes. It is what a link carries. */
export interface LabCase {
  hosts: readonly LabHost[];
  /** How many hosts there are: those of `hosts`, and then variants of them. */
  count: number;
  aggregates: readonly LabAggregate[];
  image: { name: string; format: string; properties: readonly Pair[] };
  flavor: LabFlavor;
  hints: readonly Pair[];
  zone: string;
  /** The server's group: a policy, and the servers that are in it already. */
  group: { policy: string; members: readonly string[] };
  /** nova.conf, by `section.option`. */
  settings: readonly Pair[];
}

export const MAX_HOSTS = 10_000;

export const ENABLED_FILTERS = 'filter_scheduler.enabled_filters';

/** The host of a start state, empty. */
function labHost(host: StartHost): LabHost {
  return {
    name: host.name,
    supported: host.supported_instances,
    type: host.hypervisor_type,
    version: host.hypervisor_version,
    traits: [...host.traits].sort(),
    vcpus: host.vcpus,
    vcpusUsed: 0,
    ram: host.memory_mb,
    ramUsed: RESERVED_HOST_MEMORY_MB,
    disk: host.local_gb,
    diskUsed: 0,
    disabled: false,
    down: false,
    servers: [],
  };
}

/** The hosts of the course's cloud, an image without properties, nova's defaults. */
export const START: LabCase = {
  hosts: HOSTS.map(labHost),
  count: HOSTS.length,
  aggregates: [],
  image: { name: 'cirros', format: 'qcow2', properties: [] },
  flavor: { ram: 512, vcpus: 1, disk: 1, extraSpecs: [] },
  hints: [],
  zone: '',
  group: { policy: '', members: [] },
  settings: [],
};

/** A setting of the case, undefined where nova's default holds. */
export function settingOf({ settings }: LabCase, name: string): string | undefined {
  return settings.find(([option]) => option === name)?.[1];
}

/** The case with a setting changed; undefined takes nova's default. */
export function withSetting(labCase: LabCase, name: string, value: string | undefined): LabCase {
  const others = labCase.settings.filter(([option]) => option !== name);
  return { ...labCase, settings: value === undefined ? others : [...others, [name, value]] };
}
