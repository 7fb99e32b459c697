/** Block Storage v3. Models `openstack/block_storage/v3/_proxy.py`. */
import { ResourceNotFound, DuplicateResource, HttpException } from '../errors';
import { pathTo } from '../image-base';
import { Adapter, type Query, type RequestOptions, type Session } from '../session';
import { queryOf } from '../url';
import type {
  UploadedVolume,
  Volume,
  VolumeCreate,
  VolumeQuery,
  VolumeSnapshot,
  VolumeSnapshotCreate,
  VolumeType,
  VolumeUpdate,
  VolumeUpload,
} from './types';

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface VolumeClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/volume/v3`. */
  endpointOverride?: string | undefined;
  /** The version of the API to ask for, such as `3.42`; 3.0 without. */
  defaultMicroversion?: string | undefined;
  /** The service's type in the catalog. Default `block-storage`. */
  serviceType?: string;
}

type Wire = Record<string, unknown>;

/**
 * Calls Block Storage v3 with a session's token. All calls throw {@link HttpException} and its kinds when Cinder refuses.
 *
 * @example
 * const image = await cloud.image.findImage('cirros', { ignoreMissing: false });
 * const volume = await cloud.volume.createVolume({ name: 'disk', size: 1, imageRef: image.id });
 */
export class VolumeClient {
  readonly #adapter: Adapter;
  readonly #microversion: string | undefined;

  constructor(
    readonly session: Session,
    options: VolumeClientOptions = {},
  ) {
    this.#microversion = options.defaultMicroversion;
    this.#adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: options.serviceType ?? 'block-storage',
        regionName: options.regionName,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
    });
  }

  /** Sends any request, its path relative to `/v3`. */
  request(path: string, options: RequestOptions = {}): Promise<Response> {
    const version = this.#microversion;
    const headers = {
      ...(version !== undefined && { 'OpenStack-API-Version': `volume ${version}` }),
      ...options.headers,
    };
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

  /** All of a collection, page after page, up to a limit. */
  async list<T>(path: string, key: string, query: Query = {}, limit?: number): Promise<T[]> {
    const found: T[] = [];
    let page: Query | undefined = query;
    let at = path;
    while (page !== undefined) {
      const body: Wire = await this.#json(at, { query: page });
      const items = body[key] as T[]; // the API's contract
      if (limit !== undefined && limit > 0 && found.length + items.length >= limit)
        return [...found, ...items.slice(0, limit - found.length)];
      found.push(...items);
      const links = (body[`${key}_links`] ?? []) as { rel: string; href: string }[]; // the API's contract
      const next: string | undefined = links.find(({ rel }) => rel === 'next')?.href;
      page = next === undefined ? undefined : queryOf(next);
      at = path;
    }
    return found;
  }

  /** Your project's volumes, newest first. `GET /v3/volumes/detail`. */
  volumes(query: VolumeQuery = {}): Promise<Volume[]> {
    return this.list('/volumes/detail', 'volumes', { ...query }, query.limit);
  }

  /** One volume by id. Throws {@link NotFoundException}. */
  getVolume(id: string): Promise<Volume> {
    return this.#one('volume', pathTo('volumes', id));
  }

  /** A volume by id or exact name; undefined, or with `ignoreMissing: false` a {@link ResourceNotFound}, without one. */
  findVolume(nameOrId: string, options: { ignoreMissing: false }): Promise<Volume>;
  findVolume(nameOrId: string, options?: { ignoreMissing?: boolean }): Promise<Volume | undefined>;
  findVolume(nameOrId: string, options: { ignoreMissing?: boolean } = {}): Promise<Volume | undefined> {
    return this.#find(
      'Volume',
      nameOrId,
      options,
      () => this.getVolume(nameOrId),
      () => this.volumes({ name: nameOrId }),
    );
  }

  /**
   * Begins to make a volume. Its status is `creating`, with an image `downloading` after that, and `available` (or
   * `error`) in the end: ask {@link getVolume} until it is.
   *
   * @throws {@link BadRequestException} for an image that is not active or too big, {@link HttpException} with status
   * 413 over quota.
   */
  createVolume(volume: VolumeCreate): Promise<Volume> {
    return this.#one('volume', '/volumes', 'POST', { volume });
  }

  /** Changes name or description. */
  updateVolume(id: string, changes: VolumeUpdate): Promise<Volume> {
    return this.#one('volume', pathTo('volumes', id), 'PUT', { volume: changes });
  }

  /**
   * @param options.cascade with its snapshots.
   * @throws {@link BadRequestException} while it is in use or has snapshots.
   */
  async deleteVolume(id: string, options: { cascade?: boolean } = {}): Promise<void> {
    await this.request(pathTo('volumes', id), {
      method: 'DELETE',
      ...(options.cascade && { query: { cascade: true } }),
    });
  }

  /** Adds to the properties; {@link deleteVolumeMetadata} takes away. */
  async setVolumeMetadata(id: string, metadata: Record<string, string>): Promise<Record<string, string>> {
    return this.#one('metadata', `${pathTo('volumes', id)}/metadata`, 'POST', { metadata });
  }

  async deleteVolumeMetadata(id: string, key: string): Promise<void> {
    await this.request(pathTo('volumes', id, 'metadata', key), { method: 'DELETE' });
  }

  /** Adds to what the volume knows of its image, which the Compute service reads when it boots from it. */
  async setVolumeImageMetadata(id: string, metadata: Record<string, string>): Promise<void> {
    await this.volumeAction(id, 'os-set_image_metadata', { metadata });
  }

  async deleteVolumeImageMetadata(id: string, key: string): Promise<void> {
    await this.volumeAction(id, 'os-unset_image_metadata', { key });
  }

  /** Makes a volume bigger; never smaller. @param size GiB. */
  async extendVolume(id: string, size: number): Promise<void> {
    await this.volumeAction(id, 'os-extend', { new_size: size });
  }

  async setVolumeBootable(id: string, bootable: boolean): Promise<void> {
    await this.volumeAction(id, 'os-set_bootable', { bootable });
  }

  async setVolumeReadonly(id: string, readonly: boolean): Promise<void> {
    await this.volumeAction(id, 'os-update_readonly_flag', { readonly });
  }

  /** Makes an image of a volume: its record is there at once, its data follow. */
  async uploadVolumeToImage(id: string, upload: VolumeUpload): Promise<UploadedVolume> {
    const body = await this.volumeAction(id, 'os-volume_upload_image', upload);
    return body['os-volume_upload_image'] as UploadedVolume; // the API's contract
  }

  /** Any action of a volume, such as `os-reset_status`. */
  volumeAction(id: string, action: string, params: unknown): Promise<Wire> {
    return this.#json(`${pathTo('volumes', id)}/action`, { method: 'POST', json: { [action]: params } });
  }

  snapshots(
    query: Omit<VolumeQuery, 'user_id'> & { volume_id?: string | undefined } = {},
  ): Promise<VolumeSnapshot[]> {
    return this.list('/snapshots/detail', 'snapshots', { ...query }, query.limit);
  }

  getSnapshot(id: string): Promise<VolumeSnapshot> {
    return this.#one('snapshot', pathTo('snapshots', id));
  }

  /** A snapshot by id or exact name. */
  findSnapshot(nameOrId: string, options: { ignoreMissing: false }): Promise<VolumeSnapshot>;
  findSnapshot(nameOrId: string, options?: { ignoreMissing?: boolean }): Promise<VolumeSnapshot | undefined>;
  findSnapshot(
    nameOrId: string,
    options: { ignoreMissing?: boolean } = {},
  ): Promise<VolumeSnapshot | undefined> {
    return this.#find(
      'Snapshot',
      nameOrId,
      options,
      () => this.getSnapshot(nameOrId),
      () => this.snapshots({ name: nameOrId }),
    );
  }

  createSnapshot(snapshot: VolumeSnapshotCreate): Promise<VolumeSnapshot> {
    return this.#one('snapshot', '/snapshots', 'POST', { snapshot });
  }

  updateSnapshot(id: string, changes: { name?: string; description?: string }): Promise<VolumeSnapshot> {
    return this.#one('snapshot', pathTo('snapshots', id), 'PUT', { snapshot: changes });
  }

  async deleteSnapshot(id: string): Promise<void> {
    await this.request(pathTo('snapshots', id), { method: 'DELETE' });
  }

  async setSnapshotMetadata(id: string, metadata: Record<string, string>): Promise<Record<string, string>> {
    return this.#one('metadata', `${pathTo('snapshots', id)}/metadata`, 'POST', { metadata });
  }

  async deleteSnapshotMetadata(id: string, key: string): Promise<void> {
    await this.request(pathTo('snapshots', id, 'metadata', key), { method: 'DELETE' });
  }

  /** Any action of a snapshot. */
  async snapshotAction(id: string, action: string, params: unknown): Promise<void> {
    await this.request(`${pathTo('snapshots', id)}/action`, { method: 'POST', json: { [action]: params } });
  }

  /** The types of volumes. */
  types(query: Query = {}): Promise<VolumeType[]> {
    return this.list('/types', 'volume_types', query);
  }

  /** A type by id; `default` is the one of volumes whose maker names none. */
  getType(id: string): Promise<VolumeType> {
    return this.#one('volume_type', pathTo('types', id));
  }

  createType(type: object): Promise<VolumeType> {
    return this.#one('volume_type', '/types', 'POST', { volume_type: type });
  }

  updateType(id: string, changes: object): Promise<VolumeType> {
    return this.#one('volume_type', pathTo('types', id), 'PUT', { volume_type: changes });
  }

  async deleteType(id: string): Promise<void> {
    await this.request(pathTo('types', id), { method: 'DELETE' });
  }

  setTypeExtraSpecs(id: string, extra_specs: Record<string, string>): Promise<Record<string, string>> {
    return this.#one('extra_specs', `${pathTo('types', id)}/extra_specs`, 'POST', { extra_specs });
  }

  async deleteTypeExtraSpec(id: string, key: string): Promise<void> {
    await this.request(pathTo('types', id, 'extra_specs', key), { method: 'DELETE' });
  }

  /** The projects that may use a private type. */
  async typeAccess(id: string): Promise<string[]> {
    const access = await this.#one<{ project_id: string }[]>(
      'volume_type_access',
      `${pathTo('types', id)}/os-volume-type-access`,
    );
    return access.map(({ project_id }) => project_id);
  }

  async addTypeAccess(id: string, project: string): Promise<void> {
    await this.#json(`${pathTo('types', id)}/action`, {
      method: 'POST',
      json: { addProjectAccess: { project } },
    });
  }

  async removeTypeAccess(id: string, project: string): Promise<void> {
    await this.#json(`${pathTo('types', id)}/action`, {
      method: 'POST',
      json: { removeProjectAccess: { project } },
    });
  }

  /** Any `GET`, for what has no method of its own. */
  get(path: string, query?: Query): Promise<Wire> {
    return this.#json(path, query && { query });
  }

  async #find<T extends { id: string; name: string | null }>(
    kind: string,
    nameOrId: string,
    options: { ignoreMissing?: boolean },
    get: () => Promise<T>,
    list: () => Promise<T[]>,
  ): Promise<T | undefined> {
    try {
      return await get();
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
    }
    const matches = (await list()).filter(({ id, name }) => id === nameOrId || name === nameOrId);
    if (matches.length > 1)
      throw new DuplicateResource(`More than one ${kind} exists with the name '${nameOrId}'.`);
    if (matches[0] === undefined && options.ignoreMissing === false)
      throw new ResourceNotFound(`No ${kind} found for ${nameOrId}`);
    return matches[0];
  }
}
