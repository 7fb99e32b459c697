/** Image v2. Models `openstack/image/v2/_proxy.py`. */
import { DuplicateResource, HttpException, InvalidResponse, ResourceNotFound } from './errors';
import { acceptJson, noAnswer, pathTo, type ImageSource } from './image-base';
import { ImageImports } from './image-imports';
import { fromWire, toWire, updatePatch } from './image-wire';
import type {
  Image,
  ImageCreate,
  ImageData,
  ImageMember,
  ImageQuery,
  ImageSchema,
  ImageUpdate,
  MemberStatus,
  PatchOperation,
} from './image-types';
import { MetadefClient } from './metadefs';
import type { Query } from './session';
import { queryOf } from './url';

const patchType = 'application/openstack-images-v2.1-json-patch';

/**
 * Calls Image v2 with a session's token. All calls throw {@link HttpException} and its kinds when Glance refuses.
 *
 * @example
 * const image = await cloud.image.createImage({ name: 'tiny', disk_format: 'qcow2', container_format: 'bare' });
 * await cloud.image.uploadImage(image.id, await openAsBlob('tiny.qcow2'));
 */
export class ImageClient extends ImageImports {
  /** The catalogue of what images and other resources can be described with. */
  readonly metadefs = new MetadefClient(this);

  /**
   * Makes a record; its status is `queued` until data is uploaded. `POST /v2/images`.
   *
   * @throws {@link BadRequestException} for values Glance does not know, {@link ForbiddenException} when a policy
   * forbids it, {@link ConflictException} for an id that exists.
   */
  async createImage(image: ImageCreate): Promise<Image> {
    const response = await this.request('/images', { method: 'POST', json: toWire(image) });
    return fromWire(await response.json());
  }

  /**
   * Uploads the data of a queued image, which is `active` afterwards. `PUT /v2/images/{id}/file`.
   *
   * @throws {@link ConflictException} when the image has data already; {@link HttpException} with status 415 when
   * the bytes are not of the image's `disk_format` (the record stays, queued), 413 over quota.
   */
  async uploadImage(id: string, data: ImageSource): Promise<void> {
    await this.putData(`${imagePath(id)}/file`, data);
  }

  /**
   * The image's bytes, as a stream. `GET /v2/images/{id}/file`.
   *
   * @throws {@link ForbiddenException} when the image is deactivated.
   */
  async downloadImage(id: string): Promise<ImageData> {
    const response = await this.request(`${imagePath(id)}/file`);
    const size = response.headers.get('content-length');
    return {
      stream: response.status === 204 ? null : response.body,
      size: size === null ? null : Number(size),
      md5: response.headers.get('content-md5'),
    };
  }

  /**
   * All images you can see that match, page after page. `GET /v2/images`.
   *
   * @example
   * for await (const image of cloud.image.images({ status: 'active', sort: 'name:asc' })) console.log(image.name);
   */
  async *images(
    query: ImageQuery = {},
    options: { paginated?: boolean } = {},
  ): AsyncGenerator<Image, void, undefined> {
    const { properties, ...filters } = query;
    let page: Query | undefined = { ...filters, ...properties };
    while (page !== undefined) {
      const response = await this.request('/images', { headers: acceptJson, query: page });
      const { images, next } = listIn(await response.json());
      yield* images.map(fromWire);
      const following: string | undefined =
        (options.paginated ?? true) && images.length > 0 ? next : undefined;
      page = following === undefined ? undefined : queryOf(following);
    }
  }

  /** One image by id. `GET /v2/images/{id}`. Throws {@link NotFoundException}. */
  async getImage(id: string): Promise<Image> {
    const response = await this.request(imagePath(id));
    return fromWire(await response.json());
  }

  /**
   * One image by id or exact name, in the SDK's order: by id, by name, among the hidden ones.
   *
   * @returns undefined when there is none, unless `ignoreMissing` is false.
   * @throws {@link DuplicateResource} when several have that name; {@link ResourceNotFound} when there is none and
   * `ignoreMissing` is false.
   */
  findImage(nameOrId: string, options: { ignoreMissing: false }): Promise<Image>;
  findImage(nameOrId: string, options?: { ignoreMissing?: boolean }): Promise<Image | undefined>;
  async findImage(nameOrId: string, options: { ignoreMissing?: boolean } = {}): Promise<Image | undefined> {
    try {
      return await this.getImage(nameOrId);
    } catch (error) {
      if (!(error instanceof HttpException) || ![400, 403, 404].includes(error.status)) throw error;
    }
    const found =
      (await oneMatch(nameOrId, this.images({ name: nameOrId }))) ??
      (await oneMatch(nameOrId, this.images({ os_hidden: true })));
    if (found === undefined && options.ignoreMissing === false)
      throw new ResourceNotFound(`No Image found for ${nameOrId}`);
    return found;
  }

