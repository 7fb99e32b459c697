/** One object on its way up: `_upload_object_job` of swiftclient/service.py. */
import { quotePath } from '../../client';
import type { ParsedArgs } from '../arguments';
import { osError } from '../os-error';
import { repr } from '../python';
import { FileError } from '../program';
import type { Run } from './command';
import { md5Of } from './digest';
import { ClientException, SwiftError, words } from './exceptions';
import { isTrue, splitHeaders, type HeaderMap } from './headers';
import {
  chunksOf,
  deleteSegment,
  isIdentical,
  putManifest,
  split,
  type UploadedSegment,
} from './large-objects';
import { containerPages, nameOf } from './service';

/** What there is to upload. */
export interface UploadSource {
  /** A file, the standard input, or nothing: a folder without anything in it. */
  kind: 'file' | 'stdin' | 'folder';
  /** Where the file or folder is, or is said to be. */
  path: string | undefined;
  /** The object's name. */
  name: string;
}

export interface UploadOptions {
  args: ParsedArgs;
  container: string;
  segmentSize: number;
  useSlo: boolean;
  /** Hears of each segment, and of old ones that are deleted. */
  progress(line: string): void;
}

/** `'%f' % seconds`. */
export function mtimeOf(date: Date): string {
  return (date.getTime() / 1000).toFixed(6);
}

/** Uploads one thing. @throws what the real client would report of it. */
export async function uploadObject(run: Run, source: UploadSource, options: UploadOptions): Promise<void> {
  if (source.kind === 'folder') return uploadFolder(run, source, options);
  const file = await open(run, source);
  const name = plainName(source.name);
  const mtime = source.path === undefined ? roundedNow(run) : await fileTime(run, source.path);
  const before = await whatIsThere(run, name, file, mtime, source.path, options);
  if (before === 'same') return;
  const { args } = options;
  const headers: Record<string, string> = {
    'x-object-meta-mtime': mtime,
    ...splitHeaders(args.list('meta'), 'X-Object-Meta-'),
    ...splitHeaders(args.list('header')),
  };
  const kept = await send(run, name, file, headers, options, source.kind === 'stdin');
  await deleteOld(run, before, kept, options);
}

