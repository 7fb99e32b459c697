/** `image create --volume`: `_take_action_volume` of openstackclient/image/v2/image.py, on cinderclient. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { App } from '../app';
import { atLeast, cinder, findResource, managers } from '../volume/cinder';

/** Options that mean nothing here, as argparse calls them. */
const IGNORED = [
  'id', 'min_disk', 'min_ram', 'file', 'force', 'progress', 'sign_key_path', 'sign_cert_id', 'properties', 'tags',
  'project', 'use_import',
]; // prettier-ignore

type Json = Readonly<Record<string, Cell>>;

/** Has the Volume service make an image of a volume; the fields of its answer. */
export async function uploadVolume(app: App, args: ParsedArgs): Promise<Record<string, Cell>> {
  for (const option of IGNORED) {
    if (!isGiven(args.get(option))) continue;
    const name = option === 'use_import' ? 'import' : option;
    app.log(
      'warning',
      `'--${name}' was given, which is not supported when creating an image from a volume. This will be an error in a future version.`,
    );
  }
  const client = cinder(app);
  const { id } = await findResource(managers(client).volumes, args.string('volume') ?? '');
  const withVisibility = atLeast(app, 1);
  if (!withVisibility && (args.string('visibility') || args.choice('is_protected') !== undefined)) {
    throw new CommandError(
      '--os-volume-api-version 3.1 or greater is required to support the --public, --private, --community, --shared or --protected option.',
    );
  }
  const body = await client.volumeAction(id, 'os-volume_upload_image', {
    force: args.flag('force'),
    image_name: args.string('name'),
    container_format: args.string('container_format'),
    disk_format: args.string('disk_format'),
    ...(withVisibility && {
      visibility: args.string('visibility') ?? 'private',
      protected: args.flag('is_protected'),
    }),
  });
  const info = body['os-volume_upload_image'] as Json; // the API's contract
  const type = info.volume_type as Json | null; // the API's contract
  return { ...info, volume_type: type === null ? null : (type.name ?? null) };
}

function isGiven(value: unknown): boolean {
  return value instanceof Map ? value.size > 0 : Array.isArray(value) ? value.length > 0 : Boolean(value);
}
