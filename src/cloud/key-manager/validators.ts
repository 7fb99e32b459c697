import { fromBase64 } from '../base64';
import { bestFailure } from '../../python/jsonschema';
import { parseDate } from '../../python/iso8601';
import { repr } from '../../python/repr';
import { idInRef, loadBody, timestamp, type Call, type KeyManagerApi } from './api';
import { HTTPError, invalidObject, unsupportedField } from './errors';
import { isSupported, SUPPORTED, supportedEncodings } from './mime-types';
import { ACL, CONTAINER, CONTAINER_CONSUMER, CONTAINER_SECRET, METADATA, METADATUM, NEW_SECRET, ORDER, PROJECT_QUOTA, SECRET_CONSUMER } from './schemas'; // prettier-ignore
import type { ProjectQuotas } from './state';

/** `max_allowed_secret_in_bytes`. */
const MAX_SECRET_BYTES = 20000;

type Schema = Readonly<Record<string, unknown>>;
type Json = Record<string, unknown>;

/**
 * The body of a request, held against a schema: barbican/common/validators.py.
 *
 * @throws {@link HTTPError} 400.
 */
async function bodyOf(call: Call, name: string, schema: Schema): Promise<Json> {
  const body = await loadBody(call);
  assertSchema(body, name, schema);
  return body as Json; // every schema wants an object
}

function assertSchema(body: unknown, name: string, schema: Schema): void {
  const failure = bestFailure(body, schema);
  if (failure !== undefined) {
    const property = failure.schemaPath.length > 0 ? failure.schemaPath[1] : undefined;
    throw invalidObject(name, failure.message, String(property ?? 'None'));
  }
  // some schemas are of draft 3, where a property says of itself that it must be there
  for (const [property, { required }] of Object.entries(schema['properties'] as Record<string, Schema>)) {
    if (required === true && !Object.hasOwn(Object(body) as object, property))
      throw invalidObject(name, `${repr(property)} is a required property`, property);
  }
}

/** What somebody says of a new secret. */
export interface NewSecret {
  name: string | null;
  secret_type: string;
  /** As the database keeps times. */
  expiration: string | null;
  algorithm: string | null;
  bit_length: number | null;
  mode: string | null;
  payload: string | undefined;
  payload_content_type: string | undefined;
  payload_content_encoding: string | undefined;
  transport_key_needed: boolean;
}

/** `NewSecretValidator`. */
export async function newSecret(call: Call): Promise<NewSecret> {
  const body = await loadBody(call);
  return checkSecret(body, call.api, 'Secret', false);
}

function checkSecret(body: unknown, api: KeyManagerApi, schema: string, inOrder: boolean): NewSecret {
  assertSchema(body, schema, NEW_SECRET);
  const given = body as Json; // the schema wants an object
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  const expiration = expirationOf(text('expiration') ?? '', api, schema);
  const [type, encoding] = [text('payload_content_type'), text('payload_content_encoding')];
  const assert = (fine: boolean, reason: string, property: string): void => {
    if (!fine) throw invalidObject(schema, reason, property);
  };
  const unsupported = `payload_content_type is not one of ${repr(SUPPORTED)}`;
  const payload = text('payload');
  if (payload !== undefined) {
    assert(
      type !== undefined,
      "If 'payload' is supplied, 'payload_content_type' must also be supplied.",
      'payload_content_type',
    );
    assert(isSupported(type ?? ''), unsupported, 'payload_content_type');
    const encodings = supportedEncodings(type ?? '');
    assert(
      encodings === null ? encoding === undefined : encodings.includes(encoding ?? ''),
      `payload_content_encoding is not one of ${repr(encodings)}`,
      'payload_content_encoding',
    );
    refuseTooBig(new TextEncoder().encode(payload), new HTTPError(413, TOO_LARGE));
    assert(payload.trim() !== '', "If 'payload' specified, must be non empty", 'payload');
    if (encoding === 'base64')
      assert(decodeBase64(payload) !== undefined, 'Invalid payload for payload_content_encoding', 'payload');
  } else if ('payload_content_type' in given) {
    assert(inOrder, 'payload must be provided when payload_content_type is specified', 'payload');
    if (type) assert(isSupported(type), unsupported, 'payload_content_type');
  }
  return {
    name: text('name') ?? null,
    secret_type: text('secret_type') ?? 'opaque',
    expiration,
    algorithm: text('algorithm') ?? null,
    bit_length: typeof given['bit_length'] === 'number' ? given['bit_length'] : null,
    mode: text('mode') ?? null,
    payload,
    payload_content_type: type,
    payload_content_encoding: encoding,
    transport_key_needed: given['transport_key_needed'] === 'true',
  };
}

