/** Uploads in segments that can be taken up again. Models `_upload_object_job` of swiftclient/service.py. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ObjectStoreClient } from './client';
import type { LargeObjectOptions, ObjectEntry, Segment } from './types';

const GIB = 2 ** 30;

/** @see ObjectStoreClient.uploadLargeObject */
export async function uploadInSegments(
  client: ObjectStoreClient,
  container: string,
  name: string,
  data: Blob,
  options: LargeObjectOptions,
): Promise<{ segments: Segment[] }> {
  const {
    segmentSize = GIB,
    segmentContainer = `${container}_segments`,
    segmentPrefix = `${name}/slo/${data.size}/${segmentSize}`,
    onSegment,
    ...rest
  } = options;
  if (!(segmentSize > 0)) throw new RangeError('A segment has at least one byte.');
  const there = new Map<string, ObjectEntry>();
  for await (const entry of client.objects(segmentContainer, { prefix: `${segmentPrefix}/` }))
    there.set(entry.name, entry);
  const count = Math.ceil(data.size / segmentSize);
  const segments: Segment[] = [];
  for (let index = 0; index < count; index++) {
    const piece = data.slice(index * segmentSize, (index + 1) * segmentSize);
    const segmentName = `${segmentPrefix}/${String(index).padStart(8, '0')}`;
    const known = there.get(segmentName);
    const etag = await md5Of(piece);
    const sent = known?.bytes !== piece.size || known.hash !== etag;
    if (sent) await client.uploadObject(segmentContainer, segmentName, piece, { etag });
    const segment = { path: `/${segmentContainer}/${segmentName}`, etag, size_bytes: piece.size };
    segments.push(segment);
    onSegment?.({ ...segment, index, count, sent });
  }
  await client.createStaticLargeObject(container, name, segments, rest);
  return { segments };
}

/** The MD5 of a Blob, which is read piece by piece. */
export async function md5Of(data: Blob): Promise<string> {
  const hash = md5.create();
  const reader = data.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) hash.update(part.value);
  return bytesToHex(hash.digest());
}
