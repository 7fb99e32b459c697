/**
 * How fast the scheduler decides: `npx tsx scripts/bench-scheduler.ts`.
 *
 * All in processor time, so that a busy machine counts for neither side.
 *
 * 1. 10,000 hosts through the default filters, with every decision in the trace.
 * 2. Decisions a second of the filters alone: each request of random cases on the hosts of 200 of them; beside it nova's own filters on the
 *    same cases, in one process each, where NOVA_ROOT names a root with python3-nova in it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ImageMeta } from '../src/cloud/compute/objects/image-meta';
import { loads } from '../src/cloud/compute/python/json';
import { prepareCase } from '../src/cloud/compute/scheduler/case';
import { Conf } from '../src/cloud/compute/scheduler/conf';
import { getFilteredObjects } from '../src/cloud/compute/scheduler/filter-handler';
import { chooseHostFilters } from '../src/cloud/compute/scheduler/filters/index';
import { HostState, type SupportedInstance } from '../src/cloud/compute/scheduler/host-state';
import { RequestSpec } from '../src/cloud/compute/scheduler/request-spec';
import { randomCase } from '../src/cloud/compute/scheduler/testing/random-cases';

/** Milliseconds that this process has had a processor: a busy machine does not change what a decision takes. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function defaultChain(): number {
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
  return best(() => void getFilteredObjects(filters, hosts, spec));
}

/** The shortest of 20 runs, in milliseconds, and the first, which a reader feels, on standard error. */
function best(run: () => void): number {
  const times = Array.from({ length: 20 }, () => {
    const started = cpuTime();
    run();
    return cpuTime() - started;
  });
  process.stderr.write(`first run ${times[0]?.toFixed(1)} ms\n`);
  return Math.min(...times);
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

function nova(root: string, lines: string[]): number {
  const directory = mkdtempSync(join(root, 'tmp/bench-'));
  try {
    copyFileSync(new URL('../real-cloud/nova-oracle.py', import.meta.url), join(directory, 'nova-oracle.py'));
    const command = ['python3', join(directory.slice(root.length), 'nova-oracle.py'), '--bench'];
    const output = execFileSync('chroot', [root, ...command], { input: lines.join('\n'), encoding: 'utf8' });
    return (JSON.parse(output) as { decisions_per_second: number }).decisions_per_second; // our own script wrote it
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const all = Array.from({ length: 5000 }, (_, i) => randomCase(i, 'bench'));
const imageProperties = all.filter((line) => !line.includes('"filters"'));
process.stdout.write(`10,000 hosts through the default filters: ${defaultChain().toFixed(1)} ms\n`);
for (const [name, lines] of [
  ['ImagePropertiesFilter', imageProperties],
  ['all filters', all],
] as const) {
  const mine = ours(lines);
  const root = process.env['NOVA_ROOT'];
  const theirs = root === undefined ? undefined : nova(root, lines);
  const beside = theirs === undefined ? '' : `; nova ${theirs}: ${Math.round(mine / theirs)} times`;
  process.stdout.write(`${name}: ${mine} decisions a second${beside}\n`);
}
