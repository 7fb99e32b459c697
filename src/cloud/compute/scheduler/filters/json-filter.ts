import { loads } from '../../python/json';
import { repr } from '../../python/text';
import {
  equal,
  get,
  isDict,
  isList,
  ordered,
  PythonError,
  truthy,
  typeName,
  type Operator,
  type Value,
} from '../../python/values';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, perRequest, type Decision } from './base';

/**
 * A host passes if the query of `--hint query='[">=", "$free_ram_mb", 1024]'` holds for it.
 * nova/scheduler/filters/json_filter.py.
 */
export class JsonFilter extends BaseHostFilter {
  readonly #parsed = perRequest((spec) => parse(spec.getSchedulerHint('query') ?? ''));

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const query = spec.getSchedulerHint('query');
    if (query === undefined || query.length === 0) return pass('no hint query');
    const result = processFilter(this.#parsed(spec), host);
    // `not` gives a list
    const holds = isList(result) ? result.some(truthy) : truthy(result);
    return holds
      ? pass('the query holds for this host', 'query', String(query))
      : fail('the query does not hold for this host', 'query', String(query));
  }
}

function parse(query: string | readonly string[]): Value {
  if (typeof query === 'string') return loads(query);
  throw new PythonError('TypeError', `${repr(query)} can't be decoded`);
}

function compareWith(operator: Operator): (args: readonly Value[]) => Value {
  // all are compared, also after the first that fails, so that one of the wrong type is an error
  return ([first = null, ...others]) =>
    others.map((arg) => ordered(first, operator, arg)).every(Boolean) && others.length > 0;
}

const COMMANDS: { readonly [command: string]: ((args: readonly Value[]) => Value) | undefined } = {
  '=': ([first = null, ...others]) => others.length > 0 && others.every((arg) => equal(first, arg)),
  '<': compareWith('<'),
  '>': compareWith('>'),
  '<=': compareWith('<='),
  '>=': compareWith('>='),
  in: ([first = null, ...others]) => others.some((arg) => equal(first, arg)),
  not: (args) => args.map((arg) => !truthy(arg)),
  or: (args) => args.some(truthy),
  and: (args) => args.every(truthy),
};

function processFilter(query: Value, host: HostState): Value {
  if (!truthy(query)) return true;
  const [name = null, ...args] = items(query);
  if (typeof name === 'object' && name !== null && (isList(name) || isDict(name)))
    throw new PythonError('TypeError', `unhashable type: '${typeName(name)}'`);
  const command = typeof name === 'string' && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new PythonError('KeyError', repr(name));
  const cooked: Value[] = [];
  for (const arg of args) {
    const value = isList(arg)
      ? processFilter(arg, host)
      : typeof arg === 'string'
        ? parseString(arg, host)
        : arg;
    if (value !== null) cooked.push(value);
  }
  return command(cooked);
}

/** What Python's indexing finds: a text is a list of its characters. */
function items(query: Value): readonly Value[] {
  if (isList(query)) return query;
  if (typeof query === 'string') return [...query];
  if (isDict(query)) throw new PythonError('KeyError', '0');
  throw new PythonError('TypeError', `'${typeName(query)}' object is not subscriptable`);
}

/** `$free_ram_mb` and `$stats.io_workload` are looked up; null if there is nothing. */
function parseString(text: string, host: HostState): Value {
  if (text === '') return null;
  if (!text.startsWith('$')) return text;
  const [name = '', ...path] = text.slice(1).split('.');
  let value = host.attribute(name) ?? null;
  for (const item of path) {
    if (value === null) return null;
    if (!isDict(value))
      throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'get'`);
    value = get(value, item) ?? null;
  }
  return value;
}
