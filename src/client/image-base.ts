/** What all calls of the Image client are made of: openstack/resource.py over one adapter. */
import { Adapter, type RequestOptions, type Session } from './session';

/** Anything that image data can come from. A Blob or stream is sent piece by piece. */
export type ImageSource = Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;

/** Where to send the calls, when not to the catalog's public endpoint. */
export interface ImageClientOptions {
  regionName?: string | undefined;
  interface?: 'public' | 'internal' | 'admin' | undefined;
  /** URL with the version, such as `https://cloud.example/image/v2`; no discovery then. */
  endpointOverride?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** What the SDK sends when it lists. Glance then refuses in JSON. */
export const acceptJson = { Accept: 'application/json' };
/** What the SDK sends with uploads and patches: an empty Accept. Glance then refuses in plain text. */
export const noAnswer = { Accept: '' };

/** The requests of the Image client; its subclasses say what there is to request. */
export class ImageBase {
  protected readonly adapter: Adapter;

  constructor(
    readonly session: Session,
    options: ImageClientOptions = {},
  ) {
    this.adapter = new Adapter(session, {
      endpointFilter: {
        serviceType: 'image',
        version: 2,
        regionName: options.regionName,
        ...(options.interface && { interface: options.interface }),
      },
      endpointOverride: options.endpointOverride,
      signal: options.signal,
    });
  }

  /** Sends any request, its path relative to `/v2`. */
  request(path: string, options: RequestOptions = {}): Promise<Response> {
    return this.adapter.request(path, options);
  }

  /** The body of an answer in JSON. */
  protected async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.request(path, { headers: acceptJson, ...options });
    return (await response.json()) as T; // the API's contract
  }

  /** Sends data as they are, to `file` or `stage` of an image. */
  protected async putData(path: string, data: ImageSource | undefined): Promise<void> {
    await this.request(path, {
      method: 'PUT',
      body: data,
      headers: { 'Content-Type': 'application/octet-stream', ...noAnswer },
    });
  }
}

/** The path of one thing in a collection. */
export function pathTo(...parts: string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}
