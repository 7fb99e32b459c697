import { firstFailure } from '../../python/jsonschema';
import { repr } from '../../python/repr';
import { badRequest } from './errors';
import { FORMATS } from './schemas/formats';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

const DIALECT = { formats: FORMATS, numbersInText: true };

/**
 * Refuses a body that a schema does not allow, in nova's words: nova/api/validation/validators.py `_SchemaValidator`.
 *
 * @throws {@link NovaError} 400.
 */
export function validateBody(body: unknown, schema: Schema): void {
  const failure = firstFailure(body, schema, DIALECT);
  if (failure === undefined) return;
  if (failure.cause !== undefined) throw badRequest(failure.cause);
  const field = failure.path.at(-1);
  if (field === undefined) throw badRequest(failure.message);
  throw badRequest(
    `Invalid input for field/attribute ${field}. Value: ${text(failure.instance)}. ${failure.message}`,
  );
}

/**
 * The parameters of a query that a schema knows, each with its values; the others are left out, or refused where the
 * schema says so. nova/api/validation/__init__.py `query_schema`.
 *
 * @throws {@link NovaError} 400.
 */
export function validateQuery(query: URLSearchParams, schema: Schema): void {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>; // no name is taken
  for (const name of new Set(query.keys())) values[name] = query.getAll(name);
  const failure = firstFailure({ ...values }, schema, DIALECT);
  if (failure !== undefined) {
    if (failure.cause !== undefined) throw badRequest(failure.cause);
    const [name] = failure.path;
    if (name === undefined) throw badRequest(failure.message);
    throw badRequest(
      `Invalid input for query parameters ${name}. Value: ${text(failure.instance)}. ${failure.message}`,
    );
  }
}

/** `str(value)`. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : repr(value);
}
