import { useSyncExternalStore } from 'react';
import type { ClientName } from '../../transcript/transcript';
import { clientChoiceKey, dashboardChoiceKey } from './client-choice-script';

const listeners = new Set<() => void>();

/** Which client's commands the reader follows, on every page; `<html data-client>` shows it to the style sheet. */
export function useClientChoice(): [ClientName, (client: ClientName) => void] {
  const client = useSyncExternalStore(subscribe, chosen, (): ClientName => 'openstack');
  return [client, choose];
}

/** Whether she follows the dashboard where a page has it; `<html data-dashboard>` shows it to the style sheet. */
export function useDashboardChoice(): [boolean, (dashboard: boolean) => void] {
  const dashboard = useSyncExternalStore(subscribe, followed, () => false);
  return [dashboard, follow];
}

function chosen(): ClientName {
  return document.documentElement.dataset.client === 'glance' ? 'glance' : 'openstack';
}

function followed(): boolean {
  return document.documentElement.dataset.dashboard !== undefined;
}

function choose(client: ClientName): void {
  document.documentElement.dataset.client = client;
  remember(clientChoiceKey, client);
  for (const listener of listeners) listener();
}

function follow(dashboard: boolean): void {
  document.documentElement.toggleAttribute('data-dashboard', dashboard);
  remember(dashboardChoiceKey, dashboard ? 'yes' : '');
  for (const listener of listeners) listener();
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // no storage: the choice holds until the reload
  }
}

function subscribe(listener: () => void): () => void {
  const fromOtherTab = ({ key, newValue }: StorageEvent) => {
    if (key === clientChoiceKey)
      document.documentElement.dataset.client = newValue === 'glance' ? 'glance' : 'openstack';
    else if (key === dashboardChoiceKey)
      document.documentElement.toggleAttribute('data-dashboard', !!newValue);
    else return;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', fromOtherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', fromOtherTab);
  };
}
