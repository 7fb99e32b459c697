/** Manifests and what they join: parts of SwiftService in swiftclient/service.py. */
import { dumps } from '../python';
import type { Connection } from './connection';
import { md5Of } from './digest';
import type { Run } from './command';
import { ClientException } from './exceptions';
import { isTrue, type HeaderMap } from './headers';
import { containerPages, nameOf } from './service';

/** A piece of an object: its sum and its size. */
interface Chunk {
  name: string;
  hash: string;
  bytes: number;
}

/** `_get_chunk_data`: the pieces of an object; of a small one, itself. */
export async function chunksOf(
  run: Run,
  container: string,
  object: string,
  headers: HeaderMap,
): Promise<Chunk[]> {
  const manifest = headers.get('x-object-manifest');
  if (manifest !== undefined) {
    const [from, prefix] = split(manifest);
    const chunks: Chunk[] = [];
    for await (const page of containerPages(run.containers, from, { prefix }))
      for (const item of page)
        chunks.push({ name: nameOf(item), hash: String(item.hash), bytes: Number(item.bytes) });
    return chunks;
  }
  if (isTrue(headers.get('x-static-large-object'))) {
    const { stream } = await run.objects.getObject(container, object, { query: 'multipart-manifest=get' });
    const segments = JSON.parse(
      await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text(),
    ) as (Chunk & {
      sub_slo?: boolean;
    })[]; // the API's contract
    const chunks: Chunk[] = [];
    for (const segment of segments) {
      if (!segment.sub_slo) chunks.push(segment);
      else {
        const [from, name] = split(segment.name.replace(/^\/+/, ''));
        chunks.push(...(await chunksOf(run, from, name, new Map([['x-static-large-object', 'true']]))));
      }
    }
    return chunks;
  }
  const hash = (headers.get('etag') ?? '').replace(/^"|"$/g, '');
  return [{ name: '', hash, bytes: Number(headers.get('content-length')) }];
}

/** `_is_identical`: whether a file consists of just these pieces. */
export async function isIdentical(chunks: readonly Chunk[], file: Blob): Promise<boolean> {
  let at = 0;
  for (const { bytes, hash } of chunks) {
    const piece = file.slice(at, at + bytes);
    if (piece.size !== bytes || (await md5Of(piece)) !== hash) return false;
    at += bytes;
  }
  return at === file.size;
}

/** A path's container, and the rest of it. */
export function split(path: string): [container: string, rest: string] {
  const at = path.indexOf('/');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
}

/** A segment that was uploaded. */
export interface UploadedSegment {
  path: string;
  etag: string;
  size_bytes: number;
}

/** `_upload_slo_manifest`. */
export async function putManifest(
  connection: Connection,
  container: string,
  object: string,
  segments: readonly UploadedSegment[],
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const body = dumps(segments.map(({ path, etag, size_bytes }) => ({ path, etag, size_bytes })));
  await connection.putObject(container, object, body, { headers, query: 'multipart-manifest=put' });
}

/** `_delete_segment`: one that is gone already is as good. */
export async function deleteSegment(
  connection: Connection,
  container: string,
  object: string,
): Promise<void> {
  try {
    await connection.deleteObject(container, object);
  } catch (error) {
    if (!(error instanceof ClientException) || error.status !== 404) throw error;
  }
}
