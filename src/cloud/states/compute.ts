/** The compute side of every start state, embedded or real: `real-cloud/` gives nova's fake driver the same hosts. */

/** What one compute host says of itself. */
export interface StartHost {
  name: string;
  /** Architecture, hypervisor type and VM mode, each. */
  supported_instances: readonly (readonly [arch: string, hvType: string, vmMode: string])[];
  hypervisor_type: string;
  /** As a person writes it: `8.2.1`. */
  hypervisor_version: string;
  vcpus: number;
  memory_mb: number;
  local_gb: number;
  /** Traits of its resource provider, beside those that every host of the fake driver has. */
  traits: readonly string[];
}

/** What a KVM host on x86 lists: KVM runs what it can, QEMU emulates it anywhere. */
const X86_KVM = [
  ['i686', 'kvm', 'hvm'],
  ['i686', 'qemu', 'hvm'],
  ['x86_64', 'kvm', 'hvm'],
  ['x86_64', 'qemu', 'hvm'],
] as const;

/**
 * No two have the same free memory, so that it is always clear which one weighs most: nova draws lots among equals.
 */
export const HOSTS: readonly StartHost[] = [
  {
    name: 'compute-1',
    supported_instances: X86_KVM,
    hypervisor_type: 'QEMU',
    hypervisor_version: '10.0.2',
    vcpus: 16,
    memory_mb: 65536,
    local_gb: 500,
    traits: ['HW_CPU_X86_SSE42'],
  },
  {
    name: 'compute-2',
    supported_instances: X86_KVM,
    hypervisor_type: 'QEMU',
    hypervisor_version: '8.2.2',
    vcpus: 16,
    memory_mb: 32768,
    local_gb: 500,
    traits: ['HW_CPU_X86_SSE42', 'HW_CPU_X86_AVX2'],
  },
  {
    name: 'compute-arm',
    supported_instances: [
      ['aarch64', 'kvm', 'hvm'],
      ['aarch64', 'qemu', 'hvm'],
    ],
    hypervisor_type: 'QEMU',
    hypervisor_version: '10.0.2',
    vcpus: 16,
    memory_mb: 24576,
    local_gb: 500,
    traits: [],
  },
  {
    name: 'compute-vmware',
    supported_instances: [
      ['i686', 'vmware', 'hvm'],
      ['x86_64', 'vmware', 'hvm'],
    ],
    hypervisor_type: 'VMware vCenter Server',
    hypervisor_version: '8.0.0',
    vcpus: 16,
    memory_mb: 16384,
    local_gb: 500,
    traits: [],
  },
];

/** What servers can be bought. Ids as DevStack's; RAM in MiB, disk in GiB. */
export const FLAVORS = [
  { id: '1', name: 'm1.tiny', ram: 512, disk: 1, vcpus: 1 },
  { id: '2', name: 'm1.small', ram: 2048, disk: 20, vcpus: 1 },
  { id: '3', name: 'm1.medium', ram: 4096, disk: 40, vcpus: 2 },
  { id: '4', name: 'm1.large', ram: 8192, disk: 80, vcpus: 4 },
  { id: '5', name: 'm1.xlarge', ram: 16384, disk: 160, vcpus: 8 },
] as const;
