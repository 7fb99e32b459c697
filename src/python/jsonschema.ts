/** Python's jsonschema 4.19, as far as the services' schemas go. They and their clients print its messages. */
import { pformat } from './pprint';
import { repr } from './repr';

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** One rule of a schema that a value breaks. */
export interface Failure {
  /** In jsonschema's words. */
  message: string;
  keyword: string;
  schema: Schema;
  schemaPath: Path;
  /** The value that breaks it, and where it stands in the whole. */
  instance: unknown;
  path: Path;
  /** What a format says by itself, in place of the message. */
  cause?: string;
}

/** What a service adds to jsonschema. */
export interface Dialect {
  /** The formats that are checked: whether a value has the format, or the whole sentence that says why not. */
  formats?: Readonly<Record<string, (value: unknown) => boolean | string>>;
  /** Whether a text such as `'10'` has a minimum and a maximum, too. */
  numbersInText?: boolean;
}

/** The first rule that a value breaks, as `Validator.validate()` raises it; undefined for a value that is allowed. */
export function firstFailure(value: unknown, schema: Schema, dialect: Dialect = {}): Failure | undefined {
  return failuresOf(value, schema, [], [], schema, dialect)[0];
}

/** The failure that `jsonschema.validate()` raises, which is the best match; undefined for a value that is allowed. */
export function bestFailure(value: unknown, schema: Schema): Failure | undefined {
  return bestMatch(failuresOf(value, schema, [], [], schema, {}));
}

/**
 * What `str()` of a `ValidationError` is: which rule failed, the schema around it, and the value.
 *
 * @param which of several failures: `jsonschema.validate()` gives the best match, `Validator.validate()` the first.
 * @returns undefined for a value that the schema allows.
 */
export function validationError(value: unknown, schema: Schema, which: 'best' | 'first'): string | undefined {
  const failures = failuresOf(value, schema, [], [], schema, {});
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

function failuresOf(
  value: unknown,
  schema: Schema,
  schemaPath: Path,
  path: Path,
  root: Schema,
  dialect: Dialect,
): Failure[] {
  // in the order in which the schema names them
  return Object.keys(schema).flatMap((keyword) => {
    const limit = schema[keyword];
    const failure = { keyword, schema, schemaPath, instance: value, path };
    const messages = messagesOf(keyword, limit, value, schema, dialect);
    const own = messages.map((message): Failure => ({ message, ...failure }));
    if (keyword === 'format') {
      const verdict = dialect.formats?.[String(limit)]?.(value) ?? true;
      if (verdict !== true)
        own.push({
          message: `${repr(value)} is not a ${repr(limit)}`,
          ...failure,
          ...(verdict === false ? {} : { cause: verdict }),
        });
    }
    return [...own, ...innerFailures(keyword, limit, value, schema, schemaPath, path, root, dialect)];
  });
}

/** What a keyword says about the value itself. */
function messagesOf(
  keyword: string,
  limit: unknown,
  value: unknown,
  schema: Schema,
  dialect: Dialect,
): string[] {
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
      return unless(
        typeof value !== 'string' || [...value].length >= Number(limit),
        () => `${repr(value)} is too short`,
      );
    case 'pattern':
      return unless(
        typeof value !== 'string' || new RegExp(String(limit)).test(value),
        () => `${repr(value)} does not match ${repr(limit)}`,
      );
    case 'minimum': {
      const number = numberIn(value, dialect);
      return unless(
        number === undefined || number >= Number(limit),
        () => `${repr(number)} is less than the minimum of ${repr(limit)}`,
      );
    }
    case 'exclusiveMinimum':
      return unless(
        typeof value !== 'number' || value > Number(limit),
        () => `${repr(value)} is less than or equal to the minimum of ${repr(limit)}`,
      );
    case 'maximum': {
      const number = numberIn(value, dialect);
      return unless(
        number === undefined || number <= Number(limit),
        () => `${repr(number)} is greater than the maximum of ${repr(limit)}`,
      );
    }
    case 'maxItems':
      return unless(
        !Array.isArray(value) || value.length <= Number(limit),
        () => `${repr(value)} is too long`,
      );
    case 'minProperties':
      return unless(
        !isType(value, 'object') || membersOf(value).size >= Number(limit),
        () => `${repr(value)} does not have enough properties`,
      );
    case 'maxProperties':
      return unless(
        !isType(value, 'object') || membersOf(value).size <= Number(limit),
        () => `${repr(value)} has too many properties`,
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
      const one = extra.length === 1;
      const names = extra.sort().join(', ');
      const patterns = patternsOf(schema).map(repr).sort().join(', ');
      return unless(extra.length === 0, () =>
        patterns === ''
          ? `Additional properties are not allowed (${names} ${one ? 'was' : 'were'} unexpected)`
          : `${names} ${one ? 'does' : 'do'} not match any of the regexes: ${patterns}`,
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
  dialect: Dialect,
): Failure[] {
  const within = (item: unknown, inner: unknown, steps: Path, at: Path): Failure[] =>
    isSchema(inner)
      ? failuresOf(item, inner, [...schemaPath, ...steps], [...path, ...at], root, dialect)
      : [];
  const failure = { keyword, schema, schemaPath, instance: value, path };
  switch (keyword) {
    case 'properties': {
      const members = membersOf(value);
      return Object.entries(isSchema(limit) ? limit : {}).flatMap(([name, inner]) =>
        members.has(name) ? within(members.get(name), inner, [keyword, name], [name]) : [],
      );
    }
    case 'patternProperties':
      return Object.entries(isSchema(limit) ? limit : {}).flatMap(([pattern, inner]) =>
        [...membersOf(value)]
          .filter(([name]) => new RegExp(pattern).test(name))
          .flatMap(([name, member]) => within(member, inner, [keyword, pattern], [name])),
      );
    case 'anyOf':
    case 'oneOf': {
      const choices: unknown[] = Array.isArray(limit) ? limit : [];
      const fitting = choices.filter((choice, i) => within(value, choice, [keyword, i], []).length === 0);
      if (fitting.length === 0)
        return [{ message: `${repr(value)} is not valid under any of the given schemas`, ...failure }];
      return keyword === 'anyOf' || fitting.length === 1
        ? []
        : [
            {
              message: `${repr(value)} is valid under each of ${fitting.map(repr).reverse().join(', ')}`,
              ...failure,
            },
          ];
    }
    case 'prefixItems':
      return Array.isArray(value) && Array.isArray(limit)
        ? limit.flatMap((inner: unknown, i) =>
            i < value.length ? within(value[i], inner, [keyword, i], [i]) : [],
          )
        : [];
    case 'not':
      return isSchema(limit) && within(value, limit, [keyword], []).length === 0
        ? [{ message: `${repr(value)} should not be valid under ${repr(limit)}`, ...failure }]
        : [];
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

function extraMembers(value: unknown, schema: Schema): [string, unknown][] {
  const known = isSchema(schema['properties']) ? schema['properties'] : {};
  const patterns = patternsOf(schema).map((pattern) => new RegExp(pattern));
  return [...membersOf(value)].filter(
    ([name]) => !Object.hasOwn(known, name) && !patterns.some((pattern) => pattern.test(name)),
  );
}

function patternsOf({ patternProperties }: Schema): string[] {
  return isSchema(patternProperties) ? Object.keys(patternProperties) : [];
}

/** The number that a minimum or maximum is held against. */
function numberIn(value: unknown, { numbersInText = false }: Dialect): number | undefined {
  if (typeof value === 'number') return value;
  if (!numbersInText || typeof value !== 'string') return undefined;
  return /^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*$/.test(value) ? Number(value) : undefined;
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
