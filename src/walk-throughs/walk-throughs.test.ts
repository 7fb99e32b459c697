import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePage } from '../transcript/parse-page';
import { WALK_THROUGHS } from '.';
import type { Photographed, Step } from './walk-through';

const top = path.resolve(import.meta.dirname, '../..');

function photographed(name: string): Photographed {
  const file = path.join(import.meta.dirname, `${name}.json`);
  if (!existsSync(file))
    throw new Error(
      `src/walk-throughs/${name}.json is missing; npm run real-cloud -- photograph ${name} writes it`,
    );
  return JSON.parse(readFileSync(file, 'utf8')) as Photographed; // that command wrote it
}

/** What a reader has to fill in, or how the entry begins that she has to choose. */
function filledIn(step: Step): string | undefined {
  if ('type' in step) return step.type;
  if ('attach' in step) return step.attach;
  return 'choose' in step ? firstWord(step.choose) : undefined;
}

function firstWord(text: string): string {
  return text.split(/[\s:]/)[0] ?? '';
}

/** What stands in a step's words as `**bold**` text or as `` `code` ``. */
function markedIn(says: string): string[] {
  return [...says.matchAll(/\*\*([^*]+)\*\*|`([^`]+)`/g)].map(([, bold, code]) => bold ?? code ?? '');
}

describe.each(WALK_THROUGHS)('the walk-through $name', ({ name, scenes }) => {
  test('has a picture of each scene, and the place of each of its steps lies in it', () => {
    const { pictures } = photographed(name);
    expect(pictures.map(({ file }) => file)).toEqual(
      scenes.map(({ picture }) => `img/day-3/${name}-${picture.name}`),
    );
    expect(pictures.map(({ boxes }) => boxes.length)).toEqual(scenes.map(({ steps }) => steps.length));
    for (const [left, top, width, height] of pictures.flatMap(({ boxes }) => boxes)) {
      expect(Math.min(left, top, width, height)).toBeGreaterThanOrEqual(0);
      expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(100.02);
    }
  });

  test('has pictures as they were written, none of 80 kB or more', () => {
    for (const { file, sha256 } of photographed(name).pictures)
      for (const ending of ['webp', 'png'] as const) {
        const content = readFileSync(path.join(top, 'static', `${file}.${ending}`));
        expect(createHash('sha256').update(content).digest('hex').slice(0, 16)).toBe(sha256[ending]);
        expect(content.length).toBeLessThan(80_000);
      }
  });

  test('says what to do in every step and with every picture, each in its own words', () => {
    const alts = scenes.map(({ picture }) => picture.alt);
    expect(new Set(alts).size).toBe(alts.length);
    for (const text of [...alts, ...scenes.flatMap(({ steps }) => steps.map(({ says }) => says))])
      expect(text).toMatch(/^\S.{9,}\.$/);
  });

  test('says in each step what is typed, chosen or attached there', () => {
    const unsaid = scenes
      .flatMap(({ steps }) => steps)
      .filter((step) => {
        const value = filledIn(step);
        const words = markedIn(step.says).map('choose' in step ? firstWord : (text) => text);
        return value !== undefined && !words.includes(value);
      });
    expect(unsaid.map((step) => `"${filledIn(step)}" is neither bold nor code in: ${step.says}`)).toEqual([]);
  });
});

const tabs = readdirSync(path.join(top, 'docs/day-3'))
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => parsePage(file, readFileSync(path.join(top, 'docs/day-3', file), 'utf8')).blocks)
  .flatMap(({ dashboard }) => dashboard ?? []);

test('every walk-through is a tab of one block, and every dashboard= names one', () => {
  expect(tabs.sort()).toEqual(WALK_THROUGHS.map(({ name }) => name).sort());
});

test('no picture is used twice, and none is left over', () => {
  const used = WALK_THROUGHS.flatMap(({ name, scenes }) =>
    scenes.flatMap(({ picture }) => [`${name}-${picture.name}.png`, `${name}-${picture.name}.webp`]),
  );
  const folder = path.join(top, 'static/img/day-3');
  const there = readdirSync(folder).filter((file) => statSync(path.join(folder, file)).isFile());
  expect(used).toEqual([...new Set(used)]);
  expect(there.filter((file) => !used.includes(file))).toEqual([]);
});
