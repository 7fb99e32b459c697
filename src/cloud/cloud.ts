import type { Clock } from './clock';
import type { ComputeState } from './compute/state';
import type { ContainerInfraState } from './container-infra/state';
import { identityApp } from './identity/app';
import { withAllowedToken } from './identity/restricted';
import { withAllLists, type IdentityState } from './identity/state';
import { TokenProvider } from './identity/token-provider';
import { SeededIds, type IdState } from './ids';
import { imageApp } from './image/app';
import { ImageData } from './image/data';
import type { CreateHash } from './image/hash';
import type { Download } from './image/import-task';
import { sampleDownload } from './image/sample-download';
import { ImageRepository } from './image/repository';
import type { ImageState } from './image/state';
import { HTTPError } from './http/webob';
import type { KeyManagerState } from './key-manager/state';
import type { NetworkState } from './network/state';
import { DATA_PREFIX, newObjectStoreState, type ObjectStoreState } from './object-store/state';
import {
  COMPUTE_PATH,
  CONTAINER_INFRA_PATH,
  IDENTITY_PATH,
  IMAGE_PATH,
  KEY_MANAGER_PATH,
  NETWORK_PATH,
  OBJECT_STORE_PATH,
  PLACEMENT_PATH,
  SHARE_PATH,
  VOLUME_PATH,
} from './paths';
import { LazyService, type CloudServices } from './service';
import type { ShareState } from './share/state';
import type { VolumeState } from './volume/state';

/** Everything the embedded cloud knows, as JSON. */
export interface CloudState {
  version: 1;
  /** Where the counters of ids stand. */
  ids: IdState;
  identity: IdentityState;
  image: ImageState;
  // What nobody has asked for yet is absent; so it is from states that are older than the service.
  compute?: ComputeState | undefined;
  volume?: VolumeState | undefined;
  network?: NetworkState | undefined;
  keyManager?: KeyManagerState | undefined;
  objectStore?: ObjectStoreState | undefined;
  share?: ShareState | undefined;
  containerInfra?: ContainerInfraState | undefined;
}

/** A state whose image data travel beside it, as a browser's database likes them. See {@link Cloud.snapshot}. */
export interface SeparateSnapshot {
  /** The state without `image.data` and `objectStore.data`. */
  state: CloudState;
  /** The data of every image that has any, by the image's id, and those of objects by keys of their own. */
  blobs: Map<string, Blob>;
}

/** The data of one image, to be read piece by piece. They never change; new data are a new object. */
export interface ImageBytes {
  readonly size: number;
  chunks(): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** A state whose image data stay where they are, to be read when there is time: for a disk. */
export interface StreamedSnapshot {
  /** The state without `image.data` and `objectStore.data`. */
  state: CloudState;
  /** The data of every image that has any, by the image's id, and those of objects by keys of their own. */
  data: Map<string, ImageBytes>;
}

export interface CloudOptions {
  /** Where to start from: a start state of `states/` or an earlier {@link Cloud.snapshot}. */
  state: CloudState;
  /** Data of images and objects that are not in the state: the `blobs` of a separate snapshot. */
  blobs?: ReadonlyMap<string, Blob>;
  clock: Clock;
  /** Hears of errors that are bugs in the cloud; the caller of `fetch` gets a 500. */
  onError?: (error: unknown) => void;
  /** Where a web-download gets its data; without it, from the sample images of {@link sampleDownload}. */
  download?: Download;
  /** Computes the checksums of image data; by default in plain JavaScript. */
  createHash?: CreateHash | undefined;
  /** Scheme and host in front of every URL the cloud hands out; no trailing slash. */
  baseUrl?: string;
}

/** A stored state that cannot be used. */
export class CloudStateError extends Error {
  override readonly name = 'CloudStateError';
}

/**
 * The embedded cloud: OpenStack's HTTP APIs over in-memory state. Identity lies below `/identity`, Image below `/image`,
 * Compute below `/compute` and Placement below `/placement`.
 *
 * @example
 * const cloud = new Cloud({ state: await startState('empty'), clock: new SimulatedClock('2026-11-22T09:00:00Z') });
 * const response = await cloud.fetch(new Request('https://openstack.example/identity/v3'));
 * response.status; // 200
 */
export class Cloud {
  readonly baseUrl: string;
  readonly #ids: SeededIds;
  readonly #identity: IdentityState;
  readonly #tokens: TokenProvider;
  readonly #repository: ImageRepository;
  /** What objects hold, by key. */
  readonly #objectData = new Map<string, ImageData>();
  readonly #lazy: ReturnType<typeof lazyServices>;
  readonly #apps: { path: string; fetch: (request: Request) => Response | Promise<Response> }[];
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();

