/** The four ways to run a page: each client on each cloud. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pageShell } from '../src/shell/page-shell';
import type { Page } from '../src/transcript';
import { installedClient, ourClient, realClient, type Client, type OpenShell } from './clients';
import { folder } from './place';
import { embeddedCloud, realCloud, type Target } from './targets';

/** Client, then cloud. */
export const WAYS = ['real-real', 'real-ours', 'ours-real', 'ours-ours'] as const;
export type WayName = (typeof WAYS)[number];

export const TITLES: Readonly<Record<WayName, string>> = {
  'real-real': 'real client, real cloud',
  'real-ours': 'real client, our cloud',
  'ours-real': 'our client, real cloud',
  'ours-ours': 'our client, our cloud',
};

/** What a page starts with. */
export type PageStart = Pick<Page, 'cloud' | 'samples'>;

/** A way that is ready to run pages, one after the other. */
export interface Way {
  /** A shell for a page, with a new cloud in the start state that it names. */
  open(page: PageStart): Promise<OpenShell>;
  close(): Promise<void>;
}

export async function openWay(name: WayName): Promise<Way> {
  switch (name) {
    case 'real-real':
      return join(await realClient(name), realCloud());
    case 'real-ours':
      return join(await realClient(name), embeddedCloud());
    case 'ours-real':
      return join(ourClient(), realCloud());
    case 'ours-ours':
      // in one process, as the pages have it
      return {
        open: async (page) => ({ ...(await pageShell(page)), close: async () => undefined }),
        close: async () => undefined,
      };
  }
}

/** A client on somebody's cloud, which stays open. */
export async function openWayOn(target: Target, client: 'real' | 'ours'): Promise<Way> {
  const network = 'machine';
  const made =
    client === 'ours'
      ? ourClient(network)
      : existsSync(path.join(folder, 'installed')) && process.getuid?.() === 0
        ? await realClient('os-cloud', network)
        : installedClient();
  return join(made, { ...target, close: async () => undefined });
}

/** Ways that share a cloud run one after the other. */
export function lanes(names: readonly WayName[]): WayName[][] {
  return [
    names.filter((name) => name.endsWith('-real')),
    names.filter((name) => name.endsWith('-ours')),
  ].filter((lane) => lane.length > 0);
}

function join(client: Client, target: Target): Way {
  return {
    open: async ({ cloud, samples }) => {
      await target.fresh(cloud);
      return client.open(target, samples);
    },
    close: async () => void (await Promise.all([client.close(), target.close()])),
  };
}
