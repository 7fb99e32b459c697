import exported from '../../objects/image-meta-props.json';
import options from '../options.json';
import traits from '../traits.json';
import { dice, type Dice } from './dice';

/** A value that JSON.stringify can write; {@link raw} numbers keep their spelling. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A number as it is to be written: `8.0` is a float for Python, 8 is none. */
function raw(text: string): string {
  return `@raw:${text}@`;
}

/** One case, as a line of JSON. The same seed gives the same case. */
export function randomCase(id: number, seed: string): string {
  const random = dice(`${seed}:${id}`);
  const line = JSON.stringify({ id, ...random.pick(KINDS)(random) });
  return line.replace(/"@raw:([^@]*)@"/g, '$1');
}

type Case = { [key: string]: Json };
type Make = (random: Dice) => Case;

const { types, fields, legacy_property_map: legacyNames } = exported;
const LEGACY = Object.keys(legacyNames);

// Texts that look like something and are not, or are though they do not look so.
const ODD_TEXTS = [
  '', ' ', 'x', 'None', 'True', 'false', '0', '-1', '1e3', '1.0', '８', '١٢', '1_000', '1__0', ' 12 ', '+7', '0x10', 'nan', 'inf',
  '\u3000 5\u0085', '\ufeff5', '\u001c5', 'ü', 'Ω', 'ÀÉ', 'KVM', 'ｋｖｍ', 'İ', 'ß', '😀', 'a\u200bb', 'constructor', '__proto__', 'toString',
  'x86_64 ', ' x86_64', 'X86_64', "it's", '"quoted"', 'back\\slash', 'line\nbreak', 'tab\there', '99999999999999999999', '9007199254740993',
]; // prettier-ignore
const ODD_VALUES: Json[] = [
  null, true, false, 0, 1, -3, 1.5, raw('8.0'), raw('1e400'), raw('-0.0'), raw('1e16'), raw('12345678901234567890'), raw('NaN'),
  [], ['a'], [1, 'b', null], {}, { a: 1 }, { "it's": [true, null, 1.5] }, [{ device: null, virtual: 'root' }], [{ a: [1] }], [null],
]; // prettier-ignore
const BOOLEANS = [
  'true',
  'True',
  'TRUE',
  'yes',
  ' yes ',
  'on',
  '1',
  't',
  'y',
  'false',
  'no',
  'off',
  '0',
  'maybe',
  '',
  'Ｙ',
];
const VERSIONS = ['8.2.1', '8.2', '8', '8.0.0', '8.2.1.0', '9', '7.9.9', '0', '8.2.1a1', '8.2.1rc1', '8.2.1.post1', '8.2.1.dev3', '1!0', 'v8.2.1',
  '8.2.1+local.1', '8.2.1+abc', '8.2.1-1', '8.2.1_beta-2', '08.02', '2.0.0', '10', '8.2.x', 'latest', '', '8..2', '8.2.1+', '8.2.1c', '8.2.1Alpha',
  '8.2.1.dev', '8.2.1a.dev1', '8.2.1post', '8.2.1-rev-3', '٨.٢', '8,2']; // prettier-ignore
const OPERATORS = [
  '>=',
  '<=',
  '<',
  '>',
  '==',
  '!=',
  '=',
  '~=',
  '',
  '=>',
  '> =',
  '<>',
  ' >= ',
  '>=\t',
  '\u3000==\u00a0',
];
const ARCHITECTURES = [...types.Architecture.values, ...Object.keys(types.Architecture.spellings)];
const HV_TYPES = [...types.HVType.values, ...Object.keys(types.HVType.spellings)];
const VM_MODES = [...types.VMMode.values, ...Object.keys(types.VMMode.spellings)];
// The few that hosts have, so that something fits something.
const COMMON = {
  arch: ['x86_64', 'aarch64', 'i686'],
  hv: ['kvm', 'qemu', 'xen'],
  mode: ['hvm', 'xen', 'uml', 'exe'],
};
const UUIDS = [
  'aaaaaaaa-0000-0000-0000-000000000001',
  'aaaaaaaa-0000-0000-0000-000000000002',
  'aaaaaaaa-0000-0000-0000-000000000003',
];
const OWN_UUID = '22222222-2222-2222-2222-222222222222';
const HOSTS = ['host1', 'host2', 'host'];

