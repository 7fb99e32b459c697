import { HTTPError } from '../http/webob';
import { IncomingData } from './incoming-data';
import { allows, enforce, type RequestContext } from './policy';
import type { ImageRepository } from './repository';
import { mediaType } from './request';
import { getVerifier, type AskKeyManager } from './signature';
import { isReadOnly, STORES, type ImageRecord } from './state';

/** Glance's default `image_size_cap`: 1 TiB. */
export const IMAGE_SIZE_CAP = 1024 ** 4;

/**
 * PUT /v2/images/{id}/file: takes the data in, piece by piece. Modelled on `upload` of `glance/api/v2/image_data.py`
 * and `set_data` of `glance/location.py`.
 */
export async function uploadImageData(
  id: string,
  request: Request,
  context: RequestContext,
  repository: ImageRepository,
  sizeCap = IMAGE_SIZE_CAP,
): Promise<void> {
  if (mediaType(request) !== 'application/octet-stream') throw new HTTPError(415);
  const wanted = request.headers.get('x-image-meta-store') ?? STORES[0].id;
  const store = STORES.find((candidate) => candidate.id === wanted);
  if (store === undefined) throw new HTTPError(400, `Store for identifier ${wanted} not found`);
  const { image, target } = repository.get(context, id);
  enforce('upload_image', context, target);
  startSaving(image);
  if (image.stores.length > 0) {
    // an earlier upload left its data behind, and Glance's file store never overwrites
    restore(image);
    throw new HTTPError(500);
  }
  repository.touch(image);
  try {
    await receive(image, request, store.id, repository, sizeCap, context.askKeyManager);
  } catch (error) {
    restore(image);
    throw error;
  } finally {
    repository.touch(image);
  }
}

function startSaving(image: ImageRecord): void {
  if (image.status !== 'queued') {
    throw new HTTPError(409, `Image status transition from ${image.status} to saving is not allowed`);
  }
  const missing = (['disk_format', 'container_format'] as const).filter((name) => !image[name]);
  if (missing.length > 0) {
    const properties = missing.length === 1 ? 'Property' : 'Properties';
    throw new HTTPError(400, `${properties} ${missing.join(', ')} must be set prior to saving data.`);
  }
  image.status = 'saving';
}

/** Back to where the upload started. */
function restore(image: ImageRecord): void {
  image.status = 'queued';
  image.size = null;
  image.virtual_size = null;
}

async function receive(
  image: ImageRecord,
  request: Request,
  store: string,
  repository: ImageRepository,
  sizeCap: number,
  ask: AskKeyManager | undefined,
): Promise<void> {
  if (isReadOnly(store)) throw storeTakesNothing();
  const verifier = await getVerifier(image, ask);
  const saved = new IncomingData(image, sizeCap, repository.createHash);
  for await (const chunk of chunksOf(request)) {
    verifier?.update(chunk);
    saved.write(chunk);
  }
  if (!repository.has(image)) throw goneDuringUpload(image.id);
  verifier?.verify();
  // from here on the data are in the store, whatever the inspector says: that is how the real one does it
  saved.saveTo(repository, [store]);
  saved.inspect();
  image.status = 'active';
}

/** For data that are brought to a read-only store. */
export function storeTakesNothing(): HTTPError {
  return new HTTPError(410, 'Error in store configuration. Adding images to store is disabled.');
}

/** For data that arrive at an image which has been deleted meanwhile. */
export function goneDuringUpload(id: string): HTTPError {
  return new HTTPError(
    410,
    `Image ${id} could not be found after upload. The image may have been deleted during the upload, cleaning up the chunks uploaded.`,
  );
}

/** The body of a request, piece by piece. */
export async function* chunksOf(request: Request): AsyncGenerator<Uint8Array, void> {
  // as not every browser has `Request.body` (Firefox): there the body comes whole
  const { body = (await request.blob()).stream() } = request as Omit<Request, 'body'> & {
    body?: Request['body'];
  };
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await reader.read().catch(() => {
        throw new HTTPError(400, 'The request body could not be read.');
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** GET /v2/images/{id}/file, whole or a range of it. Modelled on `download` of `glance/api/v2/image_data.py`. */
export function downloadImageData(
  id: string,
  request: Request,
  context: RequestContext,
  repository: ImageRepository,
): Response {
  const { image, target } = repository.get(context, id);
  if (image.status === 'deactivated' && !context.isAdmin) {
    throw new HTTPError(403, 'The requested image has been deactivated. Image data download is forbidden.');
  }
  if (!allows('download_image', context, target)) enforce('download_image', context, target);
  // what is staged is not an image's data yet
  const data = image.stores.length > 0 ? repository.data(id) : undefined;
  const size = data?.size ?? 0;
  const range = parseRange(request, size);
  if (data === undefined) throw new HTTPError(204);
  const headers = new Headers({ 'Content-Type': 'application/octet-stream' });
  if (image.checksum !== null) headers.set('Content-MD5', image.checksum);
  const { start, end } = range ?? { start: 0, end: size };
  if (range !== undefined) headers.set('Content-Range', `bytes ${start}-${end - 1}/${size}`);
  headers.set('Content-Length', String(end - start));
  return new Response(data.stream(start, end), { status: range === undefined ? 200 : 206, headers });
}

interface Range {
  start: number;
  /** One past the last byte. */
  end: number;
}

/** Modelled on `get_range_from_request` of `glance/common/wsgi.py`. */
function parseRange(request: Request, size: number): Range | undefined {
  const header = request.headers.get('Range');
  if (header === null) return undefined;
  if (header.includes(',')) {
    throw new HTTPError(
      400,
      'Requests with multiple ranges are not supported in Glance. You may make multiple single-range requests instead.',
    );
  }
  const match = /^\s*bytes\s*=\s*(?:(\d+)\s*-\s*(\d*)|(-\d+))\s*$/i.exec(header);
  const from = match?.[1] ?? match?.[3];
  if (match === null || from === undefined)
    throw new HTTPError(416, undefined, { detail: 'Invalid Range header.' });
  let start = Number(from);
  const last = match[2];
  if (last !== undefined && last !== '' && Number(last) < start)
    throw new HTTPError(416, undefined, { detail: 'Invalid Range header.' });
  if (start >= size) {
    const detail = `Invalid start position in Range header. Start position MUST be in the inclusive range [0, ${size - 1}].`;
    throw new HTTPError(416, undefined, { detail });
  }
  if (start < 0) start = -start < size ? size + start : 0;
  const end = last !== undefined && last !== '' ? Math.min(Number(last) + 1, size) : size;
  return { start, end };
}
