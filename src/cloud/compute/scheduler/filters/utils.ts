import { float, int, strip } from '../../python/text';
import { PythonError } from '../../python/values';
import type { Aggregate, HostState } from '../host-state';

// nova/scheduler/filters/utils.py

/** The values that the host's aggregates give a key. */
export function aggregateValuesFromKey(host: HostState, key: string): Set<string> {
  const values = new Set<string>();
  for (const { metadata } of host.aggregates) {
    if (metadata === null) throw new PythonError('TypeError', "argument of type 'NoneType' is not iterable");
    if (Object.hasOwn(metadata, key)) values.add(metadata[key] ?? '');
  }
  return values;
}

/** All metadata of the host's aggregates; values with commas are lists. */
export function aggregateMetadataGetByHost(host: HostState): Map<string, Set<string>> {
  return host.aggregateMetadata(metadataOf);
}

function metadataOf(aggregates: readonly Aggregate[]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const { metadata } of aggregates) {
    if (metadata === null)
      throw new PythonError('AttributeError', "'NoneType' object has no attribute 'items'");
    for (const [key, text] of Object.entries(metadata)) {
      const values = all.get(key) ?? new Set();
      for (const value of text.split(',')) values.add(strip(value));
      all.set(key, values);
    }
  }
  return all;
}

/** The smallest of the values, the default if there is none or one is no number. */
export function validateNumValues(
  values: Set<string>,
  otherwise: () => number,
  castTo: 'int' | 'float',
): number {
  if (values.size === 0) return otherwise();
  try {
    return smallest([...values].map((value) => Number(castTo === 'int' ? int(value) : float(value))));
  } catch (error) {
    if (error instanceof PythonError && error.type === 'ValueError') return otherwise();
    throw error;
  }
}

/** Python's `min()`: the first that no later one is below. */
function smallest(numbers: number[]): number {
  return numbers.reduce((least, number) => (number < least ? number : least));
}
