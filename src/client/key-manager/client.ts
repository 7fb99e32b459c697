/** Key Manager v1. Models `openstack/key_manager/v1/_proxy.py` and barbicanclient/v1. */
import { SDKException } from '../errors';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';
import type {
  Secret,
  SecretAcl,
  SecretConsumer,
  SecretContainer,
  SecretContainerCreate,
  SecretCreate,
  SecretOrder,
  SecretOrderCreate,
  SecretQuery,
} from './types';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface KeyManagerClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/key-manager/v1`. */
  endpointOverride?: string | undefined;
}

type Page = Pick<SecretQuery, 'limit' | 'offset'>;

/**
 * Calls Key Manager v1 with a session's token. What is called a reference is the URL that Barbican gave, or the UUID at
 * its end. All calls throw {@link HttpException} and its kinds when Barbican refuses.
 *
 * @example
 * const ref = await cloud.keyManager.createSecret({ name: 'db', payload: 's3cret', payload_content_type: 'text/plain' });
 * const password = await cloud.keyManager.secretPayload(ref, 'text/plain').then((data) => data.text());
 */
export class KeyManagerClient {
  readonly #adapter: Adapter;

  constructor(
    readonly session: Session,
    options: KeyManagerClientOptions = {},
  ) {
    this.#adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: 'key-manager',
        regionName: options.regionName,
        version: 1,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
    });
  }

  /** Sends any request, its path relative to `/v1`. */
  request(path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = {
      Accept: 'application/json',
      'OpenStack-API-Version': 'key-manager 1.1',
      ...options.headers,
    };
    return this.#adapter.request(path, { ...options, headers });
  }

  async #json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.request(path, options);
    return (await response.json()) as T; // the API's contract
  }

  /** Your project's secrets, ten at a time unless `limit` says otherwise; 100 at most. `GET /v1/secrets`. */
  async secrets(query: SecretQuery = {}): Promise<Secret[]> {
    return (await this.#json<{ secrets: Secret[] }>('/secrets', { query: { ...query } })).secrets;
  }

  /** A secret without its payload. */
  getSecret(ref: string): Promise<Secret> {
    return this.#json(`/secrets/${idOf(ref, 'Secret')}`);
  }

  /**
   * What a secret holds.
   *
   * @param contentType `text/plain` or `application/octet-stream`.
   * @throws {@link HttpException} 404 without a payload, 406 for bytes that are no text where text is asked for.
   */
  async secretPayload(ref: string, contentType: string): Promise<Blob> {
    const headers = { Accept: contentType };
    return (await this.request(`/secrets/${idOf(ref, 'Secret')}/payload`, { headers })).blob();
  }

  /** Stores a secret; without a payload {@link setSecretPayload} must follow. Gives its reference. */
  async createSecret(secret: SecretCreate): Promise<string> {
    const options = { method: 'POST', json: secret };
    return (await this.#json<{ secret_ref: string }>('/secrets/', options)).secret_ref;
  }

  /** Gives a secret its payload, once. @throws {@link ConflictException} when it has one. */
  async setSecretPayload(ref: string, payload: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const type = typeof payload === 'string' ? 'text/plain' : 'application/octet-stream';
    await this.request(`/secrets/${idOf(ref, 'Secret')}`, {
      method: 'PUT',
      body: payload,
      headers: { 'Content-Type': type },
    });
  }

  async deleteSecret(ref: string): Promise<void> {
    await this.request(`/secrets/${idOf(ref, 'Secret')}`, { method: 'DELETE' });
  }

  /** Notes that something uses a secret. */
  async addSecretConsumer(ref: string, consumer: SecretConsumer): Promise<void> {
    await this.request(`/secrets/${idOf(ref, 'Secret')}/consumers/`, { method: 'POST', json: consumer });
  }

  async removeSecretConsumer(ref: string, consumer: SecretConsumer): Promise<void> {
    await this.request(`/secrets/${idOf(ref, 'secret')}/consumers`, { method: 'DELETE', json: consumer });
  }

  async secretConsumers(ref: string, query: Page = {}): Promise<SecretConsumer[]> {
    const path = `/secrets/${idOf(ref, 'secret')}/consumers`;
    return (await this.#json<{ consumers: SecretConsumer[] }>(path, { query: { ...query } })).consumers;
  }

  /** Your project's containers of secrets. */
  async containers(query: Page & { name?: string; type?: string } = {}): Promise<SecretContainer[]> {
    const options = { query: { ...query } };
    return (await this.#json<{ containers: SecretContainer[] }>('/containers', options)).containers;
  }

  getContainer(ref: string): Promise<SecretContainer> {
    return this.#json(`/containers/${idOf(ref, 'Container')}`);
  }

  /** Gives its reference. */
  async createContainer(container: SecretContainerCreate): Promise<string> {
    const options = { method: 'POST', json: container };
    return (await this.#json<{ container_ref: string }>('/containers/', options)).container_ref;
  }

  /** Deletes a container; its secrets stay. */
  async deleteContainer(ref: string): Promise<void> {
    await this.request(`/containers/${idOf(ref, 'Container')}`, { method: 'DELETE' });
  }

  async orders(query: Page = {}): Promise<SecretOrder[]> {
    return (await this.#json<{ orders: SecretOrder[] }>('/orders', { query: { ...query } })).orders;
  }

  getOrder(ref: string): Promise<SecretOrder> {
    return this.#json(`/orders/${idOf(ref, 'Order')}`);
  }

  /** Has a key made. Gives the order's reference; its status says whether it went well. */
  async createOrder(order: SecretOrderCreate): Promise<string> {
    const options = { method: 'POST', json: order };
    return (await this.#json<{ order_ref: string }>('/orders/', options)).order_ref;
  }

  /** Deletes an order; the key that it made stays. */
  async deleteOrder(ref: string): Promise<void> {
    await this.request(`/orders/${idOf(ref, 'Order')}`, { method: 'DELETE' });
  }

  /** Who may read a secret or container. @param ref its whole reference, which says what it is. */
  async acl(ref: string): Promise<Record<string, SecretAcl>> {
    return this.#json(aclPath(ref));
  }

  /** Replaces who may read it. */
  async setAcl(ref: string, acl: Record<string, SecretAcl>): Promise<void> {
    await this.request(aclPath(ref), { method: 'PUT', json: acl });
  }

  /** From now on the roles alone say who may read it. */
  async deleteAcl(ref: string): Promise<void> {
    await this.request(aclPath(ref), { method: 'DELETE' });
  }

  /** How many of each your project may have; -1 is no limit. */
  async quotas(): Promise<Record<string, number>> {
    return (await this.#json<{ quotas: Record<string, number> }>('/quotas')).quotas;
  }

  /** What users noted down about a secret. */
  async secretMetadata(ref: string): Promise<Record<string, string>> {
    const path = `/secrets/${idOf(ref, 'Secret')}/metadata`;
    return (await this.#json<{ metadata: Record<string, string> }>(path)).metadata;
  }

  /** Replaces it all. */
  async setSecretMetadata(ref: string, metadata: Record<string, string>): Promise<void> {
    await this.request(`/secrets/${idOf(ref, 'Secret')}/metadata`, { method: 'PUT', json: { metadata } });
  }

  /** Any `GET`, for what has no method of its own. */
  get(path: string, query?: Query): Promise<unknown> {
    return this.#json(path, query && { query });
  }
}

function aclPath(ref: string): string {
  return ref.includes('/secrets')
    ? `/secrets/${idOf(ref, 'secret')}/acl`
    : `/containers/${idOf(ref, 'container')}/acl`;
}

/** `validate_ref_and_return_uuid` of barbicanclient/base.py. @throws {@link SDKException} for what is no UUID. */
export function idOf(ref: string, entity: string): string {
  const last = ref.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const digits = last.replace(/^urn:|uuid:|[{}-]/g, '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new SDKException(`${entity} incorrectly specified.`);
  return digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
