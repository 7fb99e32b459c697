import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loads } from '../python/json';
import { get, isDict, type Dict, type Value } from '../python/values';
import { scheduleCase } from './case';
import { sameAnswer, type Answer } from './testing/same-answer';

// Recorded from nova by real-cloud/compare-scheduler.ts --record=…; never edited.
function recorded(file: string): { given: Dict; nova: Answer }[] {
  return readFileSync(new URL(`testing/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const record = loads(line);
      const given = member(record, 'case');
      const nova = member(record, 'nova');
      return { given, nova: { verdict: String(get(nova, 'verdict')), reason: String(get(nova, 'reason')) } };
    });
}

function member(record: Value, name: string): Dict {
  const value = isDict(record) ? get(record, name) : undefined;
  if (!isDict(value)) throw new TypeError(`no ${name} in the record`);
  return value;
}

describe('The embedded scheduler decides as nova did', () => {
  test.each(
    recorded('hand-made-cases.recorded.jsonl').map((each) => [String(get(each.given, 'id')), each] as const),
  )('%s', (_id, { given, nova }) => {
    const ours = scheduleCase(given);
    expect(
      sameAnswer(ours, nova),
      `${ours.verdict} ${ours.reason}, nova: ${nova.verdict} ${nova.reason}`,
    ).toBe(true);
  });

  test('on every random case of the recorded sample', () => {
    const cases = recorded('random-cases.recorded.jsonl');
    const differences = cases.filter(({ given, nova }) => !sameAnswer(scheduleCase(given), nova));
    expect(cases.length).toBeGreaterThanOrEqual(500);
    expect(differences).toEqual([]);
  });
});

describe('A trace says in words which property decided', () => {
  function because(given: Value): string {
    return scheduleCase(given).reason;
  }
  const kvm = { supported_instances: [['x86_64', 'kvm', 'hvm']] };

  test('when a host does not support what an image asks for', () => {
    expect(because({ image: { properties: { architecture: 'ARMV7L' } }, host: kvm })).toBe(
      'ImagePropertiesFilter: the image asks for hw_architecture=armv7l (given as architecture=ARMV7L), and the host supports only (x86_64, kvm, hvm)',
    );
  });

  test('when it supports all of it, but not together', () => {
    const host = { supported_instances: [...kvm.supported_instances, ['aarch64', 'qemu', 'hvm']] };
    expect(because({ image: { properties: { hw_architecture: 'aarch64', img_hv_type: 'kvm' } }, host })).toBe(
      'ImagePropertiesFilter: the host supports each of hw_architecture=aarch64, img_hv_type=kvm, but no combination has ' +
        'them all: (x86_64, kvm, hvm), (aarch64, qemu, hvm)',
    );
  });

  test('when its hypervisor is too old', () => {
    const image = { properties: { hw_architecture: 'x86_64', img_hv_requested_version: '>=9' } };
    expect(because({ image, host: { ...kvm, hypervisor_version: 8002001 } })).toBe(
      "ImagePropertiesFilter: the image asks for img_hv_requested_version=>=9, and the host's hypervisor is 8.2.1",
    );
  });

  test('when a version is asked for and nothing else, which nova does not look at', () => {
    const image = { properties: { img_hv_requested_version: '>=9' } };
    expect(because({ image, host: { ...kvm, hypervisor_version: 8002001 } })).toBe(
      'ImagePropertiesFilter: the image asks for no architecture, hypervisor type or VM mode, and so nova does not look at ' +
        'img_hv_requested_version=>=9',
    );
  });

  test('when a pre-filter turned a property into a trait that it lacks', () => {
    const config = { 'scheduler.image_metadata_prefilter': true };
    const image = { properties: { hw_disk_bus: 'virtio' } };
    const prefilters = ['transform_image_metadata'];
    expect(because({ image, config, prefilters, host: { ...kvm, traits: [] } })).toBe(
      'placement: the host lacks the trait COMPUTE_STORAGE_BUS_VIRTIO, required by image property hw_disk_bus=virtio',
    );
  });

  test('when it is in no aggregate of the availability zone', () => {
    const aggregates = [{ uuid: 'a', metadata: { availability_zone: 'az1' } }];
    const given = { availability_zone: 'az1', aggregates, prefilters: ['map_az_to_placement_aggregate'] };
    expect(because({ ...given, image: { properties: {} }, host: kvm })).toBe(
      'placement: the host is in none of the aggregates for availability zone az1',
    );
  });

  test('when it lacks a trait', () => {
    expect(because({ image: { properties: { 'trait:CUSTOM_A': 'required' } }, host: { traits: [] } })).toBe(
      'placement: the host lacks the trait CUSTOM_A, required by image property trait:CUSTOM_A',
    );
  });

  test('with the property and its value beside the words', () => {
    const { trace } = scheduleCase({ image: { properties: { hw_architecture: 's390x' } }, host: kvm });
    expect(
      trace.map(({ filter, decision }) => [filter, decision.passes, decision.property, decision.value]),
    ).toEqual([['ImagePropertiesFilter', false, 'hw_architecture', 's390x']]);
  });
});
