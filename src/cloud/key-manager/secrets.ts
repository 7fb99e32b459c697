import { toBase64 } from '../base64';
import { idInRef, isExpired, isUuid, JSON_BODY, json, liveSecrets, noContent, now, paged, respond, type Call, type KeyManagerApi } from './api'; // prettier-ignore
import { acl } from './acls';
import { secretConsumers } from './consumers';
import { BarbicanHTTPException, failure, HTTPError } from './errors';
import { isSupported, isText, normalizeContentType } from './mime-types';
import { enforceQuota } from './quotas';
import { listedSecrets } from './secret-list';
import { secretMetadata } from './secret-metadata';
import type { SecretRecord } from './state';
import { decodeBase64, newSecret, refuseTooBig, TOO_LARGE, type NewSecret } from './validators';

/** `/secrets` and what is below it: barbican/api/controllers/secrets.py. */
export function secrets(call: Call, rest: readonly string[]): Promise<Response> {
  const { api, policy, context } = call;
  const [id, ...below] = rest;
  if (id !== undefined) return oneSecret(call, find(api, id), below);
  const view = (secret: SecretRecord) => secretView(call, secret);
  return respond(call, {
    GET: () => ({
      operation: 'Secret(s) retrieval',
      allowed: policy.has('member'),
      run: () => paged(call, 'secrets', 'secrets', listedSecrets(call), view),
    }),
    POST: () => ({
      operation: 'Secret creation',
      allowed: policy.has('member'),
      contentTypes: JSON_BODY,
      async run() {
        const given = await newSecret(call);
        const own = liveSecrets(api).filter(({ project_id }) => project_id === context.projectId);
        enforceQuota(call, 'secrets', own.length);
        // no secret store here has a key to wrap them with
        if (given.transport_key_needed) throw failure('Secret creation');
        const { payload, payload_content_type: type, payload_content_encoding: encoding } = given;
        const secret = createSecret(
          call,
          given,
          payload === undefined ? undefined : { ...stored(payload, encoding), type: type ?? '' },
        );
        const ref = `${api.url}/secrets/${secret.id}`;
        return json({ secret_ref: ref }, 201, { Location: ref });
      },
    }),
  });
}

/** Puts a secret into the database. @param data what it holds, if that is known already. */
export function createSecret(
  { api, context }: Pick<Call, 'api' | 'context'>,
  given: Pick<NewSecret, 'name' | 'secret_type' | 'expiration' | 'algorithm' | 'bit_length' | 'mode'>,
  data: { bytes: Uint8Array; type: string } | undefined,
): SecretRecord {
  const { name, secret_type, expiration, algorithm, bit_length, mode } = given;
  const time = now(api);
  const secret: SecretRecord = {
    id: api.ids.uuid('secret'),
    created_at: time,
    updated_at: time,
    name,
    secret_type,
    expiration,
    algorithm,
    bit_length,
    mode,
    creator_id: context.userId,
    project_id: context.projectId,
    payload: data === undefined ? null : toBase64(data.bytes),
    content_type: data === undefined ? null : normalizeContentType(data.type),
    user_metadata: {},
    consumers: [],
    acl: null,
  };
  api.state.secrets.push(secret);
  return secret;
}

/** What a text stands for. */
function stored(payload: string, encoding: string | undefined): { bytes: Uint8Array } {
  return {
    bytes: (encoding === 'base64' ? decodeBase64(payload) : undefined) ?? new TextEncoder().encode(payload),
  };
}

function find(api: KeyManagerApi, id: string): SecretRecord {
  if (!isUuid(id)) throw new HTTPError(404, 'Not Found. Provided secret id is invalid.');
  const secret = api.state.secrets.find((one) => one.id === id);
  if (secret === undefined || isExpired(secret, api)) throw new HTTPError(404, 'Secret not found.');
  return secret;
}