export const TOO_LARGE = 'Provided information too large to process';

export function refuseTooBig(payload: Uint8Array, error: Error): void {
  if (payload.length > MAX_SECRET_BYTES) throw error;
}

function expirationOf(text: string, api: KeyManagerApi, schema: string): string | null {
  if (text.trim() === '') return null;
  const time = parseDate(text.trim());
  if (time === undefined) throw invalidObject(schema, "Invalid date for 'expiration'", 'expiration');
  if (time.getTime() <= api.clock.now().getTime())
    throw invalidObject(schema, "'expiration' is before current time", 'expiration');
  return timestamp(time);
}

/** Python's `base64.b64decode`, which overlooks what is not of the alphabet; undefined for a wrong length. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return fromBase64(text.replace(/[^A-Za-z0-9+/=]/g, ''));
  } catch {
    return undefined;
  }
}

/** What somebody orders: `TypeOrderValidator`. */
export interface NewOrder {
  type: 'key' | 'asymmetric';
  /** As it came, with name and expiration. */
  meta: Json;
  secret: NewSecret & { algorithm: string; bit_length: number };
  passphrase: boolean;
}

export async function newOrder(call: Call): Promise<NewOrder> {
  const body = await bodyOf(call, 'Order', ORDER);
  const type = body['type'] === 'key' ? 'key' : 'asymmetric';
  const meta = body['meta'] as Json; // the schema wants an object
  const secret = checkSecret(meta, call.api, "Secret' within 'Order", true);
  const kind = type === 'key' ? 'key' : 'asymmetric key';
  const assert = (fine: boolean, reason: string): void => {
    if (!fine) throw invalidObject('Order', reason, 'meta');
  };
  assert(meta['payload'] === undefined, `'payload' not allowed for ${type} type order`);
  const { algorithm, bit_length } = secret;
  assert(Boolean(algorithm), `'algorithm' is required field for ${kind} type order`);
  assert(Boolean(bit_length), `'bit_length' is required field for ${kind} type order`);
  if ((bit_length ?? 0) % 8 !== 0) throw unsupportedField();
  return {
    type,
    meta: { ...meta, name: secret.name, expiration: withFraction(secret.expiration) },
    secret: { ...secret, algorithm: algorithm ?? '', bit_length: bit_length ?? 0 },
    passphrase: Boolean(meta['passphrase']),
  };
}

/** oslo's JSON gives times that are Python objects six digits of a second. */
function withFraction(time: string | null): string | null {
  return time === null ? null : `${time}.000000`;
}

/** What somebody says of a new container: `ContainerValidator`. */
export interface NewContainer {
  name: string | null;
  type: string;
  secrets: { name: string | null; secret_id: string }[];
}

/** The names that a container of each type may have references for, and must. */
const REFERENCES: Readonly<
  Record<string, { allowed: string[]; needed: string[]; only: string; least: string }>
> = {
  rsa: {
    allowed: ['public_key', 'private_key', 'private_key_passphrase'],
    needed: ['public_key', 'private_key'],
    only: "only 'private_key', 'public_key' and 'private_key_passphrase' reference names are allowed for RSA type",
    least: "The minimum required reference names are 'public_key' and'private_key' for RSA type",
  },
  certificate: {
    allowed: ['certificate', 'private_key', 'private_key_passphrase', 'intermediates'],
    needed: ['certificate'],
    only:
      "only 'private_key', 'certificate' , 'private_key_passphrase',  or 'intermediates' reference names are allowed " +
      'for Certificate type',
    least: "The minimum required reference name is 'certificate' for Certificate type",
  },
};

