/** `verified.json`: which console blocks printed the same on a real cloud, and when. Keyed by the block's hash, so changed text is unverified. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One replay. */
export interface Run {
  /** ISO 8601 day. */
  date: string;
  /** OpenStack's release, such as `2025.1`. */
  release: string;
  /** Versions of the services by name. */
  services: Record<string, string>;
  /** Packages and versions of the clients. */
  clients: string;
}

export interface Verified {
  runs: Run[];
  /** By page and block hash: the position in `runs` of the replay that last agreed. */
  blocks: Record<string, Record<string, number>>;
}

const file = path.join(import.meta.dirname, 'verified.json');

export function readVerified(): Verified {
  if (!existsSync(file)) return { runs: [], blocks: {} };
  return JSON.parse(readFileSync(file, 'utf8')) as Verified; // writeVerified wrote it
}

/** Writes sorted, without the runs that no block refers to any more, and those that say the same as one. */
export function writeVerified({ runs, blocks }: Verified): void {
  const texts = runs.map((run) => JSON.stringify(run));
  const referredTo = new Set(Object.values(blocks).flatMap((page) => Object.values(page)));
  const used = [...new Set(texts.filter((_, index) => referredTo.has(index)))];
  const position = (index: number) => used.indexOf(texts[index] ?? ''); // only blocks' own indexes are asked for
  const sorted = Object.entries(blocks)
    .filter(([, page]) => Object.keys(page).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, page]) => {
      const hashes = Object.entries(page).sort(([a], [b]) => (a < b ? -1 : 1));
      return [name, Object.fromEntries(hashes.map(([hash, index]) => [hash, position(index)]))];
    });
  writeFileSync(
    file,
    `${JSON.stringify({ runs: used.map((text): Run => JSON.parse(text) as Run), blocks: Object.fromEntries(sorted) }, null, 2)}\n`,
  );
}
