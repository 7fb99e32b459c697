import { dice, type Dice } from './dice';
import { UUIDS, type Json } from './random-images';

const OPTIONS = [
  'ram_weight_multiplier',
  'cpu_weight_multiplier',
  'disk_weight_multiplier',
  'io_ops_weight_multiplier',
  'num_instances_weight_multiplier',
  'hypervisor_version_weight_multiplier',
  'build_failure_weight_multiplier',
  'soft_affinity_weight_multiplier',
  'soft_anti_affinity_weight_multiplier',
];

/** Some hosts to weigh, as a line of JSON. The same seed gives the same case. */
export function randomWeighing(id: number, seed: string): string {
  const random = dice(`${seed}:${id}`);
  const hosts = Array.from({ length: random.below(6) + 1 }, (_, i) => host(random, `host${i}`));
  const policy = random.pick(['soft-affinity', 'soft-anti-affinity', 'affinity']);
  return JSON.stringify({
    id,
    hosts,
    ...(random.chance(0.5) ? { group: { policy, members: random.some(UUIDS) } } : {}),
    ...(random.chance(0.5) ? { config: settings(random, [0, 1.5, '2', 10]) } : {}),
  });
}

function host(random: Dice, name: string): Json {
  return {
    host: name,
    memory_mb: 8192,
    free_ram_mb: random.pick([-512, 0, 512, 2048, 4096, 8192]),
    vcpus: random.pick([0, 2, 4, 16]),
    vcpus_used: random.pick([0, 1, 4, 80]),
    ...(random.chance(0.3) ? { cpu_allocation_ratio: random.pick([1.5, 2.5, 16.5]) } : {}),
    local_gb: 100,
    free_disk_gb: random.pick([-1, 0, 10, 100]),
    hypervisor_version: random.pick<Json>([null, 0, 8002001, 9001000]),
    stats: { num_instances: random.below(5), io_workload: random.below(3), failed_builds: random.below(2) },
    instances: random.chance(0.5) ? random.some(UUIDS) : [],
    ...(random.chance(0.3)
      ? { aggregates: [{ metadata: settings(random, ['-1.5', '3', 'x', ' 0.5 ', '1e2']) }] }
      : {}),
  };
}

/** In nova.conf options have a section, in an aggregate's metadata they have none. */
function settings(random: Dice, values: Json[]): Json {
  const section = typeof values[0] === 'number' ? 'filter_scheduler.' : '';
  return Object.fromEntries(random.some(OPTIONS, 3).map((option) => [section + option, random.pick(values)]));
}
