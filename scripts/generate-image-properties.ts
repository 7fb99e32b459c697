/**
 * Writes src/client/image-properties.ts from src/cloud/compute/objects/image-meta-props.json, which
 * real-cloud/export-nova.py exported from nova's own ImageMetaProps. `npx tsx scripts/generate-image-properties.ts`;
 * with `--check` it only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

interface Field {
  name: string;
  type: string;
  legacy_names: string[];
}
interface Export {
  nova: string;
  object_version: string;
  types: Record<string, { values: string[]; spellings: Record<string, string> }>;
  fields: Field[];
}

const top = new URL('../', import.meta.url);
const source = new URL('src/cloud/compute/objects/image-meta-props.json', top);
const target = new URL('src/client/image-properties.ts', top);

/** Glance keeps every property as text, so numbers and booleans are text here too. */
const textTypes: Record<string, string | undefined> = {
  Integer: 'IntegerText',
  FlexibleBoolean: 'BooleanText',
  VersionPredicate: 'VersionPredicate',
  // a list is no text: only the old name of such a field, which nova reads as JSON, can be set
  ListOfDictOfNullableStrings: 'never',
};

/** Fields that nova fills from properties of other names; a property of the field's own name means nothing to it. */
const filledFromOthers: Record<string, string | undefined> = {
  hw_numa_cpus: '[node: `hw_numa_cpus.${number}`]: CpuList',
  hw_numa_mem: '[node: `hw_numa_mem.${number}`]: IntegerText',
  traits_required: "[trait: `trait:${string}`]: 'required'",
};

function typeScriptType(field: Field, data: Export): string {
  if (field.type in data.types) return field.type;
  return textTypes[field.type] ?? 'string';
}

/** The file's text, formatted as the repository's other files are. */
export async function generate(data: Export): Promise<string> {
  const types = Object.entries(data.types).map(([type, { values, spellings }]) => {
    const accepted = [...values, ...Object.keys(spellings)].map((value) => `\n  | '${value}'`);
    return `/** nova's \`${type}\`. */\nexport type ${type} =${accepted.join('')};\n`;
  });
  const lines = data.fields.flatMap((field) => {
    const type = typeScriptType(field, data);
    const others = filledFromOthers[field.name];
    if (others) return [`  /** Fills nova's \`${field.name}\`. */`, `  ${others} | undefined;`];
    return [
      `  ${field.name}?: ${type};`,
      ...field.legacy_names.flatMap((legacy) => [
        `  /** @deprecated Old name of {@link ${field.name}}; nova still reads it. */`,
        `  ${legacy}?: ${type === 'never' ? 'string' : type};`,
      ]),
    ];
  });
  const text = `// Made by scripts/generate-image-properties.ts from nova's own fields (nova ${data.nova}, ImageMetaProps ${data.object_version}). Do not edit.

/** A whole number, as text: Glance keeps all properties as text. */
export type IntegerText = \`\${bigint}\`;

/** What nova reads as true or false, in lower case or as Python writes it. */
export type BooleanText =
  | 'true' | 'false' | 'True' | 'False' | 'yes' | 'no' | 'on' | 'off' | '1' | '0' | 't' | 'f' | 'y' | 'n';

/** Conditions on a version, with commas between them. Only how the first one starts is checked. */
export type VersionPredicate = \`\${'=' | '!=' | '<' | '>' | number}\${string}\`;

/** Numbers of CPUs, such as \`0-3,^2,6\`. Only how it starts is checked. */
export type CpuList = '' | \`\${'' | '^'}\${number}\${string}\`;

${types.join('\n')}
/** The image properties that nova gives a meaning to, with the values it accepts. */
export interface KnownImageProperties {
${lines.join('\n')}
}
`;
  return format(text, { ...(await resolveConfig(fileURLToPath(target))), parser: 'typescript' });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const text = await generate(JSON.parse(readFileSync(source, 'utf8')) as Export);
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      process.stderr.write(
        'src/client/image-properties.ts is stale: run npx tsx scripts/generate-image-properties.ts\n',
      );
      process.exitCode = 1;
    }
  } else {
    writeFileSync(target, text);
  }
}
