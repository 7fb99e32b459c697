/** Waiting for a server: `wait_for_status` of osc_lib/utils. */
import type { App } from '../app';

/** Something whose status changes. */
export interface Changing {
  status?: string | undefined;
  progress?: unknown;
}

/** How often to look, in milliseconds. */
const INTERVAL = 5000;

/** Shows how far it is, on the same line again and again. */
export function showProgress(app: App, progress: unknown): void {
  if (progress) app.output.write(`\rProgress: ${String(progress)}`);
}

/**
 * Asks again and again.
 *
 * @returns whether it ended with a status that means success.
 */
export async function waitForStatus(
  app: App,
  look: () => Promise<Changing>,
  success: readonly string[] = ['active'],
  show: (app: App, progress: unknown) => void = showProgress,
): Promise<boolean> {
  for (;;) {
    const { status = '', progress } = await look();
    if (success.includes(status.toLowerCase())) return true;
    if (status.toLowerCase() === 'error') return false;
    show(app, progress);
    await app.context.sleep(INTERVAL);
  }
}
