/** One object on its way down: `_download_object_job` of swiftclient/service.py. */
import type { ParsedArgs } from '../arguments';
import { osError } from '../os-error';
import type { Run } from './command';
import { md5Of, summed } from './digest';
import { FileError } from '../program';
import { ClientException, SwiftError } from './exceptions';
import { isTrue, splitHeaders, type HeaderMap } from './headers';
import { chunksOf, isIdentical } from './large-objects';

const FOLDER_TYPES = ['application/directory', 'text/directory'];

/** An object that came. */
export interface Downloaded {
  path: string;
  /** Seconds from the beginning to the end of the login, to the headers, and to the end. */
  auth: number;
  headers: number;
  total: number;
  bytes: number;
  /** Whether it stands for a folder: its name ends in a slash. */
  pseudoFolder: boolean;
  attempts: number;
}

/** Where an object goes. */
export function pathOf(container: string, object: string, args: ParsedArgs): string {
  let path = (args.flag('yes_all') ? `${container}/${object}` : object).replace(/^\/+/, '');
  const prefix = args.string('prefix');
  if (prefix && args.flag('remove_prefix')) path = path.slice(prefix.length).replace(/^\/+/, '');
  const folder = args.string('out_directory');
  return folder ? `${folder.replace(/\/$/, '')}/${path}` : path;
}

export async function downloadObject(
  run: Run,
  container: string,
  object: string,
  args: ParsedArgs,
): Promise<Downloaded> {
  const { objects, program, out } = run;
  const start = objects.now();
  const path = pathOf(container, object, args);
  const outFile = args.string('out_file') || undefined;
  const { headers, stream } = await get(run, container, object, args, outFile ?? path);
  const received = objects.now();
  const reader = summed(stream);
  const toStdout = outFile === '-' && !args.flag('no_download');
  let pseudoFolder = false;
  if (toStdout) out.printRaw(await bytesOf(reader.stream));
  else {
    const target = await fileFor(run, headers, path, outFile, args);
    pseudoFolder = target === 'pseudo';
    if (target === 'pseudo' || target === undefined) await bytesOf(reader.stream);
    else {
      try {
        await program.files.write(target, reader.stream);
      } catch (error) {
        throw osError(error, target);
      }
      const mtime = Number(headers.get('x-object-meta-mtime') ?? NaN);
      if (!Number.isNaN(mtime) && !args.flag('ignore_mtime'))
        await program.files.setTime(target, new Date(mtime * 1000));
    }
  }
  check(path, headers, reader.bytes(), args.flag('checksum') ? reader.digest() : undefined);
  return {
    path,
    auth: Math.max(0, objects.authEndTime - start),
    headers: received - start,
    total: objects.now() - start,
    bytes: reader.bytes(),
    pseudoFolder,
    attempts: objects.attempts,
  };
}

type Got = { headers: HeaderMap; stream: ReadableStream<Uint8Array> };

/** The object; a 304 is thrown where it need not be downloaded. */
async function get(
  run: Run,
  container: string,
  object: string,
  args: ParsedArgs,
  filename: string,
): Promise<Got> {
  const headers = splitHeaders(args.list('header'));
  const version = args.string('version_id');
  const query = version === undefined ? undefined : `version-id=${version}`;
  const skip = args.flag('skip_identical') && args.string('out_file') !== '-';
  if (!skip) return run.objects.getObject(container, object, { headers, query });

  let file: Blob | undefined;
  try {
    file = await run.program.files.open(filename);
    headers['If-None-Match'] = await md5Of(file);
  } catch {
    // nothing to compare with
  }
  // of a large object comes the manifest; of any other the object itself
  const found = await run.objects.getObject(container, object, { headers, query: 'multipart-manifest=get' });
  const large = isTrue(found.headers.get('x-static-large-object')) || found.headers.has('x-object-manifest');
  if (!large) return found;
  await found.stream.cancel();
  const chunks = await chunksOf(run, container, object, found.headers);
  if (file !== undefined && (await isIdentical(chunks, file)))
    throw new ClientException('Large object is identical', undefined, 304);
  return run.objects.getObject(container, object, { headers });
}

/** The file to write, `pseudo` for an object that is a folder by its name, or nothing. */
async function fileFor(
  { program: { files } }: Run,
  headers: HeaderMap,
  path: string,
  outFile: string | undefined,
  args: ParsedArgs,
): Promise<string | undefined> {
  const nothing = args.flag('no_download');
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  if (FOLDER_TYPES.includes(type)) {
    if (!nothing) await makeFolder(path);
    return undefined;
  }
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (!nothing && outFile === undefined && folder !== '') await makeFolder(folder);
  if (nothing) return undefined;
  return outFile ?? (path === '' || path.endsWith('/') ? 'pseudo' : path);

  async function makeFolder(name: string): Promise<void> {
    if ((await files.stat(name))?.type === 'directory') return;
    try {
      await files.makeFolder(name);
    } catch (error) {
      if (error instanceof FileError && error.code === 'EEXIST') return;
      throw osError(error, name);
    }
  }
}

/** `_SwiftReader`: whether all came, and as it was. */
function check(path: string, headers: HeaderMap, bytes: number, digest: string | undefined): void {
  const transactionId = headers.get('x-openstack-request-id') ?? headers.get('x-trans-id');
  const fail = (words: string): SwiftError =>
    new SwiftError(`Error downloading ${path}: ${words} (txn: ${transactionId ?? 'unknown'})`);
  const length = headers.get('content-length');
  if (length !== undefined && bytes !== Number(length))
    throw fail(`read_length != content_length, ${bytes} != ${length}`);
  const etag = (headers.get('etag') ?? '').replace(/^"(.*)"$/, '$1');
  const other = ['content-range', 'x-object-manifest', 'x-static-large-object'].some((name) =>
    headers.has(name),
  );
  if (digest !== undefined && etag !== '' && !other && digest !== etag)
    throw fail(`md5sum != etag, ${digest} != ${etag}`);
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  // nothing here makes shared memory
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}
