import { pformat, repr } from '../http/python-repr';
import { HTTPError } from '../http/webob';
import { IMAGE_PROPERTIES, IMAGE_SCHEMA, type JsonSchema } from './schema';

interface Failure {
  message: string;
  validator: string;
  schema: unknown;
  schemaPath: (string | number)[];
  instance: unknown;
  path: (string | number)[];
}

/**
 * Refuses an image that the schema does not allow, with the 400 that Glance answers: the message of Python's jsonschema.
 *
 * @param image a whole image or some attributes of one.
 */
export function validateImage(image: Record<string, unknown>): void {
  const failure = firstFailure(image);
  if (failure === undefined) return;
  const index = (container: string, keys: (string | number)[]) =>
    container + keys.map((key) => `[${repr(key)}]`).join('');
  throw new HTTPError(
    400,
    `Provided object does not match schema 'image': ${failure.message}\n\n` +
      `Failed validating ${repr(failure.validator)} in ${index('schema', failure.schemaPath)}:\n` +
      `    ${indent(pformat(failure.schema, 72))}\n\n` +
      `On ${index('instance', failure.path)}:\n    ${indent(pformat(failure.instance, 72))}`,
  );
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

/** jsonschema reports the failure that is most relevant: the shallowest, in the order of the schema. */
function firstFailure(image: Record<string, unknown>): Failure | undefined {
  const failures: Failure[] = [];
  for (const [name, schema] of Object.entries(IMAGE_PROPERTIES)) {
    if (Object.hasOwn(image, name))
      failures.push(...failuresOf(image[name], schema, ['properties', name], [name]));
  }
  for (const [name, value] of Object.entries(image)) {
    if (Object.hasOwn(IMAGE_PROPERTIES, name)) continue;
    failures.push(...failuresOf(value, IMAGE_SCHEMA.additionalProperties, ['additionalProperties'], [name]));
  }
  const depth = Math.min(...failures.map(({ path }) => path.length));
  return failures.find(({ path }) => path.length === depth);
}

function failuresOf(
  value: unknown,
  schema: JsonSchema,
  schemaPath: Failure['schemaPath'],
  path: Failure['path'],
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
      case 'items':
        if (Array.isArray(value) && schema.items !== undefined) {
          const { items } = schema;
          value.forEach((item, i) =>
            failures.push(...failuresOf(item, items, [...schemaPath, 'items'], [...path, i])),
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
