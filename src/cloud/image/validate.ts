import { pformat, repr } from '../http/python-repr';
import { HTTPError } from '../http/webob';
import type { JsonSchema } from './json-schema';

interface Failure {
  message: string;
  validator: string;
  schema: unknown;
  schemaPath: (string | number)[];
  instance: unknown;
  path: (string | number)[];
}

/** A schema that Glance shows below /v2/schemas: a JSON Schema with a name. */
export type NamedSchema = JsonSchema & { name: string };

/**
 * Refuses what a schema does not allow, with the 400 that Glance answers: the message of Python's jsonschema.
 * Modelled on `glance/schema.py`.
 */
export function validate(value: unknown, schema: NamedSchema): void {
  const failures = failuresOf(value, schema, [], [], schema);
  // jsonschema reports the failure that is most relevant: the shallowest, in the order of the schema
  const depth = Math.min(...failures.map(({ path }) => path.length));
  const failure = failures.find(({ path }) => path.length === depth);
  if (failure === undefined) return;
  const index = (container: string, keys: (string | number)[]) =>
    container + keys.map((key) => `[${repr(key)}]`).join('');
  throw new HTTPError(
    400,
    `Provided object does not match schema '${schema.name}': ${failure.message}\n\n` +
      `Failed validating ${repr(failure.validator)} in ${index('schema', failure.schemaPath)}:\n` +
      `    ${indent(pformat(failure.schema, 72))}\n\n` +
      `On ${index('instance', failure.path)}:\n    ${indent(pformat(failure.instance, 72))}`,
  );
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

function failuresOf(
  value: unknown,
  schema: JsonSchema,
  schemaPath: Failure['schemaPath'],
  path: Failure['path'],
  root: JsonSchema,
): Failure[] {
  const fail = (validator: string, message: string): Failure => ({
    message,
    validator,
    schema,
    schemaPath,
    instance: value,
    path,
  });
  const failures: Failure[] = [];
  // in the order in which the schema names them
  for (const keyword of Object.keys(schema)) {
    switch (keyword) {
      case 'type': {
        const types = [schema.type ?? []].flat();
        if (!types.some((type) => isType(value, type))) {
          failures.push(fail('type', `${repr(value)} is not of type ${types.map(repr).join(', ')}`));
        }
        break;
      }
      case 'enum':
        if (!schema.enum?.some((allowed) => allowed === value)) {
          failures.push(fail('enum', `${repr(value)} is not one of ${repr(schema.enum)}`));
        }
        break;
      case 'maxLength':
        if (typeof value === 'string' && [...value].length > (schema.maxLength ?? Infinity)) {
          failures.push(fail('maxLength', `${repr(value)} is too long`));
        }
        break;
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(schema.pattern ?? '').test(value)) {
          failures.push(fail('pattern', `${repr(value)} does not match ${repr(schema.pattern)}`));
        }
        break;
      case 'minimum':
        if (typeof value === 'number' && value < (schema.minimum ?? -Infinity)) {
          failures.push(
            fail('minimum', `${repr(value)} is less than the minimum of ${repr(schema.minimum)}`),
          );
        }
        break;
      case 'uniqueItems':
        if (Array.isArray(value) && new Set(value.map(repr)).size < value.length) {
          failures.push(fail('uniqueItems', `${repr(value)} has non-unique elements`));
        }
        break;
      case 'required':
        if (isType(value, 'object')) {
          for (const name of schema.required ?? []) {
            if (!Object.hasOwn(Object(value), name))
              failures.push(fail('required', `${repr(name)} is a required property`));
          }
        }
        break;
      case 'properties':
        for (const [name, member] of Object.entries(schema.properties ?? {})) {
          if (isType(value, 'object') && Object.hasOwn(Object(value), name))
            failures.push(
              ...failuresOf(
                membersOf(value).get(name),
                member,
                [...schemaPath, 'properties', name],
                [...path, name],
                root,
              ),
            );
        }
        break;
      case 'additionalProperties': {
        const extra = [...membersOf(value)].filter(([name]) => !Object.hasOwn(schema.properties ?? {}, name));
        const { additionalProperties } = schema;
        if (typeof additionalProperties === 'object') {
          for (const [name, member] of extra)
            failures.push(
              ...failuresOf(
                member,
                additionalProperties,
                [...schemaPath, 'additionalProperties'],
                [...path, name],
                root,
              ),
            );
        } else if (additionalProperties === false && extra.length > 0) {
          const names = extra.map(([name]) => repr(name)).sort();
          const were = names.length === 1 ? 'was' : 'were';
          failures.push(
            fail(
              'additionalProperties',
              `Additional properties are not allowed (${names.join(', ')} ${were} unexpected)`,
            ),
          );
        }
        break;
      }
      case 'allOf':
        schema.allOf?.forEach((part, i) =>
          failures.push(...failuresOf(value, part, [...schemaPath, 'allOf', i], path, root)),
        );
        break;
      case '$ref': {
        const definition = root.definitions?.[schema.$ref?.replace('#/definitions/', '') ?? ''];
        if (definition !== undefined) failures.push(...failuresOf(value, definition, schemaPath, path, root));
        break;
      }
      case 'items':
        if (Array.isArray(value) && schema.items !== undefined) {
          const { items } = schema;
          value.forEach((item, i) =>
            failures.push(...failuresOf(item, items, [...schemaPath, 'items'], [...path, i], root)),
          );
        }
        break;
    }
  }
  return failures;
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
