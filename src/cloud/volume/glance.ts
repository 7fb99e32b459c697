import type { ImageRecord } from '../image/state';

/** An image as the Image API shows it; properties are text members of their own. */
export type Image = Record<string, unknown> &
  Pick<ImageRecord, 'id' | 'name' | 'status' | 'size' | 'min_disk' | 'virtual_size' | 'disk_format'>;

/** Members of an image that are no properties: `IMAGE_ATTRIBUTES` of cinder/image/glance.py and the API's own. */
const NO_PROPERTIES = [
  'id', 'name', 'status', 'visibility', 'protected', 'os_hidden', 'owner', 'disk_format', 'container_format',
  'min_disk', 'min_ram', 'size', 'virtual_size', 'checksum', 'os_hash_algo', 'os_hash_value', 'created_at',
  'updated_at', 'tags', 'self', 'file', 'schema', 'stores', 'locations', 'direct_url',
]; // prettier-ignore

/** What a volume keeps of its image beside the properties: `IMAGE_ATTRIBUTES` of cinder/volume/volume_utils.py. */
const KEPT = ['checksum', 'container_format', 'disk_format', 'min_disk', 'min_ram', 'size'];

/** A refusal of the Image service. */
export class ImageServiceError extends Error {
  override readonly name = 'ImageServiceError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The Image service over HTTP, asked in the user's name with her token: `GlanceImageService` of
 * cinder/image/glance.py.
 */
export class Glance {
  constructor(
    readonly send: (request: Request) => Promise<Response>,
    readonly url: string,
  ) {}

  async #request(
    token: string,
    path: string,
    init: RequestInit & { duplex?: 'half' } = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('X-Auth-Token', token);
    headers.set('Accept', '*/*');
    const response = await this.send(new Request(this.url + path, { ...init, headers }));
    if (response.status < 400) return response;
    throw new ImageServiceError(response.status, `HTTP ${response.status}: ${await response.text()}`);
  }

  /** @throws {@link ImageServiceError} */
  async show(token: string, id: string): Promise<Image> {
    const response = await this.#request(token, `/v2/images/${encodeURIComponent(id)}`);
    return (await response.json()) as Image; // the Image API's contract
  }

  /** The images of a name. @throws {@link ImageServiceError} */
  async named(token: string, name: string): Promise<Image[]> {
    const response = await this.#request(token, `/v2/images?${new URLSearchParams({ name }).toString()}`);
    return ((await response.json()) as { images: Image[] }).images; // the Image API's contract
  }

  /** The schema that python-glanceclient checks a new image with. */
  async schema(token: string): Promise<Record<string, unknown>> {
    const response = await this.#request(token, '/v2/schemas/image');
    return (await response.json()) as Record<string, unknown>; // the Image API's contract
  }

  /** @throws {@link ImageServiceError} */
  async create(token: string, image: object): Promise<Image> {
    const response = await this.#request(token, '/v2/images', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(image),
    });
    return (await response.json()) as Image; // the Image API's contract
  }

  /** @throws {@link ImageServiceError} */
  async upload(token: string, id: string, data: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    await this.#request(token, `/v2/images/${id}/file`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: data,
      duplex: 'half',
    });
  }

  /** @throws {@link ImageServiceError} */
  async download(token: string, id: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#request(token, `/v2/images/${id}/file`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async delete(token: string, id: string): Promise<void> {
    await this.#request(token, `/v2/images/${id}`, { method: 'DELETE' });
  }
}

/** The properties of an image, in the order in which it shows them. */
export function propertiesOf(image: Image): Record<string, string> {
  const pairs = Object.entries(image).filter(([name]) => !NO_PROPERTIES.includes(name));
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}

/** What a volume records of its image: `get_volume_image_metadata` of cinder/volume/volume_utils.py. */
export function volumeImageMetadata(image: Image): Record<string, string> {
  const kept = KEPT.filter((name) => image[name] !== null && image[name] !== undefined);
  return {
    signature_verified: 'False',
    ...propertiesOf(image),
    image_id: image.id,
    ...(image.name ? { image_name: image.name } : {}),
    ...Object.fromEntries(kept.map((name) => [name, String(image[name])])),
  };
}
