import { repr } from '../../python/repr';
import { pythonDict } from '../volume/list';
import { pythonText } from './attributes';
import { badRequest, invalidInput } from './errors';

/** One change of a JSON patch: `JsonPatchType` of magnum/api/controllers/v1/types.py. */
interface Change {
  path: string;
  op: 'add' | 'replace' | 'remove';
  value?: unknown;
}

type Document = Record<string, unknown>;

const OPERATIONS = ['add', 'replace', 'remove'];
const INTERNAL = ['/created_at', '/id', '/links', '/updated_at', '/uuid', '/project_id', '/user_id'];
const MANDATORY = [
  '/network_driver', '/external_network_id', '/tls_disabled', '/public', '/server_type', '/coe', '/registry_enabled',
  '/cluster_distro', '/hidden', '/image_id',
]; // prettier-ignore

/** Reads a patch. @throws {@link MagnumError} 400. */
export function readPatch(body: unknown): Change[] {
  if (!Array.isArray(body))
    throw invalidInput('patch', pythonText(body), `Value not a valid list: ${pythonText(body)}`);
  return (body as unknown[]).map(readChange);
}

function readChange(given: unknown): Change {
  const { path, op, value, ...others } = Object(given) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw badRequest(`Unknown attribute for argument patch: ${unknown}`);
  if (path === undefined) throw invalidInput('path', 'None', 'Mandatory field missing.');
  if (typeof path !== 'string' || !/^(\/[\p{L}\p{N}_-]+)+$/u.test(path))
    throw invalidInput('path', pythonText(path), String.raw`Value should match the pattern ^(/[\w-]+)+$`);
  if (op === undefined) throw invalidInput('op', 'None', 'Mandatory field missing.');
  if (!isOperation(op))
    throw invalidInput('op', pythonText(op), `Value should be one of: ${OPERATIONS.join(', ')}`);
  if (INTERNAL.includes(path)) throw badRequest(`'${path}' is an internal attribute and can not be updated`);
  if (op === 'remove' && MANDATORY.includes(path))
    throw badRequest(`'${path}' is a mandatory attribute and can not be removed`);
  const isEmpty = value === null || value === undefined;
  if (op !== 'remove' && isEmpty) throw badRequest("'add' and 'replace' operations needs value");
  return { path, op, ...(!isEmpty && { value }) };
}

function isOperation(op: unknown): op is Change['op'] {
  return typeof op === 'string' && OPERATIONS.includes(op);
}

/** `apply_jsonpatch` of magnum/api/utils.py. What is removed is absent afterwards. @throws {@link MagnumError} 400. */
export function applyPatch(document: Document, changes: readonly Change[]): Document {
  const patch = changes.map((change) => ({ ...change }));
  const fail = (reason: string): Error =>
    badRequest(`Couldn't apply patch '${repr(patch as Parameters<typeof repr>[0])}'. Reason: ${reason}`); // JSON
  for (const change of patch) {
    const { op, path } = change;
    const attribute = path.slice(1);
    if (op === 'add' && !attribute.includes('/')) {
      if (!Object.hasOwn(document, attribute))
        throw badRequest(`Adding a new attribute ${path} to the root of the resource is not allowed.`);
      if (document[attribute] !== null)
        throw badRequest(`The attribute ${path} has existed, please use 'replace' operation instead.`);
    }
    if (op === 'replace' && path === '/labels' && typeof change.value === 'string') {
      const pairs = pythonDict(change.value);
      if (pairs === undefined) throw fail(`malformed node or string: ${repr(change.value)}`);
      change.value = Object.fromEntries(pairs);
    }
  }
  const changed = structuredClone(document);
  for (const change of patch) apply(changed, change, fail);
  return changed;
}

function apply(document: Document, { op, path, value }: Change, fail: (reason: string) => Error): void {
  const parts = path.slice(1).split('/');
  const last = parts.pop() ?? '';
  let holder: unknown = document;
  for (const part of parts) {
    if (!isDocument(holder) || !Object.hasOwn(holder, part))
      throw fail(`member '${part}' not found in ${pythonText(holder)}`);
    holder = holder[part];
  }
  if (!isDocument(holder)) throw fail(`'${last}' is not a valid sequence index`);
  const isThere = Object.hasOwn(holder, last);
  if (op === 'remove' && !isThere) throw fail(`can't remove a non-existent object '${last}'`);
  if (op === 'replace' && !isThere) throw fail(`can't replace a non-existent object '${last}'`);
  if (op === 'remove') Reflect.deleteProperty(holder, last);
  else holder[last] = value;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
