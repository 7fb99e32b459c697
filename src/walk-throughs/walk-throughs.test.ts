import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePage } from '../transcript/parse-page';
import { WALK_THROUGHS } from '.';
import type { Photographed } from './walk-through';

const top = path.resolve(import.meta.dirname, '../..');
const photographed = (name: string) =>
  // written by npm run real-cloud -- photograph
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8')) as Photographed;

describe.each(WALK_THROUGHS)('the walk-through $name', ({ name, scenes }) => {
  const { pictures } = photographed(name);

  test('has a picture of each scene, and the place of each of its steps lies in it', () => {
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
    for (const { file, sha256 } of pictures)
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

  test('is a tab of one page', () => {
    expect(tabs.filter((tab) => tab === name)).toHaveLength(1);
  });
});

const tabs = readdirSync(path.join(top, 'docs/day-3'))
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => parsePage(file, readFileSync(path.join(top, 'docs/day-3', file), 'utf8')).blocks)
  .flatMap(({ dashboard }) => dashboard ?? []);

test('every picture is used once', () => {
  const used = WALK_THROUGHS.flatMap(({ name }) => photographed(name).pictures).flatMap(({ file }) => [
    `${path.basename(file)}.png`,
    `${path.basename(file)}.webp`,
  ]);
  const folder = path.join(top, 'static/img/day-3');
  const there = readdirSync(folder).filter((file) => statSync(path.join(folder, file)).isFile());
  expect(there.sort()).toEqual(used.sort());
});
