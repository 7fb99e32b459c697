import type { Clock } from '../clock';
import { HTTPError } from '../http/webob';
import type { ImageData } from './data';
import { createHash as defaultHash, type CreateHash } from './hash';
import { ImageOrders } from './orders';
import { allows, type RequestContext } from './policy';
import type { ImageMember, ImageRecord, ImageState, TaskRecord } from './state';

/** An image as one caller sees it: policy rules ask whether she sees it as a member. */
export interface SeenImage {
  image: ImageRecord;
  target: Pick<ImageRecord, 'owner' | 'visibility'> & { isMember: boolean };
}

/** The records, their members and their data. Modelled on `glance/db/__init__.py` and `glance/db/sqlalchemy/api.py`. */
export class ImageRepository {
  /** The tasks, and the metadata definitions. */
  readonly state: Omit<ImageState, 'images' | 'members' | 'deleted' | 'data'>;
  readonly orders = new ImageOrders(() => this.#images.values());
  readonly #images: Map<string, ImageRecord>;
  /** By image, then by member. */
  readonly #members = new Map<string, Map<string, ImageMember>>();
  readonly #deleted: Set<string>;
  readonly #data = new Map<string, ImageData>();
  readonly #clock: Clock;

  constructor(
    state: ImageState,
    clock: Clock,
    readonly createHash: CreateHash = defaultHash,
  ) {
    const { images, members, deleted, ...rest } = state;
    this.state = rest;
    this.#images = new Map(images.map((image) => [image.id, image]));
    for (const member of members) this.addMember(member);
    this.#deleted = new Set(deleted);
    this.#clock = clock;
  }

  /** Now, as finely as the clock goes: of two images the later one is the newer, also within a second. */
  preciseNow(): string {
    return this.#clock.now().toISOString();
  }

  /** Now, in whole seconds as the API prints it. */
  now(): string {
    return `${this.#clock.now().toISOString().slice(0, 19)}Z`;
  }

  /** The image, if the caller may know of it. */
  find(context: RequestContext, id: string): SeenImage | undefined {
    const image = this.#images.get(id);
    if (image === undefined || !this.isVisible(context, image)) return undefined;
    return { image, target: this.target(context, image) };
  }

  /** The image, or Glance's 404. */
  get(context: RequestContext, id: string, message = `No image found with ID ${id}`): SeenImage {
    const found = this.find(context, id);
    if (found === undefined) throw new HTTPError(404, message);
    return found;
  }

  target(context: RequestContext, image: ImageRecord): SeenImage['target'] {
    const isMember =
      image.visibility === 'shared' && context.projectId !== image.owner && context.projectId !== null;
    return { owner: image.owner, visibility: image.visibility, isMember };
  }

  /** Modelled on `is_image_visible` of `glance/db/utils.py`: being a member is enough, whatever the answer was. */
  isVisible(context: RequestContext, image: ImageRecord): boolean {
    if (context.isAdmin || image.owner === null) return true;
    if (image.visibility === 'public' || image.visibility === 'community') return true;
    if (context.projectId === null) return false;
    if (image.owner === context.projectId) return true;
    return image.visibility === 'shared' && this.member(image.id, context.projectId) !== undefined;
  }

  mayGet(context: RequestContext, image: ImageRecord): boolean {
    return allows('get_image', context, this.target(context, image));
  }

  add(image: ImageRecord): void {
    if (this.#images.has(image.id) || this.#deleted.has(image.id)) {
      throw new HTTPError(409, `Image ID ${image.id} already exists!`);
    }
    this.#images.set(image.id, image);
    this.orders.added(image);
  }

  touch(image: ImageRecord): void {
    image.updated_at = this.preciseNow();
    this.orders.changed();
  }

  remove(image: ImageRecord): void {
    this.#images.delete(image.id);
    this.orders.removed(image);
    this.#members.delete(image.id);
    this.#deleted.add(image.id);
    this.#data.delete(image.id);
  }

  has(image: ImageRecord): boolean {
    return this.#images.get(image.id) === image;
  }

  members(imageId: string): ImageMember[] {
    return [...(this.#members.get(imageId)?.values() ?? [])];
  }

  member(imageId: string, memberId: string): ImageMember | undefined {
    return this.#members.get(imageId)?.get(memberId);
  }

  addMember(member: ImageMember): void {
    const members = this.#members.get(member.image_id) ?? new Map<string, ImageMember>();
    this.#members.set(member.image_id, members.set(member.member_id, member));
  }

  removeMember({ image_id, member_id }: ImageMember): void {
    this.#members.get(image_id)?.delete(member_id);
  }

  /** The image with this id, whoever asks. */
  image(id: string): ImageRecord | undefined {
    return this.#images.get(id);
  }

  /** All records as they are now, not copied. */
  records(): ImageState {
    return {
      ...this.state,
      images: [...this.#images.values()],
      members: [...this.#members.values()].flatMap((members) => [...members.values()]),
      deleted: [...this.#deleted],
    };
  }

  data(imageId: string): ImageData | undefined {
    return this.#data.get(imageId);
  }

  setData(imageId: string, data: ImageData): void {
    this.#data.set(imageId, data);
  }

  dropData(imageId: string): void {
    this.#data.delete(imageId);
  }

  /** The tasks whose records have not expired. */
  tasks(): TaskRecord[] {
    const now = this.now();
    this.state.tasks = this.state.tasks.filter(({ expires_at }) => expires_at === null || expires_at > now);
    return this.state.tasks;
  }

  /** Every image id with its data. */
  allData(): IterableIterator<[string, ImageData]> {
    return this.#data.entries();
  }
}