function oneSecret(call: Call, secret: SecretRecord, below: readonly string[]): Promise<Response> {
  const { policy, request, api } = call;
  const [part, ...rest] = below;
  switch (part) {
    case undefined:
      break;
    case 'payload':
      if (request.method !== 'GET') throw new HTTPError(405);
      return respond(call, {
        GET: () => ({
          operation: 'Secret payload retrieval',
          allowed: policy.mayRead(secret),
          run: () => payloadOf(call, secret),
        }),
      });
    case 'acl':
      return acl(call, 'Secret', secret);
    case 'consumers':
      return secretConsumers(call, secret, rest, () => secretView({ ...call, minor: 1 }, secret));
    case 'metadata':
      return secretMetadata(call, secret, rest);
    default:
      throw new HTTPError(404);
  }
  const accept = request.headers.get('Accept') ?? '*/*';
  const asJson = accept === '*/*' || accept === 'application/json';
  return respond(call, {
    GET: () => ({
      operation: 'Secret retrieval',
      allowed: asJson ? policy.maySee(secret) : policy.mayRead(secret),
      run: () => (asJson ? secretView(call, secret) : payloadOf(call, secret)),
    }),
    PUT: () => ({
      operation: 'Secret update',
      allowed: policy.mayChange(secret),
      contentTypes: ['application/octet-stream', 'text/plain'],
      async run() {
        const bytes = new Uint8Array(await request.arrayBuffer());
        if (bytes.length === 0) throw new BarbicanHTTPException(400, 'No data supplied to process.');
        refuseTooBig(bytes, new BarbicanHTTPException(413, TOO_LARGE));
        if (secret.payload !== null) throw new HTTPError(409, 'Secret already has data, cannot modify it.');
        const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '';
        secret.payload = toBase64(decoded(bytes, type, request.headers.get('Content-Encoding')));
        secret.content_type = type;
        secret.updated_at = now(api);
        return noContent();
      },
    }),
    DELETE: () => ({
      operation: 'Secret deletion',
      allowed: policy.mayDelete(secret),
      run: () => {
        const { state } = api;
        state.secrets = state.secrets.filter((one) => one !== secret);
        for (const container of state.containers)
          container.secrets = container.secrets.filter(({ secret_id }) => secret_id !== secret.id);
        return noContent();
      },
    }),
  });
}

function decoded(bytes: Uint8Array, type: string, encoding: string | null): Uint8Array {
  if (isText(type) || !encoding) return bytes;
  if (encoding.toLowerCase() !== 'base64') {
    throw new BarbicanHTTPException(
      400,
      "Text-based binary secret payloads must specify a content-encoding of 'base64'",
    );
  }
  const result = decodeBase64(new TextDecoder().decode(bytes));
  if (result === undefined) throw failure('Secret update');
  return result;
}

/** The secret itself, in the form that the client accepts. */
function payloadOf({ request }: Call, { payload, content_type }: SecretRecord): Response {
  if (payload === null || content_type === null)
    throw new HTTPError(404, 'Not Found. Sorry but your secret has no payload.');
  const accept = request.headers.get('Accept') || 'application/octet-stream';
  const wrong = new BarbicanHTTPException(406, 'Wrong payload content-type');
  const wanted = accept === '*/*' ? content_type : accept;
  if (!isSupported(wanted)) throw wrong;
  const bytes = decodeBase64(payload) ?? new Uint8Array();
  if (isText(wanted) && !isUtf8(bytes)) throw wrong;
  const type = isText(accept) ? 'text/plain; charset=UTF-8' : accept;
  return new Response(bytes, { headers: { 'Content-Type': type, 'Content-Length': String(bytes.length) } });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A secret as the API shows it. */
export function secretView({ api, minor }: Pick<Call, 'api' | 'minor'>, secret: SecretRecord): object {
  const { name, secret_type, expiration, algorithm, bit_length, mode, creator_id, content_type } = secret;
  return {
    created: secret.created_at,
    updated: secret.updated_at,
    status: 'ACTIVE',
    name,
    secret_type,
    expiration,
    algorithm,
    bit_length,
    mode,
    creator_id,
    ...(minor > 0 && {
      consumers: secret.consumers.map(({ service, resource_type, resource_id }) => ({
        service,
        resource_type,
        resource_id,
      })),
    }),
    ...(content_type !== null && { content_types: { default: content_type } }),
    secret_ref: `${api.url}/secrets/${secret.id}`,
  };
}

/** The secret of a reference, if it is one of the caller's project. */
export function ownSecret({ api, context }: Call, ref: string): SecretRecord | undefined {
  const id = idInRef(ref);
  return liveSecrets(api).find((one) => one.id === id && one.project_id === context.projectId);
}
