import { del, get, set } from 'idb-keyval';
import type { SavedSandbox } from './engine';

/** One line of the terminal and what it printed. */
export interface Entry {
  id: number;
  /** A remark of the page's own has no source. */
  source?: string;
  output?: string;
  exitCode?: number;
  status: 'waiting' | 'running' | 'done' | 'interrupted';
}

/** What the sandbox answered to a command of the page. */
export interface Result {
  source: string;
  matches: boolean;
}

/** Everything that is kept of a reader's work on one page. */
export interface SavedPage {
  version: 1;
  sandbox: SavedSandbox;
  entries: Entry[];
  results: Record<string, Result>;
}

/** Where pages are kept: the browser's IndexedDB, or a `Map` in tests. */
export interface PageStorage {
  load(page: string): Promise<SavedPage | undefined>;
  save(page: string, saved: SavedPage): Promise<void>;
  remove(page: string): Promise<void>;
}

/** What was stored is not something that this version of the site has written. */
export class UnreadablePageError extends Error {
  override readonly name = 'UnreadablePageError';
}

export const browserStorage: PageStorage = {
  async load(page) {
    const saved: unknown = await get(key(page));
    if (saved === undefined) return undefined;
    if (!isSavedPage(saved)) throw new UnreadablePageError(page);
    return saved;
  },
  save: (page, saved) => set(key(page), saved),
  remove: (page) => del(key(page)),
};

function key(page: string): string {
  return `page:${page}`;
}

/** Looks only as deep as this page itself reads; the sandbox checks its own state. */
export function isSavedPage(value: unknown): value is SavedPage {
  return (
    isObject(value) &&
    value.version === 1 &&
    isObject(value.sandbox) &&
    isObject(value.sandbox.state) &&
    value.sandbox.blobs instanceof Map &&
    isObject(value.results) &&
    Object.values(value.results).every((result) => isObject(result) && typeof result.source === 'string') &&
    Array.isArray(value.entries) &&
    value.entries.every(isEntry)
  );
}

function isEntry(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.id === 'number' &&
    typeof value.status === 'string' &&
    ['string', 'undefined'].includes(typeof value.source) &&
    ['string', 'undefined'].includes(typeof value.output)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