function spell(random: Dice, text: string): Json {
  return random.one<Json>([40, () => text], [4, () => text.toUpperCase()], [1, () => ` ${text}`], [1, () => `${text}\n`],
    [1, () => random.pick(ODD_TEXTS)], [1, () => random.pick(ODD_VALUES)]); // prettier-ignore
}

function predicate(random: Dice): Json {
  const count = random.one<number>([8, () => 1], [3, () => 2], [1, () => 3]);
  const parts = Array.from({ length: count }, () => {
    const operator = random.chance(0.85) ? random.pick(OPERATORS.slice(0, 6)) : random.pick(OPERATORS);
    return `${operator}${random.chance(0.2) ? ' ' : ''}${random.pick(VERSIONS)}`;
  });
  return random.chance(0.95) ? parts.join(',') : random.pick<Json>([...ODD_TEXTS, ...ODD_VALUES]);
}

const OTHER_VALUES: { [type: string]: ((random: Dice) => Json) | undefined } = {
  Integer: (random) =>
    random.pick(['1', '0', '48', '-2', ' 40', '39', '52', '1_0', '٤٨', '48.0', 'many', '']),
  FlexibleBoolean: (random) => random.pick(BOOLEANS),
  String: (random) => random.pick(['q35', 'pc-q35-8.2', 'debian', 'large', ...ODD_TEXTS]),
  UUID: (random) => random.pick([...UUIDS, 'no-uuid', '']),
  VersionPredicate: predicate,
};

function valueOf(random: Dice, type: string): Json {
  if (random.chance(0.04)) return random.pick<Json>([...ODD_VALUES, ...ODD_TEXTS]);
  const enumeration = Object.hasOwn(types, type) ? types[type as keyof typeof types] : undefined; // hasOwn says so
  if (enumeration)
    return spell(random, random.pick([...enumeration.values, ...Object.keys(enumeration.spellings)]));
  return OTHER_VALUES[type]?.(random) ?? random.pick<Json>(ODD_VALUES);
}

function typeOf(name: string): string {
  const current = Object.hasOwn(legacyNames, name) ? legacyNames[name as keyof typeof legacyNames] : name; // likewise
  return fields.find((field) => field.name === current)?.type ?? 'String';
}

/** Any of the properties that nova knows, under new and old names, and some that it does not know. */
function anyProperties(random: Dice): Case {
  const names = Array.from(
    { length: random.below(5) + 1 },
    () =>
    random.one<string>([8, () => random.pick(fields).name], [3, () => random.pick(LEGACY)],
      [1, () => random.pick(['os_name', 'team', 'vmware_adaptertype', 'trait:HW_CPU_X86_AVX2', 'trait:CUSTOM_A', 'trait:', '__proto__',
        'hw_numa_mem.0', 'hw_numa_mem.1', 'hw_numa_cpus.0', 'hw_numa_cpus.1', 'hw_numa_cpus.2'])]), // prettier-ignore
  );
  return Object.fromEntries(names.map((name) => [name, anyValue(random, name)]));
}

function anyValue(random: Dice, name: string): Json {
  if (name.startsWith('trait:'))
    return random.pick<Json>(['required', 'required', 'forbidden', 'Required', true, '']);
  if (name.startsWith('hw_numa_mem')) return random.pick<Json>(['1024', '512', ' 1 ', 'x', 2048, '', '1.5']);
  if (name.startsWith('hw_numa_cpus'))
    return random.pick<Json>([
      '0-3',
      '1,2',
      '0-7,^3',
      '^1-2,0-4',
      '3-1',
      'a-b',
      '^x',
      ' 1 , , 2 ',
      '',
      '1-',
      '-1',
      '1-2-3',
      5,
      '^',
      '١-٣',
    ]);
  if (name === 'vmware_adaptertype')
    return random.pick<Json>([
      'ide',
      'lsiLogic',
      'lsilogicsas',
      'paraVirtual',
      'busLogic',
      'IDE',
      '',
      null,
      1,
      'none',
    ]);
  return valueOf(random, typeOf(name));
}

