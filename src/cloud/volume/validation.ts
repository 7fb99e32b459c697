import { firstFailure } from '../../python/jsonschema';
import { repr } from '../../python/repr';
import { badRequest } from './errors';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** A JSON object of a request. */
export type Json = Record<string, unknown>;

/** `fields.VolumeStatus.ALL` of cinder/objects/fields.py. */
const VOLUME_STATUSES = [
  'creating', 'available', 'deleting', 'error', 'error_deleting', 'error_managing', 'managing', 'attaching', 'in-use',
  'detaching', 'maintenance', 'restoring-backup', 'error_restoring', 'reserved', 'awaiting-transfer', 'backing-up',
  'error_backing-up', 'error_extending', 'downloading', 'uploading', 'retyping', 'extending',
]; // prettier-ignore
const MIGRATION_STATUSES = ['migrating', 'error', 'success', 'completing', 'none', 'starting'];
const SNAPSHOT_STATUSES = [
  'error', 'available', 'creating', 'deleting', 'deleted', 'updating', 'error_deleting', 'unmanaging', 'backing-up',
  'restoring',
]; // prettier-ignore
/** `exception.InvalidName`. */
const INVALID_NAME = "An invalid 'name' value was provided.";
const ATTACH_STATUSES = ['attached', 'detached'];

const UUID = /^(\{|urn:uuid:|uuid:)*[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/** `uuidutils.is_uuid_like`. */
export function isUuidLike(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value);
}

/**
 * The formats of cinder/api/validation/validators.py. Most say what is wrong in an error of their own, which is thrown
 * as it is; only a wrong name is the schema's.
 */
const FORMATS: Readonly<Record<string, (value: unknown) => boolean | string>> = {
  uuid: isUuidLike,
  name: (value) =>
    !value
      ? `${INVALID_NAME} The 'name' can not be None.`
      : String(value).trim() !== '' || `${INVALID_NAME} The 'name' can not be empty.`,
  name_non_mandatory_remove_white_spaces: (value) => checkLength(value, 'name'),
  description_non_mandatory_remove_white_spaces: (value) => checkLength(value, 'description'),
  mysql_text: (value) => typeof value !== 'string' || new TextEncoder().encode(value).length <= 65535,
  volume_status: (value) => oneOf(value, 'Volume status', VOLUME_STATUSES, false),
  volume_attach_status: (value) => oneOf(value, 'Volume attach status', ATTACH_STATUSES, false, '[]'),
  volume_migration_status: (value) => oneOf(value, 'Volume migration status', MIGRATION_STATUSES, false),
  snapshot_status: (value) => oneOf(value, 'Snapshot status', SNAPSHOT_STATUSES, true),
  validate_volume_reset_body: (value) => {
    const { status, attach_status, migration_status } = Object(value) as Json; // members of whatever it is
    if (!status && !attach_status && !migration_status)
      throw badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update.");
    return true;
  },
};

function checkLength(value: unknown, name: string): boolean {
  const length = typeof value === 'string' ? [...value.trim()].length : 0;
  if (length > 255)
    throw badRequest(`Invalid input received: ${name} has ${length} characters, more than 255.`);
  return true;
}

function oneOf(
  value: unknown,
  what: string,
  valid: readonly string[],
  mandatory: boolean,
  brackets = '()',
): boolean {
  if (!value && !mandatory) return true;
  if (typeof value === 'string' && valid.includes(value.toLowerCase())) return true;
  const list = `${brackets.charAt(0)}${valid.map(repr).join(', ')}${brackets.charAt(1)}`;
  const text = typeof value === 'string' ? value : repr(value);
  throw badRequest(`${what}: ${text} is invalid, valid statuses are: ${list}.`);
}

/**
 * Refuses a body that a schema does not allow, in cinder's words: `_SchemaValidator` of
 * cinder/api/validation/validators.py.
 *
 * @returns the object under `key`.
 * @throws {@link CinderError} 400.
 */
export function validate(body: unknown, schema: Schema, key: string): Json {
  const failure = firstFailure(body, schema, { formats: FORMATS, numbersInText: true });
  if (failure !== undefined) {
    if (failure.cause !== undefined) throw badRequest(failure.cause);
    const field = failure.path.at(-1);
    if (field === undefined) throw badRequest(failure.message);
    const value = typeof failure.instance === 'string' ? failure.instance : repr(failure.instance);
    throw badRequest(`Invalid input for field/attribute ${field}. Value: ${value}. ${failure.message}`);
  }
  const value = (body as Json)[key]; // the schemas ask for an object with this member
  return value === null || typeof value !== 'object' ? {} : { ...value };
}

const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];

/** `strutils.bool_from_string` of something that a schema has seen, or of a query. */
export function boolFromString(value: unknown): boolean {
  return value === true || (typeof value === 'string' && TRUE.includes(value.trim().toLowerCase()));
}

/** A text, or null for anything else. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Names and their texts, as a schema for metadata has let them in. */
export function texts(value: unknown): Record<string, string> {
  if (value === null || typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}
