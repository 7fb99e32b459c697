import { describe, expect, test } from 'vitest';
import { START, withSetting, type LabCase } from './case';
import { decide, type Outcome } from './decide';
import { PRESET_IDS } from './preset-ids';
import { PRESETS } from './presets';
import { sentence } from './sentence';
import { verdictOn } from './verdict';

function preset(id: string): LabCase {
  const found = PRESETS.find((each) => each.id === id);
  if (!found) throw new Error(`no preset ${id}`);
  return found.case;
}

function left(outcome: Outcome): string[] {
  return 'weighed' in outcome ? outcome.weighed.map(({ host }) => host.host) : [];
}

function withProperties(labCase: LabCase, ...properties: [string, string][]): LabCase {
  return { ...labCase, image: { ...labCase.image, properties } };
}

describe('A preset surprises as its sentence says:', () => {
  test('without a property every host passes', () => {
    expect(left(decide(preset('none')))).toHaveLength(START.hosts.length);
  });

  test('with one architecture one host is left, and the others say what they support', () => {
    const outcome = decide(preset('fits'));
    expect(left(outcome)).toEqual(['compute-arm']);
    expect(verdictOn(outcome, 'compute-vmware')).toEqual({
      kind: 'fell',
      says: 'Falls at ImagePropertiesFilter',
      at: 'ImagePropertiesFilter',
      asked: 'hw_architecture=aarch64',
      because:
        'the image asks for hw_architecture=aarch64, and the host supports only (i686, vmware, hvm), (x86_64, vmware, hvm)',
    });
  });

  test('arm is a 400 with nova’s own words', () => {
    expect(decide(preset('arm'))).toEqual({
      kind: 'refused',
      message: "Invalid image metadata. Error: Architecture name 'arm' is not valid",
    });
  });

  test('so is a value that has nothing to do with hosts', () => {
    expect(decide(preset('invalid')).kind).toBe('refused');
  });

  test('a version alone is ignored, and counts beside an architecture', () => {
    const alone = preset('version');
    expect(left(decide(alone))).toHaveLength(START.hosts.length);
    const both = withProperties(alone, ...(alone.image.properties as [string, string][]), [
      'hw_architecture',
      'x86_64',
    ]);
    const outcome = decide(both);
    expect(left(outcome)).toEqual([]);
    expect(verdictOn(outcome, 'compute-1').asked).toBe('img_hv_requested_version=>=99');
  });

  test('values of different combinations do not add up', () => {
    const outcome = decide(preset('tuple'));
    expect(left(outcome)).toEqual(['compute-1', 'compute-2']);
    expect(verdictOn(outcome, 'compute-xen').because).toMatch(/no combination has them all/);
  });

  test('a trait with another word than required is ignored', () => {
    expect(left(decide(preset('trait')))).toHaveLength(START.hosts.length);
    const required = withProperties(preset('trait'), ['trait:HW_CPU_X86_AVX2', 'required']);
    expect(left(decide(required))).toEqual(['compute-2']);
  });

  test('isolation by a property lets an image without it in, and keeps one with another value out', () => {
    const isolation = preset('isolation');
    expect(left(decide(isolation))).toContain('compute-2');
    const linux = decide(withProperties(isolation, ['hw_architecture', 'x86_64'], ['os_type', 'linux']));
    expect(left(linux)).not.toContain('compute-2');
    expect(verdictOn(linux, 'compute-2').at).toBe('AggregateImagePropertiesIsolation');
  });

  test('isolation by a trait keeps it out', () => {
    const outcome = decide(preset('reserve'));
    expect(left(outcome)).not.toContain('compute-2');
    expect(verdictOn(outcome, 'compute-2').at).toBe('placement');
  });

  test('two legal values that no host has together leave none, with the server’s fault', () => {
    const outcome = decide(preset('nowhere'));
    expect([outcome.kind, outcome.message]).toEqual([
      'none',
      'No valid host was found. There are not enough hosts available.',
    ]);
  });

  test('and every one of them has a name that links can use', () => {
    expect(PRESETS.map(({ id }) => id)).toEqual([...PRESET_IDS]);
  });
});

describe('The way', () => {
  test('says how many hosts came to each station, and how many it let pass', () => {
    const outcome = decide(preset('fits'));
    expect('stages' in outcome && outcome.stages.slice(0, 4)).toEqual([
      { name: 'placement', asked: 4, passed: 4 },
      { name: 'ComputeFilter', asked: 4, passed: 4 },
      { name: 'ComputeCapabilitiesFilter', asked: 4, passed: 4 },
      { name: 'ImagePropertiesFilter', asked: 4, passed: 1 },
    ]);
  });

  test('asks a filter that is enabled twice twice', () => {
    const filters = 'AllHostsFilter,AllHostsFilter';
    const outcome = decide(withSetting(START, 'filter_scheduler.enabled_filters', filters));
    expect('stages' in outcome && outcome.stages.map(({ asked }) => asked)).toEqual([4, 4, 4]);
  });

  test('has no stations with settings that nova does not take', () => {
    const outcome = decide(withSetting(START, 'filter_scheduler.enabled_filters', 'RamFilter'));
    expect(outcome).toEqual({
      kind: 'misconfigured',
      message: 'Scheduler Host Filter RamFilter could not be found.',
    });
  });
});

describe('Many hosts', () => {
  test('are the hosts of the case and variants of them, no two with one name', () => {
    const outcome = decide({ ...START, count: 1000 });
    const names = 'hosts' in outcome ? outcome.hosts.map(({ host }) => host) : [];
    expect(names.slice(0, 4)).toEqual(START.hosts.map(({ name }) => name));
    expect(new Set(names).size).toBe(1000);
  });

  test('are summed up in a sentence', () => {
    expect(sentence(decide({ ...preset('fits'), count: 10_000 }))).toMatch(
      /^[\d,]+ of 10,000 hosts are left\. nova takes compute-arm\.$/,
    );
  });
});

test('A host of a server group is found by the servers that run there', () => {
  const [first, ...others] = START.hosts;
  if (!first) throw new Error('no hosts');
  const group = { policy: 'affinity', members: ['web-1'] };
  const hosts = [{ ...first, servers: ['web-1'] }, ...others];
  expect(left(decide({ ...START, hosts, group }))).toEqual(['compute-1']);
  expect(left(decide({ ...START, hosts, group: { ...group, policy: 'anti-affinity' } }))).not.toContain(
    'compute-1',
  );
});
