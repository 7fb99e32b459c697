/** `dict.update()` with something that came in as JSON. */
import { CommandError } from './errors';

/**
 * The fields, and those of the value over them.
 *
 * @throws {@link CommandError} in Python's words when the value is neither an object nor a list of pairs.
 */
export function updated(fields: Readonly<Record<string, unknown>>, value: unknown): Record<string, unknown> {
  if (Array.isArray(value) || typeof value === 'string')
    return { ...fields, ...Object.fromEntries([...value].map((item: unknown, index) => pair(item, index))) };
  if (value === null || typeof value !== 'object')
    throw new CommandError(`'${typeName(value)}' object is not iterable`);
  return { ...fields, ...value };
}

function pair(item: unknown, index: number): [string, unknown] {
  if (typeof item !== 'string' && !Array.isArray(item)) {
    if (item === null || typeof item !== 'object')
      throw new CommandError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    return pair(Object.keys(item), index);
  }
  const parts: unknown[] = [...item];
  if (parts.length !== 2) {
    throw new CommandError(
      `dictionary update sequence element #${index} has length ${parts.length}; 2 is required`,
    );
  }
  return [String(parts[0]), parts[1]];
}

/** `type(value).__name__` of a value out of JSON. */
export function typeName(value: unknown): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}
