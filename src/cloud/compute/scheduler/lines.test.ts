import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scheduleCase } from './case';
import { loads } from '../python/json';
import { NotACase, scheduleLine } from './lines';

test.each([
  ['{', /^no JSON: .*one JSON object on one line/],
  ['[]', /^not a JSON object/],
  ['5', /^not a JSON object/],
  ['null', /^not a JSON object/],
])('A line that is no case says what to write instead: %s', (line, says) => {
  expect(() => scheduleLine(line)).toThrow(NotACase);
  expect(() => scheduleLine(line)).toThrow(says);
});

test.each([
  ['{"id":"x","host":[]}', 'invalid_host', "TypeError: 'host' has to be a dict"],
  ['{"id":"x","hints":5}', 'invalid_config', "TypeError: 'hints' has to be a dict"],
  ['{"id":"x","config":"a"}', 'invalid_config', "TypeError: 'config' has to be a dict"],
  [
    '{"id":"x","filters":"ComputeFilter"}',
    'invalid_config',
    "TypeError: 'filters' has to be a list of names",
  ],
  ['{"id":"x","prefilters":[1]}', 'invalid_config', "TypeError: 'prefilters' has to be a list of names"],
  ['{"id":"x","is_bfv":"no"}', 'invalid_config', "TypeError: 'is_bfv' has to be true or false"],
  ['{"id":"x","prefilter":[]}', 'invalid_config', "UnknownKey: a case has no 'prefilter'; it may have id,"],
  ['{"id":"x","toString":1}', 'invalid_config', "UnknownKey: a case has no 'toString'"],
])('A key that does not fit is named: %s', (line, verdict, reason) => {
  const answer = scheduleLine(line);
  expect(answer).toMatchObject({ id: 'x', verdict });
  expect(answer.reason).toContain(reason);
});

test('Every hand-made case is answered as before, and so is one with nulls', () => {
  const cases = readFileSync(new URL('testing/hand-made-cases.jsonl', import.meta.url), 'utf8');
  const lines = [
    ...cases.trim().split('\n'),
    '{"id":1,"image":null,"group":null,"filters":null,"host":null}',
  ];
  for (const line of lines) expect(scheduleLine(line)).toEqual(scheduleCase(loads(line)));
});
