import type { Clock } from '../clock';
import { HTTPError } from '../http/webob';
import { IMAGE_SIZE_CAP, storeTakesNothing } from './image-data';
import type { ImageApi } from './app';
import { IncomingData } from './incoming-data';
import { importLocation, type LocationInput } from './location-task';
import type { RequestContext } from './policy';
import type { ImageRepository } from './repository';
import { getVerifier } from './signature';
import { isReadOnly, type ImageRecord, type TaskRecord } from './state';

/** Fetches what a web-download asks for; undefined when there is nothing at this address. */
export type Download = (url: string) => Promise<Response | undefined>;

/** What POST /v2/images/{id}/import puts into its task. */
export interface ImportInput {
  image_id: string;
  import_req: {
    method: { name: string; uri?: string };
    all_stores_must_succeed?: boolean;
  };
  backend: string[];
}

export const IMPORT_TASK = 'os_glance_import_task';
const IMPORTING = 'os_glance_importing_to_stores';
const FAILED = 'os_glance_failed_import';
/** Glance's default `[task] task_time_to_live`: 48 hours. */
const TIME_TO_LIVE_MS = 48 * 3600_000;
const MIB = 1024 ** 2;
/** How long an import takes: the real one, too, is never done when the answer comes. */
const DURATION_MS = 1000;

/** Makes a task that works on an image, and locks the image until it is done. */
export function startTask(
  type: 'api_image_import' | 'location_import',
  image: ImageRecord,
  input: object,
  context: RequestContext,
  { ids, repository }: Pick<ImageApi, 'ids' | 'repository'>,
): void {
  const now = repository.now();
  const task: TaskRecord = {
    id: ids.uuid('task'),
    type,
    status: 'pending',
    owner: context.projectId,
    user_id: context.userId,
    request_id: context.requestId,
    image_id: image.id,
    input,
    result: null,
    message: '',
    created_at: now,
    updated_at: now,
    expires_at: null,
  };
  image.properties = { [IMPORT_TASK]: task.id, ...image.properties };
  repository.state.tasks.push(task);
}

/**
 * Runs imports behind the back of the requests that started them. Modelled on
 * `glance/async_/flows/api_image_import.py`; what there runs in a thread, here runs before the first request that comes
 * a second later, so that the same commands give the same output.
 */
export class Imports {
  readonly #repository: ImageRepository;
  readonly #clock: Clock;
  readonly #download: Download;
  #running: Promise<void> = Promise.resolve();

  constructor(repository: ImageRepository, clock: Clock, download: Download) {
    this.#repository = repository;
    this.#clock = clock;
    this.#download = download;
  }

