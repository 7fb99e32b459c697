import { expect, test } from 'vitest';
import { ResourceFailure, ResourceTimeout } from './errors';
import { waitForStatus } from './wait';

function changing(...statuses: string[]) {
  let slept = 0;
  return {
    look: async () => ({ status: statuses.length > 1 ? (statuses.shift() ?? '') : (statuses[0] ?? '') }),
    sleep: async (ms: number) => void (slept += ms),
    slept: () => slept,
  };
}

test('looks again until the status is there, and pauses in between', async () => {
  const { look, sleep, slept } = changing('BUILD', 'BUILD', 'active');
  expect(await waitForStatus('Server:1', look, sleep, { interval: 3 })).toEqual({ status: 'active' });
  expect(slept()).toBe(6000);
});

test('a status that means failure ends the waiting at once', async () => {
  const { look, sleep } = changing('BUILD', 'ERROR');
  await expect(waitForStatus('Server:1', look, sleep)).rejects.toThrow(
    new ResourceFailure('Server:1 transitioned to failure state ERROR'),
  );
});

test('does not wait longer than it was told', async () => {
  const { look, sleep, slept } = changing('BUILD');
  await expect(waitForStatus('Server:1', look, sleep, { wait: 10 })).rejects.toThrow(
    new ResourceTimeout('Timeout waiting for Server:1 to transition to ACTIVE'),
  );
  expect(slept()).toBe(10_000);
});
