import { SHARE_BACKEND } from '../states/share';
import { capabilities } from './pools';
import type { ShareTypeRecord } from './state';
import { strictBool } from './validation';

/** Why no host was found, as a message's detail says it. */
export type Refusal = '007' | '008' | '009';

/**
 * Looks whether the one pool that there is can take a share: the filters of manila/scheduler/filters, in the order in
 * which manila asks them.
 *
 * @param size GiB more than are used now.
 */
export function refusal(type: ShareTypeRecord | undefined, size: number): Refusal | undefined {
  if (SHARE_BACKEND.pool.free_capacity_gb < size) return '009';
  return satisfies(type?.extra_specs ?? {}) ? undefined : '008';
}

/** `capabilities_satisfied` of manila/scheduler/utils.py: whether the pool has what extra specs ask for. */
export function satisfies(specs: Readonly<Record<string, string>>): boolean {
  const has = capabilities('');
  return Object.entries(specs).every(([key, wanted]) => {
    if (key === 'availability_zones' || key === 'capabilities:availability_zones') return true;
    const scope = key.split(':');
    if (scope[0] === 'capabilities') scope.shift();
    // what is meant for a driver is not the scheduler's business
    else if (scope.length > 1) return true;
    const [name = '', ...deeper] = scope;
    const value = deeper.length === 0 && Object.hasOwn(has, name) ? has[name] : undefined;
    return value !== undefined && value !== null && matches(value, wanted);
  });
}

/** `match` of manila/scheduler/filters/extra_specs_ops.py. */
function matches(capability: unknown, wanted: string): boolean {
  const value = typeof capability === 'string' ? capability.toLowerCase() : capability;
  const text = wanted.toLowerCase();
  const [op = '', ...words] = text.split(/\s+/).filter((word) => word !== '');
  const [first = ''] = words;
  if (op === '<or>') return words.filter((word) => word !== '<or>').includes(String(value));
  const compare = OPERATORS[op];
  if (compare !== undefined) return words.length > 0 && compare(value, first);
  return typeof value === 'boolean' ? value === strictBool(text) : String(value) === text;
}

const number = (test: (a: number, b: number) => boolean) => (value: unknown, wanted: string) =>
  Number.isFinite(Number(value)) && Number.isFinite(Number(wanted)) && test(Number(value), Number(wanted));
const string = (test: (a: string, b: string) => boolean) => (value: unknown, wanted: string) =>
  test(String(value), wanted);

const OPERATORS: Readonly<Record<string, (value: unknown, wanted: string) => boolean>> = {
  '=': number((a, b) => a >= b),
  '<in>': string((a, b) => a.includes(b)),
  '<is>': (value, wanted) => (strictBool(value) ?? false) === (strictBool(wanted) ?? false),
  '==': number((a, b) => a === b),
  '!=': number((a, b) => a !== b),
  '>=': number((a, b) => a >= b),
  '<=': number((a, b) => a <= b),
  's==': string((a, b) => a === b),
  's!=': string((a, b) => a !== b),
  's<': string((a, b) => a < b),
  's<=': string((a, b) => a <= b),
  's>': string((a, b) => a > b),
  's>=': string((a, b) => a >= b),
};
