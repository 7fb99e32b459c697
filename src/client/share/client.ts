/** Shared File Systems v2. Models `openstack/shared_file_system/v2/_proxy.py`. */
import { DuplicateResource, NotFoundException, ResourceNotFound } from '../errors';
import { pathTo } from '../image-base';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';
import { waitForStatus, type WaitOptions } from '../wait';
import type {
  Share,
  ShareAccessCreate,
  ShareAccessLevel,
  ShareAccessRule,
  ShareCreate,
  ShareExportLocation,
  ShareMessage,
  ShareQuery,
  ShareSnapshot,
  ShareType,
  ShareUpdate,
} from './types';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface ShareClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/share/v2`. */
  endpointOverride?: string | undefined;
  /** The version of the API to ask for. Default 2.82: the first that can lock access rules. */
  defaultMicroversion?: string | undefined;
}

type Wire = Record<string, unknown>;

/**
 * Calls Shared File Systems v2 with a session's token. All calls throw {@link HttpException} and its kinds when Manila
 * refuses.
 *
 * @example
 * const share = await cloud.share.createShare({ share_proto: 'NFS', size: 1, name: 'docs' });
 * await cloud.share.waitForShare(share.id);
 * await cloud.share.createAccessRule(share.id, { access_type: 'ip', access_to: '10.0.0.0/24' });
 */
export class ShareClient {
  readonly #adapter: Adapter;
  readonly #microversion: string;

  constructor(
    readonly session: Session,
    options: ShareClientOptions = {},
  ) {
    this.#microversion = options.defaultMicroversion ?? '2.82';
    this.#adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: 'shared-file-system',
        regionName: options.regionName,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
    });
  }

  /** Sends any request, its path relative to `/v2`. */
  request(path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = { 'X-OpenStack-Manila-API-Version': this.#microversion, ...options.headers };
    return this.#adapter.request(path, { ...options, headers });
  }

  async #json(path: string, options: RequestOptions = {}): Promise<Wire> {
    const headers = { Accept: 'application/json', ...options.headers };
    const response = await this.request(path, { ...options, headers });
    const text = await response.text();
    return text === '' ? {} : (JSON.parse(text) as Wire); // the API's contract
  }

  async #one<T>(key: string, path: string, method = 'GET', json?: unknown): Promise<T> {
    const body = await this.#json(path, { method, ...(json !== undefined && { json }) });
    return body[key] as T; // the API's contract
  }

  async #list<T>(key: string, path: string, query?: Query): Promise<T[]> {
    const body = await this.#json(path, query && { query });
    return (body[key] ?? []) as T[]; // the API's contract
  }

  /** Your project's shares, newest first. `GET /v2/shares/detail`. */
  shares(query: ShareQuery = {}): Promise<Share[]> {
    return this.#list('shares', '/shares/detail', { ...query });
  }

  /** One share by id. Throws {@link NotFoundException}. */
  getShare(id: string): Promise<Share> {
    return this.#one('share', pathTo('shares', id));
  }

  /** A share by id or exact name; undefined, or with `ignoreMissing: false` a {@link ResourceNotFound}, without one. */
  findShare(nameOrId: string, options: { ignoreMissing: false }): Promise<Share>;
  findShare(nameOrId: string, options?: { ignoreMissing?: boolean }): Promise<Share | undefined>;
  async findShare(nameOrId: string, options: { ignoreMissing?: boolean } = {}): Promise<Share | undefined> {
    try {
      return await this.getShare(nameOrId);
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
    const [share, second] = (await this.shares({ name: nameOrId })).filter(({ name }) => name === nameOrId);
    if (second !== undefined)
      throw new DuplicateResource(`More than one Share exists with the name '${nameOrId}'.`);
    if (share === undefined && options.ignoreMissing === false)
      throw new ResourceNotFound(`No Share found for ${nameOrId}`);
    return share;
  }

  /**
   * Begins to make a share. Its status is `creating`, and `available` (or `error`) in the end: see {@link waitForShare}.
   *
   * @throws {@link BadRequestException} for a protocol that the cloud has not, {@link HttpException} with status 413
   * over quota.
   */
  createShare(share: ShareCreate): Promise<Share> {
    return this.#one('share', '/shares', 'POST', { share });
  }

  /**
   * Waits until a share is `available`, or has another status that `options` names.
   *
   * @throws {@link ResourceFailure} when it is an error; {@link shareMessages} say why. {@link ResourceTimeout}.
   */
  waitForShare(id: string, options: WaitOptions = {}): Promise<Share> {
    return waitForStatus(
      `Share:${id}`,
      () => this.getShare(id),
      (ms) => this.session.sleep(ms),
      { status: 'available', ...options },
    );
  }

  /** Changes name, description or visibility. */
  updateShare(id: string, changes: ShareUpdate): Promise<Share> {
    return this.#one('share', pathTo('shares', id), 'PUT', { share: changes });
  }

  /** @throws {@link ForbiddenException} while it has snapshots, or somebody has locked it. Rules go with the share. */
  async deleteShare(id: string): Promise<void> {
    await this.request(pathTo('shares', id), { method: 'DELETE' });
  }

  /** Adds to the properties; {@link deleteShareMetadata} takes away. */
  setShareMetadata(id: string, metadata: Record<string, string>): Promise<Record<string, string>> {
    return this.#one('metadata', `${pathTo('shares', id)}/metadata`, 'POST', { metadata });
  }

  async deleteShareMetadata(id: string, key: string): Promise<void> {
    await this.request(pathTo('shares', id, 'metadata', key), { method: 'DELETE' });
  }

  /**
   * Grows or shrinks a share; the status is `extending` or `shrinking` for a while.
   *
   * @param size GiB.
   * @throws {@link BadRequestException} for the size that it has already.
   */
  async resizeShare(id: string, size: number): Promise<void> {
    const { size: now } = await this.getShare(id);
    await this.shareAction(id, size < now ? 'shrink' : 'extend', { new_size: size });
  }

  /** Puts back what a snapshot holds; only the newest one of the share can do that. */
  async revertShare(id: string, snapshotId: string): Promise<void> {
    await this.shareAction(id, 'revert', { snapshot_id: snapshotId });
  }

  /** Any action of a share, such as `soft_delete`. */
  shareAction(id: string, action: string, params: unknown): Promise<Wire> {
    return this.#json(`${pathTo('shares', id)}/action`, { method: 'POST', json: { [action]: params } });
  }

  /** Where a share is mounted from. */
  exportLocations(shareId: string): Promise<ShareExportLocation[]> {
    return this.#list('export_locations', `${pathTo('shares', shareId)}/export_locations`);
  }

  /** Who may mount a share. */
  accessRules(shareId: string): Promise<ShareAccessRule[]> {
    return this.#list('access_list', '/share-access-rules', { share_id: shareId });
  }

  /**
   * Lets somebody mount a share. The rule is `queued_to_apply` at first, and `active` or `error` in the end: what a
   * back end does not take is told only then.
   *
   * @throws {@link BadRequestException} for an address that is none, or a rule that is there already.
   */
  async createAccessRule(shareId: string, rule: ShareAccessCreate): Promise<ShareAccessRule> {
    const body = await this.shareAction(shareId, 'allow_access', rule);
    return body['access'] as ShareAccessRule; // the API's contract
  }

  getAccessRule(id: string): Promise<ShareAccessRule> {
    return this.#one('access', pathTo('share-access-rules', id));
  }

  /** Waits until a rule is `active`. @throws {@link ResourceFailure} when the back end refuses it. */
  async waitForAccessRule(id: string, options: WaitOptions = {}): Promise<ShareAccessRule> {
    const { rule } = await waitForStatus(
      `ShareAccessRule:${id}`,
      async () => {
        const found = await this.getAccessRule(id);
        return { status: found.state, rule: found };
      },
      (ms) => this.session.sleep(ms),
      options,
    );
    return rule;
  }

  /** Makes a rule read-only, or not; needs version 2.88. */
  setAccessLevel(id: string, access_level: ShareAccessLevel): Promise<ShareAccessRule> {
    return this.#one('access', pathTo('share-access-rules', id), 'PUT', { update_access: { access_level } });
  }

  /** Whoever has mounted the share by this rule loses it. */
  async deleteAccessRule(shareId: string, id: string): Promise<void> {
    await this.shareAction(shareId, 'deny_access', { access_id: id });
  }

  /** Your project's snapshots. */
  snapshots(query: Query = {}): Promise<ShareSnapshot[]> {
    return this.#list('snapshots', '/snapshots/detail', query);
  }

  getSnapshot(id: string): Promise<ShareSnapshot> {
    return this.#one('snapshot', pathTo('snapshots', id));
  }

  /** @throws {@link HttpException} with status 422 when the share's type has no snapshots. */
  createSnapshot(snapshot: {
    share_id: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
  }): Promise<ShareSnapshot> {
    return this.#one('snapshot', '/snapshots', 'POST', { snapshot });
  }

  async deleteSnapshot(id: string): Promise<void> {
    await this.request(pathTo('snapshots', id), { method: 'DELETE' });
  }

  /** The types of shares that one may use. */
  types(): Promise<ShareType[]> {
    return this.#list('share_types', '/types');
  }

  /** A type by id; `default` is the one of shares whose maker names none. */
  getType(id: string): Promise<ShareType> {
    return this.#one('share_type', pathTo('types', id));
  }

  /** Why shares, rules and the like went wrong, newest first. */
  shareMessages(query: Query = {}): Promise<ShareMessage[]> {
    return this.#list('messages', '/messages', query);
  }

  /** Any `GET`, for what has no method of its own. */
  get(path: string, query?: Query): Promise<Wire> {
    return this.#json(path, query && { query });
  }
}
