import { loads } from '../python/json';
import { get, isDict, isList, PythonError, type Dict, type Value } from '../python/values';
import { scheduleCase, type CaseResult } from './case';

/** A line that is no case, so there is nothing to answer. The message says what to do. */
export class NotACase extends Error {
  override readonly name = 'NotACase';
}

type Kind = 'a dict' | 'a list' | 'a list of names' | 'a text' | 'true or false' | 'anything';

/** What a case may have: the keys that real-cloud/nova-oracle.py reads, and `hosts`, which only weighing asks for. */
const KEYS: Readonly<Record<string, Kind>> = {
  id: 'anything',
  image: 'anything', // what is no dict there is an invalid image
  host: 'a dict',
  hosts: 'a list',
  flavor: 'a dict',
  hints: 'a dict',
  group: 'a dict',
  config: 'a dict',
  filters: 'a list of names',
  prefilters: 'a list of names',
  aggregates: 'a list',
  project_id: 'a text',
  availability_zone: 'a text',
  instance_uuid: 'a text',
  is_bfv: 'true or false',
};

const CHECKS: Readonly<Record<Kind, (value: Value) => boolean>> = {
  'a dict': isDict,
  'a list': isList,
  'a list of names': (value) => isList(value) && value.every((each) => typeof each === 'string'),
  'a text': (value) => typeof value === 'string',
  'true or false': (value) => typeof value === 'boolean',
  anything: () => true,
};

/**
 * Decides one line of JSON, as people write them: {@link scheduleCase}, but a key that no case has and a value of a
 * wrong type are told and not passed over.
 *
 * @throws {@link NotACase} when the line is no JSON object.
 */
export function scheduleLine(line: string): CaseResult {
  const given = read(line);
  const wrong = wrongKey(given);
  return wrong === undefined
    ? scheduleCase(given)
    : { id: get(given, 'id') ?? null, verdict: wrong.verdict, reason: wrong.reason, trace: [] };
}

function read(line: string): Dict {
  let given: Value;
  try {
    given = loads(line);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new NotACase(`no JSON: ${error.message}. Write each case as one JSON object on one line.`);
  }
  if (isDict(given)) return given;
  throw new NotACase('not a JSON object. Write a case as {"id": 1, "image": {…}, "host": {…}}.');
}

function wrongKey(given: Dict): Pick<CaseResult, 'verdict' | 'reason'> | undefined {
  for (const [key, value] of Object.entries(given)) {
    const kind = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (kind === undefined) {
      const known = Object.keys(KEYS).join(', ');
      return {
        verdict: 'invalid_config',
        reason: `UnknownKey: a case has no '${key}'; it may have ${known}`,
      };
    }
    if (value !== null && !CHECKS[kind](value)) {
      const verdict = key === 'host' ? 'invalid_host' : 'invalid_config';
      return { verdict, reason: `TypeError: '${key}' has to be ${kind}` };
    }
  }
  return undefined;
}
