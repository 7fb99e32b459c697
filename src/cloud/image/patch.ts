import { HTTPError } from '../http/webob';
import { BASE_PROPERTIES } from './schema';
import { validateImage } from './validate-image';

export interface Change {
  op: 'add' | 'remove' | 'replace';
  path: string[];
  value: unknown;
  /** Which of the two media types it came in: 4 is the old one, 10 is JSON Patch. */
  draft: 4 | 10;
}

const OPERATIONS = ['add', 'remove', 'replace'] as const;

export const PATCH_TYPES: Readonly<Record<string, 4 | 10>> = {
  'application/openstack-images-v2.0-json-patch': 4,
  'application/openstack-images-v2.1-json-patch': 10,
};

export const READ_ONLY = [
  'created_at',
  'updated_at',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'direct_url',
  'self',
  'file',
  'schema',
  'id',
  'os_hash_algo',
  'os_hash_value',
];
export const RESERVED = ['location', 'deleted', 'deleted_at'];
export const RESERVED_NAMESPACE = 'os_glance_';

type Json = Record<string, unknown>;

function badRequest(message: string): HTTPError {
  return new HTTPError(400, message);
}

/**
 * Reads the changes of a PATCH. All of them are checked before the first is made.
 * Modelled on `RequestDeserializer.update` of `glance/api/v2/images.py`.
 */
export function parsePatch(body: unknown, draft: 4 | 10): Change[] {
  if (!Array.isArray(body)) throw badRequest('Request body must be a JSON array of operation objects.');
  return body.map((raw: unknown) => {
    if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
      throw badRequest('Operations must be JSON objects.');
    // an object that came out of JSON.parse
    return parseChange(raw as Json, draft);
  });
}

function parseChange(raw: Json, draft: 4 | 10): Change {
  const op = draft === 10 ? operation10(raw) : operation4(raw);
  const pointer = draft === 10 ? raw['path'] : raw[op];
  if (draft === 10 && pointer === undefined) throw badRequest("Unable to find 'path' in JSON Schema change");
  if (typeof pointer !== 'string')
    throw badRequest(`Pointer \`${String(pointer)}\` does not start with "/".`);
  const path = decodePointer(pointer);
  const depth = path[0] === 'locations' ? (op === 'replace' ? 1 : 2) : 1;
  if (path.length !== depth) throw badRequest(`Invalid JSON pointer for this resource: '/${path.join('/')}'`);
  if (op !== 'remove' && !('value' in raw))
    throw badRequest(`Operation "${op}" requires a member named "value".`);
  const change = { op, path, value: raw['value'], draft };
  validateChange(change);
  return change;
}

function operation10(raw: Json): Change['op'] {
  const op = raw['op'];
  const available = OPERATIONS.join(', ');
  if (op === undefined || op === null) {
    throw badRequest(
      `Unable to find \`op\` in JSON Schema change. It must be one of the following: ${available}.`,
    );
  }
  const found = OPERATIONS.find((candidate) => candidate === op);
  if (found === undefined)
    throw badRequest(`Invalid operation: \`${String(op)}\`. It must be one of the following: ${available}.`);
  return found;
}

function operation4(raw: Json): Change['op'] {
  const found = OPERATIONS.filter((candidate) => candidate in raw);
  const [only] = found;
  if (only === undefined)
    throw badRequest(
      'Operation objects must contain exactly one member named "add", "remove", or "replace".',
    );
  if (found.length > 1)
    throw badRequest('Operation objects must contain only one member named "add", "remove", or "replace".');
  return only;
}

/** Splits a JSON pointer; `~1` is a slash and `~0` a tilde. */
function decodePointer(pointer: string): string[] {
  if (!pointer.startsWith('/')) throw badRequest(`Pointer \`${pointer}\` does not start with "/".`);
  if (/\/\s*?\//.test(pointer.slice(1))) throw badRequest(`Pointer \`${pointer}\` contains adjacent "/".`);
  if (pointer.length > 1 && pointer.endsWith('/')) throw badRequest(`Pointer \`${pointer}\` end with "/".`);
  if (pointer.slice(1).trim() === '/')
    throw badRequest(`Pointer \`${pointer}\` does not contains valid token.`);
  if (/~[^01]/.test(pointer) || pointer.endsWith('~')) {
    throw badRequest(`Pointer \`${pointer}\` contains "~" not part of a recognized escape sequence.`);
  }
  return pointer
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~').trim());
}

function validateChange({ op, path, value }: Change): void {
  const [root = ''] = path;
  if (READ_ONLY.includes(root)) throw new HTTPError(403, `Attribute '${root}' is read-only.`);
  if (RESERVED.includes(root) || root.startsWith(RESERVED_NAMESPACE))
    throw new HTTPError(403, `Attribute '${root}' is reserved.`);
  if (op === 'remove') return;
  if (path.length === 1) validateImage({ [root]: value });
  else if (BASE_PROPERTIES[root]?.type === 'array') validateImage({ [root]: [value] });
}
