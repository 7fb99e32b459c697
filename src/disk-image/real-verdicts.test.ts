import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { differences, ourVerdicts, type RealVerdicts } from './testing/real-verdicts';

interface Recorded {
  name: string;
  flips: [number, number][];
  cut?: number;
  /** The file in gzip and base64. */
  content: string;
  answer: RealVerdicts;
}

// made by `npx tsx real-cloud/compare-disk-images.ts 2 recorded --record=FILE`, of which these are a part
const recorded = readFileSync(new URL('testing/real-verdicts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded); // our own script wrote them

test(`qemu-img, oslo.utils, glance and nova say of ${recorded.length} whole, damaged and cut files what we say`, async () => {
  const unexplained: string[] = [];
  for (const { name, flips, cut, content, answer } of recorded) {
    const ours = await ourVerdicts(new Blob([new Uint8Array(gunzipSync(Buffer.from(content, 'base64')))]));
    for (const { what, ours: mine, theirs, reason } of differences(ours, answer))
      if (reason === undefined)
        unexplained.push(`${name} ${JSON.stringify(flips)} ${cut}: ${what}: ${mine} / ${theirs}`);
  }
  expect(unexplained).toEqual([]);
}, 60_000);