  /** @throws {@link CloudStateError} when `state` is not one. */
  constructor(options: CloudOptions) {
    const { state, clock } = options;
    check(state);
    this.baseUrl = options.baseUrl ?? 'https://openstack.example';
    this.#clock = clock;
    this.#onError = options.onError ?? (() => undefined);
    this.#ids = new SeededIds(state.ids);
    // the caller's state stays as it is
    const { data = {}, ...records } = structuredClone(state.image);
    this.#identity = withAllLists(structuredClone(state.identity));
    this.#repository = new ImageRepository(records, clock, options.createHash);
    try {
      for (const [id, base64] of Object.entries(data))
        this.#repository.setData(id, ImageData.fromBase64(base64));
      for (const [key, base64] of Object.entries(state.objectStore?.data ?? {}))
        this.#objectData.set(key, ImageData.fromBase64(base64));
    } catch {
      throw new CloudStateError('The stored image data are not readable.');
    }
    for (const [id, blob] of options.blobs ?? []) {
      if (id.startsWith(DATA_PREFIX)) this.#objectData.set(id, ImageData.fromBlob(blob));
      else this.#repository.setData(id, ImageData.fromBlob(blob));
    }

    const tokens = new TokenProvider(this.#identity, clock, this.#ids);
    this.#tokens = tokens;
    const services: CloudServices = {
      tokens,
      identity: this.#identity,
      clock,
      ids: this.#ids,
      baseUrl: this.baseUrl,
      identityUrl: `${this.baseUrl}${IDENTITY_PATH}/v3`,
      send: (request) => this.#route(request),
    };
    const identity = identityApp({ ...services, state: this.#identity });
    const image = imageApp({
      ...services,
      repository: this.#repository,
      download: options.download ?? sampleDownload,
    });
    const lazy = lazyServices(services, state, this.#objectData, options.createHash);
    this.#lazy = lazy;
    this.#apps = [
      { path: IDENTITY_PATH, fetch: (request) => identity.fetch(request) },
      { path: IMAGE_PATH, fetch: (request) => image.fetch(request) },
      { path: COMPUTE_PATH, fetch: (request) => lazy.compute.fetch(request) },
      { path: PLACEMENT_PATH, fetch: (request) => lazy.compute.fetch(request) },
      { path: VOLUME_PATH, fetch: (request) => lazy.volume.fetch(request) },
      { path: KEY_MANAGER_PATH, fetch: (request) => lazy.keyManager.fetch(request) },
      { path: NETWORK_PATH, fetch: (request) => lazy.network.fetch(request) },
      { path: OBJECT_STORE_PATH, fetch: (request) => lazy.objectStore.fetch(request) },
      { path: SHARE_PATH, fetch: (request) => lazy.share.fetch(request) },
      { path: CONTAINER_INFRA_PATH, fetch: (request) => lazy.containerInfra.fetch(request) },
    ];
  }

  /** Answers one HTTP request. Never throws: what a service cannot answer is an error response. */
  async fetch(request: Request): Promise<Response> {
    let response: Response;
    try {
      for (const service of Object.values(this.#lazy)) await service.settle();
      response = await this.#route(request, true);
    } catch (error) {
      this.#onError(error);
      response = new HTTPError(500).toResponse(request);
    }
    response.headers.set('Date', this.#clock.now().toUTCString());
    if (request.method !== 'GET' && request.method !== 'HEAD')
      for (const listener of this.#listeners) listener();
    return response;
  }

  /** Hands a request to its service: the caller's, or one that a service has for another. */
  async #route(request: Request, fromOutside = false): Promise<Response> {
    const { pathname } = new URL(request.url);
    const app = this.#apps.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    if (app === undefined) return new HTTPError(404).toResponse(request);
    return app.fetch(
      fromOutside ? withAllowedToken(request, app.path, this.#tokens, this.#identity) : request,
    );
  }

  /**
   * Calls `listener` after every request that may have changed something, so that a page can redraw.
   *
   * @returns a function that ends this.
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The whole state, image data included, as JSON that `new Cloud({ state })` takes back. An upload that is still
   * running is not in it: that image is `queued` again.
   */
  snapshot(): Promise<CloudState>;
  /**
   * The same with the image data beside it, as Blobs by image id, for a database that can store Blobs. Data never
   * change once an image is active, so a blob that is stored already need not be stored again.
   * `new Cloud({ state, blobs })` takes both back, and reads a Blob only when somebody downloads the image.
   */
  snapshot(options: { blobs: 'separate' }): Promise<SeparateSnapshot>;
  /** The same with the image data beside it, not copied: whoever keeps them reads them piece by piece. */
  snapshot(options: { blobs: 'streamed' }): Promise<StreamedSnapshot>;
  async snapshot(options?: {
    blobs: 'separate' | 'streamed';
  }): Promise<CloudState | SeparateSnapshot | StreamedSnapshot> {
    const image = structuredClone(this.#repository.records());
    for (const record of image.images) {
      const staging = record.status === 'uploading' && this.#repository.data(record.id) === undefined;
      if (record.status === 'saving' || staging) record.status = 'queued';
    }
    // a task that is running now runs again
    for (const task of image.tasks) if (task.status === 'processing') task.status = 'pending';
    const state: CloudState = {
      version: 1,
      ids: this.#ids.snapshot(),
      identity: structuredClone(this.#identity),
      image,
      compute: this.#lazy.compute.snapshot(),
      volume: this.#lazy.volume.snapshot(),
      network: this.#lazy.network.snapshot(),
      keyManager: this.#lazy.keyManager.snapshot(),
      objectStore: this.#lazy.objectStore.snapshot(),
      share: this.#lazy.share.snapshot(),
      containerInfra: this.#lazy.containerInfra.snapshot(),
    };
    const data = [...this.#repository.allData(), ...this.#objectData];
    if (options?.blobs === 'streamed') return { state, data: new Map(data) };
    if (options?.blobs === 'separate')
      return { state, blobs: new Map(data.map(([id, bytes]) => [id, bytes.toBlob()])) };
    const encoded = await Promise.all(data.map(async ([id, bytes]) => [id, await bytes.toBase64()] as const));
    const isObject = ([key]: readonly [string, string]) => key.startsWith(DATA_PREFIX);
    state.image.data = Object.fromEntries(encoded.filter((entry) => !isObject(entry)));
    if (state.objectStore !== undefined)
      state.objectStore.data = Object.fromEntries(encoded.filter((entry) => isObject(entry)));
    return state;
  }
}

/** The services that come when they are first asked. They settle in this order. */
function lazyServices(
  services: CloudServices,
  state: CloudState,
  objectData: Map<string, ImageData>,
  createHash: CreateHash | undefined,
) {
  // what the objects hold is here already
  const { data: _, ...objectStore }: ObjectStoreState = state.objectStore ?? newObjectStoreState();
  return {
    objectStore: new LazyService<ObjectStoreState>(state.objectStore && objectStore, async (saved) =>
      (await import('./object-store/service')).objectStoreService(services, saved, objectData, createHash),
    ),
    keyManager: new LazyService(state.keyManager, async (saved) =>
      (await import('./key-manager/service')).keyManagerService(services, saved),
    ),
    network: new LazyService(
      state.network,
      async (saved) => (await import('./network/service')).networkService(services, saved),
      { isIdle: true },
    ),
    share: new LazyService(state.share, async (saved) =>
      (await import('./share/service')).shareService(services, saved),
    ),
    containerInfra: new LazyService(
      state.containerInfra,
      async (saved) => (await import('./container-infra/service')).containerInfraService(services, saved),
      { isIdle: true },
    ),
    volume: new LazyService(state.volume, async (saved) =>
      (await import('./volume/service')).volumeService(services, saved),
    ),
    compute: new LazyService(state.compute, async (saved) =>
      (await import('./compute/service')).computeService(services, saved),
    ),
  };
}

/** A rough check, so that a stored state that went bad is one clear error and not a riddle later on. */
function check(state: CloudState): void {
  const lists = [
    ...(
      [
        'domains',
        'projects',
        'users',
        'roles',
        'role_assignments',
        'regions',
        'services',
        'endpoints',
        'application_credentials',
        'tokens',
      ] as const
    ).map((name) => state?.identity?.[name]),
    ...(['images', 'members', 'tasks', 'deleted'] as const).map((name) => state?.image?.[name]),
  ];
  const intact =
    state?.version === 1 &&
    typeof state.ids?.seed === 'string' &&
    typeof state.ids.counters === 'object' &&
    lists.every(Array.isArray);
  if (!intact) throw new CloudStateError('This is not a state of the embedded cloud, or it is damaged.');
}
