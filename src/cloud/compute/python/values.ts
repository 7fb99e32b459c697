/**
 * nova is written in Python, and what it lets pass depends on how Python reads, writes, orders and compares values.
 * A `number` that is whole is Python's int, any other `number` is its float; {@link PythonFloat} is a whole float.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | PythonFloat
  | PythonObject
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A float that JavaScript cannot tell from an int: `8.0`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** An object of nova's that a query can reach but not look into; equal to what stands for the same thing. */
export class PythonObject {
  constructor(
    readonly type: string,
    readonly text: string,
    readonly identity: unknown,
  ) {}
}

/** An exception that nova would let out: `ValueError`, `AttributeError`, `FlavorImageConflict`, … */
export class PythonError extends Error {
  override readonly name = 'PythonError';
  constructor(
    /** The class of the exception. */
    readonly type: string,
    message: string,
  ) {
    // an outcome and not a bug: nobody reads its stack, and there may be one a host
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

export type Dict = { readonly [key: string]: Value };

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isDict(value: Value | undefined): value is Dict {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof PythonFloat) &&
    !(value instanceof PythonObject)
  );
}

/** `dict.get(key)`: own keys only, so that `constructor` is as unknown as it is in Python. */
export function get(dict: Dict, key: string): Value | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

/** `type(value).__name__`. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof PythonFloat) return 'float';
  if (value instanceof PythonObject) return value.type;
  return isList(value) ? 'list' : 'dict';
}

/** `bool(value)`. */
export function truthy(value: Value | undefined): boolean {
  if (value instanceof PythonFloat) return value.value !== 0;
  if (value instanceof PythonObject) return true;
  if (typeof value === 'number') return value !== 0; // NaN is true
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** The number that a bool, int or float stands for. */
export function numeric(value: Value): number | bigint | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof PythonFloat ? value.value : undefined;
}

/** `a == b`. */
export function equal(a: Value, b: Value): boolean {
  const [left, right] = [numeric(a), numeric(b)];
  // `==` on purpose: it compares a bigint with a number by what they are worth
  if (left !== undefined && right !== undefined) return left == right;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null));
  if (isDict(a) && isDict(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null))
    );
  }
  if (a instanceof PythonObject && b instanceof PythonObject) return a.identity === b.identity;
  return a === b;
}

export type Operator = '<' | '<=' | '>' | '>=';

/**
 * `a < b` and its like.
 *
 * @throws {@link PythonError} TypeError where Python has no order.
 */
export function ordered(a: Value, operator: Operator, b: Value): boolean {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) return holds(left, operator, right);
  if (typeof a === 'string' && typeof b === 'string') return holds(compareStrings(a, b), operator, 0);
  if (isList(a) && isList(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const [x = null, y = null] = [a[i], b[i]];
      if (!equal(x, y)) return ordered(x, operator, y);
    }
    return holds(a.length, operator, b.length);
  }
  throw new PythonError(
    'TypeError',
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function holds(a: number | bigint, operator: Operator, b: number | bigint): boolean {
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

/** Negative, zero or positive, by code points as Python orders, not by UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
