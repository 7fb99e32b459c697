import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ImageMeta } from '../objects/image-meta';
import type { Dict } from '../python/values';
import { weighCase } from './case';
import { Conf } from './conf';
import { SchedulerHostFilterNotFound } from './filters/index';
import { HostState, type HostFacts } from './host-state';
import { SchedulerManager } from './manager';
import { sameWeights, type Weight } from './testing/same-answer';
import { RequestSpec, type RequestSpecFields } from './request-spec';

const FLAVOR = {
  name: 'm1',
  vcpus: 1,
  memory_mb: 512,
  root_gb: 1,
  ephemeral_gb: 0,
  swap: 0,
  extra_specs: {},
};

function host(name: string, facts: Partial<HostFacts> = {}): HostState {
  const capacity = { vcpus: 4, memory_mb: 4096, free_ram_mb: 4096, local_gb: 20, free_disk_gb: 20 };
  return new HostState({
    host: name,
    supported_instances: [['x86_64', 'kvm', 'hvm']],
    ...capacity,
    ...facts,
  });
}

function request(properties: Dict = {}, fields: Partial<RequestSpecFields> = {}): RequestSpec {
  return new RequestSpec({ image: ImageMeta.fromDict({ properties }), flavor: FLAVOR, ...fields });
}

describe('A server', () => {
  test('goes to the host that weighs most', () => {
    const hosts = [host('full', { free_ram_mb: 600 }), host('free')];
    const { host: chosen, message } = new SchedulerManager().selectDestination(request(), hosts, []);
    expect([chosen?.host, message]).toEqual(['free', null]);
  });

  test('without a host has nova’s words for its fault, and a trace that says which filter, property and value', () => {
    const hosts = [host('kvm1'), host('kvm2', { service: { disabled: true, up: true } })];
    const { message, trace } = new SchedulerManager().selectDestination(
      request({ hw_architecture: 'aarch64' }),
      hosts,
      [],
    );
    expect(message).toBe('No valid host was found. There are not enough hosts available.');
    const failed = trace.filter(({ decision }) => !decision.passes);
    expect(
      failed.map(({ host: name, filter, decision }) => [name, filter, decision.property, decision.value]),
    ).toEqual([
      ['kvm2', 'ComputeFilter', 'status', 'disabled'],
      ['kvm1', 'ImagePropertiesFilter', 'hw_architecture', 'aarch64'],
    ]);
  });

  test('that no host has room for ends with placement', () => {
    const { message, trace } = new SchedulerManager().selectDestination(
      request({}, { flavor: { ...FLAVOR, memory_mb: 8192 } }),
      [host('small')],
      [],
    );
    expect(message).toBe('No valid host was found. ');
    expect(trace[0]?.decision.because).toBe(
      'the flavor needs 8192 MEMORY_MB, the host has 4096 left of 4096',
    );
  });

  test('whose image requires a trait goes where it is', () => {
    const hosts = [host('plain'), host('special', { traits: new Set(['CUSTOM_A']) })];
    const spec = request({ 'trait:CUSTOM_A': 'required' });
    expect(new SchedulerManager().selectDestination(spec, hosts, []).host?.host).toBe('special');
  });

  test('for an availability zone goes to a host of its aggregate', () => {
    const zone = { uuid: 'a', metadata: { availability_zone: 'az1' } };
    const hosts = [host('outside'), host('inside', { aggregates: [zone] })];
    const spec = request({}, { availabilityZone: 'az1' });
    expect(new SchedulerManager().selectDestination(spec, hosts, [zone]).host?.host).toBe('inside');
  });

  test('that is rebuilt stays on its host unless the new image does not fit there', () => {
    const rebuild = { schedulerHints: { _nova_check_type: ['rebuild'] } };
    const full = [host('full', { free_ram_mb: 0, service: { disabled: true, up: true } })];
    const scheduler = new SchedulerManager();
    expect(scheduler.selectDestination(request({}, rebuild), full, []).host?.host).toBe('full');
    expect(scheduler.selectDestination(request({ hw_vm_mode: 'uml' }, rebuild), full, []).host).toBeNull();
  });
});

test('A filter that is not modelled is refused by name when it is enabled', () => {
  const conf = new Conf({ 'filter_scheduler.enabled_filters': ['NUMATopologyFilter'] });
  expect(() => new SchedulerManager(conf)).toThrow(SchedulerHostFilterNotFound);
  expect(() => new SchedulerManager(conf)).toThrow('NUMATopologyFilter is not modelled in this cloud');
});

// Recorded from nova by real-cloud/compare-scheduler.ts --record-weighing=…; never edited.
test('Hosts weigh what they weigh in nova', () => {
  const lines = readFileSync(new URL('testing/weighing.recorded.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const line of lines) {
    const { case: given, nova } = JSON.parse(line) as { case: Dict; nova: { hosts: Weight[] } }; // our script wrote it
    const ours = weighCase(given);
    expect(sameWeights(ours, nova.hosts), `${line}\n${JSON.stringify(ours)}`).toBe(true);
  }
  expect(lines.length).toBe(100);
});
