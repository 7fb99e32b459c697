import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { JSON_BODY, json, noContent, now, paged, respond, type Call, type KeyManagerApi } from './api';
import { createContainer } from './containers';
import { BarbicanHTTPException, failure, HTTPError } from './errors';
import { enforceQuota } from './quotas';
import { generateRsaKey } from './rsa';
import { createSecret } from './secrets';
import type { OrderRecord } from './state';
import { newOrder, type NewOrder } from './validators';

const SYMMETRIC_ALGORITHMS = ['aes', 'des', '3des', 'hmacsha1', 'hmacsha256', 'hmacsha384', 'hmacsha512'];
const SYMMETRIC_KEY_LENGTHS = [64, 128, 192, 256];
const ASYMMETRIC_ALGORITHMS = ['rsa', 'dsa'];
const ASYMMETRIC_KEY_LENGTHS = [1024, 2048, 4096];
const OPERATION = 'Process TypeOrder';

/** `/orders` and what is below it: keys that barbican makes. barbican/api/controllers/orders.py. */
export function orders(call: Call, rest: readonly string[]): Promise<Response> {
  const { api, policy, context } = call;
  const own = api.state.orders.filter(({ project_id }) => project_id === context.projectId);
  const [id, ...below] = rest;
  if (id !== undefined) {
    const order = own.find((one) => one.id === id);
    if (order === undefined) throw new HTTPError(404, 'Order not found.');
    if (below.length > 0) throw new HTTPError(404);
    return oneOrder(call, order);
  }
  return respond(call, {
    GET: () => ({
      operation: 'Order(s) retrieval',
      allowed: policy.has('member'),
      run: () => paged(call, 'orders', 'orders', own, (order) => view(api, order)),
    }),
    PUT: () => ({
      operation: 'Order update',
      allowed: policy.has('member'),
      run: () => {
        throw new HTTPError(405, 'Order update is not supported.');
      },
    }),
    POST: () => ({
      operation: 'Order creation',
      allowed: policy.has('member'),
      contentTypes: JSON_BODY,
      async run() {
        const given = await newOrder(call);
        enforceQuota(call, 'orders', own.length);
        const order = process(call, given);
        const ref = `${api.url}/orders/${order.id}`;
        return json({ order_ref: ref }, 202, { Location: ref });
      },
    }),
  });
}

function oneOrder(call: Call, order: OrderRecord): Promise<Response> {
  const { api, policy } = call;
  const allowed = policy.mayUseOrder(order);
  return respond(call, {
    GET: () => ({ operation: 'Order retrieval', allowed, run: () => view(api, order) }),
    DELETE: () => ({
      operation: 'Order deletion',
      allowed,
      run: () => {
        api.state.orders = api.state.orders.filter((one) => one !== order);
        return noContent();
      },
    }),
  });
}

/** Makes the key that is ordered: `BeginTypeOrder` of barbican/tasks/resources.py. Without a queue that is at once. */
function process(call: Call, given: NewOrder): OrderRecord {
  const { api, context } = call;
  const time = now(api);
  const order: OrderRecord = {
    id: api.ids.uuid('secret-order'),
    created_at: time,
    updated_at: time,
    type: given.type,
    status: 'ACTIVE',
    meta: given.meta,
    project_id: context.projectId,
    creator_id: context.userId,
    secret_id: null,
    container_id: null,
    error_status_code: null,
    error_reason: null,
  };
  try {
    if (given.type === 'key') order.secret_id = generateSecret(call, given);
    else order.container_id = generateAsymmetricSecret(call, given);
  } catch (error) {
    const seen = error instanceof BarbicanHTTPException ? error.during(OPERATION) : error;
    if (!(seen instanceof HTTPError)) throw error;
    order.status = 'ERROR';
    order.error_status_code = String(seen.code);
    order.error_reason = seen.description;
  }
  api.state.orders.push(order);
  return order;
}

const unsupportedAlgorithm = () => new BarbicanHTTPException(400, 'Requested algorithm is not supported');
const noPlugin = () => new BarbicanHTTPException(400, 'Secret generate supported plugin not found.');

/** What `simple_crypto` makes; it stumbles over lengths that it does not know. */
function refuseUnsupported({ secret }: NewOrder, algorithms: readonly string[]): void {
  const algorithm = secret.algorithm.toLowerCase();
  if (![...SYMMETRIC_ALGORITHMS, ...ASYMMETRIC_ALGORITHMS].includes(algorithm)) throw noPlugin();
  if (!algorithms.includes(algorithm)) throw unsupportedAlgorithm();
  const factor = secret.mode?.toLowerCase() === 'xts' ? 2 : 1;
  const supported = SYMMETRIC_ALGORITHMS.includes(algorithm)
    ? SYMMETRIC_KEY_LENGTHS.includes(secret.bit_length / factor)
    : ASYMMETRIC_KEY_LENGTHS.includes(secret.bit_length);
  if (!supported) throw failure(OPERATION);
}

function generateSecret(call: Call, given: NewOrder): string {
  refuseUnsupported(given, SYMMETRIC_ALGORITHMS);
  const { secret } = given;
  const bytes = randomBytes(call.api)(secret.bit_length / 8);
  const type = secret.payload_content_type ?? 'application/octet-stream';
  return createSecret(call, { ...secret, secret_type: 'symmetric' }, { bytes, type }).id;
}

/** RSA only: keys for DSA, and private keys under a passphrase, are not made here. */
function generateAsymmetricSecret(call: Call, given: NewOrder): string {
  refuseUnsupported(given, ASYMMETRIC_ALGORITHMS);
  const { secret, passphrase } = given;
  if (secret.algorithm.toLowerCase() !== 'rsa') throw unsupportedAlgorithm();
  if (passphrase)
    throw new BarbicanHTTPException(400, 'Generating keys encrypted with passphrases is not supported');
  const type = secret.payload_content_type ?? 'application/octet-stream';
  const { privateKey, publicKey } = generateRsaKey(secret.bit_length, randomBytes(call.api));
  const store = (secret_type: string, pem: string): string =>
    createSecret(call, { ...secret, secret_type }, { bytes: utf8ToBytes(pem), type }).id;
  const private_key = store('private', privateKey);
  const public_key = store('public', publicKey);
  return createContainer(call, {
    name: secret.name,
    type: 'rsa',
    secrets: [
      { name: 'public_key', secret_id: public_key },
      { name: 'private_key', secret_id: private_key },
    ],
  }).id;
}

/** Bytes that look random and are the same in every run. */
function randomBytes({ ids }: KeyManagerApi): (size: number) => Uint8Array {
  const seed = ids.hex('secret-key');
  let block = 0;
  return (size) => {
    const bytes = new Uint8Array(Math.ceil(size / 32) * 32);
    for (let at = 0; at < size; at += 32) bytes.set(sha256(utf8ToBytes(`${seed}/${(block += 1)}`)), at);
    return bytes.subarray(0, size);
  };
}

function view({ url }: KeyManagerApi, order: OrderRecord): object {
  const { id, type, status, meta, creator_id, secret_id, container_id } = order;
  return {
    created: order.created_at,
    updated: order.updated_at,
    status,
    type,
    meta,
    ...(status === 'ERROR'
      ? { error_status_code: order.error_status_code, error_reason: order.error_reason }
      : { sub_status: 'Unknown', sub_status_message: 'Unknown' }),
    creator_id,
    ...(secret_id !== null && { secret_ref: `${url}/secrets/${secret_id}` }),
    order_ref: `${url}/orders/${id}`,
    ...(container_id !== null && { container_ref: `${url}/containers/${container_id}` }),
  };
}