  /** Finishes every import whose time has come. */
  runDue(): Promise<void> {
    this.#running = this.#running.then(async () => {
      for (const task of this.#repository.state.tasks) {
        const age = this.#clock.now().getTime() - Date.parse(task.created_at);
        if (task.status === 'pending' && age >= DURATION_MS) await this.#run(task);
      }
    });
    return this.#running;
  }

  async #run(task: TaskRecord): Promise<void> {
    const image = this.#repository.image(task.image_id ?? '');
    task.status = 'processing';
    try {
      if (image === undefined) throw new HTTPError(404);
      task.message = await this.#perform(task, image);
      task.status = 'success';
      task.result = { image_id: image.id };
    } catch (error) {
      // anything else is a bug of ours, and must be seen as one
      if (!(error instanceof HTTPError)) throw error;
      task.status = 'failure';
      task.message = missingInput(task) ?? 'Task failed due to Internal Error';
    } finally {
      task.updated_at = this.#repository.now();
      task.expires_at = `${new Date(Date.parse(task.updated_at) + TIME_TO_LIVE_MS).toISOString().slice(0, 19)}Z`;
      if (image !== undefined) {
        const { [IMPORT_TASK]: _, ...properties } = image.properties;
        image.properties = properties;
        this.#repository.touch(image);
      }
    }
  }

  /** @returns what the task says when it is done. */
  async #perform({ type, input }: TaskRecord, image: ImageRecord): Promise<string> {
    if (type === 'location_import') {
      // startTask was called with this; so below
      await importLocation(image, input as LocationInput, this.#repository, this.#download);
      return '';
    }
    const { import_req, backend } = input as ImportInput;
    const size = await this.#import(image, import_req, backend);
    return size === 0 ? '' : `Copied ${Math.floor(size / MIB)} MiB`;
  }

  /** @returns how many bytes came in. */
  async #import(image: ImageRecord, request: ImportInput['import_req'], stores: string[]): Promise<number> {
    const { name, uri = '' } = request.method;
    const mark = (importing: string[], failed: string[]) => {
      const lists = { [FAILED]: merged(failed), [IMPORTING]: merged(importing) };
      const all = Object.entries({ ...image.properties, ...lists });
      image.properties = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    const mustSucceed = request.all_stores_must_succeed ?? true;
    const writable = stores.filter((store) => !isReadOnly(store));
    const refused = stores.filter(isReadOnly);
    if (name === 'copy-image') {
      image.stores = [...image.stores, ...writable];
      mark([], refused);
      if (refused.length > 0) throw storeTakesNothing();
      return image.size ?? 0;
    }
    const incoming = new IncomingData(image, IMAGE_SIZE_CAP, this.#repository.createHash);
    try {
      for await (const chunk of name === 'web-download' ? this.#fetch(uri) : this.#staged(image))
        incoming.write(chunk);
      if (!this.#repository.has(image)) throw new HTTPError(404);
      // nobody's token is at hand: this refuses an image that is signed
      await getVerifier(image);
      incoming.inspect();
      if (refused.length > 0 && (mustSucceed || writable.length === 0)) throw storeTakesNothing();
    } catch (error) {
      if (name === 'glance-direct' && mustSucceed) {
        // Glance leaves such an image as it is: it can only be deleted
        image.status = 'importing';
        const failed = Math.max(0, stores.findIndex(isReadOnly));
        mark(stores.slice(failed + 1), stores.slice(failed, failed + 1));
      } else {
        image.status = 'queued';
        image.size = null;
        this.#repository.dropData(image.id);
        mark([], stores);
      }
      throw error;
    }
    incoming.saveTo(this.#repository, writable);
    image.status = 'active';
    mark([], refused);
    return incoming.data.size;
  }

  async *#fetch(uri: string): AsyncGenerator<Uint8Array, void> {
    const response = await this.#download(uri).catch(() => undefined);
    if (response?.ok !== true || response.body === null) throw new HTTPError(404);
    const reader = response.body.getReader();
    for (;;) {
      const next = await reader.read().catch(() => {
        throw new HTTPError(400);
      });
      if (next.done) return;
      yield next.value;
    }
  }

  async *#staged(image: ImageRecord): AsyncGenerator<Uint8Array, void> {
    const data = this.#repository.data(image.id);
    if (data !== undefined) yield* data.chunks();
  }
}

function merged(stores: string[]): string {
  return [...new Set(stores)].sort().join(',');
}

/** What a task that somebody made by hand lacks. Modelled on `unpack_task_input` of `glance/common/scripts/utils.py`. */
function missingInput({ type, input }: TaskRecord): string | undefined {
  const has = (key: string): boolean => typeof input === 'object' && input !== null && key in input;
  if (type !== 'import' && (!input || Object.keys(input).length === 0))
    return `Input to ${type} task is empty.`;
  if (type === 'api_image_import') return has('image_id') ? undefined : "Missing required 'image_id' field";
  const keys =
    type === 'location_import'
      ? ['image_id', 'loc_url', 'validation_data']
      : ['import_from', 'import_from_format', 'image_properties'];
  const missing = keys.find((key) => !has(key));
  return missing === undefined ? undefined : `Input does not contain '${missing}' field`;
}
