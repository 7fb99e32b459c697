import { type Dice } from './dice';
import {
  type Json,
  raw,
  type Case,
  ODD_TEXTS,
  ARCHITECTURES,
  HV_TYPES,
  VM_MODES,
  COMMON,
  UUIDS,
  OWN_UUID,
  HOSTS,
} from './random-images';

function supportedInstances(random: Dice): Json {
  if (random.chance(0.03)) return random.pick<Json>([null, [], [['x86_64', 'kvm']], [[]], [null], [['arm', 'kvm', 'hvm']], [[null, 'kvm', 'hvm']],
    [['x86_64', 'kvm', 'hvm', 'more']], [[5, 'kvm', 'hvm']], [['x86_64', 'none', 'hvm']], [['x86_64', 'kvm', '']]]); // prettier-ignore
  return Array.from({ length: random.below(4) }, () => [
    random.pick(random.chance(0.8) ? COMMON.arch : ARCHITECTURES),
    random.pick(random.chance(0.8) ? COMMON.hv : HV_TYPES),
    random.pick(random.chance(0.8) ? COMMON.mode : VM_MODES),
  ]);
}

export const CPU_INFOS: Json[] = [
  null, '', '{}', '{"arch": "x86_64", "topology": {"cores": 4, "threads": 2}, "features": ["avx", "avx2"], "maxphysaddr": {"mode": "emulate", "bits": 42}}',
  '{"a": 1.0, "b": true, "c": null, "d": "4", "e": 1e3, "f": [1, 2]}', '{bad', '[1]', '"text"', '5', 'null',
  {}, { maxphysaddr: {} }, { maxphysaddr: { bits: 48 } }, { maxphysaddr: { bits: 40 } }, { maxphysaddr: { bits: null } }, { maxphysaddr: { bits: '48' } },
  { maxphysaddr: null }, { maxphysaddr: [48] }, { maxphysaddr: { bits: 47.5 } }, { maxphysaddr: { bits: true } }, { maxphysaddr: { bits: 0 } },
  { maxphysaddr: { bits: [48] } }, { maxphysaddr: 'x' }, [], 'x86_64', 7, { topology: { cores: 4 } },
]; // prettier-ignore

export function host(random: Dice): Case {
  const state: Case = {};
  if (random.chance(0.95)) state['supported_instances'] = supportedInstances(random);
  if (random.chance(0.5)) state['host'] = random.pick<Json>([...HOSTS, null]);
  if (random.chance(0.7))
    state['hypervisor_type'] = random.pick<Json>(['QEMU', 'kvm', '', null, 5, 'VMware vCenter Server']);
  if (random.chance(0.8))
    state['hypervisor_version'] = random.chance(0.92)
      ? random.pick([8002001, 8002000, 8000000, 7009009, 10000, 2009001, 1000000000, 9, 0])
      : random.pick<Json>([null, '8002001', 'x', raw('8002001.0'), true, raw('8002001000000000000000'), 1.5]);
  if (random.chance(0.4))
    state['cpu_info'] = random.chance(0.6) ? random.pick(CPU_INFOS.slice(10)) : random.pick(CPU_INFOS);
  if (random.chance(0.3)) state['stats'] = stats(random);
  if (random.chance(0.3)) state['aggregates'] = aggregates(random);
  if (random.chance(0.2)) state['instances'] = instances(random);
  if (random.chance(0.1)) state['service'] = service(random);
  return state;
}

export function stats(random: Dice): Json {
  if (random.chance(0.03))
    return random.pick<Json>([
      null,
      { num_instances: null },
      { num_instances: 'x' },
      { io_workload: '' },
      { failed_builds: '1.5' },
      [],
      { a: [] },
      { a: {} },
    ]);
  const entries: [string, Json][] = [
    ['num_instances', random.pick<Json>([0, 3, '7', '50', ' 8 ', '49'])],
    ['io_workload', random.pick<Json>([0, '7', '8', 9])],
    ['failed_builds', random.pick<Json>(['0', 2])],
    ['gpu', random.pick<Json>(['a100', 'true', '', null, 4, 1.5, raw('4.0'), true, '4'])],
    ['__proto__', 'x'],
  ];
  return Object.fromEntries(entries.filter(() => random.chance(0.5)));
}

