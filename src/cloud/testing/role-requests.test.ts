import { expect, test } from 'vitest';
import { SimulatedClock } from '../clock';
import { Cloud } from '../cloud';
import { startState } from '../states';
import answers from './role-answers.json';
import { askEverything, REQUESTS } from './role-requests';

// the answers of a real cloud: scripts/record-role-answers.ts
test('reader, member, manager and administrator may of each service what they may of a real one', async () => {
  const cloud = new Cloud({
    state: await startState('course'),
    clock: new SimulatedClock('2026-11-22T09:00:00Z'),
  });
  const ours = await askEverything((request) => cloud.fetch(request), `${cloud.baseUrl}/identity/v3`);
  expect(Object.keys(ours)).toHaveLength(REQUESTS.length);
  expect(ours).toEqual(answers);
}, 120_000);
