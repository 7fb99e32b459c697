import { ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { run, StepFailed } from './processes';

/**
 * Waits until no other program works on the cloud in this folder, and keeps others waiting from then on. The lock is
 * the system's (flock), so it ends with this process however that ends, or with the last program that it was passed to.
 *
 * @param what is going on, for those who wait.
 * @returns the lock's file descriptor.
 */
export async function takeLock(folder: string, what: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'lock');
  const lock = openSync(file, 'a+');
  try {
    await run('flock', ['--nonblock', '3'], { lock });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(
      `real-cloud: waiting for "${readFileSync(file, 'utf8').trim()}" to end: one at a time in ${folder}. Ctrl-C gives up.`,
    );
    await run('flock', ['3'], { lock });
  }
  ftruncateSync(lock);
  writeSync(lock, `${what}, process ${process.pid}\n`);
  return lock;
}
