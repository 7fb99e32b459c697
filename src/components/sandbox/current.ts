import { useSyncExternalStore } from 'react';
import { loadEngine } from './engine';
import { PageSandbox } from './page-sandbox';
import type { PageView } from './page-sandbox';
import { browserStorage } from './storage';

/** One sandbox a page for as long as the site is open, so that going back and forth loses nothing. */
const sandboxes = new Map<string, PageSandbox>();

/** The sandbox of a page, which starts with this cloud and this folder of samples. */
export function sandboxOf(page: string, cloud: string, samples?: string): PageSandbox {
  const known = sandboxes.get(page);
  if (known) return known;
  const made = new PageSandbox({ page, cloud, samples, loadEngine, storage: browserStorage });
  sandboxes.set(page, made);
  return made;
}

const nothing: PageView = { status: 'away', entries: [], results: {}, requests: {} };

export function usePageView(sandbox: PageSandbox | undefined): PageView {
  return useSyncExternalStore(
    sandbox?.subscribe ?? never,
    () => sandbox?.view() ?? nothing,
    () => nothing,
  );
}

function never() {
  return () => {};
}

/** Which page's terminal is at the bottom of the window, and whether it is open. */
export interface Panel {
  sandbox: PageSandbox | undefined;
  open: boolean;
}

let panel: Panel = { sandbox: undefined, open: false };
const listeners = new Set<() => void>();

function setPanel(change: Partial<Panel>): void {
  panel = { ...panel, ...change };
  for (const listener of listeners) listener();
}

const closed: Panel = { sandbox: undefined, open: false };

export function usePanel(): Panel {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => panel,
    () => closed,
  );
}

const openKey = 'learn-openstack.terminal';

/** How many sessions of the current page are mounted. */
let sessions = 0;

/** A session of a page appears: its page's terminal is the current one. Returns what to do when the session goes. */
export function enterPage(sandbox: PageSandbox): () => void {
  if (panel.sandbox !== sandbox) {
    sessions = 0;
    void sandbox.restore();
    setPanel({ sandbox, open: panel.open || remembered() });
  }
  sessions++;
  return () => {
    if (panel.sandbox !== sandbox || --sessions > 0) return;
    setPanel({ sandbox: undefined });
  };
}

export function setTerminalOpen(open: boolean): void {
  setPanel({ open });
  try {
    sessionStorage.setItem(openKey, open ? 'open' : 'closed');
  } catch {
    // no storage: the terminal is closed after a reload
  }
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(openKey) === 'open';
  } catch {
    return false;
  }
}
