import { forbidden } from './errors';
import type { Json } from './fields';

/** What can be protected from every change but the end of the protection. */
export interface Lockable {
  /** Left out when nobody has said. */
  immutable?: boolean;
}

/** The resource options as the API shows them. */
export function optionsOf({ immutable }: Lockable): object {
  return immutable === undefined ? {} : { immutable };
}

/** What a body says about the option; null takes it away. */
export function immutableIn(given: Json): { immutable?: boolean | undefined } {
  const options = new Map<string, unknown>(Object.entries(Object(given['options']) as object));
  if (!options.has('immutable')) return {};
  const value = options.get('immutable');
  return { immutable: typeof value === 'boolean' ? value : undefined };
}

/** The option of a new resource. */
export function lockOf(given: Json): Lockable {
  const record: Lockable = {};
  lock(record, given);
  return record;
}

/** Sets the option as a body says. */
export function lock(record: Lockable, given: Json): void {
  const { immutable } = { ...record, ...immutableIn(given) };
  delete record.immutable;
  if (immutable !== undefined) record.immutable = immutable;
}

/** Modelled on `keystone/common/resource_options/options/immutable.py`: first the lock must go, on its own. */
export function checkImmutableUpdate(type: string, record: Lockable & { id: string }, given: Json): void {
  if (record.immutable !== true) return;
  const change = immutableIn(given);
  const unlocks = 'immutable' in change && change.immutable !== true;
  if (!unlocks || Object.keys(given).length > 1) throw refused('update', type, record.id);
}

export function checkImmutableDelete(type: string, record: Lockable & { id: string }): void {
  if (record.immutable === true) throw refused('delete', type, record.id);
}

function refused(verb: string, type: string, id: string) {
  return forbidden(
    `Unable to ${verb} immutable ${type} resource: \`${id}. Set resource option "immutable" to false first.`,
  );
}
