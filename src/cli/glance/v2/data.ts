/** Image data in and out: get_data_file, save_image, do_image_upload of glanceclient. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { osError } from '../../os-error';
import { progressBar } from '../../progress';
import type { Glance } from '../command';
import { HttpError } from '../http';

/** The data that `--file` or standard input gives, if any. */
export async function dataFile({ context }: Glance, args: ParsedArgs): Promise<Blob | undefined> {
  const name = args.string('file');
  if (!name) return context.stdin;
  try {
    return await context.files.open(name);
  } catch (error) {
    throw osError(error, name);
  }
}

/** So many bytes go into a request, or come out of an answer, at once: CHUNKSIZE of glanceclient/common/http.py. */
const CHUNK = 1024 ** 2;

/** Draws what `--progress` does on a terminal while so many bytes go by. */
export function showProgress({ context, output }: Glance, args: ParsedArgs, size: number): void {
  if (args.flag('progress') && context.stdoutIsTerminal) output.write(progressBar(size, CHUNK));
}

/** do_image_upload */
export async function upload(glance: Glance, args: ParsedArgs, id: string): Promise<void> {
  const store = args.string('store');
  if (store) await validateBackend(glance, store);
  await sendData(glance, args, `/v2/images/${id}/file`, store ? { 'x-image-meta-store': store } : {});
}

/** Sends the data, if there are any, to an image's `file` or `stage`. */
export async function sendData(
  glance: Glance,
  args: ParsedArgs,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const data = await dataFile(glance, args);
  if (data !== undefined) showProgress(glance, args, data.size);
  await glance.client.request('PUT', path, { ...(data !== undefined && { body: data }), headers });
}

/** Refuses a store that the cloud has not; clouds with one store only do not mind the option. */
export async function validateBackend({ client }: Glance, store: string): Promise<void> {
  let stores: unknown;
  try {
    stores = (await client.get('/v2/info/stores')).stores;
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return;
    throw error;
  }
  const known =
    Array.isArray(stores) &&
    stores.some((one: unknown) => typeof one === 'object' && one !== null && 'id' in one && one.id === store);
  if (!known)
    throw new CommandError(
      `Store '${store}' is not valid for this cloud. Valid values can be retrieved with stores-info command.`,
    );
}

const HASHES = { md5, sha1, sha256, sha384, sha512 };

/** Writes a download to a file or standard output and compares its hash with the image's. */
export async function saveImage(
  glance: Glance,
  body: ReadableStream<Uint8Array>,
  path: string | undefined,
  algorithm: string,
  expected: string | undefined,
): Promise<void> {
  const hash = (algorithm in HASHES ? HASHES[algorithm as keyof typeof HASHES] : md5).create(); // the key was just seen
  const stream = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        hash.update(chunk);
        controller.enqueue(chunk);
      },
    }),
  );
  if (path === undefined) {
    glance.output.write(new Uint8Array(await new Response(stream).arrayBuffer()));
  } else {
    try {
      await glance.context.files.write(path, stream);
    } catch (error) {
      throw osError(error, path);
    }
  }
  const computed = bytesToHex(hash.digest());
  if (expected === undefined || computed === expected) return;
  const word = algorithm === 'md5' ? 'Checksum' : 'Hash';
  throw new CommandError(`[Errno 32] Corrupt image download. ${word} was ${computed} expected ${expected}`);
}
