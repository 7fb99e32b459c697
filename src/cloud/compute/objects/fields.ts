import { boolFromString, int, str } from '../python/text';
import { isDict, isList, PythonError, typeName, type Dict, type Value } from '../python/values';
import { VersionPredicate } from '../python/versionutils';

/**
 * Turns a value into what a field holds. nova/objects/fields.py and oslo_versionedobjects/fields.py.
 *
 * @param attr the field's name, for the message.
 * @throws {@link PythonError} with nova's own words.
 */
export type Coerce = (attr: string, value: Value) => Value;

/** What the export of nova says about an enumeration. */
export interface EnumDescription {
  values: readonly string[];
  /** Other spellings, with the value that they stand for. */
  spellings: { readonly [spelling: string]: string | undefined };
  /** Whether nova lower-cases what it gets. */
  lowercased: boolean;
  /** What nova says about anything else. */
  error: string;
}

const ENUM_ERROR = 'Field value %s is invalid';

/** An enumeration's field, such as `ArchitectureField`. */
export function enumField(description: EnumDescription): Coerce {
  const values = new Set(description.values);
  return (_attr, value) => {
    const canonical = description.lowercased ? canonicalize(description, lower(value)) : value;
    if (typeof canonical === 'string' && values.has(canonical)) return canonical;
    // an enumeration with words of its own shows what it was given, the others what they made of it
    const shown = description.error === ENUM_ERROR ? canonical : value;
    throw new PythonError(
      'ValueError',
      description.error.replace('%s', () => str(shown)),
    );
  };
}

function canonicalize({ spellings }: EnumDescription, value: string): string {
  return Object.hasOwn(spellings, value) ? (spellings[value] ?? value) : value;
}

/** `value.lower()`: only texts have that. */
function lower(value: Value): string {
  if (typeof value === 'string') return value.toLowerCase();
  throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'lower'`);
}

const text: Coerce = (attr, value) => {
  if (value === null || typeof value === 'object')
    if (typeName(value) !== 'float')
      throw new PythonError('ValueError', `A string is required in field ${attr}, not a ${typeName(value)}`);
  return str(value);
};

const versionPredicate: Coerce = (attr, value) => {
  if (typeof value !== 'string')
    throw new PythonError(
      'ValueError',
      `Version ${str(value)} should be a string type, not <class '${typeName(value)}'>`,
    );
  try {
    new VersionPredicate(value);
  } catch {
    throw new PythonError('ValueError', `Version ${value} is not a valid predicate in field ${attr}`);
  }
  return value;
};

/** A value of any field that is not nullable. */
export function coerce(kind: Coerce, attr: string, value: Value): Value {
  if (value === null) throw new PythonError('ValueError', `Field \`${attr}' cannot be None`);
  return kind(attr, value);
}

/** The same for a field that may be None. */
export function coerceNullable(kind: Coerce, attr: string, value: Value): Value {
  return value === null ? null : kind(attr, value);
}

/** `List(element)`. */
export function listOf(element: Coerce): (attr: string, value: Value) => readonly Value[] {
  return (attr, value) => {
    if (!isList(value))
      throw new PythonError('ValueError', `A list is required in field ${attr}, not a ${typeName(value)}`);
    return value.map((item, i) => coerce(element, `${attr}[${i}]`, item));
  };
}

/** `Dict(element)`. */
export function dictOf(element: Coerce, nullable = false): (attr: string, value: Value) => Dict {
  const member = nullable ? coerceNullable : coerce;
  return (attr, value) => {
    if (!isDict(value))
      throw new PythonError('ValueError', `A dict is required in field ${attr}, not a ${typeName(value)}`);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, member(element, `${attr}[${key}]`, item)]),
    );
  };
}

/** The fields that are no enumerations, by their names in nova. */
export const FIELDS = {
  String: text,
  Integer: (_attr: string, value: Value) => int(value),
  FlexibleBoolean: (_attr: string, value: Value) => boolFromString(value),
  // nova warns about one that is none, and takes it
  UUID: (_attr: string, value: Value) => str(value),
  VersionPredicate: versionPredicate,
  ListOfStrings: listOf(text),
  ListOfIntegers: listOf((_attr, value) => int(value)),
  DictOfStrings: dictOf(text),
  DictOfNullableStrings: dictOf(text, true),
  ListOfDictOfNullableStrings: listOf(dictOf(text, true)),
  // only nova itself sets the one field of this kind, from hw_numa_cpus.0, hw_numa_cpus.1, …
  ListOfSetsOfIntegers: (_attr: string, value: Value) => value,
} satisfies Record<string, Coerce>;