  /**
   * Changes some fields and leaves the rest. A property set to null is removed.
   *
   * @throws {@link ConflictException} when a property to remove is not there; {@link ForbiddenException} when a
   * policy forbids the change.
   */
  updateImage(id: string, changes: ImageUpdate): Promise<Image> {
    return this.patchImage(id, updatePatch(changes));
  }

  /** Sends a JSON patch as it is. `PATCH /v2/images/{id}`. */
  async patchImage(id: string, operations: readonly PatchOperation[]): Promise<Image> {
    const response = await this.request(imagePath(id), {
      method: 'PATCH',
      body: JSON.stringify(operations),
      headers: { 'Content-Type': patchType, ...noAnswer },
    });
    return fromWire(await response.json());
  }

  /**
   * Deletes record and data, for good. `DELETE /v2/images/{id}`.
   *
   * @throws {@link ForbiddenException} when the image is protected or not yours, {@link NotFoundException},
   * {@link ConflictException} while it is in use.
   */
  async deleteImage(id: string): Promise<void> {
    await this.request(imagePath(id), { method: 'DELETE' });
  }

  /** `PUT /v2/images/{id}/tags/{tag}`. A tag that is there already is left as it is. */
  async addTag(id: string, tag: string): Promise<void> {
    await this.request(tagPath(id, tag), { method: 'PUT' });
  }

  /** `DELETE /v2/images/{id}/tags/{tag}`. Throws {@link NotFoundException} when the tag is not there. */
  async removeTag(id: string, tag: string): Promise<void> {
    await this.request(tagPath(id, tag), { method: 'DELETE' });
  }

  /** Blocks the data for everybody but administrators. `POST /v2/images/{id}/actions/deactivate`. */
  async deactivateImage(id: string): Promise<void> {
    await this.request(`${imagePath(id)}/actions/deactivate`, { method: 'POST' });
  }

  /** Lifts {@link deactivateImage}. `POST /v2/images/{id}/actions/reactivate`. */
  async reactivateImage(id: string): Promise<void> {
    await this.request(`${imagePath(id)}/actions/reactivate`, { method: 'POST' });
  }

  /** The projects an image is shared with. `GET /v2/images/{id}/members`. */
  async members(id: string): Promise<ImageMember[]> {
    return (await this.json<{ members: ImageMember[] }>(`${imagePath(id)}/members`)).members;
  }

  getMember(id: string, projectId: string): Promise<ImageMember> {
    return this.json(memberPath(id, projectId), {
      headers: {},
      errorMessage: 'No Member found for None', // the SDK gives the member another name than its error does
    });
  }

  /** Shares an image whose visibility is `shared` with a project. Its owner's call. */
  addMember(id: string, projectId: string): Promise<ImageMember> {
    return this.json(`${imagePath(id)}/members`, {
      method: 'POST',
      headers: {},
      json: { member: projectId },
    });
  }

  /** Answers a share. The member's call: the owner gets {@link ForbiddenException}. */
  updateMember(id: string, projectId: string, status: MemberStatus): Promise<ImageMember> {
    return this.json(memberPath(id, projectId), { method: 'PUT', headers: {}, json: { status } });
  }

  async removeMember(id: string, projectId: string): Promise<void> {
    await this.request(memberPath(id, projectId), { method: 'DELETE' });
  }

  /** One of Glance's schemas, such as `image` or `images`. `GET /v2/schemas/{name}`. */
  schema(name: string): Promise<ImageSchema> {
    return this.json(`/schemas/${name}`);
  }
}

function imagePath(id: string): string {
  return pathTo('images', id);
}

function tagPath(id: string, tag: string): string {
  return `${imagePath(id)}/tags/${encodeURIComponent(tag)}`;
}

function memberPath(id: string, projectId: string): string {
  return `${imagePath(id)}/members/${encodeURIComponent(projectId)}`;
}

function listIn(body: unknown): { images: unknown[]; next: string | undefined } {
  if (typeof body !== 'object' || body === null || !('images' in body) || !Array.isArray(body.images)) {
    throw new InvalidResponse('The list of images is not one');
  }
  return {
    images: body.images,
    next: 'next' in body && typeof body.next === 'string' ? body.next : undefined,
  };
}

async function oneMatch(nameOrId: string, images: AsyncIterable<Image>): Promise<Image | undefined> {
  let match: Image | undefined;
  for await (const image of images) {
    if (image.id !== nameOrId && image.name !== nameOrId) continue;
    if (match) throw new DuplicateResource(`More than one Image exists with the name '${nameOrId}'.`);
    match = image;
  }
  return match;
}
