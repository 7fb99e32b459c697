import exported from '../../objects/image-meta-props.json';
import { type Dice } from './dice';

/** A value that JSON.stringify can write; {@link raw} numbers keep their spelling. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A number as it is to be written: `8.0` is a float for Python, 8 is none. */
export function raw(text: string): string {
  return `@raw:${text}@`;
}

export type Case = { [key: string]: Json };
export type Make = (random: Dice) => Case;

const { types, fields, legacy_property_map: legacyNames } = exported;
const LEGACY = Object.keys(legacyNames);

// Texts that look like something and are not, or are though they do not look so.
export const ODD_TEXTS = [
  '', ' ', 'x', 'None', 'True', 'false', '0', '-1', '1e3', '1.0', '８', '١٢', '1_000', '1__0', ' 12 ', '+7', '0x10', 'nan', 'inf',
  '\u3000 5\u0085', '\ufeff5', '\u001c5', 'ü', 'Ω', 'ÀÉ', 'KVM', 'ｋｖｍ', 'İ', 'ß', '😀', 'a\u200bb', 'constructor', '__proto__', 'toString',
  'x86_64 ', ' x86_64', 'X86_64', "it's", '"quoted"', 'back\\slash', 'line\nbreak', 'tab\there', '99999999999999999999', '9007199254740993',
]; // prettier-ignore
const ODD_VALUES: Json[] = [
  null, true, false, 0, 1, -3, 1.5, raw('8.0'), raw('1e400'), raw('-0.0'), raw('1e16'), raw('12345678901234567890'), raw('NaN'),
  [], ['a'], [1, 'b', null], {}, { a: 1 }, { "it's": [true, null, 1.5] }, [{ device: null, virtual: 'root' }], [{ a: [1] }], [null],
]; // prettier-ignore
export const BOOLEANS = [
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
export const ARCHITECTURES = [...types.Architecture.values, ...Object.keys(types.Architecture.spellings)];
export const HV_TYPES = [...types.HVType.values, ...Object.keys(types.HVType.spellings)];
export const VM_MODES = [...types.VMMode.values, ...Object.keys(types.VMMode.spellings)];
// The few that hosts have, so that something fits something.
export const COMMON = {
  arch: ['x86_64', 'aarch64', 'i686'],
  hv: ['kvm', 'qemu', 'xen'],
  mode: ['hvm', 'xen', 'uml', 'exe'],
};
export const UUIDS = [
  'aaaaaaaa-0000-0000-0000-000000000001',
  'aaaaaaaa-0000-0000-0000-000000000002',
  'aaaaaaaa-0000-0000-0000-000000000003',
];
export const OWN_UUID = '22222222-2222-2222-2222-222222222222';
export const HOSTS = ['host1', 'host2', 'host'];

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
export function anyProperties(random: Dice): Case {
  const names = Array.from(
    { length: random.below(5) + 1 },
    () =>
    random.one<string>([8, () => random.pick(fields).name], [3, () => random.pick(LEGACY)],
      [1, () => random.pick(['os_name', 'team', 'vmware_adaptertype', 'trait:HW_CPU_X86_AVX2', 'trait:CUSTOM_A', 'trait:', '__proto__',
        'hw_numa_mem.0', 'hw_numa_mem.1', 'hw_numa_cpus.0', 'hw_numa_cpus.1', 'hw_numa_cpus.2'])]), // prettier-ignore
  );
  return Object.fromEntries(names.map((name) => [name, anyValue(random, name)]));
}

export function anyValue(random: Dice, name: string): Json {
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
export function schedulingProperties(random: Dice): Case {
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

export function image(random: Dice, properties: Case): Json {
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
