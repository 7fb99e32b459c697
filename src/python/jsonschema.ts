/** Python's jsonschema 4.19, as far as Glance's schemas go. Glance and its client both print its messages. */
import { pformat } from './pprint';
import { repr } from './repr';

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

interface Failure {
  message: string;
  keyword: string;
  schema: Schema;
  schemaPath: Path;
  instance: unknown;
  path: Path;
}

/**
 * What `str()` of a `ValidationError` is: which rule failed, the schema around it, and the value.
 *
 * @param which of several failures: `jsonschema.validate()` gives the best match, `Validator.validate()` the first.
 * @returns undefined for a value that the schema allows.
 */
export function validationError(value: unknown, schema: Schema, which: 'best' | 'first'): string | undefined {
  const failures = failuresOf(value, schema, [], [], schema);
  const failure = which === 'best' ? bestMatch(failures) : failures[0];
  if (failure === undefined) return undefined;
  const index = (container: string, keys: Path): string =>
    container + keys.map((key) => `[${repr(key)}]`).join('');
  return (
    `${failure.message}\n\n` +
    `Failed validating ${repr(failure.keyword)} in ${index('schema', failure.schemaPath)}:\n` +
    `    ${indent(pformat(failure.schema, 72))}\n\n` +
    `On ${index('instance', failure.path)}:\n    ${indent(pformat(failure.instance, 72))}`
  );
}

/** best_match: the shallowest; of those on one level rather one whose value has another type than its schema says. */
function bestMatch(failures: readonly Failure[]): Failure | undefined {
  const depth = Math.min(...failures.map(({ path }) => path.length));
  const shallowest = failures.filter(({ path }) => path.length === depth);
  return shallowest.find(({ schema, instance }) => !matchesType(schema, instance)) ?? shallowest[0];
}

function matchesType({ type }: Schema, value: unknown): boolean {
  return typesOf(type).some((name) => isType(value, name));
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

function failuresOf(value: unknown, schema: Schema, schemaPath: Path, path: Path, root: Schema): Failure[] {
  // in the order in which the schema names them
  return Object.keys(schema).flatMap((keyword) => {
    const limit = schema[keyword];
    const messages = messagesOf(keyword, limit, value, schema);
    const own = messages.map((message): Failure => ({
      message,
      keyword,
      schema,
      schemaPath,
      instance: value,
      path,
    }));
    return [...own, ...innerFailures(keyword, limit, value, schema, schemaPath, path, root)];
  });
}

/** What a keyword says about the value itself. */
function messagesOf(keyword: string, limit: unknown, value: unknown, schema: Schema): string[] {
  const unless = (fine: boolean, message: () => string): string[] => (fine ? [] : [message()]);
  switch (keyword) {
    case 'type':
      return unless(
        typesOf(limit).some((type) => isType(value, type)),
        () => `${repr(value)} is not of type ${typesOf(limit).map(repr).join(', ')}`,
      );
    case 'enum':
      return unless(
        !Array.isArray(limit) || limit.includes(value),
        () => `${repr(value)} is not one of ${repr(limit)}`,
      );
    case 'maxLength':
      return unless(
        typeof value !== 'string' || [...value].length <= Number(limit),
        () => `${repr(value)} is too long`,
      );
    case 'minLength':
      return unless(typeof value !== 'string' || [...value].length >= Number(limit), () =>
        Number(limit) === 1 ? `${repr(value)} should be non-empty` : `${repr(value)} is too short`,
      );
    case 'pattern':
      return unless(
        typeof value !== 'string' || new RegExp(String(limit)).test(value),
        () => `${repr(value)} does not match ${repr(limit)}`,
      );
    case 'minimum':
      return unless(
        typeof value !== 'number' || value >= Number(limit),
        () => `${repr(value)} is less than the minimum of ${repr(limit)}`,
      );
    case 'minItems':
      return unless(
        !Array.isArray(value) || value.length >= Number(limit),
        () => `${repr(value)} is too short`,
      );
    case 'uniqueItems':
      return unless(
        limit !== true || !Array.isArray(value) || new Set(value.map(repr)).size === value.length,
        () => `${repr(value)} has non-unique elements`,
      );
    case 'required': {
      const missing = isType(value, 'object')
        ? namesOf(limit).filter((name) => !Object.hasOwn(Object(value), name))
        : [];
      return missing.map((name) => `${repr(name)} is a required property`);
    }
    case 'dependentRequired': {
      const has = (name: string): boolean => isType(value, 'object') && Object.hasOwn(Object(value), name);
      return Object.entries(Object(limit) as Record<string, unknown>)
        .filter(([name]) => has(name))
        .flatMap(([name, needed]) =>
          namesOf(needed)
            .filter((other) => !has(other))
            .map((other) => `${repr(other)} is a dependency of ${repr(name)}`),
        );
    }
    case 'additionalProperties': {
      const extra = limit === false ? extraMembers(value, schema).map(([name]) => repr(name)) : [];
      const were = extra.length === 1 ? 'was' : 'were';
      return unless(
        extra.length === 0,
        () => `Additional properties are not allowed (${extra.sort().join(', ')} ${were} unexpected)`,
      );
    }
    default:
      return [];
  }
}

/** What a keyword says about the members and items of the value. */
function innerFailures(
  keyword: string,
  limit: unknown,
  value: unknown,
  schema: Schema,
  schemaPath: Path,
  path: Path,
  root: Schema,
): Failure[] {
  const within = (item: unknown, inner: unknown, steps: Path, at: Path): Failure[] =>
    isSchema(inner) ? failuresOf(item, inner, [...schemaPath, ...steps], [...path, ...at], root) : [];
  switch (keyword) {
    case 'properties': {
      const members = membersOf(value);
      return Object.entries(isSchema(limit) ? limit : {}).flatMap(([name, inner]) =>
        members.has(name) ? within(members.get(name), inner, [keyword, name], [name]) : [],
      );
    }
    case 'additionalProperties':
      return extraMembers(value, schema).flatMap(([name, member]) =>
        within(member, limit, [keyword], [name]),
      );
    case 'allOf':
      return (Array.isArray(limit) ? limit : []).flatMap((part: unknown, i) =>
        within(value, part, [keyword, i], []),
      );
    case '$ref': {
      const definitions = isSchema(root['definitions']) ? root['definitions'] : {};
      return within(value, definitions[String(limit).replace('#/definitions/', '')], [], []);
    }
    case 'items':
      return Array.isArray(value)
        ? value.flatMap((item: unknown, i) => within(item, limit, [keyword], [i]))
        : [];
    default:
      return [];
  }
}

function extraMembers(value: unknown, { properties }: Schema): [string, unknown][] {
  const known = isSchema(properties) ? properties : {};
  return [...membersOf(value)].filter(([name]) => !Object.hasOwn(known, name));
}

function isSchema(value: unknown): value is Schema {
  return isType(value, 'object');
}

function typesOf(type: unknown): string[] {
  return type === undefined ? [] : [type].flat().map(String);
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

function membersOf(value: unknown): Map<string, unknown> {
  return new Map(isType(value, 'object') ? Object.entries(Object(value)) : []);
}
