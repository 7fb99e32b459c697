/** `image create --volume`: `_take_action_volume` of openstackclient/image/v2/image.py, on cinderclient. */
import type { ParsedArgs } from '../../arguments';
import { CommandError } from '../../errors';
import type { Cell } from '../../formatters/columns';
import type { App } from '../app';

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
  const id = await findVolume(app, args.string('volume') ?? '');
  if (args.string('visibility') || args.choice('is_protected') !== undefined) {
    throw new CommandError(
      '--os-volume-api-version 3.1 or greater is required to support the --public, --private, --community, --shared or --protected option.',
    );
  }
  const body = await request(app, `/volumes/${id}/action`, {
    'os-volume_upload_image': {
      force: args.flag('force'),
      image_name: args.string('name'),
      container_format: args.string('container_format'),
      disk_format: args.string('disk_format'),
    },
  });
  const info = body['os-volume_upload_image'] as Json; // the API's contract
  const type = info.volume_type as Json | null; // the API's contract
  return { ...info, volume_type: type === null ? null : (type.name ?? null) };
}

function isGiven(value: unknown): boolean {
  return value instanceof Map ? value.size > 0 : Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** osc_lib.utils.find_resource: by id, then by name, then in the whole list, whose error is the one that is seen. */
async function findVolume(app: App, nameOrId: string): Promise<string> {
  const volumes = (body: Json): Json[] => body.volumes as unknown as Json[]; // the API's contract
  try {
    return String(((await request(app, `/volumes/${nameOrId}`)).volume as Json).id); // the API's contract
  } catch {
    // go on by name
  }
  const named = await request(app, `/volumes/detail?name=${encodeURIComponent(nameOrId)}`).then(
    (body) => volumes(body).filter(({ name }) => name === nameOrId),
    () => undefined,
  );
  if (named === undefined) await request(app, '/volumes/detail');
  const [volume, second] = named ?? [];
  if (second !== undefined)
    throw new CommandError(`More than one volume exists with the name '${nameOrId}'.`);
  if (volume === undefined) throw new CommandError(`No volume with a name or ID of '${nameOrId}' exists.`);
  return String(volume.id);
}

async function request(app: App, path: string, json?: object): Promise<Json> {
  const response = await app.connection.session.request(path, {
    endpointFilter: { serviceType: 'volumev3', regionName: app.region.regionName },
    headers: { Accept: 'application/json' },
    ...(json !== undefined && { method: 'POST', json }),
  });
  return (await response.json()) as Json; // the API's contract
}
