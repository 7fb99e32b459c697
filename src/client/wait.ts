/** Waiting until a thing has a status: `wait_for_status` of openstack/resource.py. */
import { NotFoundException, ResourceFailure, ResourceTimeout } from './errors';

/** How long to wait for a status, and what ends the waiting early. */
export interface WaitOptions {
  /** Default `ACTIVE`. Capital and small letters are the same. */
  status?: string;
  /** Statuses that mean failure. Default `ERROR`. */
  failures?: readonly string[];
  /** Seconds between two looks. Default 2. */
  interval?: number;
  /** Seconds in all. Default 120. */
  wait?: number;
}

/**
 * Looks again and again until the status is the one asked for.
 *
 * @param name what an error calls it, such as `Server:6f0c…`
 * @throws {@link ResourceFailure} for a status that means failure, or when it is gone; {@link ResourceTimeout}.
 */
export async function waitForStatus<T extends { status: string }>(
  name: string,
  look: () => Promise<T>,
  sleep: (ms: number) => Promise<void>,
  { status = 'ACTIVE', failures = ['ERROR'], interval = 2, wait = 120 }: WaitOptions = {},
): Promise<T> {
  const same = (other: string) => (now: string) => now.toLowerCase() === other.toLowerCase();
  for (let waited = 0; ; waited += interval) {
    const found = await look().catch((error: unknown) => {
      if (error instanceof NotFoundException)
        throw new ResourceFailure(`${name} went away while waiting for ${status}`);
      throw error;
    });
    if (same(status)(found.status)) return found;
    if (failures.some(same(found.status)))
      throw new ResourceFailure(`${name} transitioned to failure state ${found.status}`);
    if (waited >= wait) throw new ResourceTimeout(`Timeout waiting for ${name} to transition to ${status}`);
    await sleep(interval * 1000);
  }
}
