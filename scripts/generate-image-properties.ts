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
function typeScriptType(field: Field, data: Export): string {
  if (field.type in data.types) return field.type;
  if (field.type === 'Integer') return 'IntegerText';
  if (field.type === 'FlexibleBoolean') return 'BooleanText';
  return 'string';
}

/** The file's text, formatted as the repository's other files are. */
export async function generate(data: Export): Promise<string> {
  const types = Object.entries(data.types).map(([type, { values, spellings }]) => {
    const accepted = [...values, ...Object.keys(spellings)].map((value) => `\n  | '${value}'`);
    return `/** nova's \`${type}\`. */\nexport type ${type} =${accepted.join('')};\n`;
  });
  const lines = data.fields.flatMap((field) => {
    const type = typeScriptType(field, data);
    return [
      `  ${field.name}?: ${type};`,
      ...field.legacy_names.flatMap((legacy) => [
        `  /** @deprecated Old name of {@link ${field.name}}; nova still reads it. */`,
        `  ${legacy}?: ${type};`,
      ]),
    ];
  });
  const text = `// Made by scripts/generate-image-properties.ts from nova's own fields (nova ${data.nova}, ImageMetaProps ${data.object_version}). Do not edit.

/** A whole number, as text: Glance keeps all properties as text. */
export type IntegerText = \`\${bigint}\`;

/** What nova reads as true or false, in lower case or as Python writes it. */
export type BooleanText =
  | 'true' | 'false' | 'True' | 'False' | 'yes' | 'no' | 'on' | 'off' | '1' | '0' | 't' | 'f' | 'y' | 'n';

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
