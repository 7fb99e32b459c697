/** Accounts, containers and objects out of headers, and headers out of what is wanted of an object. */
import { decodeHeader, encodeHeader, metadataHeaders, metadataIn } from './headers';
import type { ObjectContainer, ObjectOptions, ObjectStoreAccount, StoredObject } from './types';

export function accountOf(headers: Headers): ObjectStoreAccount {
  return {
    containerCount: number(headers, 'x-account-container-count'),
    objectCount: number(headers, 'x-account-object-count'),
    bytesUsed: number(headers, 'x-account-bytes-used'),
    metadata: metadataIn(headers, 'x-account-meta-'),
  };
}

export function containerOf(name: string, headers: Headers): ObjectContainer {
  return {
    name,
    objectCount: number(headers, 'x-container-object-count'),
    bytesUsed: number(headers, 'x-container-bytes-used'),
    readAcl: decodeHeader(headers.get('x-container-read') ?? ''),
    writeAcl: decodeHeader(headers.get('x-container-write') ?? ''),
    storagePolicy: headers.get('x-storage-policy') ?? undefined,
    versionsEnabled: isTrue(headers.get('x-versions-enabled')),
    metadata: metadataIn(headers, 'x-container-meta-'),
  };
}

export function objectOf(container: string, name: string, headers: Headers): StoredObject {
  const deleteAt = headers.get('x-delete-at');
  return {
    container,
    name,
    contentType: headers.get('content-type') ?? '',
    size: number(headers, 'content-length'),
    etag: (headers.get('etag') ?? '').replace(/^"|"$/g, ''),
    lastModified: headers.get('last-modified') ?? '',
    deleteAt: deleteAt === null ? undefined : Number(deleteAt),
    manifest: headers.get('x-object-manifest') ?? undefined,
    isStaticLargeObject: isTrue(headers.get('x-static-large-object')),
    versionId: headers.get('x-object-version-id') ?? undefined,
    metadata: metadataIn(headers, 'x-object-meta-'),
  };
}

export function objectHeaders(options: ObjectOptions): Record<string, string> {
  const given = {
    'Content-Type': options.contentType,
    'Content-Encoding': options.contentEncoding,
    'Content-Disposition': options.contentDisposition,
    ETag: options.etag,
    'X-Delete-At': options.deleteAt,
    'X-Delete-After': options.deleteAfter,
    'If-None-Match': options.onlyIfNew ? '*' : undefined,
  };
  return {
    ...Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, encodeHeader(String(value))]],
      ),
    ),
    ...metadataHeaders('Object', options.metadata),
  };
}

function number(headers: Headers, name: string): number {
  return Number(headers.get(name) ?? 0);
}

function isTrue(value: string | null): boolean {
  return value !== null && ['true', '1', 'yes', 'on', 't', 'y'].includes(value.toLowerCase());
}
