import { useSyncExternalStore } from 'react';
import type { ClientName } from '../../transcript/transcript';
import { clientChoiceKey } from './client-choice-script';

const listeners = new Set<() => void>();

/** Which client's commands the reader follows, on every page; `<html data-client>` shows it to the style sheet. */
export function useClientChoice(): [ClientName, (client: ClientName) => void] {
  const client = useSyncExternalStore(subscribe, chosen, (): ClientName => 'openstack');
  return [client, choose];
}

function chosen(): ClientName {
  return document.documentElement.dataset.client === 'glance' ? 'glance' : 'openstack';
}

function choose(client: ClientName): void {
  document.documentElement.dataset.client = client;
  try {
    localStorage.setItem(clientChoiceKey, client);
  } catch {
    // no storage: the choice holds until the reload
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const fromOtherTab = ({ key, newValue }: StorageEvent) => {
    if (key !== clientChoiceKey) return;
    document.documentElement.dataset.client = newValue === 'glance' ? 'glance' : 'openstack';
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', fromOtherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', fromOtherTab);
  };
}
