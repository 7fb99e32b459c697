/**
 * How fast the scheduler decides: `npm run bench -- scheduler`.
 *
 * All in processor time, so that a busy machine counts for neither side.
 *
 * 1. 10,000 hosts through the default filters, with every decision in the trace: the first time, and when it is warm.
 * 2. Decisions a second of the filters alone: each request of random cases on the hosts of 200 of them; beside it nova's own filters on the
 *    same cases, in one process each, where the real cloud's root has nova in it (`npm run real-cloud -- schedule` installs it; or NOVA_ROOT).
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, runInNova } from '../real-cloud/nova-root';
import { ImageMeta } from '../src/cloud/compute/objects/image-meta';
import { loads } from '../src/cloud/compute/python/json';
import { prepareCase } from '../src/cloud/compute/scheduler/case';
import { Conf } from '../src/cloud/compute/scheduler/conf';
import { getFilteredObjects } from '../src/cloud/compute/scheduler/filter-handler';
import { chooseHostFilters } from '../src/cloud/compute/scheduler/filters/index';
import { HostState, type SupportedInstance } from '../src/cloud/compute/scheduler/host-state';
import { RequestSpec } from '../src/cloud/compute/scheduler/request-spec';
import { randomCase } from '../src/cloud/compute/scheduler/testing/random-cases';
import { median, table } from './bench/measure';

/** Milliseconds that this process has had a processor: a busy machine does not change what a decision takes. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function defaultChain(): { cold: number; warm: number } {
  const conf = new Conf();
  const filters = chooseHostFilters(conf.list('filter_scheduler.enabled_filters') ?? [], conf);
  const architectures = ['x86_64', 'aarch64', 'i686'];
  const hosts = Array.from({ length: 10_000 }, (_, i) => {
    const supported = architectures.map((arch): SupportedInstance => [arch, i % 2 ? 'kvm' : 'qemu', 'hvm']);
    return new HostState({
      host: `compute${i}`,
      supported_instances: i % 5 === 0 ? supported.slice(1) : supported,
      hypervisor_version: 8_002_000 + (i % 3),
      cpu_info: '{"arch": "x86_64", "topology": {"cores": 8}}',
      stats: { gpu: 'a100' },
      service: { disabled: i % 100 === 0, up: true },
    });
  });
  const image = ImageMeta.fromDict({
    properties: { hw_architecture: 'amd64', img_hv_type: 'kvm', img_hv_requested_version: '>=8.2,!=8.2.1' },
  });
  const flavor = { name: 'm1', vcpus: 1, memory_mb: 64, root_gb: 1, ephemeral_gb: 0, swap: 0 };
  const spec = new RequestSpec({
    image,
    flavor: { ...flavor, extra_specs: { 'capabilities:gpu': 's== a100' } },
  });
  const [cold = 0, ...others] = Array.from({ length: 20 }, () => {
    const started = cpuTime();
    getFilteredObjects(filters, hosts, spec);
    return cpuTime() - started;
  });
  return { cold, warm: median(others) };
}

function ours(lines: string[]): number {
  const ready = lines.flatMap((line) => prepareCase(loads(line)) ?? []);
  const hosts = ready.slice(0, 200).map(({ host }) => host);
  let decisions = 0;
  let turn = 0;
  const started = cpuTime();
  while (cpuTime() - started < 3000) {
    const request = ready[turn++ % ready.length];
    for (const host of hosts)
      for (const { filter } of request?.filters ?? []) {
        decisions++;
        try {
          if (request && !filter.decide(host, request.spec).passes) break;
        } catch {
          break; // nova raises here too
        }
      }
  }
  return Math.round((decisions * 1000) / (cpuTime() - started));
}

async function nova(lines: string[]): Promise<number | undefined> {
  if (!existsSync(path.join(root, 'usr/lib/python3/dist-packages/nova'))) return undefined;
  const output = await runInNova('nova-oracle.py', ['--bench'], lines.join('\n'));
  return (JSON.parse(output) as { decisions_per_second: number }).decisions_per_second; // our own script wrote it
}

const all = Array.from({ length: 5000 }, (_, i) => randomCase(i, 'bench'));
const imageProperties = all.filter((line) => !line.includes('"filters"'));
const { cold, warm } = defaultChain();
process.stdout.write(
  `\n10,000 hosts through the default filters: ${cold.toFixed(0)} ms the first time, then ${warm.toFixed(1)} ms\n\nDecisions of filters per second\n\n`,
);
const rows = [['', 'ours', 'nova', '']];
for (const [name, lines] of [
  ['ImagePropertiesFilter', imageProperties],
  ['all filters', all],
] as const) {
  const mine = ours(lines);
  const theirs = await nova(lines);
  const beside =
    theirs === undefined ? ['', ''] : [theirs.toLocaleString('en'), `${Math.round(mine / theirs)} ×`];
  rows.push([name, mine.toLocaleString('en'), ...beside]);
}
process.stdout.write(`${table(rows)}\n`);
