import { JSON_BODY, json, noContent, respond, type Call } from './api';
import { HTTPError } from './errors';
import type { SecretRecord } from './state';
import { metadataOf, metadatumOf } from './validators';

const notFound = () => new HTTPError(404, 'Secret metadata not found.');

/** What users note down about a secret: barbican/api/controllers/secretmeta.py. */
export function secretMetadata(call: Call, secret: SecretRecord, rest: readonly string[]): Promise<Response> {
  const { api, policy } = call;
  const [name] = rest;
  if (name !== undefined) return secretMetadatum(call, secret, name);
  const ref = `${api.url}/secrets/${secret.id}/metadata`;
  return respond(call, {
    GET: () => ({
      operation: 'Secret metadata retrieval',
      allowed: policy.mayRead(secret),
      run: () => ({ metadata: secret.user_metadata }),
    }),
    PUT: () => ({
      operation: 'Secret metadata creation',
      allowed: policy.mayChange(secret),
      contentTypes: JSON_BODY,
      async run() {
        secret.user_metadata = await metadataOf(call);
        return json({ metadata_ref: ref }, 201);
      },
    }),
    POST: () => ({
      operation: 'Secret metadatum creation',
      allowed: policy.mayChange(secret),
      contentTypes: JSON_BODY,
      async run() {
        const pair = await metadatumOf(call);
        if (Object.hasOwn(secret.user_metadata, pair.key))
          throw new HTTPError(409, 'Conflict. Key in request is already in the secret metadata');
        secret.user_metadata[pair.key] = pair.value;
        return json(pair, 201, { Location: `${ref}/${pair.key}` });
      },
    }),
  });
}

function secretMetadatum(call: Call, secret: SecretRecord, name: string): Promise<Response> {
  const { policy } = call;
  const value = Object.hasOwn(secret.user_metadata, name) ? secret.user_metadata[name] : undefined;
  if (!['GET', 'PUT', 'DELETE'].includes(call.request.method)) throw new HTTPError(405);
  return respond(call, {
    GET: () => ({
      operation: 'Secret metadatum retrieval',
      allowed: policy.mayRead(secret),
      run: () => {
        if (value === undefined) throw notFound();
        return { key: name, value };
      },
    }),
    PUT: () => ({
      operation: 'Secret metadatum update',
      allowed: policy.mayChange(secret),
      contentTypes: JSON_BODY,
      async run() {
        const pair = await metadatumOf(call);
        if (value === undefined) throw notFound();
        if (pair.key !== name) throw new HTTPError(409, 'Key in request data does not match key in the ');
        secret.user_metadata[name] = pair.value;
        return pair;
      },
    }),
    DELETE: () => ({
      operation: 'Secret metadatum removal',
      allowed: policy.mayChange(secret),
      run: () => {
        const { [name]: _gone, ...others } = secret.user_metadata;
        secret.user_metadata = others;
        return noContent();
      },
    }),
  });
}