/** The properties that ImagePropertiesFilter reads, mostly with values that hosts have. */
function schedulingProperties(random: Dice): Case {
  const properties: Case = {};
  const put = (chance: number, names: string[], common: string[], all: string[]): void => {
    for (const name of names)
      if (random.chance(chance))
        properties[name] = spell(random, random.pick(random.chance(0.85) ? common : all));
  };
  put(0.5, ['hw_architecture'], [...COMMON.arch, 'amd64', 'i386'], ARCHITECTURES);
  put(0.1, ['architecture'], COMMON.arch, [...ARCHITECTURES, 'arm', 'arm64']);
  put(0.3, ['img_hv_type'], [...COMMON.hv, 'xapi'], HV_TYPES);
  put(0.08, ['hypervisor_type'], COMMON.hv, HV_TYPES);
  put(0.3, ['hw_vm_mode'], [...COMMON.mode, 'pv', 'hv'], VM_MODES);
  put(0.08, ['vm_mode'], COMMON.mode, VM_MODES);
  if (random.chance(0.35)) properties['img_hv_requested_version'] = predicate(random);
  if (random.chance(0.08)) properties['hypervisor_version_requires'] = predicate(random);
  if (random.chance(0.25)) properties['hw_maxphysaddr_bits'] = valueOf(random, 'Integer');
  if (random.chance(0.15)) Object.assign(properties, anyProperties(random));
  return properties;
}

function image(random: Dice, properties: Case): Json {
  if (random.chance(0.03)) return null;
  if (random.chance(0.01))
    return random.pick<Json>([
      {},
      { properties: null },
      { properties: [] },
      { properties: 'x' },
      { properties: 5 },
    ]);
  const extra: Case = {};
  if (random.chance(0.3)) extra['id'] = random.pick([...UUIDS, '']);
  if (random.chance(0.3)) extra['name'] = random.pick<Json>(['cirros', '', null, 5]);
  if (random.chance(0.3))
    extra['disk_format'] = random.pick<Json>(['qcow2', 'raw', 'QCOW2', 'vmdk', 'nonesuch', null, '', 'aki']);
  if (random.chance(0.1)) extra['min_ram'] = random.pick<Json>([0, '64', 'x', null, 1.5]);
  if (random.chance(0.05)) extra['size'] = random.pick<Json>([0, null, 'big', raw('1e3')]);
  return { ...extra, properties };
}

function supportedInstances(random: Dice): Json {
  if (random.chance(0.03)) return random.pick<Json>([null, [], [['x86_64', 'kvm']], [[]], [null], [['arm', 'kvm', 'hvm']], [[null, 'kvm', 'hvm']],
    [['x86_64', 'kvm', 'hvm', 'more']], [[5, 'kvm', 'hvm']], [['x86_64', 'none', 'hvm']], [['x86_64', 'kvm', '']]]); // prettier-ignore
  return Array.from({ length: random.below(4) }, () => [
    random.pick(random.chance(0.8) ? COMMON.arch : ARCHITECTURES),
    random.pick(random.chance(0.8) ? COMMON.hv : HV_TYPES),
    random.pick(random.chance(0.8) ? COMMON.mode : VM_MODES),
  ]);
}

const CPU_INFOS: Json[] = [
  null, '', '{}', '{"arch": "x86_64", "topology": {"cores": 4, "threads": 2}, "features": ["avx", "avx2"], "maxphysaddr": {"mode": "emulate", "bits": 42}}',
  '{"a": 1.0, "b": true, "c": null, "d": "4", "e": 1e3, "f": [1, 2]}', '{bad', '[1]', '"text"', '5', 'null',
  {}, { maxphysaddr: {} }, { maxphysaddr: { bits: 48 } }, { maxphysaddr: { bits: 40 } }, { maxphysaddr: { bits: null } }, { maxphysaddr: { bits: '48' } },
  { maxphysaddr: null }, { maxphysaddr: [48] }, { maxphysaddr: { bits: 47.5 } }, { maxphysaddr: { bits: true } }, { maxphysaddr: { bits: 0 } },
  { maxphysaddr: { bits: [48] } }, { maxphysaddr: 'x' }, [], 'x86_64', 7, { topology: { cores: 4 } },
]; // prettier-ignore

