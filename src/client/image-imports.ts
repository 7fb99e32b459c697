/**
 * What goes on behind an image: staging, imports and their tasks, stores, the cache, quotas.
 * Models the same parts of `openstack/image/v2/_proxy.py`.
 */
import { acceptJson, ImageBase, pathTo, type ImageSource } from './image-base';
import type {
  CachedImages,
  ImageTask,
  ImageTaskQuery,
  ImageUsage,
  ImportMethod,
  ImportOptions,
  Store,
} from './image-import-types';
import type { Query } from './session';
import { queryOf } from './url';

/** Calls of the Image client for imports and stores. */
export class ImageImports extends ImageBase {
  /** Uploads data to the staging area, for {@link importImage}. `PUT /v2/images/{id}/stage`. */
  async stageImage(id: string, data?: ImageSource): Promise<void> {
    await this.putData(`${pathTo('images', id)}/stage`, data);
  }

  /**
   * Starts an import; it goes on after the answer, and {@link imageTasks} tells how it went.
   * `POST /v2/images/{id}/import`.
   *
   * @throws {@link ConflictException} when the image is not in the state that the method needs, or there is no such
   * store; {@link BadRequestException} for a method or address that the cloud does not allow.
   */
  async importImage(id: string, method: ImportMethod, options: ImportOptions = {}): Promise<void> {
    await this.request(`${pathTo('images', id)}/import`, { method: 'POST', json: { method, ...options } });
  }

  /** The import methods this cloud offers. `GET /v2/info/import`. */
  async importMethods(): Promise<string[]> {
    const info = await this.json<{ 'import-methods': { value: string[] } }>('/info/import', { headers: {} });
    return info['import-methods'].value;
  }

  /**
   * The stores of a cloud that has several. `GET /v2/info/stores`. Throws {@link NotFoundException} on others.
   *
   * @param options `details` asks for type and properties as well, which only administrators may see.
   */
  async stores(options: { details?: boolean } = {}): Promise<Store[]> {
    const path = options.details === true ? '/info/stores/detail' : '/info/stores';
    return (await this.json<{ stores: Store[] }>(path)).stores;
  }

  /**
   * Takes an image out of one of its stores. `DELETE /v2/stores/{store}/{id}`.
   *
   * @throws {@link ForbiddenException} for its last store, and for everybody but administrators by default.
   */
  async deleteImageFromStore(id: string, store: string): Promise<void> {
    await this.request(pathTo('stores', store, id), { method: 'DELETE' });
  }

  /** All tasks, page after page. For administrators. `GET /v2/tasks`. */
  async *tasks(query: ImageTaskQuery = {}): AsyncGenerator<ImageTask, void, undefined> {
    const { limit, marker, type, status, sort_dir, sort_key } = query;
    const filters: Query = { type, status, sort_dir, sort_key };
    let page: Query | undefined = { limit, marker, ...filters };
    while (page !== undefined) {
      const { tasks, next }: { tasks: ImageTask[]; next?: string } = await this.json('/tasks', {
        query: page,
      });
      yield* tasks;
      const last = tasks.at(-1);
      if (last === undefined) return;
      // like the SDK: with a limit it goes on until a page is empty
      const following: Query | undefined = limit ? { marker: last.id, limit } : undefined;
      const rest: Query | undefined = next === undefined ? following : queryOf(next);
      page = rest && { ...filters, ...rest };
    }
  }

  /** One task. For administrators. `GET /v2/tasks/{id}`. */
  getTask(id: string): Promise<ImageTask> {
    return this.json(pathTo('tasks', id), { headers: {}, errorMessage: `No Task found for ${id}` });
  }

  /** The tasks of one image, newest first. `GET /v2/images/{id}/tasks`. */
  async imageTasks(id: string): Promise<ImageTask[]> {
    return (await this.json<{ tasks: ImageTask[] }>(`${pathTo('images', id)}/tasks`)).tasks;
  }

  /** What the cache of this server holds and waits for. `GET /v2/cache`. Throws {@link NotFoundException} without one. */
  getImageCache(): Promise<CachedImages> {
    return this.json('/cache', { headers: {}, errorMessage: 'No Cache found for None' });
  }

  /** Has an image put into the cache. `PUT /v2/cache/{id}`. */
  async queueImage(id: string): Promise<void> {
    await this.request(pathTo('cache', id), { method: 'PUT' });
  }

  /** Takes an image out of the cache or its queue. `DELETE /v2/cache/{id}`. */
  async cacheDeleteImage(id: string): Promise<void> {
    await this.request(pathTo('cache', id), { method: 'DELETE' });
  }

  /** Empties the cache, its queue, or both. `DELETE /v2/cache`. */
  async clearCache(target: 'both' | 'cache' | 'queue' = 'both'): Promise<void> {
    const headers = target === 'both' ? {} : { 'x-image-cache-clear-target': target };
    await this.request('/cache', { method: 'DELETE', headers });
  }

  /** What you use of your quotas; empty on clouds without any. `GET /v2/info/usage`. */
  async usage(): Promise<Record<string, ImageUsage>> {
    const { usage } = await this.json<{ usage: Record<string, ImageUsage> }>('/info/usage', {
      headers: acceptJson,
    });
    return usage;
  }
}
