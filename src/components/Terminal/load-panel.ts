import type { ComponentType } from 'react';
import { prefetchEngine } from '../sandbox/engine';
import type { PanelProps } from './Panel';

let panel: ComponentType<PanelProps> | undefined;
let loading: Promise<ComponentType<PanelProps>> | undefined;

/** The inside of the terminal, if it is here already. */
export function loadedPanel(): ComponentType<PanelProps> | undefined {
  return panel;
}

/** Fetches the inside of the terminal, once. After a failure the next call tries again. */
export function loadPanel(): Promise<ComponentType<PanelProps>> {
  loading ??= import(/* webpackChunkName: "terminal" */ './Panel').then(
    (module) => (panel = module.default),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Fetches ahead what an open terminal needs, the sandbox too; a failure is told when somebody opens it. */
export function prefetchTerminal(): void {
  loadPanel().catch(() => {});
  prefetchEngine();
}