export async function newContainer(call: Call): Promise<NewContainer> {
  const body = await bodyOf(call, 'Container', CONTAINER);
  // the schema has looked at it
  const {
    name = null,
    type,
    secret_refs = [],
  } = body as {
    name?: string | null;
    type: string;
    secret_refs?: { name?: string | null; secret_ref: string }[];
  };
  const secrets = secret_refs.map((ref) => ({ name: ref.name ?? null, secret_id: idInRef(ref.secret_ref) }));
  const assert = (fine: boolean, reason: string): void => {
    if (!fine) throw invalidObject('Container', reason, 'secret_refs');
  };
  if (secrets.length > 0) {
    const names = new Set(secret_refs.map((ref) => (ref.name === undefined ? '' : ref.name)));
    assert(names.size === secrets.length, 'Duplicate reference names are not allowed');
    const ids = new Set(secrets.map(({ secret_id }) => secret_id));
    assert(ids.size === secrets.length, 'Duplicate secret ids are not allowed');
    const host = call.api.url.replace(/\/v1$/, '');
    if (!secret_refs.every(({ secret_ref }) => secret_ref.startsWith(host))) throw unsupportedField();
    const rules = REFERENCES[type];
    if (rules !== undefined) {
      assert(
        [...names].every((one) => rules.allowed.includes(one ?? '')),
        rules.only,
      );
      assert(
        rules.needed.every((one) => names.has(one)),
        rules.least,
      );
    }
  }
  return { name, type, secrets };
}

/** `ContainerSecretValidator`. */
export async function containerSecret(call: Call): Promise<{ name: string | null; secret_ref: string }> {
  const { name, secret_ref } = await bodyOf(call, 'ContainerSecret', CONTAINER_SECRET);
  return { name: typeof name === 'string' ? name : null, secret_ref: String(secret_ref) };
}

/** `ContainerConsumerValidator`. */
export async function containerConsumer(call: Call): Promise<{ name: string; URL: string }> {
  const { name, URL } = await bodyOf(call, 'Consumer', CONTAINER_CONSUMER);
  return { name: String(name), URL: String(URL) };
}

/** `SecretConsumerValidator`. */
export async function secretConsumer(
  call: Call,
): Promise<{ service: string; resource_type: string; resource_id: string }> {
  const { service, resource_type, resource_id } = await bodyOf(call, 'Secret Consumer', SECRET_CONSUMER);
  return {
    service: String(service),
    resource_type: String(resource_type),
    resource_id: String(resource_id),
  };
}

/** `ACLValidator`: what it says of reading, if anything. */
export async function aclOf(
  call: Call,
): Promise<{ users?: string[]; 'project-access'?: boolean } | undefined> {
  const { read } = await bodyOf(call, 'ACL', ACL);
  // the schema has looked at it; nothing said is nothing asked for
  const given = read as { users?: string[]; 'project-access'?: boolean } | undefined;
  return given === undefined || Object.keys(given).length === 0 ? undefined : given;
}

/** `NewSecretMetadataValidator`. */
export async function metadataOf(call: Call): Promise<Record<string, string>> {
  const { metadata } = await bodyOf(call, 'SecretMetadata', METADATA);
  const entries = Object.entries(metadata as Json).map(([key, value]) => {
    assertKey(key);
    if (typeof value !== 'string')
      throw new HTTPError(400, 'Invalid Metadata. Keys and Values must be Strings.');
    return [key.toLowerCase(), value] as const;
  });
  return Object.fromEntries(entries);
}

/** `NewSecretMetadatumValidator`. */
export async function metadatumOf(call: Call): Promise<{ key: string; value: string }> {
  const { key, value } = await bodyOf(call, 'SecretMetadatum', METADATUM);
  assertKey(String(key));
  return { key: String(key).toLowerCase(), value: String(value) };
}

function assertKey(key: string): void {
  if (!/^[A-Za-z0-9_-]*$/.test(key)) throw new HTTPError(400, 'Invalid Key. Key must be URL safe.');
}

/** `ProjectQuotaValidator`. */
export async function projectQuotas(call: Call): Promise<Partial<ProjectQuotas>> {
  const body = await bodyOf(call, 'Project Quota', PROJECT_QUOTA);
  return body['project_quotas'] as Partial<ProjectQuotas>; // the schema has looked at it
}