export function instances(random: Dice): Json {
  if (random.chance(0.05)) return random.pick<Json>([null, [{ uuid: UUIDS[0] ?? '' }], [OWN_UUID]]);
  return UUIDS.filter(() => random.chance(0.4));
}

function service(random: Dice): Json {
  return random.one<Json>([1, () => null], [2, () => ({})], [3, () => ({ disabled: random.chance(0.5), disabled_reason: 'maintenance' })],
    [2, () => ({ disabled: false, forced_down: random.chance(0.5) })], [2, () => ({ seconds_since_report: random.pick([0, 30, 90, 3600]) })]); // prettier-ignore
}

export const AGGREGATE_KEYS = ['hw_architecture', 'os_distro', 'hw_boot_menu', 'hw_cpu_cores', 'img_hv_type', 'hw_vm_mode', 'traits_required', 'hw_numa_mem', 'hw_numa_cpus', 'team',
  'ssd', 'filter_tenant_id', 'filter_tenant_id2', 'instance_type', 'max_instances_per_host', 'max_io_ops_per_host', 'availability_zone', 'trait:CUSTOM_A', 'trait:HW_CPU_X86_AVX2',
  'ns.os_distro', 'constructor']; // prettier-ignore

function aggregateValue(random: Dice, key: string): Json {
  const values: { [key: string]: Json[] | undefined } = {
    hw_architecture: ['x86_64', 'aarch64', 'x86_64,aarch64', ' x86_64 , i686', 'amd64', ''],
    os_distro: ['debian', 'debian,fedora', 'Debian', 'windows', ' debian'],
    hw_boot_menu: ['True', 'true', 'False', 'yes'],
    hw_cpu_cores: ['4', '2,4', '04', 4],
    img_hv_type: ['kvm', 'qemu,kvm', 'xen'],
    hw_vm_mode: ['hvm', 'xen,hvm'],
    traits_required: ["['CUSTOM_A']", 'CUSTOM_A'],
    hw_numa_mem: ['[1024]', '1024'],
    hw_numa_cpus: ['[CoercedSet({1})]', '1'],
    ssd: ['true', 'false', '4', 'a b', 'true,4', ''],
    filter_tenant_id: ['demo', 'admin,demo', '', 'admin'],
    filter_tenant_id2: ['demo', 'other'],
    instance_type: ['m1.tiny', 'm1.tiny, m1.small', 'flavor', ''],
    max_instances_per_host: ['5', '100', 'many', ' 8', '', '7,8'],
    max_io_ops_per_host: ['5', '100', 'many', '8'],
    availability_zone: ['az1', 'az2'],
    'trait:CUSTOM_A': ['required', 'forbidden'],
    'trait:HW_CPU_X86_AVX2': ['required'],
  };
  const known = Object.hasOwn(values, key) ? values[key] : undefined;
  return random.pick<Json>(known ?? ['red', 'blue', 'red,blue', ...ODD_TEXTS.slice(0, 5)]);
}

export function aggregates(random: Dice, keys: string[] = AGGREGATE_KEYS): Json {
  return Array.from({ length: random.below(3) + 1 }, (_, i) => {
    if (random.chance(0.02))
      return random.pick<Json>([{ metadata: null }, { metadata: { a: null } }, { metadata: [] }, {}]);
    const chosen = Array.from({ length: random.below(3) + 1 }, () => random.pick(keys));
    return {
      uuid: `aggregate-${random.chance(0.8) ? i : random.below(5)}`,
      metadata: Object.fromEntries(chosen.map((key) => [key, aggregateValue(random, key)])),
    };
  });
}