function host(random: Dice): Case {
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

function stats(random: Dice): Json {
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

function instances(random: Dice): Json {
  if (random.chance(0.05)) return random.pick<Json>([null, [{ uuid: UUIDS[0] ?? '' }], [OWN_UUID]]);
  return UUIDS.filter(() => random.chance(0.4));
}

function service(random: Dice): Json {
  return random.one<Json>([1, () => null], [2, () => ({})], [3, () => ({ disabled: random.chance(0.5), disabled_reason: 'maintenance' })],
    [2, () => ({ disabled: false, forced_down: random.chance(0.5) })], [2, () => ({ seconds_since_report: random.pick([0, 30, 90, 3600]) })]); // prettier-ignore
}

const AGGREGATE_KEYS = ['hw_architecture', 'os_distro', 'hw_boot_menu', 'hw_cpu_cores', 'img_hv_type', 'hw_vm_mode', 'traits_required', 'hw_numa_mem', 'hw_numa_cpus', 'team',
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

function aggregates(random: Dice, keys: string[] = AGGREGATE_KEYS): Json {
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

const DEMANDS = ['4', 'true', '<in> a', '<in> 10', '<all-in> a 1', '<all-in>', '<or> true <or> 4', '<or>', '<or> x <or>', '<or> x y a100', '= 3', '= 4', '== 4', '== 4.0',
  '!= 4', '>= 4', '<= 4', 's== a100', 's!= a100', 's< b', 's<= a100', 's> a', 's>= a100', '>=', '>= x', '< 4', '', ' ', '== 4 5', 's== a 100', '\u3000== 4', '=== 4', 's> Ω', '>= 1_0',
  'QEMU', '>= 8000000', '<in> avx', '<in> cores', "{'cores': 4, 'threads': 2}", '[1, 2]', 'True', '1.0', '1000.0', '== nan', '<= inf']; // prettier-ignore

const CAPABILITIES = ['capabilities:gpu', 'capabilities:stats:gpu', 'capabilities:hypervisor_type', 'capabilities:hypervisor_version', 'capabilities:cpu_info:topology:cores',
  'capabilities:cpu_info:topology', 'capabilities:cpu_info:features', 'capabilities:cpu_info:a', 'capabilities:cpu_info:b', 'capabilities:cpu_info:c', 'capabilities:cpu_info:d:e',
  'capabilities:cpu_info:e', 'capabilities:cpu_info:f', 'capabilities:cpu_info', 'capabilities:nosuch', 'capabilities:', 'capabilities', 'gpu', 'hypervisor_type', 'host',
  'num_instances', 'num_io_ops', 'vcpus_used', 'free_ram_mb', 'uuid', 'nosuch', 'hw:cpu_policy', 'hw:maxphysaddr_bits', 'capabilities:cpu_info:maxphysaddr:bits', 'Capabilities:gpu',
  'capabilities:gpu:deep', 'capabilities:cpu_allocation_ratio', 'capabilities:supported_instances', 'numa_topology', 'metrics', 'capabilities:limits', 'update', '__proto__',
  'capabilities:host_ip', 'capabilities:stats:__proto__', 'trait:CUSTOM_A']; // prettier-ignore

function extraSpecs(random: Dice, keys: string[]): Case {
  const chosen = Array.from({ length: random.below(3) + 1 }, () => random.pick(keys));
  return Object.fromEntries(
    chosen.map((key) => [
      key,
      random.chance(0.97) ? random.pick(DEMANDS) : random.pick<Json>([4, true, 1.5, raw('4.0'), null, []]),
    ]),
  );
}

const CONFIG: [string, Json[]][] = [
  [
    'filter_scheduler.image_properties_default_architecture',
    ['x86_64', 'aarch64', 'amd64', 'arm', '', null, 'X86_64', 5],
  ],
];

const BAD_CONFIG: [string, Json[]][] = [
  ...CONFIG,
  ...Object.keys(options.options).map((name): [string, Json[]] => [
    name,
    ['x', '', -1, true, 'yes', ['a'], null, 1.5, '5', {}],
  ]),
  ['filter_scheduler.nosuch', [1]],
  ['nosuch.nosuch', [1]],
  ['nodot', [1]],
];

function config(random: Dice, choices: [string, Json[]][]): Case {
  const chosen = Array.from({ length: random.below(2) + 1 }, () => random.pick(choices));
  return Object.fromEntries(chosen.map(([name, values]) => [name, random.pick<Json>(values)]));
}

const imageProperties: Make = (random) => ({
  image: image(random, schedulingProperties(random)),
  host: host(random),
  ...(random.chance(0.2) ? { config: config(random, CONFIG) } : {}),
  ...(random.chance(0.1) ? { filters: ['ImagePropertiesFilter'] } : {}),
});

const anyImage: Make = (random) => ({
  image: image(random, anyProperties(random)),
  host: host(random),
  filters: ['ImagePropertiesFilter', 'AggregateImagePropertiesIsolation'],
});

const capabilities: Make = (random) => ({
  image: image(random, {}),
  host: { ...host(random), stats: stats(random), cpu_info: random.pick(CPU_INFOS) },
  flavor: { extra_specs: extraSpecs(random, CAPABILITIES) },
  filters: ['ComputeCapabilitiesFilter'],
});

const aggregateFilters: Make = (random) => {
  const keys = random.chance(0.5) ? AGGREGATE_KEYS : AGGREGATE_KEYS.slice(0, 9);
  return {
    image: image(random, {
      ...(random.chance(0.7) ? { hw_architecture: random.pick(COMMON.arch) } : {}),
      ...(random.chance(0.5) ? { os_distro: random.pick(['debian', 'Debian', 'fedora', '']) } : {}),
      ...(random.chance(0.4) ? { hw_boot_menu: random.pick(BOOLEANS) } : {}),
      ...(random.chance(0.4) ? { hw_cpu_cores: random.pick(['4', '2', '0']) } : {}),
      ...(random.chance(0.2)
        ? { 'trait:CUSTOM_A': 'required', 'hw_numa_mem.0': '1024', 'hw_numa_cpus.0': '1' }
        : {}),
      ...(random.chance(0.2) ? anyProperties(random) : {}),
    }),
    host: {
      ...host(random),
      ...(random.chance(0.9) ? { aggregates: aggregates(random, keys) } : {}),
      stats: stats(random),
    },
    flavor: {
      name: random.pick<Json>(['m1.tiny', 'm1.small', 'flavor', null]),
      extra_specs: random.chance(0.7) ? scopedSpecs(random) : {},
    },
    ...(random.chance(0.8) ? { project_id: random.pick<Json>(['demo', 'admin', '', null]) } : {}),
    ...(random.chance(0.2)
      ? {
          config: {
            'filter_scheduler.aggregate_image_properties_isolation_namespace': random.pick<Json>([
              'ns',
              '',
              'hw',
              null,
            ]),
            'filter_scheduler.aggregate_image_properties_isolation_separator': random.pick(['.', '_', '']),
          },
        }
      : {}),
    filters: [random.pick(['AggregateImagePropertiesIsolation', 'AggregateInstanceExtraSpecsFilter', 'AggregateMultiTenancyIsolation', 'AggregateTypeAffinityFilter',
      'AggregateNumInstancesFilter', 'AggregateIoOpsFilter', 'NumInstancesFilter', 'IoOpsFilter'])], // prettier-ignore
  };
};

/** Values of one set are asked in any order, so what is compared as a number is a number everywhere. */
function scopedSpecs(random: Dice): Case {
  const keys = [
    'ssd',
    'aggregate_instance_extra_specs:ssd',
    'aggregate_instance_extra_specs:os_distro',
    'team',
    'capabilities:x',
    'aggregate_instance_extra_specs:a:b',
    'hw_cpu_cores',
    'aggregate_instance_extra_specs:',
    'other:ssd',
  ];
  const chosen = Array.from({ length: random.below(2) + 1 }, () => random.pick(keys));
  const numeric = ['>= 4', '= 2', '== 4', '!= 4', '<= 3'];
  const textual = [
    'true',
    '<in> e',
    '<or> true <or> red',
    's== debian',
    's> a',
    '<all-in> d e',
    'red',
    '',
    '<or>',
    '>=',
  ];
  return Object.fromEntries(
    chosen.map((key) => [key, random.pick(key === 'hw_cpu_cores' ? [...numeric, ...textual] : textual)]),
  );
}

const affinity: Make = (random) => {
  const policy = random.pick<Json>([
    'affinity',
    'anti-affinity',
    'soft-affinity',
    'soft-anti-affinity',
    null,
    'nosuch',
  ]);
  const group: Case = {
    policy,
    ...(random.chance(0.9)
      ? { members: random.pick<Json>([UUIDS, [], UUIDS.slice(0, 1), [...UUIDS, UUIDS[0] ?? ''], null]) }
      : {}),
    ...(random.chance(0.9)
      ? { hosts: random.pick<Json>([['host1'], ['host1', 'host2'], [], null, ['HOST1']]) }
      : {}),
    ...(random.chance(0.4)
      ? {
          rules: random.pick<Json>([
            { max_server_per_host: '2' },
            { max_server_per_host: 3 },
            { max_server_per_host: 'x' },
            {},
            null,
            { other: '1' },
          ]),
        }
      : {}),
  };
  const hints: Case = {
    ...(random.chance(0.4)
      ? { same_host: random.pick<Json>([UUIDS[0] ?? '', UUIDS, [], '', 'nosuch', null, [''], 5]) }
      : {}),
    ...(random.chance(0.4)
      ? { different_host: random.pick<Json>([UUIDS[1] ?? '', UUIDS.slice(1), [], '', 'nosuch']) }
      : {}),
    ...(random.chance(0.15)
      ? { _nova_check_type: random.pick<Json>(['rebuild', ['rebuild'], 'other', ['rebuild', 'x']]) }
      : {}),
  };
  return {
    image: image(random, {}),
    host: { ...host(random), host: random.pick(HOSTS), instances: instances(random) },
    hints,
    group: random.chance(0.9) ? group : random.pick<Json>([null, {}]),
    filters: random.some([
      'ServerGroupAffinityFilter',
      'ServerGroupAntiAffinityFilter',
      'SameHostFilter',
      'DifferentHostFilter',
      'ComputeFilter',
      'AllHostsFilter',
    ]),
  };
};

function query(random: Dice, depth = 0): Json {
  const argument = (): Json =>
    random.one<Json>(
      [6, () => random.pick(['$free_ram_mb', '$stats.gpu', '$stats.num_instances', '$hypervisor_type', '$hypervisor_version', '$nosuch', '$host', '$cpu_info.maxphysaddr', '$cpu_info',
        '$stats', '$supported_instances', '$host.x', '$uuid', '$', '$stats.', '$instances', '$num_io_ops', '$vcpus_total', '$cpu_allocation_ratio', '$aggregates', '$limits'])],
      [4, () => random.pick<Json>([0, 1024, 4, '4', 'kvm', 'QEMU', true, null, '', 1.5, raw('4.0'), [], {}, { a: 1 }, 'host1', raw('1e400')])],
      [depth < 2 ? 4 : 0, () => query(random, depth + 1)],
    ); // prettier-ignore
  const operator = random.pick<Json>([
    '=',
    '<',
    '>',
    'in',
    '<=',
    '>=',
    'not',
    'or',
    'and',
    'and',
    'or',
    '=',
    '>=',
    random.chance(0.1) ? 'xor' : '=',
    random.chance(0.1) ? [] : 'and',
    random.chance(0.1) ? 5 : 'or',
  ]);
  return [operator, ...Array.from({ length: random.below(4) }, argument)];
}

const jsonFilter: Make = (random) => {
  const text = JSON.stringify(query(random)).replace(/"@raw:([^@]*)@"/g, '$1');
  return {
    image: image(random, {}),
    host: {
      ...host(random),
      host: random.pick(HOSTS),
      free_ram_mb: random.pick([0, 1024, 4096]),
      vcpus: random.below(9),
      stats: stats(random),
      cpu_info: random.pick(CPU_INFOS),
    },
    hints: {
      query: random.chance(0.93)
        ? text
        : random.pick<Json>([
            '',
            '[]',
            '{}',
            '""',
            '0',
            '5',
            '"=abc"',
            '">ba"',
            '{"a": 1}',
            '[',
            'null',
            '[null]',
            [text, text],
            [],
            '[["="]]',
            'true',
            '[1.0]',
            '"abc"',
            '-3',
          ]),
    },
    filters: ['JsonFilter'],
  };
};

const isolatedHosts: Make = (random) => ({
  image: image(random, random.chance(0.2) ? schedulingProperties(random) : {}),
  host: { ...host(random), host: random.pick(HOSTS) },
  config: {
    ...(random.chance(0.8)
      ? {
          'filter_scheduler.isolated_images': random.pick<Json>([
            UUIDS.slice(0, 1),
            UUIDS,
            [],
            UUIDS.join(','),
            '',
            null,
            ` ${UUIDS[0]} ,`,
          ]),
        }
      : {}),
    ...(random.chance(0.8)
      ? {
          'filter_scheduler.isolated_hosts': random.pick<Json>([
            ['host1'],
            'host1,host2',
            [],
            null,
            'host1,,host',
          ]),
        }
      : {}),
    ...(random.chance(0.6)
      ? {
          'filter_scheduler.restrict_isolated_hosts_to_isolated_images': random.pick<Json>([
            true,
            false,
            'yes',
            'off',
            'x',
            null,
            1,
          ]),
        }
      : {}),
  },
  ...(random.chance(0.1) ? { hints: { _nova_check_type: 'rebuild' } } : {}),
  filters: ['IsolatedHostsFilter'],
});

const SPECS_WITH_TRAITS: [string, string[]][] = [
  ['trait:CUSTOM_A', ['required', 'forbidden', 'optional', 'Required']],
  ['trait:HW_CPU_X86_AVX2', ['required', 'forbidden']],
  ['trait1:CUSTOM_B', ['required', 'forbidden']],
  ['trait_x-Y:CUSTOM_B', ['required']],
  ['trait.1:CUSTOM_B', ['required']],
  ['traits:CUSTOM_B', ['required']],
  ['resources:VCPU', ['2', '0', 'x']],
  ['hw:cpu_policy', ['dedicated', 'shared', 'mixed', 'nosuch', '']],
  ['hw:cpu_thread_policy', ['prefer', 'isolate', 'require', 'nosuch', '']],
  ['hw:emulator_threads_policy', ['share', 'isolate', 'nosuch', '']],
  ['hw:cpu_dedicated_mask', ['0-1', '^0', '0-3', '9', 'x', '']],
  ['hw:cpu_realtime', ['yes', 'no', ' True ']],
  ['hw:cpu_realtime_mask', ['^0', '1', '0-3', '']],
  ['hw:mem_encryption', ['true', 'false', 'x']],
  ['hw:tpm_version', ['1.2', '2.0', '3.0', '']],
  ['hw:tpm_model', ['tpm-tis', 'tpm-crb', 'nosuch', '']],
  ['hw:pci_numa_affinity_policy', ['socket', 'required', 'nosuch', '']],
  ['os:secure_boot', ['required', 'disabled', 'nosuch', '']],
  ['hw:maxphysaddr_mode', ['passthrough', 'emulate', 'nosuch', '']],
  ['hw:virtio_packed_ring', ['true', 'false', 'x']],
  ['hw:ephemeral_encryption', ['true', 'false']],
  ['hw:ephemeral_encryption_format', ['luks', 'plain', 'nosuch', '']],
  ['accel:device_profile', ['gpu', '']],
];
const PROPERTIES_WITH_TRAITS = ['hw_cdrom_bus', 'hw_disk_bus', 'hw_video_model', 'hw_vif_model', 'hw_architecture', 'hw_emulation_architecture', 'hw_viommu_model', 'hw_cpu_policy',
  'hw_cpu_thread_policy', 'hw_mem_encryption', 'hw_firmware_type', 'hw_firmware_stateless', 'hw_machine_type', 'hw_tpm_version', 'hw_tpm_model', 'hw_pci_numa_affinity_policy',
  'os_secure_boot', 'hw_maxphysaddr_mode', 'hw_virtio_packed_ring', 'hw_ephemeral_encryption', 'hw_ephemeral_encryption_format', 'hw_cpu_realtime_mask', 'trait:CUSTOM_A', 'trait:CUSTOM_B']; // prettier-ignore
const PREFILTERS = ['require_tenant_aggregate', 'map_az_to_placement_aggregate', 'require_image_type_support', 'compute_status_filter', 'isolate_aggregates', 'transform_image_metadata',
  'accelerators_filter', 'packed_virtqueue_filter', 'ephemeral_encryption_filter']; // prettier-ignore

const RELEVANT_TRAITS = traits.traits.filter((trait) =>
  /STORAGE_BUS|GRAPHICS|VIF_MODEL_[EV]|HW_ARCH_[AXI]|COMPUTE_ARCH|VIOMMU|TYPE_[QRV]|SECURITY|EPHEMERAL|ADDRESS|HYPERTHR|PACKED|SOCKET|X86_AVX2$/.test(
    trait,
  ),
);

const prefilters: Make = (random) => {
  const most = random.chance(0.6);
  const wanted = random.some(PROPERTIES_WITH_TRAITS, 3);
  const properties = Object.fromEntries(wanted.map((name) => [name, anyValue(random, name)]));
  const has = RELEVANT_TRAITS.filter(() => random.chance(most ? 0.95 : 0.1));
  const specs = random
    .some(SPECS_WITH_TRAITS, 3)
    .map(([name, values]): [string, Json] => [name, random.pick(values)]);
  return {
    image: image(random, properties),
    host: {
      ...host(random),
      ...(random.chance(0.9)
        ? {
            traits: [
              ...has,
              ...(random.chance(0.1) ? ['COMPUTE_STATUS_DISABLED'] : []),
              ...random.some(['CUSTOM_A', 'CUSTOM_B']),
            ],
          }
        : {}),
    },
    flavor: { vcpus: random.pick([1, 4]), extra_specs: Object.fromEntries(specs) },
    ...(random.chance(0.3) ? { aggregates: aggregates(random) } : {}),
    ...(random.chance(0.3) ? { availability_zone: random.pick<Json>(['az1', 'az2', 'nova', '', null]) } : {}),
    ...(random.chance(0.9) ? { project_id: random.pick(['demo', 'admin']) } : {}),
    ...(random.chance(0.1) ? { is_bfv: true } : {}),
    prefilters: random.chance(0.4) ? PREFILTERS : random.some(PREFILTERS),
    config: Object.fromEntries(
      [
        'enable_isolated_aggregate_filtering',
        'limit_tenants_to_placement_aggregate',
        'placement_aggregate_required_for_tenants',
        'query_placement_for_image_type_support',
        'image_metadata_prefilter',
      ].map((name): [string, Json] => [`scheduler.${name}`, random.chance(0.5)]),
    ),
    filters: random.chance(0.5) ? [] : ['ImagePropertiesFilter'],
  };
};

const chain: Make = (random) => ({
  ...affinity(random),
  image: image(random, schedulingProperties(random)),
  flavor: { extra_specs: random.chance(0.5) ? extraSpecs(random, CAPABILITIES) : {} },
  filters: [
    'ComputeFilter',
    'ComputeCapabilitiesFilter',
    'ImagePropertiesFilter',
    'ServerGroupAntiAffinityFilter',
    'ServerGroupAffinityFilter',
  ],
});

const invalidConfig: Make = (random) => ({
  image: image(random, {}),
  host: host(random),
  config: config(random, BAD_CONFIG),
  ...(random.chance(0.1) ? { filters: ['NoSuchFilter'] } : {}),
});

const KINDS: Make[] = [
  imageProperties, imageProperties, imageProperties, imageProperties, anyImage, anyImage, capabilities, capabilities,
  aggregateFilters, aggregateFilters, affinity, jsonFilter, jsonFilter, isolatedHosts, prefilters, prefilters, prefilters, chain, invalidConfig,
]; // prettier-ignore
