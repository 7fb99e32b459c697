import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ImageMetaProps } from '../cloud/compute/objects/image-meta';
import exported from '../cloud/compute/objects/image-meta-props.json';

/**
 * The types of image properties against nova's own rules, which src/cloud/compute/objects is and which are held against
 * nova itself by real-cloud/compare-scheduler.ts: what compiles is what nova takes.
 */

const types: Readonly<
  Record<string, { values: string[]; spellings: Record<string, string>; lowercased: boolean } | undefined>
> = exported.types;

/** Values that tell one type from another; every one is tried on every property. */
const common = [
  '',
  'four',
  '4',
  '-1',
  '1.5',
  'true',
  'False',
  'yes',
  '0',
  '>=8.0',
  '=<8',
  'latest',
  '0-1,^1',
  '^x',
  '[]',
];

const fieldsOfOtherNames: Readonly<Record<string, string[]>> = {
  hw_numa_cpus: ['hw_numa_cpus.0', 'hw_numa_cpus.1'],
  hw_numa_mem: ['hw_numa_mem.0', 'hw_numa_mem.1'],
  traits_required: ['trait:HW_CPU_X86_AVX2', 'trait:CUSTOM_X'],
};

interface Case {
  name: string;
  type: string;
  value: string;
}

const cases: Case[] = exported.fields.flatMap(({ name, type, legacy_names }) => {
  const description = types[type];
  const own = description
    ? [...description.values, ...Object.keys(description.spellings)].flatMap((value) => [value, `${value}x`])
    : ['required', 'forbidden', '>=8.0,<10', '2.0', 'small'];
  const names = [...(fieldsOfOtherNames[name] ?? [name]), ...legacy_names];
  return names.flatMap((each) => [...own, ...common].map((value) => ({ name: each, type, value })));
});

/** Whether nova makes an instance of an image with this property, and gives the property a meaning. */
function novaTakes({ name, value }: Case): boolean {
  try {
    // nova/image/glance.py reads these two from JSON, under these names only
    const given = ['mappings', 'block_device_mapping'].includes(name) ? (JSON.parse(value) as []) : value;
    const properties = name.endsWith('.1')
      ? { [name.replace('.1', '.0')]: '0', [name]: given }
      : { [name]: given };
    const props = ImageMetaProps.fromDict(properties);
    // what nova drops without a word has no effect, which a type should say
    return name.startsWith('trait:') ? props.traitsRequired.length > 0 : true;
  } catch {
    return false;
  }
}

/** Which of the cases do not compile. */
function refusedByTypes(all: readonly Case[]): Set<number> {
  const file = path.join(import.meta.dirname, 'image-properties.cases.ts');
  const text = [
    `import type { ImageProperties } from './image-types';`,
    ...all.map(
      ({ name, value }) =>
        `({ ${JSON.stringify(name)}: ${JSON.stringify(value)} }) satisfies ImageProperties;`,
    ),
  ].join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...more) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...more);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file)!;
  return new Set(
    program
      .getSemanticDiagnostics(source)
      .map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line - 1),
  );
}

const refused = refusedByTypes(cases);
const differing = cases.filter((each, index) => refused.has(index) === novaTakes(each));

/** Where the types know better, or cannot know: each with its reason. */
const reasons: { why: string; holds: (each: Case) => boolean }[] = [
  {
    why: 'nova takes any text for false that it does not know as true; a type that takes any text would be no help',
    holds: (each) => each.type === 'FlexibleBoolean' && novaTakes(each),
  },
  {
    why: 'a type cannot look into a text: nova reads the rest of a list of CPUs or of versions',
    holds: (each) => ['ListOfSetsOfIntegers', 'VersionPredicate'].includes(each.type) && !novaTakes(each),
  },
  {
    why: 'nova reads these two as JSON',
    holds: ({ name }) => ['mappings', 'block_device_mapping'].includes(name),
  },
];

describe('the types of image properties', () => {
  test('take what nova takes and refuse what nova refuses, but for named reasons', () => {
    const unexplained = differing.filter((each) => !reasons.some(({ holds }) => holds(each)));
    expect(
      unexplained.map(
        (each) => `${each.name}=${each.value}: nova ${novaTakes(each) ? 'takes' : 'refuses'} it`,
      ),
    ).toEqual([]);
  });

  test('differ for no reason that is not needed', () => {
    for (const { why, holds } of reasons) expect(differing.some(holds), why).toBe(true);
  });

  test('are tried with legal and illegal values, all properties and old names among them', () => {
    expect(cases.length).toBeGreaterThan(2000);
    expect(refused.size).toBeGreaterThan(500);
    expect(cases.length - refused.size).toBeGreaterThan(500);
  });
});
