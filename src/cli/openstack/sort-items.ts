/** `sort_items` of osc_lib/utils: what `--sort` means where the client sorts. */
import { CommandError } from '../errors';
import { compareStrings } from '../python';

/**
 * Sorts by several keys, given as `key[:direction]` and separated by commas.
 *
 * @param valueOf the text of a field; undefined when there is no such field.
 * @throws {@link CommandError} for a key or direction that makes no sense.
 */
export function sortItems<T>(
  items: readonly T[],
  sort: string,
  valueOf: (item: T, key: string) => string | undefined,
): T[] {
  let sorted = [...items];
  if (sort === '') return sorted;
  for (const part of sort.trim().split(',').reverse()) {
    const [, key = part, direction] = /^([^:]*):(.*)$/s.exec(part) ?? [];
    if (direction !== undefined && key === '')
      throw new CommandError("'<empty string>'' is not a valid sort key");
    if (direction !== undefined && direction !== 'asc' && direction !== 'desc') {
      throw new CommandError(
        `'${direction || '<empty string>'}' is not a valid sort direction for sort key ${key}, use 'asc' or 'desc' instead`,
      );
    }
    const keys = new Map(sorted.map((item) => [item, text(item, key)]));
    const sign = direction === 'desc' ? -1 : 1;
    sorted = sorted.sort((a, b) => sign * compareStrings(keys.get(a) ?? '', keys.get(b) ?? ''));
  }
  return sorted;

  function text(item: T, key: string): string {
    const value = valueOf(item, key);
    if (value === undefined) throw new CommandError(`Resource doesn't have field ${key}`);
    return value;
  }
}
