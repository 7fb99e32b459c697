/** `verified.json`: which console blocks printed the same on a real cloud, and when. Keyed by the block's hash, so changed text is unverified. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Verification {
  page: string;
  /** ISO 8601 day of the replay. */
  date: string;
  /** Releases, as the packages name them. */
  server: string;
  clients: string;
}

export type Verified = Record<string, Verification>;

const file = path.join(import.meta.dirname, 'verified.json');

export const verifiedFile = {
  read: (): Verified => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Verified) : {}), // written below
  write(verified: Verified): void {
    const sorted = Object.entries(verified).sort(
      ([a, { page: p }], [b, { page: q }]) => p.localeCompare(q) || a.localeCompare(b),
    );
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  },
};
