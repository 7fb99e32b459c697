/** SaveImage of openstackclient/image/v2/image.py, on openstack/image/_download.py. */
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import { osError } from '../../os-error';
import type { App } from '../app';

/**
 * Writes the image's bytes to a file or standard output, then compares their checksum.
 * Like the real client it takes whatever comes for the data: a refusal ends up in the file, and its checksum differs.
 */
export async function save(app: App, args: ParsedArgs): Promise<void> {
  const { image, session } = app.connection;
  const { id } = await image.findImage(args.string('image') ?? '', { ignoreMissing: false });
  const endpointFilter = { serviceType: 'image', version: 2, regionName: app.region.regionName };
  const response = await session.request(`/images/${id}/file`, { endpointFilter, raise: false });
  const checksum = response.headers.get('content-md5') ?? (await image.getImage(id)).checksum;

  const hash = md5.create();
  const stream = (response.body ?? new Blob([]).stream()).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        hash.update(chunk);
        controller.enqueue(chunk);
      },
    }),
  );
  const filename = args.string('filename');
  if (filename === undefined) {
    app.output.write(new Uint8Array(await new Response(stream).arrayBuffer()));
  } else {
    try {
      await app.context.files.write(filename, stream);
    } catch (error) {
      const reason = osError(error, filename);
      throw reason instanceof CommandError
        ? new CommandError(`Unable to download image: ${reason.message}`)
        : reason;
    }
  }
  const digest = bytesToHex(hash.digest());
  if (checksum !== null && checksum !== digest)
    throw new CommandError(`Unable to download image: checksum mismatch: ${checksum} != ${digest}`);
}
