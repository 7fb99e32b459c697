import { type Dice } from './dice';
import { host, CPU_INFOS, stats, instances, AGGREGATE_KEYS, aggregates } from './random-hosts';
import {
  type Json,
  raw,
  type Case,
  COMMON,
  UUIDS,
  HOSTS,
  type Make,
  BOOLEANS,
  anyProperties,
  image,
} from './random-images';

const DEMANDS = ['4', 'true', '<in> a', '<in> 10', '<all-in> a 1', '<all-in>', '<or> true <or> 4', '<or>', '<or> x <or>', '<or> x y a100', '= 3', '= 4', '== 4', '== 4.0',
  '!= 4', '>= 4', '<= 4', 's== a100', 's!= a100', 's< b', 's<= a100', 's> a', 's>= a100', '>=', '>= x', '< 4', '', ' ', '== 4 5', 's== a 100', '\u3000== 4', '=== 4', 's> Ω', '>= 1_0',
  'QEMU', '>= 8000000', '<in> avx', '<in> cores', "{'cores': 4, 'threads': 2}", '[1, 2]', 'True', '1.0', '1000.0', '== nan', '<= inf']; // prettier-ignore

export const CAPABILITIES = ['capabilities:gpu', 'capabilities:stats:gpu', 'capabilities:hypervisor_type', 'capabilities:hypervisor_version', 'capabilities:cpu_info:topology:cores',
  'capabilities:cpu_info:topology', 'capabilities:cpu_info:features', 'capabilities:cpu_info:a', 'capabilities:cpu_info:b', 'capabilities:cpu_info:c', 'capabilities:cpu_info:d:e',
  'capabilities:cpu_info:e', 'capabilities:cpu_info:f', 'capabilities:cpu_info', 'capabilities:nosuch', 'capabilities:', 'capabilities', 'gpu', 'hypervisor_type', 'host',
  'num_instances', 'num_io_ops', 'vcpus_used', 'free_ram_mb', 'uuid', 'nosuch', 'hw:cpu_policy', 'hw:maxphysaddr_bits', 'capabilities:cpu_info:maxphysaddr:bits', 'Capabilities:gpu',
  'capabilities:gpu:deep', 'capabilities:cpu_allocation_ratio', 'capabilities:supported_instances', 'numa_topology', 'metrics', 'capabilities:limits', 'update', '__proto__',
  'capabilities:host_ip', 'capabilities:stats:__proto__', 'trait:CUSTOM_A']; // prettier-ignore

export function extraSpecs(random: Dice, keys: string[]): Case {
  const chosen = Array.from({ length: random.below(3) + 1 }, () => random.pick(keys));
  return Object.fromEntries(
    chosen.map((key) => [
      key,
      random.chance(0.97) ? random.pick(DEMANDS) : random.pick<Json>([4, true, 1.5, raw('4.0'), null, []]),
    ]),
  );
}

export const aggregateFilters: Make = (random) => {
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

export const affinity: Make = (random) => {
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

export const jsonFilter: Make = (random) => {
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
