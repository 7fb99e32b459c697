import { expect, test } from 'vitest';
import { checkYaml } from './check';
// made by PyYAML 6.0.2 itself
import cases from './pyyaml-6.0.2.json';
import { YamlError } from './reader';

function messageFor(text: string): string | null {
  try {
    checkYaml(text);
    return null;
  } catch (error) {
    if (error instanceof YamlError) return error.in('clouds.yaml');
    throw error;
  }
}

test.each(cases)('is refused as PyYAML refuses it, or not: $name', ({ text, message }) => {
  expect(messageFor(text)).toBe(message);
});
