import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePage } from '../transcript/parse-page';
import { decodedErrors, decodeError } from './decoded-errors';

const file = 'docs/reference/errors-decoded.md';
const markdown = readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

/** The entries as the page has them: those with an anchor. */
const entries = [...markdown.matchAll(/^### (.+) \{\/\* #(\S+) \*\/\}$/gm)].map((match, index, all) => ({
  anchor: match[2] ?? '',
  title: plain(match[1] ?? ''),
  text: markdown.slice(match.index, all[index + 1]?.index ?? markdown.search(/^## No message/m)),
}));

/** Markdown without its escapes. */
function plain(heading: string): string {
  return heading
    .replace('&lt;', '<')
    .replace(/\\([[\]_*])/g, '$1')
    .replace('\\\\', '\\');
}

/** What fails on the page, by its exit code or by its words. */
function failuresIn(text: string): { expected: string; exitCode: number }[] {
  return parsePage(file, text)
    .blocks.flatMap(({ commands }) => commands)
    .filter(({ expected, exitCode }) => exitCode !== 0 || decodeError(expected, 1));
}

test('the page has the entries of the table, in its order, under their names', () => {
  expect(entries.map(({ anchor, title }) => ({ anchor, title }))).toEqual(
    decodedErrors.map(({ anchor, title }) => ({ anchor, title })),
  );
});

describe.each(entries)('$anchor', ({ anchor, text }) => {
  test('prints its error, which leads to this entry and to no other', () => {
    const failures = failuresIn(text);
    expect(failures.length).toBeGreaterThan(0);
    for (const { expected, exitCode } of failures) {
      const matching = decodedErrors.filter(({ pattern }) => pattern.test(expected));
      expect(
        matching.map((entry) => entry.anchor),
        expected,
      ).toEqual([anchor]);
      expect(decodeError(expected, exitCode)?.anchor).toBe(anchor);
    }
  });

  test('is marked when, and only when, one of its commands ends with 0', () => {
    const marked = decodedErrors.find((entry) => entry.anchor === anchor)?.exitsZero ?? false;
    expect(marked).toBe(failuresIn(text).some(({ exitCode }) => exitCode === 0));
  });
});

test('what is printed without an error leads nowhere', () => {
  const silent = markdown.slice(markdown.search(/^## No message/m));
  expect(parsePage(file, silent).blocks.length).toBeGreaterThan(0);
  expect(failuresIn(silent)).toEqual([]);
});

test('a message that a command prints and ends well leads nowhere', () => {
  const message = 'Multi Backend support not enabled.\n';
  expect(decodeError(message, 0)).toBeUndefined();
  expect(decodeError(message, 2)?.anchor).toBe('multi-backend-support-not-enabled');
});

test('only the end of a long output is looked at', () => {
  const message = 'Multi Backend support not enabled.\n';
  expect(decodeError('x\n'.repeat(100_000) + message, 1)?.anchor).toBe('multi-backend-support-not-enabled');
  expect(decodeError(message + 'x\n'.repeat(100_000), 1)).toBeUndefined();
});
