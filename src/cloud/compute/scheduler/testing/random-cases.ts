import options from '../options.json';
import { dice, type Dice } from './dice';
import { host, CPU_INFOS, stats } from './random-hosts';
import {
  type Json,
  type Case,
  UUIDS,
  HOSTS,
  type Make,
  anyProperties,
  image,
  schedulingProperties,
} from './random-images';
import { CAPABILITIES, extraSpecs, aggregateFilters, affinity, jsonFilter } from './random-requests';
import { prefilters } from './random-traits';

/** One case, as a line of JSON. The same seed gives the same case. */
export function randomCase(id: number, seed: string): string {
  const random = dice(`${seed}:${id}`);
  const line = JSON.stringify({ id, ...random.pick(KINDS)(random) });
  return line.replace(/"@raw:([^@]*)@"/g, '$1');
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

export function config(random: Dice, choices: [string, Json[]][]): Case {
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

export const capabilities: Make = (random) => ({
  image: image(random, {}),
  host: { ...host(random), stats: stats(random), cpu_info: random.pick(CPU_INFOS) },
  flavor: { extra_specs: extraSpecs(random, CAPABILITIES) },
  filters: ['ComputeCapabilitiesFilter'],
});

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