function plainName(name: string): string {
  return name.replace(/^\.[/\\]/, '').replace(/^\//, '');
}

async function open({ program }: Run, { path }: UploadSource): Promise<Blob> {
  if (path === undefined) return program.stdin ?? new Blob([]);
  try {
    return await program.files.open(path);
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOENT')
      throw new SwiftError(`Local file ${repr(path)} not found`);
    throw osError(error, path);
  }
}

async function fileTime({ program }: Run, path: string): Promise<string> {
  return mtimeOf((await program.files.stat(path))?.mtime ?? program.now());
}

function roundedNow({ program }: Run): string {
  return mtimeOf(new Date(Math.round(program.now().getTime() / 1000) * 1000));
}

/** An object of that name that has segments. */
interface Before {
  /** Container and prefix of a dynamic large object. */
  manifest: string | undefined;
  /** Paths of the segments of a static one. */
  segments: readonly string[];
}

/** Looks at the object that is to be replaced: `same` where it need not be. */
async function whatIsThere(
  run: Run,
  name: string,
  file: Blob,
  mtime: string,
  path: string | undefined,
  { args, container }: UploadOptions,
): Promise<Before | 'same'> {
  const [changed, skipIdentical, leave] = ['changed', 'skip_identical', 'leave_segments'].map((flag) =>
    args.flag(flag),
  );
  const nothing = { manifest: undefined, segments: [] };
  if (!changed && !skipIdentical && leave) return nothing;
  let headers: HeaderMap;
  try {
    ({ headers } = await run.objects.headObject(container, name));
  } catch (error) {
    if (error instanceof ClientException && error.status === 404) return nothing;
    throw error;
  }
  const slo = isTrue(headers.get('x-static-large-object'));
  const chunks = skipIdentical || (slo && !leave) ? await chunksOf(run, container, name, headers) : [];
  if (skipIdentical && path !== undefined && (await isIdentical(chunks, file))) return 'same';
  const sameSize = Number(headers.get('content-length')) === file.size;
  if (path !== undefined && changed && sameSize && headers.get('x-object-meta-mtime') === mtime)
    return 'same';
  // old versions keep their segments
  if (leave || headers.has('content-location')) return nothing;
  return {
    manifest: headers.get('x-object-manifest'),
    segments: slo ? chunks.map((chunk) => chunk.name.replace(/^\//, '')) : [],
  };
}

/** What the new object consists of, which is not to be deleted. */
interface Kept {
  manifest?: string;
  segments?: readonly string[];
}

async function send(
  run: Run,
  name: string,
  file: Blob,
  headers: Record<string, string>,
  options: UploadOptions,
  stdin: boolean,
): Promise<Kept> {
  const { args, container, segmentSize, useSlo } = options;
  const large = stdin
    ? useSlo && segmentSize > 0 && file.size >= segmentSize
    : segmentSize > 0 && file.size > segmentSize;
  if (!large) {
    // the real client lets the service check what came from standard input, and checks a file's sum itself
    const sum = stdin && useSlo && segmentSize > 0 ? await md5Of(file) : undefined;
    const etag = await run.objects.putObject(container, name, file, {
      headers: { ...headers, ...(sum !== undefined && { etag: sum }), 'Content-Length': String(file.size) },
    });
    await checkSum(
      args,
      etag,
      file,
      (local) =>
        `Object upload verification failed: md5 mismatch, local ${local} != remote ${etag} (remote object has not been removed)`,
    );
    return {};
  }
  const target = args.string('segment_container') || `${container}_segments`;
  const time = headers['x-object-meta-mtime'] ?? '';
  const size = args.string('segment_size') ?? String(segmentSize);
  const prefix = stdin
    ? `${name}/slo/${time}/${segmentSize}`
    : `${name}/${useSlo ? 'slo/' : ''}${time}/${file.size}/${size}`;
  const segments = await sendSegments(run, name, file, prefix, target, stdin ? headers : undefined, options);
  if (useSlo) {
    await putManifest(run.objects, container, name, segments, headers);
    return { segments: segments.map(({ path }) => path.replace(/^\//, '')) };
  }
  const manifest = `${quotePath(target)}/${quotePath(name)}/${time}/${file.size}/${size}/`;
  const all = { ...headers, 'x-object-manifest': manifest, 'Content-Length': '0' };
  await run.objects.putObject(container, name, '', { headers: all });
  return { manifest };
}

/** @param streamed the object's headers, which segments from standard input get too. */
async function sendSegments(
  run: Run,
  name: string,
  file: Blob,
  prefix: string,
  target: string,
  streamed: Readonly<Record<string, string>> | undefined,
  { args, container, segmentSize, progress }: UploadOptions,
): Promise<UploadedSegment[]> {
  const segments: UploadedSegment[] = [];
  let failed = false;
  for (let index = 0; index * segmentSize < file.size; index++) {
    const piece = file.slice(index * segmentSize, (index + 1) * segmentSize);
    const segmentName = `${prefix}/${String(index).padStart(8, '0')}`;
    try {
      const sum = streamed ? await md5Of(piece) : undefined;
      const headers = streamed
        ? { ...streamed, etag: sum ?? '' }
        : { 'Content-Length': String(piece.size), 'Content-Type': 'application/swiftclient-segment' };
      const connection = streamed ? run.objects : run.segments;
      const etag = await connection.putObject(target, segmentName, piece, { headers });
      await checkSum(
        args,
        etag,
        piece,
        (local) =>
          `Segment ${index}: upload verification failed: md5 mismatch, local ${local} != remote ${etag} (remote segment has not been removed)`,
      );
      segments.push({ path: `/${target}/${segmentName}`, etag, size_bytes: piece.size });
      progress(`${name} segment ${index}`);
    } catch (error) {
      run.log.exception(error);
      if (streamed) throw error;
      failed = true;
      run.out.error(words(error));
    }
  }
  if (failed)
    throw new ClientException(
      `Aborting manifest creation because not all segments could be uploaded. ${container}/${name}`,
    );
  return segments;
}

async function checkSum(
  args: ParsedArgs,
  etag: string,
  data: Blob,
  message: (local: string) => string,
): Promise<void> {
  if (!args.flag('checksum') || etag === '') return;
  const local = await md5Of(data);
  if (local !== etag) throw new SwiftError(message(local));
}

/** The segments of the object that was replaced go. */
async function deleteOld(run: Run, before: Before, kept: Kept, { progress }: UploadOptions): Promise<void> {
  const old: [container: string, object: string][] = [];
  const same = before.manifest?.replace(/\/+$/, '') === kept.manifest?.replace(/\/+$/, '');
  if (before.manifest !== undefined && !same) {
    const [from, prefix] = split(before.manifest);
    const pages = containerPages(run.containers, from, { prefix: `${prefix.replace(/\/+$/, '')}/` });
    for await (const page of pages) for (const item of page) old.push([from, nameOf(item)]);
  }
  for (const path of before.segments) if (!kept.segments?.includes(path)) old.push(split(path));
  for (const [from, segment] of old) {
    try {
      await deleteSegment(run.segments, from, segment);
      progress(segment);
    } catch (error) {
      run.log.exception(error);
      run.out.error(words(error));
    }
  }
}

const FOLDER_TYPES = ['application/directory', 'text/directory'];
const EMPTY = 'd41d8cd98f00b204e9800998ecf8427e';

/** `_create_dir_marker_job`: an object without data that stands for a folder. */
async function uploadFolder(
  run: Run,
  source: UploadSource,
  { args, container }: UploadOptions,
): Promise<void> {
  const name = plainName(source.name);
  const mtime = source.path === undefined ? roundedNow(run) : await fileTime(run, source.path);
  if (args.flag('changed')) {
    try {
      const { headers } = await run.objects.headObject(container, name);
      const same =
        FOLDER_TYPES.includes((headers.get('content-type') ?? '').split(';')[0] ?? '') &&
        headers.get('content-length') === '0' &&
        headers.get('etag') === EMPTY &&
        headers.get('x-object-meta-mtime') === mtime;
      if (same) return;
    } catch (error) {
      if (!(error instanceof ClientException) || error.status !== 404) throw error;
    }
  }
  await run.objects.putObject(container, name, '', {
    headers: { 'x-object-meta-mtime': mtime, 'Content-Length': '0', 'Content-Type': 'application/directory' },
  });
}
