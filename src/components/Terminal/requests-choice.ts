import { useSyncExternalStore } from 'react';

const key = 'learn-openstack.requests';
const listeners = new Set<() => void>();
let shown: boolean | undefined;

/** Whether the terminal shows the HTTP requests behind each command, on every page; remembered. */
export function useRequestsShown(): [boolean, (shown: boolean) => void] {
  return [useSyncExternalStore(subscribe, current, () => false), choose];
}

function current(): boolean {
  shown ??= stored();
  return shown;
}

function choose(next: boolean): void {
  shown = next;
  try {
    localStorage.setItem(key, next ? 'shown' : 'hidden');
  } catch {
    // no storage: the choice holds until the reload
  }
  for (const listener of listeners) listener();
}

function stored(): boolean {
  try {
    return localStorage.getItem(key) === 'shown';
  } catch {
    return false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
