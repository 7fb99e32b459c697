import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from './generate-image-properties';

const top = new URL('../src/', import.meta.url);
const data = JSON.parse(
  readFileSync(new URL('cloud/compute/objects/image-meta-props.json', top), 'utf8'),
) as Parameters<typeof generate>[0]; // exported by nova

test('src/client/image-properties.ts is what nova’s export says: npx tsx scripts/generate-image-properties.ts', async () => {
  expect(readFileSync(new URL('client/image-properties.ts', top), 'utf8')).toBe(await generate(data));
});

test('every property that nova knows has a type, under its old names too', async () => {
  const text = await generate(data);
  for (const { name, legacy_names } of data.fields) {
    if (text.includes(`Fills nova's \`${name}\``)) continue;
    for (const each of [name, ...legacy_names]) expect(text).toMatch(new RegExp(`^  ${each}\\?: `, 'm'));
  }
});
